"""How long a wave of questions takes: when the last of those asked at the same time has the question."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, or_, select

from models import work_hours
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee

PACE = 26.0
"""Questions a second by one bot: the 30 messages that Telegram lets it send, less what answers and the way take."""


@dataclass(frozen=True, slots=True)
class WaveEnd:
    """Of so many people, absences left aside. Moments are UTC; the last has the question about `last_at`."""

    asked_at: datetime
    count: int
    last_at: datetime

    @property
    def takes(self) -> timedelta:
        return self.last_at - self.asked_at


def last_of(count: int, begins_at: datetime) -> datetime:
    return begins_at + timedelta(seconds=count / PACE)


async def of_day(session: Session, day: date, *, bot_id: int) -> list[WaveEnd]:
    """The waves of a workday by one bot, in their order; one that begins while another goes on waits for its end."""
    found: list[WaveEnd] = []
    for asked_at, count in sorted((await _asked(session, day, bot_id)).items()):
        begins_at = max(asked_at, found[-1].last_at) if found else asked_at
        found.append(WaveEnd(asked_at, count, last_of(count, begins_at)))
    return found


async def bots(session: Session) -> dict[int, Agency]:
    """Each bot that an agency has, with the first agency of it."""
    rows = (await session.exec(select(Agency).order_by(col(Agency.id).desc()))).all()
    return {agency.bot_id: agency for agency in rows}


async def longest(session: Session, day: date, *, bot_id: int) -> WaveEnd | None:
    """Of the day's waves the one whose last person waits longest."""
    return max(await of_day(session, day, bot_id=bot_id), key=lambda wave: wave.takes, default=None)


async def _asked(session: Session, day: date, bot_id: int) -> Counter[datetime]:
    """How many of those who can be reached are asked at each moment of a day."""
    hours = await work_hours.by_agency(session)
    agencies = {one.id: one for one in (await session.exec(select(Agency).where(Agency.bot_id == bot_id))).all()}
    units = {one.id: one for one in (await session.exec(select(Unit).where(col(Unit.agency_id).in_(agencies)))).all()}
    alike = (col(Employee.unit_id), col(Employee.zone), col(Employee.report_at))
    query = select(*alike, func.count()).where(
        col(Employee.telegram_id).is_not(None),
        col(Employee.unreachable_at).is_(None),
        or_(col(Employee.left_on).is_(None), col(Employee.left_on) > day),
    )
    counts: Counter[datetime] = Counter()
    for unit_id, zone, own, count in (await session.exec(query.group_by(*alike))).all():
        unit = units.get(unit_id)
        if unit is not None:
            agency = agencies[unit.agency_id]
            person = Employee(agency_id=agency.id, unit_id=unit_id, nip="", name="", report_at=own)
            times = work_hours.times_on(unit, hours.get(agency.id, ()), day, person)
            here = ZoneInfo(zone or unit.zone or agency.zone)
            counts[datetime.combine(day, times.report_at, here).astimezone(UTC)] += count
    return counts
