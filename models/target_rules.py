"""What a plan must be, whoever writes it, and who may say so on a date."""

from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from models import duty, workdays
from models.activities import STANDING, Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.reading.unit_names import same_unit
from models.refusals import Refusal
from models.target_revisions import Plan
from models.targets import APPROVED, WAITING, Target


async def check(session: Session, holder: Employee, target: Target | None, plan: Plan) -> None:
    """The rules of the import, for what is typed.

    Raises: Refusal: target_not_positive, target_milestone, target_backwards, target_no_workdays, target_measure_in_use.
    """
    if plan.planned <= 0:
        raise Refusal("target_not_positive")
    if plan.is_milestone and plan.planned != Decimal(100):
        raise Refusal("target_milestone")
    if plan.ends_on < plan.starts_on:
        raise Refusal("target_backwards", starts_on=plan.starts_on)
    if not (await spans(session, holder, plan.starts_on, plan.ends_on, plan.ends_on))[0]:
        raise Refusal("target_no_workdays", starts_on=plan.starts_on, ends_on=plan.ends_on)
    if target is not None and not same_unit(target.measure, plan.measure):
        used = select(col(Activity.id)).where(
            Activity.target_id == target.id, col(Activity.output).is_not(None), col(Activity.status).in_(STANDING)
        )
        if (await session.exec(used.limit(1))).first() is not None:
            raise Refusal("target_measure_in_use", used=target.measure)


async def spans(session: Session, holder: Employee, first: date, last: date, until: date) -> tuple[int, int]:
    """Workdays of the holder's unit: in the whole span, and through a day in it."""
    unit = await session.get_one(Unit, holder.unit_id)
    days = (await workdays.calendar_of_unit(session, unit)).between(first, last, unit.week_days)
    return len(days), sum(1 for day in days if day <= until)


async def status_by(session: Session, who: Employee, holder: Employee, *, on: date) -> str:
    """What the holder says waits, what a supervisor says is agreed. Raises: Refusal("not_yours") for others."""
    if who.id == holder.id:
        return WAITING
    if who.agency_id == holder.agency_id and await duty.Duty(session, on).may_decide(who, holder):
        return APPROVED
    raise Refusal("not_yours")
