"""An agency at 16:00: the real sender and worker on a real database, a model of Telegram, and time that jumps."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, or_
from sqlmodel import col, select

from bot.pictures import Pictures
from bot.worker import Worker
from models import bot_moves, inbox, messages, outbox
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message
from scheduler import prompts, rounds
from tests.waves.jumping import JumpingLoop
from tests.waves.station import Station, stations
from tests.waves.telegram import Moods, Seen

ASKED_AT = datetime(2026, 11, 24, 16, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
FIRST = 10_000
ZONES = ("Asia/Jakarta", "Asia/Makassar")


@dataclass(frozen=True, slots=True)
class Plan:
    people: int
    unit_of: int = 50
    agencies: int = 1
    """With two, every other unit is of the second."""
    asked_at: tuple[time, time] = (time(16, 0), time(17, 1))
    """Of the first agency in Jakarta, of the second in Makassar: a minute later, which is another hour there."""
    groups: int = 0
    """How many units have a group with a board."""
    answering: float = 0.05
    """Part of those asked who answer within a minute."""
    moods: Moods = field(default_factory=Moods)
    second_bot: Moods | None = None
    """How Telegram treats the second agency's bot, when it has one of its own."""
    way: float = 0.02
    """Seconds to Telegram and back, at least; each message takes some longer."""
    counts_work: bool = False


@dataclass(slots=True)
class Outcome:
    """Of one bot."""

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
        Agency(code=f"A{n}", name="Kementerian Contoh", zone=zone) for n, zone in enumerate(ZONES[: plan.agencies])
    ]
    session.add_all(agencies)
    await session.flush()
    units = []
    for n in range(-(-plan.people // plan.unit_of)):
        at = plan.asked_at[n % plan.agencies]
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
    """As `sail_together`, with one bot."""
    (outcome,) = await sail_together(database_url, plan, watch)
    return outcome


async def sail_together(database_url: str, plan: Plan, watch: Callable[[Seen], None] | None = None) -> list[Outcome]:
    """Until everybody has been asked, and everything is answered; `watch` looks on each minute. One for each bot."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)

    def clock() -> datetime:
        return ASKED_AT + timedelta(seconds=loop.time())

    database, wake, pictures = Database(database_url), asyncio.Event(), Pictures()
    treated = [plan.moods, plan.second_bot] if plan.second_bot is not None else [plan.moods]
    about: dict[str, Any] = {"clock": clock, "wake": wake, "answering": plan.answering, "least": plan.way}
    bots = stations(database, treated, pictures=pictures, **about)
    worker = Worker(database, [one.line for one in bots], clock, wake=wake, idle=float)
    try:
        for one in bots:
            await one.line.open(patient=False)
        async with database.transaction() as session:
            units = await furnish(session, plan)
            await bot_moves.assign(session, {code: one.line.number for one in bots for code in one.line.agencies})
        await _sweep(database, clock())
        if plan.counts_work:
            loop.count_work()
        works = [worker.run(), *(one.sender.run() for one in bots), *(one.receive() for one in bots)]
        running = [asyncio.ensure_future(work) for work in works]
        for minute in count(1):
            await asyncio.sleep(60 * minute - loop.time())
            if minute < plan.agencies:
                await _sweep(database, clock())
                for one in bots:
                    one.line.wake.set()
            if watch is not None:
                watch(bots[0].telegram.seen)
            if all(one.is_quiet for one in bots) and not await _left(database, clock()):
                break
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        return [await _outcome(database, plan, one, units) for one in bots]
    finally:
        pictures.close()
        for one in bots:
            await one.line.close()
        await database.close()


async def _outcome(database: Database, plan: Plan, station: Station, units: dict[int, int]) -> Outcome:
    async with database.reading() as session:
        query = select(Unit.id).join(Agency, col(Agency.id) == Unit.agency_id)
        theirs = set((await session.exec(query.where(Agency.bot_id == station.line.number))).all())
    heard = {chat: unit for chat, unit in units.items() if unit in theirs}
    return Outcome(replace(plan, moods=station.moods), station.telegram.seen, heard, *await _lost(database))


async def _sweep(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await prompts.ask_for_reports(session, now)
        await rounds.show_boards(session, now)


async def _left(database: Database, now: datetime) -> int:
    async with database.reading() as session:
        return await messages.unshown(session, now=now) + await inbox.waiting(session)


async def _lost(database: Database) -> tuple[int, int]:
    """Messages that wait, or failed although nobody has blocked the bot; updates nobody has handled."""
    failed = ~col(Message.failure).contains("blocked")
    async with database.reading() as session:
        lost = (await session.exec(select(func.count()).where(or_(outbox.is_unshown(), failed)))).one()
        return lost, await inbox.waiting(session)
