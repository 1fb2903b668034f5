"""`import`, `invite` and `read`, as an operator calls them."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.sandbox.server import running
from bot.sandbox.world import World
from models import agencies, employees, invitations
from models.database import Database
from tests.imports.office import ANI, BUDI, HEAD, SHEETS, as_csv, as_xlsx, spoilt


@pytest.fixture
def folder(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the office as files; the settings name the test's database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    for name, data in (as_csv(SHEETS) | as_xlsx(SHEETS)).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def imported(folder: Path) -> Path:
    assert harian("import", "kantor.xlsx").exit_code == 0
    return folder


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A local Bot API that knows the bot."""
    world = World(clock=lambda: datetime.now(UTC), token="42:token", bot_username="HarianBot")
    async with running(world) as url:
        monkeypatch.setenv("TELEGRAM_API_URL", url)
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "42:token")
        yield


def harian(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_import_says_what_became_of_the_rows(folder: Path) -> None:
    first = harian("import", "kantor.xlsx")
    assert (first.exit_code, first.stderr) == (0, "")
    lines = [
        "instansi: 1 new, 0 changed, 0 as before",
        "unit: 2 new, 0 changed, 0 as before",
        "pegawai: 3 new, 0 changed, 0 as before",
        "target: 2 new, 0 changed, 0 as before",
        "libur: 2 new, 0 changed, 0 as before",
        "istilah: 2 new, 0 changed, 0 as before",
    ]
    assert first.stdout.splitlines() == lines
    again = harian("import", "pegawai.csv", "libur.csv", "--agency", "ARU")
    assert again.stdout.splitlines() == [
        "pegawai: 0 new, 0 changed, 3 as before",
        "libur: 0 new, 0 changed, 2 as before",
    ]


def test_import_lists_every_problem_and_writes_nothing(folder: Path) -> None:
    changes = {("unit", 3, "hari_kerja"): "7", ("pegawai", 2, "unit"): "X"}
    (folder / "kantor.xlsx").write_bytes(as_xlsx(spoilt(changes))["kantor.xlsx"])
    result = harian("import", "kantor.xlsx", "--language", "en")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "unit, row 3, column hari_kerja: “7” must be from 5 to 6.",
        "pegawai, row 2, column unit: There is no unit X. Add it to the sheet unit, or correct the code.",
    ]
    assert harian("invite", "--bot-username", "HarianBot").exit_code == 1


def test_a_file_that_is_not_there_is_a_wrong_call(folder: Path) -> None:
    assert harian("import", "tidak-ada.csv").exit_code == 2
    assert harian("import").exit_code == 2


async def test_invite_gives_links_that_open_and_a_sheet_to_print(
    imported: Path, telegram: None, database: Database
) -> None:
    found = rows(await asyncio.to_thread(harian, "invite", "--qr", "kode.pdf"))
    assert [(row["nip"], row["nama"]) for row in found] == [
        (HEAD, "Wayan Suardana"),
        (ANI, "Ani Lestari"),
        (BUDI, "Budi Santoso"),
    ]
    now = datetime.now(UTC)
    for number, row in enumerate(found):
        link, _, token = row["tautan"].partition("?start=")
        assert link == "https://t.me/HarianBot"
        expires_at = datetime.fromisoformat(row["berlaku_sampai"])
        assert (expires_at.utcoffset(), expires_at > now) == (timedelta(hours=8), True)
        async with database.transaction() as session:
            assert await invitations.open_personal(session, token, telegram_id=900 + number, now=now)
    assert (imported / "kode.pdf").read_bytes().startswith(b"%PDF-")


async def test_who_has_joined_is_invited_only_by_name(imported: Path, database: Database) -> None:
    async with database.transaction() as session:
        agency = await agencies.by_code(session, "ARU")
        assert agency is not None
        ani = await employees.by_nip(session, agency.id, ANI)
        assert ani is not None
        ani.telegram_id = 7
    everybody = await asyncio.to_thread(harian, "invite", "--bot-username", "@HarianBot")
    assert [row["nip"] for row in rows(everybody)] == [HEAD, BUDI]
    again = await asyncio.to_thread(harian, "invite", "--bot-username", "@HarianBot", "--nip", ANI)
    assert [row["nip"] for row in rows(again)] == [ANI]


async def test_a_groups_link_is_for_its_head_or_an_admin(imported: Path, database: Database) -> None:
    def group(nip: str, unit: str = "S") -> Result:
        return harian("invite", "--bot-username", "HarianBot", "--group", unit, "--for", nip)

    for nip in (HEAD, BUDI):
        result = await asyncio.to_thread(group, nip)
        link, _, token = result.stdout.strip().partition("?startgroup=")
        assert (result.exit_code, link) == (0, "https://t.me/HarianBot")
        async with database.transaction() as session:
            agency = await agencies.by_code(session, None)
            assert agency is not None
            person = await employees.by_nip(session, agency.id, nip)
            assert person is not None
            unit = await invitations.bind_group(session, token, person, chat_id=-5, now=datetime.now(UTC))
            assert (unit.code, unit.chat_id) == ("S", -5)
    refused = await asyncio.to_thread(group, ANI)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "neither the head of Sekretariat nor an admin" in refused.stderr
    assert (await asyncio.to_thread(group, BUDI, "X")).exit_code == 1


@pytest.mark.parametrize(
    "arguments", [["--group", "S"], ["--for", BUDI], ["--group", "S", "--for", BUDI, "--nip", ANI]]
)
def test_invite_called_wrongly(folder: Path, arguments: list[str]) -> None:
    assert harian("invite", "--bot-username", "x", *arguments).exit_code == 2


def test_without_a_token_nobody_is_asked_for_the_bots_name(imported: Path) -> None:
    result = harian("invite")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--bot-username" in result.stderr


def test_read_answers_record_by_record() -> None:
    targets = [{"code": "A1", "title": "Penataan arsip surat", "unit": "berkas"}]
    record = {"received_at": "2026-11-24T16:00:00+07:00", "tz": "Asia/Jakarta", "targets": targets}
    texts = {"a": "menata 30 berkas arsip surat", "b": "terima kasih"}
    stdin = "\n".join(json.dumps({"id": id_, **record, "text": text}) for id_, text in texts.items()) + "\n\n"
    result = harian("read", "--jsonl", stdin=stdin)
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["id"], first["intent"], len(first["activities"])) == ("a", "report", 1)
    activity = first["activities"][0]
    assert (activity["quantity"], activity["unit"], activity["target"]) == (30, "berkas", "A1")
    assert second == {"id": "b", "intent": "chat", "activities": []}


def test_read_stops_at_what_is_no_record() -> None:
    result = harian("read", "--jsonl", stdin='{"id": 1}\n')
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 1" in result.stderr


async def test_read_shows_one_reply_as_a_person_says_it(imported: Path) -> None:
    """With their targets, and with the office's words: `sirapi` is the archive's."""

    def shown(text: str, *arguments: str) -> tuple[str, str]:
        """First and last cell of the only activity."""
        result = harian("read", text, *arguments)
        assert result.exit_code == 0
        rows = [line.split("│")[1:-1] for line in result.stdout.splitlines() if line.startswith("│")]
        first, *_, last = (" ".join(" ".join(column).split()) for column in zip(*rows, strict=True))
        return first, last

    linked = await asyncio.to_thread(shown, "mengisi sirapi [dua]", "--nip", ANI)
    assert linked == ("mengisi sirapi [dua]", "words, penataan, arsip")
    assert await asyncio.to_thread(shown, "menerima tamu", "--nip", ANI) == ("menerima tamu", "which? A1")
    assert await asyncio.to_thread(shown, "mengisi sirapi") == ("mengisi sirapi", "")
    unsure = "rapat staf sekaligus cek stok obat"
    assert await asyncio.to_thread(shown, unsure) == (unsure, "one or two? rapat staf | cek stok obat")


def test_read_refuses_a_zone_that_is_none() -> None:
    result = harian("read", "menata arsip", "--tz", "Mars")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is no time zone Mars.\n")
