"""Changes of targets: proposed by their holder, or made by the supervisor at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from models import target_revisions, targets
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.scoring.reset import planned_for_part
from models.target_revisions import ADDED, CHANGED, ENDED, Plan
from models.target_rules import check, spans, status_by
from models.targets import APPROVED, RETURNED, WAITING, WITHDRAWN, Target, TargetRevision


async def base_of(session: Session, who: Employee, target: Target) -> Plan:
    """What a further change starts from: what the holder has proposed already, else what is agreed."""
    if who.id == target.employee_id or target.status != APPROVED:
        open_ = [row for row in await target_revisions.of_target(session, target.id) if row.status == WAITING]
        if open_:
            return Plan.of(open_[-1])
    return Plan.of(target)


async def add_target(
    session: Session, who: Employee, holder: Employee, plan: Plan, *, on: date, now: datetime
) -> TargetRevision:
    """A new target. It counts once it is agreed: at once when a supervisor adds it.

    Raises: Refusal("not_yours"), and what `check` raises.
    """
    status = await status_by(session, who, holder, on=on)
    await check(session, holder, None, plan)
    code = targets.next_code([target.code for target in await targets.held_by(session, holder.id)])
    target = Target(agency_id=holder.agency_id, code=code, employee_id=holder.id, status=status, **plan.values())
    session.add(target)
    await session.flush()
    return await _add(session, who, target, plan, ADDED, status, on=on, now=now)


async def change(
    session: Session,
    who: Employee,
    holder: Employee,
    target: Target,
    plan: Plan,
    *,
    on: date,
    now: datetime,
    kind: str = CHANGED,
) -> TargetRevision:
    """Another plan for a target, in place of what was proposed before; agreed at once when a supervisor makes it.

    Raises: Refusal("not_yours"), Refusal("target_same"), and what `check` raises.
    """
    if target.employee_id != holder.id or target.status == WITHDRAWN:
        raise Refusal("changed_meanwhile")
    status = await status_by(session, who, holder, on=on)
    await check(session, holder, target, plan)
    if plan == await base_of(session, who, target) and target.status != RETURNED:
        raise Refusal("target_same")
    await target_revisions.withdraw_open(session, target.id)
    is_new = target.status != APPROVED
    revision = await _add(session, who, target, plan, ADDED if is_new else kind, status, on=on, now=now)
    if is_new or status == APPROVED:
        plan.put_into(target)
        target.status = status
    await session.flush()
    return revision


async def end(
    session: Session, who: Employee, holder: Employee, target: Target, last_day: date, *, on: date, now: datetime
) -> TargetRevision:
    """End a target early: what is owed until then is the part of the plan that falls to those days.

    Raises: Refusal("target_end_outside", first=…, last=…), and what `change` raises.
    """
    base = Plan.of(target)
    if not base.starts_on <= last_day < base.ends_on:
        raise Refusal("target_end_outside", first=base.starts_on, last=base.ends_on - timedelta(days=1))
    whole, part = await spans(session, holder, base.starts_on, base.ends_on, last_day)
    planned = planned_for_part(base.planned, part=part, calendar=whole, milestone=base.is_milestone)
    plan = replace(base, ends_on=last_day, planned=planned or base.planned)
    return await change(session, who, holder, target, plan, on=on, now=now, kind=ENDED)


async def _add(
    session: Session, who: Employee, target: Target, plan: Plan, kind: str, status: str, *, on: date, now: datetime
) -> TargetRevision:
    agreed = {"reviewer_id": who.id, "reviewed_at": now} if status == APPROVED else {}
    since = max(on, plan.starts_on) if kind == ADDED else on
    return await target_revisions.add(
        session, target, plan, kind=kind, effective_on=since, now=now, status=status, proposed_by_id=who.id, **agreed
    )
