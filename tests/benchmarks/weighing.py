"""Measures one thing on a built database, in a process of its own, and prints it as JSON: seconds are of its processor.

`python -m tests.benchmarks.weighing URL WHAT`
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.cli import ROUND_OF_COLLECTOR
from handlers import days, review_card, score, summary
from models import kinds
from models.agencies import Unit
from models.database import Database, Session
from models.gathering import gather_tables
from models.outbox import Message
from scheduler import prompts, timetable, weekly
from scheduler.office import SHARED
from tests.benchmarks.nation import GROUP, MONDAY, UNIT_OF, WEEK

WIB = ZoneInfo("Asia/Jakarta")
NIGHT, AT_WORK, ASKED, SUMMED_UP = (
    datetime.combine(MONDAY, time_of_day(hour, minute), WIB) for hour, minute in ((3, 0), (10, 0), (15, 30), (13, 0))
)
SAMPLE = 40
Found = dict[str, float]


async def figures(database: Database) -> Found:
    """The week of every unit computed and kept, and everybody's cards wanted; then the groups' texts and charts."""
    began = time.process_time()
    posted = await weekly.post_summaries.roll(database, SUMMED_UP, {SHARED: {}})
    computed = time.process_time()
    async with database.reading() as session:
        units = (await session.exec(select(Unit.id).order_by(col(Unit.id)))).all()
    for unit_id in units:
        async with database.reading() as session:
            arguments = {"unit": unit_id, "week": WEEK.isoformat()}
            group = Message(chat_id=GROUP - unit_id, kind=kinds.SUMMARY, arguments=arguments)
            assert await summary.summary_text(session, group, SUMMED_UP) is not None
            chart = await summary.summary_chart(session, group, SUMMED_UP)
        assert chart is not None
        assert chart.picture is not None
        chart.picture()
    drawn = time.process_time()
    return {"units": posted, "figures": computed - began, "texts and charts": drawn - computed}


async def cards(database: Database) -> Found:
    """Milliseconds of one card: the median of as many people, each in the middle of their unit."""
    heads = [UNIT_OF * n + 1 for n in range(SAMPLE)]

    def of(id_: int, kind: str, **arguments: Any) -> Message:
        return Message(chat_id=1, message_id=1, employee_id=id_, kind=kind, arguments=arguments)

    week, day = WEEK.isoformat(), MONDAY.isoformat()
    return {
        "/nilai": await _each(database, heads, lambda s, id_: score.week_card(s, of(id_ + 7, "", week=week), AT_WORK)),
        "/hari_ini": await _each(database, heads, lambda s, id_: days.day_card(s, of(id_ + 7, "", day=day), AT_WORK)),
        "supervisor": await _each(
            database, heads, lambda s, id_: review_card.review_card(s, of(id_, "", view="all", excluded=[]), AT_WORK)
        ),
    }


async def _each(database: Database, ids: Sequence[int], draw: Callable[[Session, int], Awaitable[Any]]) -> float:
    taken = []
    for id_ in ids:
        async with database.reading() as session:
            began = time.process_time()
            assert await draw(session, id_) is not None
            taken.append(time.process_time() - began)
    return sorted(taken)[len(taken) // 2] * 1000


async def minutes(database: Database) -> Found:
    """All sweeps in a minute in which nothing is due; what is read once in a process's life has been read before."""
    found: Found = {}
    await timetable.sweep_all(database, NIGHT)
    for name, moment in (("a minute at night", NIGHT), ("a minute at work", AT_WORK)):
        await timetable.sweep_all(database, moment)
        began = time.process_time()
        done = await timetable.sweep_all(database, moment)
        found[name] = time.process_time() - began
        assert not any(done.values()), done
    return found


async def wave(database: Database) -> Found:
    """Everybody is asked for their report, while somebody else writes again and again."""
    waits: list[float] = []
    writing = asyncio.create_task(_write(database, waits))
    before, began, moment = _peak(), time.process_time(), time.perf_counter()
    asked = await prompts.ask_for_reports.roll(database, ASKED, {SHARED: {}})
    took, real = time.process_time() - began, time.perf_counter() - moment
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing
    again = time.process_time()
    assert await prompts.ask_for_reports.roll(database, ASKED, {SHARED: {}}) == 0
    waits.sort()
    return {
        "asked": asked,
        "seconds": took,
        "MiB more": _peak() - before,
        "asked again": time.process_time() - again,
        "a writer waited, ms, median": 1000 * waits[len(waits) // 2],
        "a writer waited, ms, at most": 1000 * waits[-1],
        "of the clock": real,
    }


async def _write(database: Database, waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        async with database.transaction() as session:
            waits.append(time.perf_counter() - began)
            await session.exec(select(Unit.id).limit(1))
        await asyncio.sleep(0.02)


def _peak() -> float:
    """MiB that this process has held at most. Not from `getrusage`, which counts what its parent held before."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


WHAT: dict[str, Callable[[Database], Awaitable[Found]]] = {
    "figures": figures,
    "cards": cards,
    "minutes": minutes,
    "wave": wave,
}


async def weigh(url: str, what: str) -> Found:
    gc.set_threshold(ROUND_OF_COLLECTOR)  # as in the service
    gather_tables()
    database = Database(url)
    try:
        found = await WHAT[what](database)
    finally:
        await database.close()
    return {**found, "MiB": _peak()}


async def weighed(url: str, what: str) -> Found:
    """In a process of its own."""
    command = (sys.executable, "-m", "tests.benchmarks.weighing", url, what)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2], env=dict(os.environ)
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    found: Found = json.loads(out.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(weigh(sys.argv[1], sys.argv[2]))))
