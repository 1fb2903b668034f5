"""An agency at 16:00: the real sender and worker on a real database, a model of Telegram, and time that jumps."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, or_
from sqlmodel import col, select
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.line import Line
from bot.meters import Meters
from bot.pictures import Pictures
from bot.receiver import Receiver
from bot.sender import Sender
from bot.worker import Worker
from handlers.renderers import RENDERERS, TOGETHER
from models import inbox, outbox
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message
from scheduler import prompts, rounds
from tests import crowd
from tests.waves.jumping import JumpingLoop
from tests.waves.telegram import Moods, Seen, Telegram

ASKED_AT = datetime(2026, 11, 24, 16, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
FIRST = 10_000
ASKED_HERE = (("Asia/Jakarta", time(16, 0)), ("Asia/Makassar", time(17, 1)))
"""Of the first agency at 16:00 in Jakarta, of the second a minute later, which is another hour where it is."""


@dataclass(frozen=True, slots=True)
class Plan:
    people: int
    unit_of: int = 50
    agencies: int = 1
    """With two, every other unit is of the second."""
    groups: int = 0
    """How many units have a group with a board."""
    answering: float = 0.05
    """Part of those asked who answer within a minute."""
    moods: Moods = field(default_factory=Moods)
    way: float = 0.02
    """Seconds to Telegram and back, at least; each message takes some longer."""
    counts_work: bool = False


@dataclass(slots=True)
class Outcome:
    plan: Plan
    seen: Seen
    units: dict[int, int]
    """Chat of each person → unit."""
    lost: int
    """Messages that still wait or have failed."""
    unhandled: int
    """Updates nobody has handled."""


async def furnish(session: Session, plan: Plan) -> dict[int, int]:
    """Agencies with as many units as they need; the first units have a group. Person's chat → unit."""
    agencies = [
        Agency(code=f"A{n}", name="Kementerian Contoh", zone=zone)
        for n, (zone, _) in enumerate(ASKED_HERE[: plan.agencies])
    ]
    session.add_all(agencies)
    await session.flush()
    units = []
    for n in range(-(-plan.people // plan.unit_of)):
        at = ASKED_HERE[n % plan.agencies][1]
        group = -1000 - n if n < plan.groups else None
        whose = agencies[n % plan.agencies].id
        units.append(Unit(agency_id=whose, code=f"{n}", name=f"{n}", report_at=at, remind_at=at, chat_id=group))
    session.add_all(units)
    await session.flush()
    rows = [
        {
            "agency_id": units[n % len(units)].agency_id,
            "nip": f"{n:018}",
            "name": f"Pegawai {n}",
            "unit_id": units[n % len(units)].id,
            "telegram_id": FIRST + n,
            "joined_at": ASKED_AT - timedelta(days=30),
        }
        for n in range(plan.people)
    ]
    await (await session.connection()).execute(insert(Employee), rows)
    return {FIRST + n: units[n % len(units)].id for n in range(plan.people)}


async def sail(database_url: str, plan: Plan, watch: Callable[[Seen], None] | None = None) -> Outcome:
    """Until everybody has been asked, and everything is answered; `watch` looks on each minute."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)

    def clock() -> datetime:
        return ASKED_AT + timedelta(seconds=loop.time())

    database = Database(database_url)
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    telegram = Telegram(
        said=incoming.put_nowait, clock=clock, moods=plan.moods, answering=plan.answering, least=plan.way
    )
    bot: ExtBot[None] = ExtBot(crowd.TOKEN, request=telegram, get_updates_request=telegram)
    wake, pictures = asyncio.Event(), Pictures()
    line = _line(bot, database, clock, wake, pictures)
    times: dict[str, Any] = {"monotonic": loop.time, "real_clock": clock}
    sender = Sender(database, bot, RENDERERS, clock, pictures=pictures, wake=line.wake, together=TOGETHER, **times)
    receiver = Receiver(database, bot, clock, wake, monotonic=loop.time)
    worker = Worker(database, [line], clock, wake=wake, idle=float)

    async def receive() -> None:
        while True:
            await receiver.store([await incoming.get()])

    try:
        await line.open(patient=False)
        async with database.transaction() as session:
            units = await furnish(session, plan)
        await _sweep(database, clock())
        if plan.counts_work:
            loop.count_work()
        running = [asyncio.ensure_future(work) for work in (sender.run(), worker.run(), receive())]
        for minute in count(1):
            await asyncio.sleep(60 * minute - loop.time())
            if minute < plan.agencies:
                await _sweep(database, clock())
                line.wake.set()
            if watch is not None:
                watch(telegram.seen)
            if not telegram.is_busy and incoming.empty() and not await _left(database, clock()):
                break
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        return Outcome(plan, telegram.seen, units, *await _lost(database))
    finally:
        pictures.close()
        await line.close()
        await database.close()


def _line(bot: ExtBot[None], database: Database, clock: Clock, wake: asyncio.Event, pictures: Pictures) -> Line:
    settings = crowd.settings("http://nowhere", database.url)
    token = settings.tokens[0]
    with patch("bot.line.make_bot", lambda *_: bot):
        return Line(
            settings, token, database, clock, inbox=wake, idle=float, pictures=pictures, rates=None, meters=Meters()
        )


async def _sweep(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await prompts.ask_for_reports(session, now)
        await rounds.show_boards(session, now)


async def _left(database: Database, now: datetime) -> int:
    async with database.reading() as session:
        return await outbox.unshown(session, now=now) + await inbox.waiting(session)


async def _lost(database: Database) -> tuple[int, int]:
    """Messages that wait, or failed although nobody has blocked the bot; updates nobody has handled."""
    failed = ~col(Message.failure).contains("blocked")
    async with database.reading() as session:
        lost = (await session.exec(select(func.count()).where(or_(outbox.is_unshown(), failed)))).one()
        return lost, await inbox.waiting(session)
