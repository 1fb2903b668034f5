"""An agency at 16:00: the real sender and worker on a real database, a model of Telegram, and time that jumps."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import func, insert
from sqlmodel import col, select
from telegram.ext import ExtBot

from bot.application import build
from bot.pictures import Pictures
from bot.receiver import Receiver
from bot.sender import Sender
from bot.worker import Worker
from handlers.renderers import RENDERERS
from models import inbox, outbox
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message
from scheduler import rounds
from tests.waves.telegram import Moods, Seen, Telegram

ASKED_AT = datetime(2026, 11, 24, 16, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
FIRST = 10_000
LOOKS_EVERY = 15.0
UNITS_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@dataclass(frozen=True, slots=True)
class Plan:
    people: int
    unit_of: int = 50
    groups: int = 0
    """How many units have a group with a board."""
    answering: float = 0.05
    """Part of those asked who answer within a minute."""
    moods: Moods = field(default_factory=Moods)
    counts_work: bool = False


@dataclass(slots=True)
class Outcome:
    plan: Plan
    seen: Seen
    units: dict[int, int]
    """Chat of each person → unit."""
    lost: int
    """People whose question neither came nor was refused for good, and messages that still wait."""
    unhandled: int
    ended: float


async def furnish(session: Session, plan: Plan) -> dict[int, int]:
    """An office with as many units as it needs; the first ones have a group. Person's chat → unit."""
    agency = Agency(code="A", name="Kementerian Contoh")
    session.add(agency)
    await session.flush()
    count = -(-plan.people // plan.unit_of)
    units = [
        Unit(
            agency_id=agency.id,
            code=f"U{n}",
            name=f"Bagian {n}",
            report_at=time(16, 0),
            remind_at=time(16, 0),
            chat_id=-1000 - n if n < plan.groups else None,
        )
        for n in range(count)
    ]
    session.add_all(units)
    await session.flush()
    joined = ASKED_AT - timedelta(days=30)
    rows = [
        {
            "agency_id": agency.id,
            "nip": f"{n:018}",
            "name": f"Pegawai {n}",
            "unit_id": units[n % count].id,
            "telegram_id": FIRST + n,
            "joined_at": joined,
        }
        for n in range(plan.people)
    ]
    for first in range(0, len(rows), 1000):
        await session.exec(insert(Employee), params=rows[first : first + 1000])  # type: ignore[call-overload]
    return {row["telegram_id"]: row["unit_id"] for row in rows}


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


async def sail(database_url: str, plan: Plan) -> Outcome:
    loop = asyncio.get_running_loop()
    began = loop.time()

    def clock() -> datetime:
        return ASKED_AT + timedelta(seconds=loop.time() - began)

    database = Database(database_url)
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    telegram = Telegram(said=incoming.put_nowait, moods=plan.moods, answering=plan.answering)
    telegram.clock = lambda: int(clock().timestamp())
    bot: ExtBot[None] = ExtBot("42:model", request=telegram, get_updates_request=telegram)
    wake, done, pictures = asyncio.Event(), asyncio.Event(), Pictures()
    sender = Sender(
        database,
        bot,
        RENDERERS,
        clock,
        pictures=pictures,
        wake=done,
        bot_id=42,
        monotonic=loop.time,
        real_clock=clock,
    )
    receiver = Receiver(database, bot, clock, wake, monotonic=loop.time)
    application = build(bot)
    worker = Worker(database, application, clock, wake=wake, done=done)

    async def receive() -> None:
        while True:
            await receiver.store([await incoming.get()])

    try:
        await application.initialize()
        async with database.transaction() as session:
            units = await furnish(session, plan)
        async with database.transaction() as session:
            assert await rounds.ask_for_reports(session, clock()) == plan.people
            assert await rounds.show_boards(session, clock()) == plan.groups
        began = loop.time()
        running = [asyncio.ensure_future(work) for work in (sender.run(), worker.run(), receive())]
        ended = await _until_all_is_said(database, telegram, incoming, clock)
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        async with database.reading() as session:
            lost = await _lost(session)
            unhandled = await inbox.waiting(session)
        return Outcome(plan, telegram.seen, units, lost, unhandled, ended)
    finally:
        pictures.close()
        await application.shutdown()
        await database.close()


async def _until_all_is_said(
    database: Database, telegram: Telegram, incoming: "asyncio.Queue[dict[str, Any]]", clock: Any
) -> float:
    """Seconds of the loop when nothing waits any more."""
    while True:
        await asyncio.sleep(LOOKS_EVERY)
        async with database.reading() as session:
            left = await outbox.unshown(session, now=clock()) + await inbox.waiting(session)
        if not left and not telegram.is_busy and incoming.empty():
            return asyncio.get_running_loop().time()


async def _lost(session: Session) -> int:
    """Messages neither shown nor refused because their reader has blocked the bot."""
    query = select(func.count()).where(col(Message.shown_at).is_(None), ~col(Message.failure).contains("blocked"))
    return (await session.exec(query)).one()
