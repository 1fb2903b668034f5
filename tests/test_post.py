"""`inbox` and `outbox` for operators; and the words that leave the post after a week."""

import asyncio
import getpass
import re
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select
from telegram import Update
from telegram.ext import TypeHandler
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import system
from models import forgetting, inbox, messages, outbox
from models.outbox import Message
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, NIPS
from tests.stage import Stage


async def noted(stage: Stage, words: str, *, times: int) -> None:
    """It stands in the person's story, with who did it at the command line."""
    lines = (await harian(stage, "audit", "show", NIPS[ANI]))[1]
    account = f"[baris perintah, {getpass.getuser()}]"
    assert len([line for line in lines if line.endswith(f"{account}: {words}")]) == times, lines


AGE = re.compile(r"\b\d+ (s|min|h|d)\b *")


async def harian(stage: Stage, *arguments: str) -> tuple[int, list[str]]:
    """What it says, without ages, which are by the machine's clock."""
    environment = {"DATABASE_URL": stage.database.url.replace("+aiosqlite", "")}
    ended = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environment)
    return ended.exit_code, [AGE.sub("", line) for line in ended.output.splitlines()]


@ON_SQLITE
async def test_a_parked_message_is_listed_by_its_reference_and_replayed(stage: Stage) -> None:
    """Three tries, told once; when the fault is mended, an operator lets it be handled after all."""
    mended = False

    async def handle(update: Update, _context: Any) -> None:
        if update.message is not None and "rahasia" in (update.message.text or "") and not mended:
            raise ZeroDivisionError("rahasia")

    stage.process.application.add_handler(TypeHandler(Update, handle), group=-1)
    await stage.ani.says("A3 rapat koordinasi rahasia 2 jam")
    (sorry,) = await stage.ani.news()
    reference = sorry.rpartition(" ")[2].rstrip(".")
    assert sorry == (
        "Ada gangguan di pihak saya. Pesan Anda tersimpan; mohon kirim lagi sebentar lagi. "
        f"Untuk admin: kode {reference}."
    )
    parked = f"  {reference:<8} message         private  3 tries, ZeroDivisionError"
    assert await harian(stage, "inbox") == (0, ["waiting: 0", "parked: 1, the oldest for ", parked])
    assert await harian(stage, "inbox", "--agency", "BAPENDA") == (
        0,
        ["waiting: 0", "parked: 1, the oldest for ", parked],
    )
    for wrong in ("ZZZ", "U", "-"):
        assert (await harian(stage, "inbox", "replay", wrong))[0] != 0
    assert (await harian(stage, "inbox", "replay", reference.lower()))[0] == 0
    waits = f"  {reference:<8} message         private"
    assert await harian(stage, "inbox") == (0, ["waiting: 1, the oldest for ", waits, "parked: 0"])
    await stage.settle()
    assert await stage.ani.news() == [], "still broken, and told once is enough"
    mended = True
    await harian(stage, "inbox", "replay", reference)
    await stage.settle()
    assert "rapat koordinasi rahasia" in await stage.ani.sees()
    await noted(stage, f"mengulang pengolahan sebuah pesan (kode {reference}) – Ani Lestari", times=2)
    assert await harian(stage, "inbox") == (0, ["waiting: 0", "parked: 0"])
    assert (await harian(stage, "inbox", "replay", reference))[0] == 1


@ON_SQLITE
async def test_what_stands_and_what_failed_is_listed_with_its_reason_and_tried_again(stage: Stage) -> None:
    """Ani has blocked the bot; Budi's message has failed and waits; a prompt is over; a sentence is forgotten."""

    def row(key: str, chat: int, **more: Any) -> Message:
        values: dict[str, Any] = {
            "kind": "say",
            "arguments": {"text": "sangat rahasia"},
            "due_at": system(),
            "has_words": True,
        }
        return Message(key=key, chat_id=chat, agency_id=1, **(values | more))

    done = {"revision": 1, "shown_revision": 1}
    await stage.keep(
        row("a", ANI, failure="Forbidden: bot was blocked by the user", attempts=1, **done),
        row("b", BUDI, failure="TimedOut", attempts=4, retry_at=system() + timedelta(minutes=5), priority=10),
        row("c", BUDI, failure="expired", expires_at=system() - timedelta(hours=1), **done),
        row("d", BUDI, arguments={}, has_words=False, **done),
        row("e", -100, kind="board", due_at=system() + timedelta(hours=1)),
    )
    async with stage.database.reading() as session:
        ids = {one.key: one.id for one in (await session.exec(select(Message))).all()}

    def line(key: str, rest: str) -> str:
        return f"  {ids[key]:<8} say             private  {rest}"

    blocked = line("a", "given up, Forbidden: bot was blocked by the user")
    slow = line("b", "4 attempts, TimedOut")
    over = line("c", "given up, expired")
    assert await harian(stage, "outbox") == (0, ["standing: 1, the oldest for ", slow])
    assert await harian(stage, "outbox", "--failed") == (0, ["failed: 3, the oldest for ", blocked, slow, over])
    assert (await harian(stage, "outbox", "--failed", "--agency", "LAIN"))[0] == 1
    for key, code in (("c", 1), ("d", 1), ("a", 0), ("b", 0)):
        assert (await harian(stage, "outbox", "retry", str(ids[key])))[0] == code
    assert (await harian(stage, "outbox", "retry", "999999"))[0] == 2
    stage.clock.moment = max(stage.clock(), system()) + timedelta(seconds=1)
    await stage.process.sender.work_off()
    assert await harian(stage, "outbox", "--failed") == (0, ["failed: 1, the oldest for ", over])
    assert [await stage.ani.hears(), await stage.budi.hears()] == [["sangat rahasia"], ["sangat rahasia"]]
    await noted(stage, f"mengirim ulang sebuah pesan (no. {ids['a']}) – Ani Lestari", times=1)


@ON_SQLITE
async def test_after_a_week_no_words_are_left_in_the_post(stage: Stage) -> None:
    """The screens stay as they are, the rows keep their keys, and what is still on its way keeps its words."""
    await stage.change(BUDI, role="admin")
    await stage.ani.says("/bantu Cipaganti")
    await stage.budi.says("/admin Cipaganti")
    before = [await stage.ani.hears(), await stage.budi.hears()]
    shown = stage.clock()
    late = {"arguments": {"text": "Cipaganti menyusul"}, "due_at": shown, "has_words": True, "kind": "say"}
    await stage.keep(Message(key="late", chat_id=9, **late))

    async def forget(**later: float) -> tuple[int, str]:
        async with stage.database.transaction() as session:
            count = await forgetting.forget_words(session, now=shown + timedelta(**later))
            rows = (await session.exec(select(Message))).all()
            return count, " ".join(repr(row.arguments) for row in rows if row.key != "late")

    assert [(count, "Cipaganti" in kept) for count, kept in [await forget(days=7)]] == [(0, True)]
    count, kept = await forget(days=7, seconds=1)
    assert (count >= 2, "Cipaganti" in kept) == (True, False)
    assert (await forget(days=8))[0] == 0
    async with stage.database.reading() as session:
        row = await messages.by_key(session, "late")
        assert row is not None
        assert row.arguments == {"text": "Cipaganti menyusul"}
        plan = (
            await (await session.connection()).execute(
                text("EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE has_words = 1 AND due_at < '2026-01-01'")
            )
        ).all()
        assert "ix_outbox_worded" in str(plan)
    assert [await stage.ani.hears(), await stage.budi.hears()] == before
    async with stage.database.transaction() as session:
        for one in (await session.exec(select(Message).where(Message.kind == "say", Message.key != "late"))).all():
            await outbox.redraw(session, one.key, now=stage.clock())
    await stage.settle()
    assert [await stage.ani.hears(), await stage.budi.hears()] == before


@ON_SQLITE
async def test_what_was_parked_is_kept_a_week(stage: Stage) -> None:
    now = system()
    await stage.keep(
        inbox.Update(update_id=901, chat_id=ANI, payload={}, received_at=now, handled_at=now, tries=inbox.TRIES),
        inbox.Update(update_id=902, chat_id=ANI, payload={}, received_at=now, handled_at=now, tries=1),
    )
    for later, gone in ((3, 0), (4, 1), (7, 0), (8, 1)):
        async with stage.database.transaction() as session:
            assert await inbox.prune(session, now=now + timedelta(days=later)) == gone


@settings(max_examples=50, deadline=None)
@given(number=st.integers(1, 2**63 - 1), noise=st.sampled_from(["{}", " {}\n"]))
def test_a_reference_names_one_update(number: int, noise: str) -> None:
    reference = inbox.reference_of(number)
    assert inbox.of_reference(noise.format(reference).lower()) == number
    assert inbox.of_reference(reference.replace("0", "O").replace("1", "L")) == number
