"""What a sweep needs to know of everybody, read once: people, units, calendars, absences."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from models import employees, workdays
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.workdays import Absence, Calendar

EARLIEST, LATEST = time(6, 0), time(21, 0)
"""Local hours outside which nothing is sent by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person at a moment: their unit, and the date and time where they live."""

    person: Employee
    unit: Unit
    calendar: Calendar
    local: datetime
    away: frozenset[date]

    @property
    def today(self) -> date:
        return self.local.date()

    def works_on(self, day: date) -> bool:
        return self.calendar.is_workday(day, self.unit.week_days) and day not in self.away

    def is_between(self, first: time, last: time = LATEST) -> bool:
        return first <= self.local.time() < last

    def last_workday(self) -> date | None:
        return self.calendar.last_of_week(self.today, self.unit.week_days)

    def at(self, moment: time) -> datetime:
        """That time of today, as UTC."""
        return datetime.combine(self.today, moment, self.local.tzinfo).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody the bot may write to, and their surroundings."""

    places: dict[int, Place]
    units: dict[int, Place]
    """For each unit one of its people, at the unit's own local time."""

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    @classmethod
    async def look(cls, session: Session, now: datetime) -> "Office":
        agencies = {row.id: row for row in (await session.exec(select(Agency))).all()}
        units = {row.id: row for row in (await session.exec(select(Unit))).all()}
        calendars = {id_: await workdays.calendar_of(session, id_) for id_ in agencies}
        away = await _away(session, now)
        places: dict[int, Place] = {}
        of_units: dict[int, Place] = {}
        for person in await employees.reachable(session):
            unit = units[person.unit_id]
            units_zone = ZoneInfo(unit.zone or agencies[unit.agency_id].zone)
            zone = ZoneInfo(person.zone) if person.zone else units_zone
            dates = frozenset(away.get(person.id, ()))
            calendar = calendars[person.agency_id]
            place = places[person.id] = Place(person, unit, calendar, now.astimezone(zone), dates)
            of_units[unit.id] = replace(place, local=now.astimezone(units_zone), away=frozenset())
        return cls(places, of_units)


async def _away(session: Session, now: datetime) -> dict[int, set[date]]:
    """Dates of absence within a month around now, by person."""
    first, last = now.date() - timedelta(days=40), now.date() + timedelta(days=2)
    query = select(Absence).where(col(Absence.ends_on) >= first, col(Absence.starts_on) <= last, workdays.counts())
    days: dict[int, set[date]] = {}
    for absence in (await session.exec(query)).all():
        span = range((min(absence.ends_on, last) - max(absence.starts_on, first)).days + 1)
        start = max(absence.starts_on, first)
        days.setdefault(absence.employee_id, set()).update(start + timedelta(days=n) for n in span)
    return days
