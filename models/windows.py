"""Which work dates may still be reported."""

from datetime import date

from models import workdays
from models.activities import RETURNED, Activity
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal


async def first_open_day(session: Session, employee: Employee, *, today: date) -> date:
    """The earliest work date that may still be reported: `backfill_days` workdays back, within an open month."""
    agency = await session.get_one(Agency, employee.agency_id)
    unit = await session.get_one(Unit, employee.unit_id)
    calendar = await workdays.calendar_of(session, agency.id)
    first = calendar.back(today, agency.backfill_days, unit.week_days)
    return max(first, today.replace(day=1)) if today.day > agency.month_close_day else first


async def check_day(session: Session, employee: Employee, day: date, *, today: date) -> None:
    """Raises: Refusal("future_date"), Refusal("day_closed")."""
    if day > today:
        raise Refusal("future_date", day=day)
    first = await first_open_day(session, employee, today=today)
    if day < first:
        raise Refusal("day_closed", day=day, first=first)


async def check_correctable(session: Session, employee: Employee, activity: Activity, *, today: date) -> None:
    """What was reported may be corrected as long as its day is open; what was returned, always.

    Raises: Refusal("day_closed").
    """
    if activity.status != RETURNED:
        await check_day(session, employee, activity.worked_on, today=max(today, activity.worked_on))
