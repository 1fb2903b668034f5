"""Is a day a workday, for a unit and for a person; and which was the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from sqlalchemy import ColumnElement, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models.agencies import Unit
from models.database import Session, UtcDateTime
from models.employees import Employee

CONFIRMED, WAITING, REFUSED, CANCELLED = "confirmed", "waiting", "refused", "cancelled"
HOLIDAY, JOINT_LEAVE, WORKDAY = "libur", "cuti_bersama", "hari_kerja"

# Kinds of absence. The first row is leave or sickness; the second is work elsewhere: no prompt, but present.
LEAVE = frozenset({"leave", "annual", "long", "sick", "maternity", "important", "unpaid"})
ELSEWHERE = frozenset({"duty_travel", "training", "study", "retirement_preparation"})

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


class Absence(SQLModel, table=True):
    """Dates, both included, on which a person is not asked, whether or not a supervisor has said yes yet.

    Refused and cancelled ones are kept, and count for nothing.
    """

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    kind: str
    starts_on: date
    ends_on: date
    noted_at: datetime = Field(sa_type=UtcDateTime)
    noted_by_id: int | None = Field(default=None, foreign_key="employee.id")
    status: str = CONFIRMED
    reviewer_id: int | None = Field(default=None, foreign_key="employee.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = None
    deputy_id: int | None = Field(default=None, foreign_key="employee.id")
    """Who stands in for the person meanwhile (Plh)."""
    revision: int = 1


class WorkHours(SQLModel, table=True):
    """Other times of day between two dates, both included: Ramadan, for one. Empty times stay the unit's."""

    __tablename__ = "work_hours"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    """None: of every unit of the agency."""
    name: str
    starts_on: date
    ends_on: date
    focus_at: time | None = None
    report_at: time | None = None
    remind_at: time | None = None
    nudge_at: time | None = None
    summary_at: time | None = None


class ShiftDay(SQLModel, table=True):
    """A person's own roster: whether they work on a date, whatever the unit's week says."""

    __tablename__ = "shift_day"
    __table_args__ = (UniqueConstraint("employee_id", "day"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    day: date
    works: bool
    report_at: time | None = None
    """When to ask after this shift; None: at the unit's time."""


class MonthOpening(SQLModel, table=True):
    """A closed month, open again for one person for some days, by the level above."""

    __tablename__ = "month_opening"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    month: date
    """Its first day."""
    until: date
    """Last day on which it is open."""
    reason: str
    opened_by_id: int = Field(foreign_key="employee.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)


@lru_cache(maxsize=16)
def national(year: int) -> dict[date, str]:
    """National holidays and cuti bersama of a year, from the package `holidays` (coming years may be estimates)."""
    return dict(holidays.country_holidays("ID", years=year, categories=("public", "government")))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The agency's dates; answers for a working week of 5 or 6 days."""

    own: dict[date, str]
    """Date → kind of the agency's own entries."""

    def is_workday(self, day: date, week_days: int) -> bool:
        kind = self.own.get(day)
        if kind is not None:
            return kind == WORKDAY
        return day.weekday() < week_days and day not in national(day.year)

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

    def ahead(self, day: date, week_days: int) -> date:
        """The first workday after `day`."""
        days = (day + timedelta(days=n) for n in range(1, LONGEST_GAP))
        return next((d for d in days if self.is_workday(d, week_days)), day + timedelta(days=1))

    def last_of_week(self, day: date, week_days: int) -> date | None:
        """The last workday of the week (Monday to Sunday) that contains `day`; None in a week off."""
        monday = day - timedelta(days=day.weekday())
        days = self.between(monday, monday + timedelta(days=6), week_days)
        return days[-1] if days else None


def week_of(day: date) -> date:
    """The Sunday with which the week of `day` ends."""
    return day + timedelta(days=6 - day.weekday())


async def calendar_of(session: Session, agency_id: int) -> Calendar:
    rows = (await session.exec(select(Holiday).where(Holiday.agency_id == agency_id))).all()
    return Calendar({row.held_on: row.kind for row in rows})


def counts() -> ColumnElement[bool]:
    """Of an absence: it was neither refused nor cancelled."""
    return col(Absence.status).in_((CONFIRMED, WAITING))


async def absence_on(session: Session, employee_id: int, day: date) -> Absence | None:
    query = select(Absence).where(
        Absence.employee_id == employee_id, Absence.starts_on <= day, Absence.ends_on >= day, counts()
    )
    return (await session.exec(query.order_by(col(Absence.id).desc()))).first()


async def absences(session: Session, employee_id: int, first: date, last: date) -> Sequence[Absence]:
    return await absences_of(session, [employee_id], first, last)


async def absences_of(session: Session, employee_ids: Iterable[int], first: date, last: date) -> Sequence[Absence]:
    """Of several people, those that touch a span of dates, by their start."""
    query = select(Absence).where(
        col(Absence.employee_id).in_(list(employee_ids)), Absence.starts_on <= last, Absence.ends_on >= first, counts()
    )
    return (await session.exec(query.order_by(col(Absence.starts_on), col(Absence.id)))).all()


async def next_for(session: Session, employee: Employee, day: date) -> date:
    """The first workday of the person's unit after `day`."""
    unit = await session.get_one(Unit, employee.unit_id)
    return (await calendar_of(session, employee.agency_id)).ahead(day, unit.week_days)


async def is_asked_on(session: Session, employee: Employee, day: date) -> bool:
    """Whether the person works and reports on that day: a workday of the unit without any absence."""
    unit = await session.get_one(Unit, employee.unit_id)
    calendar = await calendar_of(session, employee.agency_id)
    return calendar.is_workday(day, unit.week_days) and await absence_on(session, employee.id, day) is None
