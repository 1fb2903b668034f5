"""The plan states when the last is asked: to admins, to operators."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.checkup import _waves
from handlers.admin_card import _wave
from handlers.texts import words
from models import wave_ends
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.wave_ends import WaveEnd
from tests.databases import ON_SQLITE

TUESDAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def at(hour: int, minute: int, second: float = 0) -> datetime:
    """In Jakarta."""
    here = datetime(2026, 11, 24, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))
    return here.astimezone(UTC) + timedelta(seconds=second)


async def staff(session: Session, agency: Agency, code: str, count: int, **unit: object) -> None:
    """A unit whose every thirteenth person has not joined, and every other one of these has left as well."""
    row = Unit(agency_id=agency.id, code=code, name=code, **unit)
    session.add(row)
    await session.flush()
    first = row.id * 100_000
    people = [
        {
            "agency_id": agency.id,
            "unit_id": row.id,
            "nip": f"{first + n}",
            "name": "x",
            "telegram_id": None if n % 13 == 0 else first + n,
            "left_on": date(2026, 11, 1) if n % 13 == 1 else None,
        }
        for n in range(count * 13 // 11)
    ]
    await (await session.connection()).execute(insert(Employee), people)


@ON_SQLITE
async def test_the_last_is_told(database_url: str) -> None:
    """Two agencies of one bot, in two zones, asked at the same moment; a third has a bot of its own."""
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            west = Agency(code="A", name="A")
            middle = Agency(code="B", name="B", zone="Asia/Makassar")
            alone = Agency(code="C", name="C", bot_id=77)
            session.add_all([west, middle, alone])
            await session.flush()
            await staff(session, west, "X", 2600, report_at=time(16, 0))
            await staff(session, middle, "Y", 5200, report_at=time(17, 0))
            await staff(session, west, "Z", 1300, report_at=time(16, 3))
            await staff(session, alone, "W", 130, report_at=time(16, 0))
            waves = await wave_ends.of_day(session, TUESDAY, bot_id=0)
            (first, second) = waves
            assert (first.asked_at, second.asked_at) == (at(16, 0), at(16, 3))
            assert (abs(first.count - 7800), abs(second.count - 1300)) <= (5, 5)
            assert abs(first.last_at - at(16, 5)) < timedelta(seconds=1)
            assert abs(second.last_at - at(16, 5, 50)) < timedelta(seconds=1), "it waits for the end of the first"
            assert await wave_ends.longest(session, TUESDAY, bot_id=0) == first
            assert await wave_ends.longest(session, TUESDAY, bot_id=5) is None
            told = await _wave(session, words("id"), west, TUESDAY)
            count = words("id").number(first.count)
            last = words("id").clock(first.last_at.astimezone(ZoneInfo("Asia/Jakarta")))
            assert told == [f"Pukul 16.00 bot bertanya kepada {count} orang, yang terakhir sekitar pukul {last}."]
            assert await _wave(session, words("id"), alone, TUESDAY) == [], "all within the minute"
            (line,) = [found.line() for found in await _waves(session, NOON)]
            assert line.startswith(
                f"ok  wave (at 16:00 {first.count:,} people are asked on a workday, the last about 16:0"
            )
    finally:
        await database.close()


def test_a_wave_alone_takes_its_people_at_the_pace() -> None:
    end = WaveEnd(at(16, 0), 93_600, wave_ends.last_of(93_600, at(16, 0)))
    assert end.takes == timedelta(hours=1)
