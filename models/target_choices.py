"""What may be chosen about a target with a button: what it supports, and the day on which it ends."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, or_, select

from models import duty, targets
from models.database import Session
from models.employees import Employee
from models.target_revisions import Plan
from models.targets import APPROVED, Target


async def servable(session: Session, holder: Employee, target: Target | None, *, on: date) -> Sequence[Target]:
    """The superior's and the unit's agreed targets that have not ended; none that is itself above by this one."""
    superior = await duty.Duty(session, on).superior_of(holder)
    of_superior = [Target.employee_id == superior.id] if superior is not None else []
    query = select(Target).where(
        Target.agency_id == holder.agency_id,
        Target.status == APPROVED,
        Target.ends_on >= on,
        or_(Target.unit_id == holder.unit_id, *of_superior),
    )
    found = (await session.exec(query.order_by(col(Target.unit_id).is_(None), col(Target.id)))).all()
    return [one for one in found if target is None or not await _is_below(session, one, target)]


async def _is_below(session: Session, one: Target, target: Target) -> bool:
    return one.id == target.id or any(above.id == target.id for above in await targets.line_up(session, one))


def ends(plan: Plan, today: date) -> list[date]:
    """Last days to offer, all of them inside the plan: today, and the end of this month."""
    days = {today, date(today.year, today.month, monthrange(today.year, today.month)[1])}
    return sorted(day for day in days if plan.starts_on <= day < plan.ends_on)
