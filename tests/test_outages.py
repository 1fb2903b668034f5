"""The database is full or locked, or the clock goes back: nothing that was confirmed is lost, nothing comes twice."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import col, func, select

from models.inbox import Update
from models.kinds import PROMPT, REPORT_CARD
from models.outbox import Message
from models.replies import Reply
from scheduler import alarms
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Stage

LONG = "A3 rapat koordinasi perencanaan " + "dengan tamu " * 200


def path_of(stage: Stage) -> str:
    return str(stage.database.engine.url.database)


@contextmanager
def pragma(stage: Stage, name: str, value: int, usually: int) -> Iterator[None]:
    """Every connection has this setting meanwhile."""
    held = {"now": value}

    def set_it(connection: Any, _record: object, _proxy: object) -> None:
        connection.cursor().execute(f"PRAGMA {name}={held['now']}")

    event.listen(stage.database.engine.sync_engine, "checkout", set_it)
    yield
    held["now"] = usually


async def counts(stage: Stage) -> tuple[int, int, int]:
    """Updates stored, tries that were counted, and replies recorded."""
    async with stage.database.reading() as session:
        stored, tries = (await session.exec(select(func.count(), func.coalesce(func.sum(Update.tries), 0)))).one()
        return stored, tries, (await session.exec(select(func.count()).select_from(Reply))).one()


async def write(stage: Stage, count: int) -> None:
    for n in range(count):
        await stage.people("send", person=ANI, chat=ANI, text=f"{LONG} {n}")


async def waits(act: Any) -> None:
    async def again_and_again() -> None:
        for _ in range(100):
            await act()

    with pytest.raises(OperationalError):
        await again_and_again()


def pages(stage: Stage) -> int:
    connection = sqlite3.connect(path_of(stage))
    (count,) = connection.execute("PRAGMA page_count").fetchone()
    connection.close()
    return int(count)


@ON_SQLITE
async def test_on_a_full_disk_telegram_keeps_what_does_not_fit(stage: Stage) -> None:
    await stage.settle()
    await write(stage, 20)
    with pragma(stage, "max_page_count", pages(stage), 10**6):
        for _ in range(3):
            with pytest.raises(OperationalError, match="full"):
                await stage.process.receiver.poll_once(seconds=0)
        assert len(stage.world.updates.pending) == 20
    await stage.settle()
    assert await counts(stage) == (20, 0, 20)


@ON_SQLITE
async def test_what_is_stored_waits_for_room_without_counting_as_tried(stage: Stage) -> None:
    await write(stage, 20)
    while await stage.process.receiver.poll_once(seconds=0):
        pass
    with pragma(stage, "max_page_count", pages(stage), 10**6):
        for _ in range(5):
            await waits(stage.process.worker.handle_next)
        stored, tries, recorded = await counts(stage)
        assert (stored, tries) == (20, 0)
        assert recorded < 20
    await stage.settle()
    assert await counts(stage) == (20, 0, 20)
    assert not [text for text in await stage.ani.hears() if "gangguan" in text]


@ON_SQLITE
async def test_while_somebody_else_holds_the_lock_everything_waits(stage: Stage) -> None:
    await write(stage, 2)
    other = sqlite3.connect(path_of(stage), isolation_level=None)
    with pragma(stage, "busy_timeout", 20, 10_000):
        other.execute("BEGIN IMMEDIATE")
        await waits(lambda: stage.process.receiver.poll_once(seconds=0))
        other.execute("ROLLBACK")
        assert await stage.process.receiver.poll_once(seconds=0) == 2
        other.execute("BEGIN IMMEDIATE")
        await waits(stage.process.worker.handle_next)
        other.execute("ROLLBACK")
    other.close()
    await stage.settle()
    assert await counts(stage) == (2, 0, 2)


@ON_SQLITE
async def test_when_the_clock_goes_back_people_are_answered_and_asked_once(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    assert len(await stage.budi.hears()) == 1
    await stage.time("2026-11-24 14:00")
    assert (await stage.ani.tells("A3 rapat koordinasi 2 jam")).startswith("Laporan Selasa, 24 November 2026")
    await stage.time("2026-11-24 16:00")
    await stage.time("2026-11-24 16:01")
    assert len(await stage.budi.hears()) == 1
    assert await counts(stage) == (1, 0, 1)


@ON_SQLITE
async def test_stopped_for_two_days_it_goes_on_with_what_telegram_still_has(stage: Stage) -> None:
    """What was written in the first of them is lost, which the admin is told; what came later is handled, once."""
    await stage.change(BUDI, role="admin")
    await stage.minutes(1)
    await alarms.note_life(stage.database, now=stage.clock(), real_now=stage.clock())
    await stage.ani.says("A3 rapat koordinasi 1 jam")
    await stage.budi.news()
    stage.clock.set("2026-11-24 20:00")
    await stage.people("send", person=ANI, chat=ANI, text="A3 rapat koordinasi 2 jam")
    stage.clock.set("2026-11-26 08:00")
    await stage.people("send", person=ANI, chat=ANI, text="A3 rapat koordinasi 3 jam")
    stage.clock.set("2026-11-26 16:10")
    await alarms.note_life(stage.database, now=stage.clock(), real_now=stage.clock())
    await stage.settle()
    await stage.settle()
    async with stage.database.reading() as session:
        replies = (await session.exec(select(Reply.text).order_by(col(Reply.id)))).all()
    assert replies == ["A3 rapat koordinasi 1 jam", "A3 rapat koordinasi 3 jam"]
    assert not stage.world.updates.pending, "all is confirmed"
    (told,) = [text for text in await stage.budi.news() if text.startswith("⚠️")]
    assert told.startswith("⚠️ Saya tidak aktif dari Sel 24 Nov 16.01 sampai Kam 26 Nov 16.10")
    assert "Rab 25 Nov 16.10" in told
    await stage.ani.says("A3 rapat koordinasi 4 jam")
    async with stage.database.reading() as session:
        assert len((await session.exec(select(Reply.id))).all()) == 3


@ON_SQLITE
async def test_asleep_for_a_night_nobody_is_asked_at_three(stage: Stage) -> None:
    """The afternoon's questions are due when the machine falls asleep; it wakes up at night."""
    await stage.time("2026-11-24 15:30")
    stage.clock.set("2026-11-24 16:00")
    await stage.process.sweep()
    stage.clock.set("2026-11-25 03:00")
    await stage.process.sweep()
    await stage.settle()
    assert [await phone.hears() for phone in (stage.ani, stage.budi, stage.citra, stage.sari)] == [[], [], [], []]
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Message).where(Message.kind == PROMPT))).all()
    assert [(row.failure, row.claimed_by) for row in rows] == [("expired", None)] * 4
    await stage.time("2026-11-25 16:00")
    assert [len(await phone.hears()) >= 1 for phone in (stage.ani, stage.budi)] == [True, True]


@ON_SQLITE
async def test_what_was_sent_on_a_full_disk_is_noted_when_there_is_room(stage: Stage) -> None:
    """The sender could not note that it has sent: it holds on to that, and sends nothing twice."""
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.people("send", person=ANI, chat=ANI, text="A1 mengarsipkan 12 surat")
    while await stage.process.receiver.poll_once(seconds=0):
        pass
    await stage.process.worker.work_off()
    sender = stage.process.sender
    assert await sender.send_due() == 1
    await asyncio.wait(sender._flights.tasks())
    other = sqlite3.connect(path_of(stage), isolation_level=None)
    with pragma(stage, "busy_timeout", 20, 10_000):
        other.execute("BEGIN IMMEDIATE")
        await waits(sender.send_due)
        other.execute("ROLLBACK")
    other.close()
    await stage.settle()
    assert len(await stage.ani.hears()) == 2
    async with stage.database.reading() as session:
        cards = (await session.exec(select(Message).where(Message.kind == REPORT_CARD))).all()
    assert [(card.attempts, card.claimed_by, card.failure) for card in cards] == [(1, None, None)] * 2
