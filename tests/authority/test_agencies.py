"""Two agencies in one database share nothing: whatever the second does, the first is told the same, word for word."""

import asyncio
import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import system
from models.database import Database
from scheduler.timetable import SWEEPS
from tests import office
from tests.authority import cast
from tests.authority.cast import FOREIGN, ROLES
from tests.authority.sending import Card
from tests.authority.trial import Trial, trying
from tests.databases import ON_SQLITE, sqlite
from tests.stage import Stage

Told = dict[int, list[str]]
"""What stood in each chat, one after the other."""
STORY = (
    ("2026-11-24 15:00", "author: A3 rapat koordinasi zamrud 2 jam\nA1 mengarsipkan 12 surat\nKendala: printer rusak"),
    ("2026-11-24 15:05", "colleague: D1 menata arsip 2 jam", "superior: rapat pimpinan", "author: cuti besok"),
    ("2026-11-24 17:00", "superior: /tim", "deputy: /tim", "superior: /kendala", "author: /cuti"),
    ("2026-11-24 18:00", "admin: /admin", "admin: Ani", "superior: /cakupan", "next level: /cakupan"),
    ("2026-11-25 07:30", "author: /fokus", "author: /target", "superior: /tonggak", "author: /kompetensi"),
    ("2026-11-27 16:00", "author: A2 menyusun 2 laporan evaluasi", "author: /hari_ini", "author: /riwayat"),
    ("2026-11-27 17:00", "superior: /penilaian", "author: /umpan_balik", "author: /saran kopi", "author: /istilah"),
    ("2026-11-30 07:00", "author: /nilai", "superior: /tim", "superior: /buka", "superior: /plh"),
    ("2026-11-30 13:00", "author: /ingatan", "author: /penilaian", "superior: /cuti"),
    ("2026-12-01 13:00", "superior: /cakupan", "author: A1 mengarsipkan 5 surat"),
)
THEIRS = (
    "A3 rapat koordinasi safir 3 jam", "A3 rapat safir\nKendala: printer safir", "cuti 3 hari mulai besok",
    "sakit hari ini", "/tim", "/target", "/saran safir", "/cakupan", "/penilaian", "A3 5 kegiatan safir",
    "/jeda 3 hari", "/plh", "/fokus",
)  # fmt: skip


async def live(trial: Trial, *, alone: bool, seed: int) -> tuple[Told, int]:
    """The story of the first agency; and, unless it is alone, the second's acts by chance. How many those were told."""
    async with trial.session() as session:
        await cast.gather(session, now=trial.clock(), alone=alone)
        agency = (await office.person(session, office.ANI)).agency_id
    chance, told = random.Random(seed), defaultdict[int, list[str]](list)
    for moment, *steps in STORY:
        trial.clock.set(moment)
        note(told, await sweep(trial))
        for step in steps:
            if not alone:
                await act(trial, told, chance.choice((3001, 3002, 3003)), chance.choice(THEIRS))
            role, _, words = step.partition(": ")
            await act(trial, told, ROLES[role], words)
        note(told, await sweep(trial))
    assert agency == 1
    theirs = sum(len(texts) for chat, texts in told.items() if chat >= 3000)
    return {chat: texts for chat, texts in told.items() if chat < 3000}, theirs


async def act(trial: Trial, told: Told, account: int, words: str) -> None:
    effects = await trial.handle(trial.message(account, words))
    assert effects.failure is None, (account, words, effects.failure)
    note(told, effects.cards)


async def sweep(trial: Trial) -> list[Card]:
    for one in SWEEPS.values():
        async with trial.session() as session:
            await one(session, trial.clock())
    return await trial.draw()


def note(told: Told, cards: list[Card]) -> None:
    for card in cards:
        told[card.chat_id].append(card.text)


@ON_SQLITE
@pytest.mark.parametrize("seeds", [[1], pytest.param(range(2, 12), marks=pytest.mark.soak)])
async def test_the_first_is_told_the_same_whatever_the_second_does(stage: Stage, seeds: Sequence[int]) -> None:
    async with trying(stage.process, stage.clock) as trial:
        alone, _ = await live(trial, alone=True, seed=0)
    assert sum(map(len, alone.values())) > 80
    for seed in seeds:
        async with trying(stage.process, stage.clock) as trial:
            beside, theirs = await live(trial, alone=False, seed=seed)
        assert theirs > 30, "the second agency is at work too"
        assert beside == alone


# On the command line

AGENCYS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("appraise",): ("--period", "2026", "--out", "berkas", "--format", "xlsx"),
    ("check",): ("--targets", "--at", "2026-11-24"),
    ("invite",): ("--bot-username", "HarianBot"),
    ("erase",): ("--yes", "199001012020012001"),
    ("inbox",): (),
    ("outbox",): (),
    ("audit", "verify"): (),
    ("audit", "show"): (office.NIPS[office.ANI],),
    ("export", "competencies"): ("--out", "kompetensi.csv"),
    ("import",): ("libur.csv",),
}
"""Commands that work for one agency, and what they are called with here."""
OF_THE_WHOLE = {
    ("demo",): "an invented office", ("run",): "serves everybody", ("tick",): "sweeps and sends for everybody",
    ("read",): "looks at no database", ("vacuum",): "the file", ("backup",): "the file", ("restore",): "the file",
    ("copy-database",): "the whole database",
    ("inbox", "replay"): "one update, by its code", ("outbox", "retry"): "one message, by its number",
}  # fmt: skip


def commands(group: typer.Typer, *above: str) -> Iterator[tuple[str, ...]]:
    for one in group.registered_commands:
        yield (*above, one.name or getattr(one.callback, "__name__", "").rstrip("_"))
    for below in group.registered_groups:
        name = str(below.name)
        assert below.typer_instance is not None
        if below.typer_instance.info.invoke_without_command or name in ("inbox", "outbox"):
            yield (*above, name)
        yield from commands(below.typer_instance, *above, name)


def test_every_command_says_whether_it_is_of_one_agency() -> None:
    assert set(commands(app)) == AGENCYS.keys() | OF_THE_WHOLE.keys()


async def furnish(url: str, *, alone: bool) -> None:
    database = Database(url)
    now = system()
    async with database.transaction() as session:
        await office.furnish(session, joined=True, now=now)
        await cast.gather(session, now=now, alone=alone)
    await database.close()


def said(folder: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, *, alone: bool) -> str:
    """What it prints and writes, without what is by chance in it: links, and the moment."""
    with sqlite() as url, monkeypatch.context() as patched:
        asyncio.run(furnish(url, alone=alone))
        folder.mkdir()
        patched.chdir(folder)
        patched.setenv("DATABASE_URL", url)
        patched.delenv("TELEGRAM_BOT_TOKEN", raising=False)
        with Path("libur.csv").open("w") as file:
            csv.writer(file).writerows([["tanggal", "nama"], ["2026-12-02", "Pilkada"]])
        result = CliRunner().invoke(app, [*command, "--agency", "BAPENDA", *AGENCYS[command]])
        assert result.exit_code in (0, 1), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        written = [path.name + path.read_text(errors="replace") for path in sorted(folder.rglob("*.csv"))]
    text = "\n".join([str(result.exit_code), result.output, *written])
    return re.sub(r"start=[\w-]+|\d{4}-\d\d-\d\dT?[\d:.+ ]*|\d\d:\d\d(:\d\d)?", "…", text)


@pytest.mark.parametrize("command", AGENCYS, ids=" ".join)
def test_a_command_for_the_first_says_the_same(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = said(tmp_path / "alone", command, monkeypatch, alone=True)
    beside = said(tmp_path / "beside", command, monkeypatch, alone=False)
    assert beside == alone
    assert FOREIGN not in beside
