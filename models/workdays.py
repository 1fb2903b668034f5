"""Is a day a workday of a unit, and which was the last one. What is so for one person stands in `rosters`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import holidays
from sqlalchemy import UniqueConstraint, bindparam
from sqlmodel import Field, SQLModel, select

from models import agencies
from models.agencies import Unit
from models.database import Session

HOLIDAY, JOINT_LEAVE, WORKDAY = "libur", "cuti_bersama", "hari_kerja"

LONGEST_GAP = 30
"""Days to look back or ahead for a workday; longer pauses do not exist in a calendar of work."""


class Holiday(SQLModel, table=True):
    """The agency's own date; it overrules the national calendar (joint decrees change within the year)."""

    __table_args__ = (UniqueConstraint("agency_id", "held_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    held_on: date
    name: str
    kind: str = HOLIDAY


class UnitHoliday(SQLModel, table=True):
    """A date on which one unit, and the units below it, do not work (a local election, an anniversary)."""

    __tablename__ = "unit_holiday"
    __table_args__ = (UniqueConstraint("unit_id", "held_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    held_on: date
    name: str


@lru_cache(maxsize=16)
def national(year: int) -> dict[date, str]:
    """National holidays and cuti bersama of a year, from the package `holidays` (coming years may be estimates)."""
    return dict(holidays.country_holidays("ID", years=year, categories=("public", "government")))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The agency's dates; answers for a working week of 5 or 6 days."""

    own: dict[date, str]
    """Date → kind of the agency's own entries."""
    names: dict[date, str] = field(default_factory=dict)
    """What the agency calls them."""
    units: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    """By unit id, the dates on which that unit alone does not work, and their names."""

    def is_workday(self, day: date, week_days: int) -> bool:
        kind = self.own.get(day)
        if kind is not None:
            return kind == WORKDAY
        return day.weekday() < week_days and day not in national(day.year)

    def with_days(self, days: Mapping[date, bool]) -> "Calendar":
        """The same, except that these are workdays or are not."""
        own = self.own | {day: WORKDAY if works else HOLIDAY for day, works in days.items()}
        return Calendar(own, self.names, self.units)

    def of_unit(self, unit_id: int) -> "Calendar":
        """The days of one unit: the agency's, and its own holidays."""
        off = self.units.get(unit_id)
        if not off:
            return self
        return Calendar(self.own | dict.fromkeys(off, HOLIDAY), self.names | dict(off), self.units)

    def holiday_on(self, day: date) -> str | None:
        """The name of what is celebrated, the agency's before the nation's; None when nothing is."""
        kind = self.own.get(day)
        if kind is None:
            return national(day.year).get(day)
        return None if kind == WORKDAY else self.names.get(day) or national(day.year).get(day)

    def between(self, first: date, last: date, week_days: int) -> list[date]:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_workday(day, week_days)]

    def back(self, day: date, count: int, week_days: int) -> date:
        """The workday `count` workdays before `day` (0: the day itself, or the last workday before it)."""
        found = -1
        for n in range(LONGEST_GAP + 2 * count):
            if self.is_workday(day - timedelta(days=n), week_days):
                found += 1
                if found == count:
                    return day - timedelta(days=n)
        return day - timedelta(days=LONGEST_GAP)

    def waited_out(self, day: date, count: int, week_days: int) -> date:
        """The last date after which more than `count` workdays lie through `day`; it need not be a workday itself."""
        return self.back(day, count, week_days) - timedelta(days=1)

    def ahead(self, day: date, week_days: int) -> date:
        """The first workday after `day`."""
        days = (day + timedelta(days=n) for n in range(1, LONGEST_GAP))
        return next((d for d in days if self.is_workday(d, week_days)), day + timedelta(days=1))

    def days_off_after(self, day: date, week_days: int) -> tuple[date, date, list[str]] | None:
        """The days off that follow a workday, first and last, and what is celebrated on days the week would count.

        None when tomorrow is a workday, or only the weekend comes.
        """
        first, back = day + timedelta(days=1), self.ahead(day, week_days)
        off = [first + timedelta(days=n) for n in range((back - first).days)]
        named = [self.holiday_on(one) for one in off if one.weekday() < week_days]
        names = list(dict.fromkeys(name for name in named if name))
        return (off[0], off[-1], names) if names else None

    def last_of_week(self, day: date, week_days: int) -> date | None:
        """The last workday of the week (Monday to Sunday) that contains `day`; None in a week off."""
        monday = day - timedelta(days=day.weekday())
        days = self.between(monday, monday + timedelta(days=6), week_days)
        return days[-1] if days else None


def week_of(day: date) -> date:
    """The Sunday with which the week of `day` ends."""
    return day + timedelta(days=6 - day.weekday())


async def calendar_of(session: Session, agency_id: int) -> Calendar:
    return (await calendars_of(session, [agency_id]))[agency_id]


async def calendar_of_unit(session: Session, unit: Unit) -> Calendar:
    return (await calendar_of(session, unit.agency_id)).of_unit(unit.id)


async def calendars_of(session: Session, agency_ids: Collection[int]) -> dict[int, Calendar]:
    calendars = {id_: Calendar({}) for id_ in agency_ids}
    values = {"agencies": list(agency_ids)}
    for row in (await session.exec(_of_agencies(Holiday), params=values)).all():
        calendars[row.agency_id].own[row.held_on] = row.kind
        calendars[row.agency_id].names[row.held_on] = row.name
    of_units = (await session.exec(_of_agencies(UnitHoliday), params=values)).all()
    for agency_id, rows in _by_agency(of_units).items():
        calendars[agency_id] = replace(calendars[agency_id], units=await _of_units(session, agency_id, rows))
    return calendars


@cache
def _of_agencies(table: Any) -> Any:
    return select(table).where(table.agency_id.in_(bindparam("agencies", expanding=True)))


def _by_agency(rows: Iterable[UnitHoliday]) -> dict[int, list[UnitHoliday]]:
    found: dict[int, list[UnitHoliday]] = {}
    for row in rows:
        found.setdefault(row.agency_id, []).append(row)
    return found


async def _of_units(session: Session, agency_id: int, rows: Sequence[UnitHoliday]) -> Mapping[int, Mapping[date, str]]:
    """By unit: its own holidays and those of the units above it; the nearer unit names the day."""
    own: dict[int, dict[date, str]] = {}
    for row in rows:
        own.setdefault(row.unit_id, {})[row.held_on] = row.name
    parents = {unit.id: unit.parent_id for unit in await agencies.units_of(session, agency_id)}
    found: dict[int, Mapping[date, str]] = {}
    for unit_id in parents:
        days: dict[date, str] = {}
        at: int | None = unit_id
        for _ in parents:
            if at is None:
                break
            days = own.get(at, {}) | days
            at = parents.get(at)
        if days:
            found[unit_id] = days
    return found
