"""A voice note: evidence and a request for a line of text, or written down first by a local program."""

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import col, select
from telegram import Update
from telegram.ext import TypeHandler

from bot.listening import Listener
from bot.process import Process
from models.activities import Activity
from models.evidence import Evidence
from tests.databases import ON_SQLITE
from tests.stage import UNLIMITED, Phone, Stage, staged

SAID = "menyusun laporan evaluasi 2 jam"
HEARD = f"🎤 Yang saya dengar: “{SAID}”"
CANNOT = "📎 1 bukti disimpan. Saya tidak bisa mendengarkannya: tulis sebaris saja apa yang dikerjakan, ya."
SCRIPT = """import pathlib, sys
here = pathlib.Path(__file__).parent
with (here / "runs").open("a") as runs:
    runs.write(sys.argv[1] + "\\n")
sound = pathlib.Path(sys.argv[-1]).read_bytes()
assert sound.startswith(b"OggS "), sound
sys.stdout.buffer.write(sound.removeprefix(b"OggS "))
"""


@pytest.fixture
def command(tmp_path: Path) -> str:
    """A program that hears whatever text the sound file holds, and keeps count."""
    script = tmp_path / "dengar suara.py"
    script.write_text(SCRIPT)
    return f"{sys.executable} '{script}' --bahasa=id"


@pytest.fixture
async def hearing(database_url: str, command: str) -> AsyncIterator[Stage]:
    async with staged(database_url, transcribe_command=command) as stage:
        yield stage


async def speaks(phone: Phone, words: str, caption: str = "") -> None:
    await phone.stage.attach(phone, "voice", b"OggS " + words.encode(), caption=caption)


async def kept(stage: Stage) -> tuple[list[str], list[tuple[str, str | None]]]:
    """The activities recorded, and each piece of evidence with the activity it hangs under."""
    async with stage.database.reading() as session:
        activities = (await session.exec(select(Activity).order_by(col(Activity.id)))).all()
        by_id = {activity.id: activity.description for activity in activities}
        pieces = (await session.exec(select(Evidence).order_by(col(Evidence.id)))).all()
        return list(by_id.values()), [(piece.kind, by_id.get(piece.activity_id or 0)) for piece in pieces]


def runs(folder: Path) -> list[str]:
    return (folder / "runs").read_text().splitlines() if (folder / "runs").exists() else []


async def test_without_a_program_it_is_kept_and_a_line_is_asked_for(stage: Stage) -> None:
    await speaks(stage.ani, SAID)
    assert await stage.ani.hears() == [CANNOT]
    assert await kept(stage) == ([], [("voice", None)])


async def test_what_was_said_becomes_the_report(hearing: Stage, tmp_path: Path) -> None:
    await speaks(hearing.ani, SAID)
    heard, card = await hearing.ani.hears()
    assert heard == HEARD
    assert "enyusun laporan evaluasi" in card
    assert "2 jam" in card
    described, evidence = await kept(hearing)
    assert [text.lower() for text in described] == ["menyusun laporan evaluasi"]
    assert evidence == [("voice", described[0])]
    assert runs(tmp_path) == ["--bahasa=id"]


@ON_SQLITE
async def test_what_is_no_report_is_evidence_all_the_same(hearing: Stage) -> None:
    await speaks(hearing.ani, "terima kasih <b>")
    assert (await hearing.ani.hears())[0] == "🎤 Yang saya dengar: “terima kasih <b>”"
    assert await kept(hearing) == ([], [("voice", None)])


@ON_SQLITE
async def test_a_caption_says_enough(hearing: Stage, tmp_path: Path) -> None:
    await speaks(hearing.ani, "apa saja", caption=SAID)
    described, evidence = await kept(hearing)
    assert evidence == [("voice", described[0])]
    assert runs(tmp_path) == []


@ON_SQLITE
async def test_nobody_listens_to_strangers_or_groups(hearing: Stage, tmp_path: Path) -> None:
    await speaks(await hearing.new_person("Doni"), SAID)
    await speaks(hearing.ani.in_chat(await hearing.units_group()), SAID)
    assert runs(tmp_path) == []
    assert await kept(hearing) == ([], [])


@ON_SQLITE
@pytest.mark.parametrize(
    "program",
    [
        "/no/such/program",
        f"{sys.executable} -c 'print(\"rapat 2 jam\"); raise SystemExit(3)'",
        f"{sys.executable} -c 'print(\"  \")'",
    ],
    ids=["no program", "fails", "says nothing"],
)
async def test_a_program_that_fails_leaves_a_request_for_text(database_url: str, program: str) -> None:
    async with staged(database_url, transcribe_command=program) as stage:
        await speaks(stage.ani, SAID)
        assert await stage.ani.hears() == [CANNOT]
        assert await kept(stage) == ([], [("voice", None)])


@ON_SQLITE
async def test_a_file_that_cannot_be_fetched_leaves_a_request_for_text(hearing: Stage, tmp_path: Path) -> None:
    await hearing.people("misbehave", method="getFile", how="502")
    await speaks(hearing.ani, SAID)
    assert await hearing.ani.hears() == [CANNOT]
    assert runs(tmp_path) == []


@ON_SQLITE
async def test_a_program_that_hangs_is_ended_with_all_it_has_started(stage: Stage, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    program = tmp_path / "hangs.sh"
    program.write_text(f"#!/bin/sh\nmkfifo {pipe}\ncat {pipe} &\ncat {pipe}\n")
    program.chmod(0o755)
    await speaks(stage.ani, SAID)
    voice = next(message["voice"] for message in await stage.ani.messages() if "voice" in message)
    listener = Listener(str(program), seconds=0.3)
    assert await listener.hear(stage.process.bot, voice["file_id"]) == ""
    with pytest.raises(OSError, match="No such device or address"):  # nobody is left to read from it
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


async def test_the_order_of_a_chat_holds_while_others_go_on(hearing: Stage) -> None:
    """Ani speaks, then writes; Budi writes meanwhile, and does not wait for the program."""
    ani, budi = hearing.ani, hearing.budi
    handled = record_order(hearing)
    form = {"person": ani.id, "chat": ani.id}
    await hearing.attach(ani, "voice", b"OggS " + SAID.encode(), settle=False)
    await hearing.people("send", **form, text="rapat koordinasi 1 jam")
    await hearing.people("send", person=budi.id, chat=budi.id, text="memeriksa berkas")
    await hearing.settle()
    assert handled == [budi.id, ani.id, ani.id]
    described, _ = await kept(hearing)
    assert [text.lower() for text in described] == [
        "memeriksa berkas",
        "menyusun laporan evaluasi",
        "rapat koordinasi",
    ]


def record_order(stage: Stage) -> list[int]:
    """Whose updates are handled, as they are handled."""
    order: list[int] = []

    async def note(update: Update, _context: object) -> None:
        if update.effective_chat is not None:
            order.append(update.effective_chat.id)

    stage.process.application.add_handler(TypeHandler(Update, note), group=-1)
    return order


async def test_a_restart_between_transcript_and_handling_listens_only_once(hearing: Stage, tmp_path: Path) -> None:
    await hearing.attach(hearing.ani, "voice", b"OggS " + SAID.encode(), settle=False)
    process = hearing.process
    await process.receiver.poll_once(seconds=0)
    assert await process.worker.handle_next()
    assert not await process.worker.handle_next(), "the chat waits for its transcript"
    await process.worker.listened()
    async with Process(process.settings, clock=hearing.clock, rates=UNLIMITED) as again:
        await again.settle()
    assert (await hearing.ani.hears())[0] == HEARD
    assert len((await kept(hearing))[0]) == 1
    assert len(runs(tmp_path)) == 1
