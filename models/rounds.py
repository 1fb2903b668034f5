"""The moments of a week: when marking closes and when the summary is due."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from models import employees, work_hours, workdays
from models.agencies import Unit, zone_of_unit
from models.database import Session
from models.employees import Employee
from models.work_hours import WorkHours
from models.workdays import Calendar

MARKING_ENDS = time(12, 0)
"""Local time on the Monday after the week."""


def marking_closes_at(week: date, zone: tzinfo) -> datetime:
    """Monday noon after the week ending on the Sunday `week`."""
    return datetime.combine(week + timedelta(days=1), MARKING_ENDS, zone)


async def marking_is_open(session: Session, reviewer: Employee, week: date, *, now: datetime) -> bool:
    return now < marking_closes_at(week, await employees.zone_of(session, reviewer))


async def summary_due_at(session: Session, unit: Unit, week: date) -> datetime:
    """`summary_at` on the first workday of the unit on which marking has closed by then."""
    zone = await zone_of_unit(session, unit)
    calendar = await workdays.calendar_of_unit(session, unit)
    return summary_due(unit, week, calendar, await work_hours.of_agency(session, unit.agency_id), zone)


def summary_due(unit: Unit, week: date, calendar: Calendar, hours: Sequence[WorkHours], zone: tzinfo) -> datetime:
    day = calendar.ahead(week, unit.week_days)
    due = datetime.combine(day, work_hours.times_on(unit, hours, day).summary_at, zone)
    if due < marking_closes_at(week, zone):
        day = calendar.ahead(day, unit.week_days)
        due = datetime.combine(day, work_hours.times_on(unit, hours, day).summary_at, zone)
    return due


def last_week(day: date) -> date:
    """The Sunday that ended the last full week before `day`."""
    return workdays.week_of(day) - timedelta(days=7)
