"""What a person costs: bytes of disk by table, and milliseconds of the processor for a reply and a prompt."""

import asyncio
import os
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlmodel import func, select

from bot.clock import system
from bot.copying.whole import copy
from bot.migrating import plain_url
from bot.sandbox.world import World
from models.activities import Activity
from models.agencies import Agency, Unit
from models.database import Database
from models.employees import Employee
from models.gathering import table_names
from models.kinds import PROMPT, REPORT_CARD
from models.outbox import Message
from tests import crowd, databases
from tests.benchmarks.sizes import PASSING, bytes_by_table, cpu_ms, memory, multiply, rows_by_table, server_ms
from tests.benchmarks.table import Row, row
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY, Phone, Stage, staged

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

PEOPLE, DAYS, TIMES = 12, 5, 200
NAMES = sorted(table_names())
WHOLE = {"lease", "pulse", "trouble", "audit_head"}
"""Of the whole process or agency."""
MONDAY = date(2026, 11, 9)
REPLY = (
    "A1 membalas {n} surat dinas 2 jam\nA1 mengagendakan {m} surat masuk 90 menit\nA1 menyusun rekap surat harian 1 jam"
)
ACTIVITIES = 3
FRIDAY = 4
COPIED = 100_000
WRITERS, REPLIES, WARM = 100, 300, 20
IDLE_SECONDS = 30


async def test_bytes_of_a_person_and_day(database_url: str) -> None:
    """A week of a unit: everybody asked every day, a reply of three activities, all approved, marked on Friday.

    Its rows are multiplied before they are weighed: a small table takes a page for each index, whatever is in it.
    """
    kind = database_url.partition(":")[0]
    async with staged(database_url, moment=TUESDAY - timedelta(days=15)) as stage:
        people = await stage.hire(*(f"Pegawai {n}" for n in range(1, PEOPLE + 1)))
        first = rows_by_table(database_url, NAMES)
        for n in range(DAYS):
            await _day(stage, people, MONDAY + timedelta(days=n // 5 * 7 + n % 5))
    rows = {name: count - first[name] for name, count in rows_by_table(database_url, NAMES).items()}
    daily = {name for name, count in rows.items() if count > 0} - WHOLE
    multiply(database_url, daily, TIMES)
    before, all_rows = bytes_by_table(database_url), rows_by_table(database_url, NAMES)
    weight = {name: before[name] / all_rows[name] * rows[name] / PEOPLE / DAYS for name in daily}
    for name, size in sorted(weight.items(), key=lambda one: -one[1]):
        each = f"{before[name] / all_rows[name]:,.0f} bytes a row, {rows[name] / PEOPLE / DAYS:.1f} rows"
        row(Row(f"disk a person and workday, bytes: {name}", kind, size, each))
    kept = sum(size for name, size in weight.items() if name not in PASSING)
    post = sum(weight.values()) - kept
    row(Row("disk a person and workday, bytes: kept", kind, kept, f"{ACTIVITIES} activities; indexes with it"))
    row(Row("disk a person and workday, bytes: the post", kind, post, ", ".join(sorted(PASSING))))


async def _day(stage: Stage, people: list[Phone], on: date) -> None:
    await stage.time(f"{on} 07:45")
    await stage.time(f"{on} 16:00")
    for n, person in enumerate(people):
        await person.says(REPLY.format(n=2 + n % 5, m=3 + n % 7))
    await stage.time(f"{on} 17:00")
    while await _taps(stage.budi, "✅ Setujui semua"):  # a card has forty
        pass
    await stage.time(f"{on} 17:30")
    if on.weekday() == FRIDAY:
        for _ in people:
            assert await _taps(stage.budi, "1–2 kesalahan kecil")


async def _taps(phone: Phone, beginning: str) -> bool:
    """The newest button that begins so, if there is one."""
    for message in reversed(await phone.messages()):
        for line in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in line:
                if button["text"].startswith(beginning):
                    await phone.taps_data(message["message_id"], button["callback_data"])
                    return True
    return False


@ON_SQLITE
async def test_rows_copied(database_url: str) -> None:
    """From SQLite to PostgreSQL and back, all compared; by the clock on the wall, and by our own processor time."""
    with databases.postgresql() as there, databases.sqlite() as back:
        _write_activities(database_url, COPIED)
        for source, target in ((database_url, there), (there, back)):
            wall, own = time.perf_counter(), time.process_time()
            copied = await _copy(source, target)
            wall, own = time.perf_counter() - wall, time.process_time() - own
            note = f"{copied / own:,.0f} a second of our processor; {memory(os.getpid(), 'VmHWM'):.0f} MiB at most"
            row(Row("rows copied a second", f"to {target.partition(':')[0]}", copied / wall, note))


async def _copy(source: str, target: str) -> int:
    one, other = Database(source), Database(target)
    try:
        return sum((await copy(one, other, tell=lambda _name, _rows: None)).values())
    finally:
        await one.close()
        await other.close()


def _write_activities(url: str, count: int) -> None:
    """One person's, so many that a table is what it is in a large office."""
    with create_engine(plain_url(url)).begin() as connection:
        connection.execute(insert(Agency).values(id=1, code="X", name="Badan"))
        connection.execute(insert(Unit).values(id=1, agency_id=1, code="U", name="Bagian"))
        connection.execute(insert(Employee).values(id=1, agency_id=1, unit_id=1, nip="1", name="Pegawai"))
        one = {
            "agency_id": 1,
            "employee_id": 1,
            "worked_on": MONDAY,
            **{name: [] for name in ("matched", "candidates", "parts")},
            "description": "membalas 12 surat dinas",
        }
        for first in range(0, count, 10_000):
            rows = [{**one, "position": n, "submitted_at": system()} for n in range(first, min(first + 10_000, count))]
            connection.execute(insert(Activity), rows)


async def test_processor_of_a_reply_and_a_prompt(database_url: str, tmp_path: Path) -> None:
    """The real process by itself; the local Bot API is not counted."""
    kind = database_url.partition(":")[0]
    async with crowd.gathered(database_url, WRITERS) as (world, url, database, people):

        def taken() -> tuple[float, float]:
            return cpu_ms(process.pid), server_ms(database_url)

        async with crowd.harian("run", environment=crowd.environment(url, database_url), folder=tmp_path) as process:
            await _answered(world, database, WARM, WARM)
            before = taken()
            await _answered(world, database, REPLIES, WARM + REPLIES)
            after_replies = taken()
            async with database.transaction() as session:
                await crowd.want_prompts(session, people, now=system())
            await _shown(database, PROMPT, WRITERS)
            after_prompts = taken()
            await asyncio.sleep(IDLE_SECONDS)
            idle, most = taken(), memory(process.pid, "VmHWM")
    for what, first, last, count, unit in (
        ("a reply with its card", before, after_replies, REPLIES, "ms"),
        ("a prompt", after_replies, after_prompts, WRITERS, "ms"),
        ("idle", after_prompts, idle, IDLE_SECONDS, "ms a second"),
    ):
        own, server = ((late - early) / count for early, late in zip(first, last, strict=True))
        note = f"and {server:.1f} of PostgreSQL" if server else ""
        row(Row(f"processor: {what}, {unit}", kind, own, note, digits=1))
    row(Row("memory at most, MiB", kind, most))


async def _answered(world: World, database: Database, count: int, altogether: int) -> None:
    crowd.write_replies(world, count, WRITERS)
    await _shown(database, REPORT_CARD, altogether)


async def _shown(database: Database, kind: str, count: int) -> None:
    """Until so many messages of a kind stand on the screens as they should."""
    wanted = select(func.count()).where(Message.kind == kind, Message.shown_revision == Message.revision)
    for _ in range(300):
        async with database.reading() as session:
            if (await session.exec(wanted)).one() >= count:
                return
        await asyncio.sleep(1)
    raise TimeoutError(f"{count} of {kind} do not come")
