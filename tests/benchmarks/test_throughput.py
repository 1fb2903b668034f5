"""How many replies a second are answered, and messages sent, when Telegram's limits are out of the way.

The Bot API is a process of its own that costs next to nothing. Rates are of the clock; beside them stands what one
message costs of the processor, which says more on a machine that does other things as well.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from statistics import median, quantiles

import pytest

from bot.clock import system
from bot.limits import Rates
from bot.process import WORKERS, Process
from models.activities import APPROVED, Activity
from models.database import Database
from models.employees import Employee
from models.kinds import PROMPT
from models.outbox import show_once
from models.targets import Target
from models.workdays import calendar_of
from tests import crowd
from tests.benchmarks.peers.driving import Server, served
from tests.benchmarks.table import Row, row
from tests.databases import ON_SQLITE

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

UNLIMITED = Rates(per_second=100_000, chat_seconds=0, group_per_minute=100_000)
ROUNDS = 4
ASKED, REPLIES, WRITERS = 300, 200, 100
SENDS_AT_LEAST, REPLIES_AT_LEAST, AT_MOST_MS = 500, 100, 150
TEXT = "Menyusun laporan bulanan nomor {n} jam 8 sampai 10"
WORK = ("Menyusun laporan bulanan", "Rapat koordinasi", "Verifikasi SPJ 5 berkas", "Menerima tamu dari dinas")


@asynccontextmanager
async def office(database_url: str, count: int) -> AsyncIterator[tuple[Server, Database, list[Employee]]]:
    """A unit whose people have targets and a month of reports behind them."""
    database = Database(database_url)
    today = system().date()
    try:
        async with database.transaction() as session:
            people = await crowd.furnish(session, count, now=system())
            for n, person in enumerate(people):
                person.superior_id = people[0].id if n else None
                session.add_all(target(person, code, title) for code, title in enumerate(WORK[:3]))
                session.add_all(said(person, today - timedelta(days=1 + day // 2), day) for day in range(40))
        async with served() as server:
            yield server, database, people
    finally:
        await database.close()


def target(person: Employee, number: int, title: str) -> Target:
    year = system().year
    span = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    return Target(
        agency_id=person.agency_id,
        employee_id=person.id,
        code=f"R{number}",
        title=title,
        measure="kegiatan",
        planned=100,
        status=APPROVED,
        **span,
    )


def said(person: Employee, day: date, number: int) -> Activity:
    description = WORK[(person.id + number) % len(WORK)]
    return Activity(
        agency_id=person.agency_id,
        employee_id=person.id,
        unit_id=person.unit_id,
        worked_on=day,
        description=description,
        status=APPROVED,
    )


async def want(database: Database, people: list[Employee], number: int) -> None:
    """A prompt for everybody, due now."""
    now = system()
    async with database.transaction() as session:
        day = (await calendar_of(session, people[0].agency_id)).ahead(now.date() + timedelta(days=1), 5)
        for person in people:
            await show_once(
                session,
                key=f"bench:{person.id}:{number}",
                chat_id=person.telegram_id or 0,
                kind=PROMPT,
                agency_id=person.agency_id,
                employee_id=person.id,
                arguments={"day": day.isoformat()},
                due_at=now,
            )


async def measured(work: Callable[[], Awaitable[object]], count: int) -> tuple[float, float]:
    """A second, and milliseconds of the processor each."""
    cpu, began = time.process_time(), time.perf_counter()
    await work()
    return count / (time.perf_counter() - began), 1000 * (time.process_time() - cpu) / count


def tell(what: str, database: Database, rates: list[tuple[float, float]], at_least: float) -> None:
    """The first round warms up."""
    by_clock, each = (median(one) for one in zip(*rates[1:], strict=True))
    note = f"{each:.2f} ms of processor each: {1000 / each:,.0f} a second of one core"
    row(Row(what, database.engine.dialect.name, by_clock, note, at_least=at_least))


async def test_prompts_sent(database_url: str) -> None:
    """Claimed, drawn, sent and noted."""
    async with office(database_url, ASKED) as (server, database, people):
        async with Process(crowd.settings(server.url, database_url), rates=UNLIMITED) as process:
            rates = []
            for number in range(ROUNDS):
                await want(database, people, number)
                rates.append(await measured(process.sender.work_off, ASKED))
        assert (await server.told("counts"))["sent"] == ROUNDS * ASKED
        tell("prompts sent a second by the real sender", database, rates, SENDS_AT_LEAST)


async def test_replies_answered(database_url: str) -> None:
    """From Telegram's update to the card on the screen: fetched, stored, read, recorded, drawn and sent."""
    async with office(database_url, WRITERS) as (server, database, _):
        async with Process(crowd.settings(server.url, database_url), rates=UNLIMITED) as process:

            async def answer() -> None:
                while await process.receiver.poll_once(seconds=0):
                    pass
                workers = 1 if database.is_sqlite else WORKERS
                await asyncio.gather(*(process.worker.work_off() for _ in range(workers)))
                await process.sender.work_off()

            rates = []
            for _ in range(ROUNDS):
                await server.told("updates", count=REPLIES, people=WRITERS, text=TEXT)
                rates.append(await measured(answer, REPLIES))
        assert (await server.told("counts"))["sent"] >= ROUNDS * WRITERS
        tell("replies answered a second, end to end", database, rates, REPLIES_AT_LEAST)


@ON_SQLITE
async def test_how_long_an_answer_takes(database_url: str) -> None:
    """The whole process runs; 40 replies a second come in, more than Telegram would let one bot answer."""
    async with office(database_url, WRITERS) as (server, _, _):
        async with Process(crowd.settings(server.url, database_url), rates=UNLIMITED) as process:
            await process.sweep()  # what only the first minute after an import has to do: a menu for everybody
            running = asyncio.create_task(process.run())
            await server.told("updates", count=20, people=WRITERS, text=TEXT)
            await process.quiet(seconds=30)
            await server.told("reset")
            await server.told("updates", count=WRITERS, people=WRITERS, text=TEXT, rate=40)
            for _ in range(300):
                if len((await server.told("counts"))["took"]) == WRITERS:
                    break
                await asyncio.sleep(0.1)
            seen = await server.told("counts")
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        took = sorted(1000 * seconds for seconds in seen["took"])
        assert len(took) == WRITERS
        half, most = median(took), quantiles(took, n=100)[98]
        row(Row("milliseconds to an answer at 40 a second, p99", "sqlite", most, f"median {half:.0f}", at_most=150))


IDLE_SECONDS = 20


@ON_SQLITE
async def test_an_idle_process(database_url: str, tmp_path: object) -> None:
    """`harian run` with nothing to do: how soon it polls, what it weighs, what it costs."""
    async with office(database_url, WRITERS) as (server, _, _):
        environment = crowd.environment(server.url, database_url)
        began = time.time()
        async with crowd.harian("run", environment=environment, folder=tmp_path) as process:  # type: ignore[arg-type]
            while (await server.told("counts"))["first_poll_at"] is None:
                await asyncio.sleep(0.02)
                assert process.returncode is None
            start = (await server.told("counts"))["first_poll_at"] - began
            starting = spent(process.pid)
            await asyncio.sleep(5)
            before = spent(process.pid)
            await asyncio.sleep(IDLE_SECONDS)
            a_minute = (spent(process.pid) - before) * 60 / IDLE_SECONDS
            row(Row("seconds from start to first poll", "", start, f"{starting:.1f} of processor", at_most=2, digits=2))
            idle = resident(process.pid)
            row(Row("MiB of an idle process", "", idle, at_most=120))
            row(Row("seconds of processor an idle minute", "", a_minute, at_most=0.6, digits=2))
            await server.told("updates", count=10_000, people=5_000, text="halo")
            heaviest = 0.0
            for _ in range(600):
                heaviest = max(heaviest, resident(process.pid))
                if not (await server.told("counts"))["waiting"]:
                    break
                await asyncio.sleep(0.1)
            row(Row("MiB more while 10,000 updates come in at once", "", heaviest - idle, at_most=30))


def spent(pid: int) -> float:
    """Seconds of processor."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """MiB of memory."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024
