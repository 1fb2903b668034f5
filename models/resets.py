"""Plans set anew for the time that is left: after a long absence, after a move, or when the supervisor asks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from models import absences, target_revisions, targets, workdays
from models.absences import LEAVE, Absence
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.scoring.reset import planned_for_part
from models.target_revisions import ENDED, RESET, Plan
from models.targets import APPROVED, WAITING, Target, TargetRevision
from models.workdays import Calendar

BACK, MOVED, ASKED = "back", "moved", "asked"
"""Why it is proposed: kept in a revision's `why`."""
LONG = 30
"""Calendar days of leave or sickness after which targets are set anew."""
LOOKED_BACK = timedelta(days=400)
HEALS_FOR = timedelta(days=14)
"""How long after the first day back it may still be proposed."""


async def propose(session: Session, holder: Employee, *, start: date, why: str, now: datetime) -> list[TargetRevision]:
    """For each agreed target that runs on `start` and began before: the part of its plan that falls to the time from
    then on, or its end when no workday is left. What waits already is left alone; so is what was decided on that day
    or later, unless the supervisor asks.
    """
    held = [one for one in await targets.of_employee(session, holder, on=start) if one.starts_on < start]
    if not held:
        return []
    unit = await session.get_one(Unit, holder.unit_id)
    calendar = await workdays.calendar_of_unit(session, unit)
    settled = await _settled(session, holder, None if why == ASKED else start)
    found = []
    for target in held:
        plan = Plan.of(target)
        if target.id in settled or plan.starts_on >= start:
            continue
        kind, fresh = for_the_rest(plan, start, calendar, unit.week_days)
        if fresh != plan:
            found.append(
                await target_revisions.add(
                    session, target, fresh, kind=kind, effective_on=start, now=now, status=WAITING, why=why
                )
            )
    return found


def for_the_rest(plan: Plan, start: date, calendar: Calendar, week_days: int) -> tuple[str, Plan]:
    whole = calendar.between(plan.starts_on, plan.ends_on, week_days)
    left = [day for day in whole if day >= start]
    planned = planned_for_part(plan.planned, part=len(left), calendar=len(whole), milestone=plan.is_milestone)
    if planned is None:
        return ENDED, replace(plan, ends_on=start - timedelta(days=1))
    return (RESET, replace(plan, starts_on=start, planned=planned)) if len(left) < len(whole) else (RESET, plan)


async def _settled(session: Session, holder: Employee, since: date | None) -> set[int]:
    """Targets about which something waits, or was decided since."""
    query = (
        select(TargetRevision)
        .join(Target, col(TargetRevision.target_id) == col(Target.id))
        .where(Target.employee_id == holder.id, col(TargetRevision.status).in_([WAITING, APPROVED]))
    )
    rows = (await session.exec(query)).all()
    return {row.target_id for row in rows if row.status == WAITING or (since and row.effective_on >= since)}


async def proposed_since(session: Session, holder: Employee, start: date, why: str) -> bool:
    """Whether it was proposed for that start already, whatever became of it."""
    query = (
        select(TargetRevision.id)
        .join(Target, col(TargetRevision.target_id) == col(Target.id))
        .where(Target.employee_id == holder.id, TargetRevision.why == why, TargetRevision.effective_on >= start)
    )
    return (await session.exec(query.limit(1))).first() is not None


async def back_from_leave(session: Session, *, around: date) -> dict[int, Sequence[Absence]]:
    """Everybody whose leave or sickness ended lately, with their leaves of the last year, the oldest first."""
    ended = select(Absence.employee_id).where(
        col(Absence.kind).in_(LEAVE),
        Absence.ends_on <= around,
        Absence.ends_on >= around - HEALS_FOR - timedelta(days=workdays.LONGEST_GAP),
    )
    people = set((await session.exec(ended)).all())
    found: dict[int, list[Absence]] = {}
    if people:
        for absence in await absences.between(session, people, around - LOOKED_BACK, around):
            if absence.kind in LEAVE:
                found.setdefault(absence.employee_id, []).append(absence)
    return dict(found)


def first_day_back(leaves: Iterable[Absence], today: date, calendar: Calendar, week_days: int) -> date | None:
    """The first workday after a leave of a month or longer that has just ended; None without one.

    Leaves with no workday between them are one: sickness is certified a fortnight at a time.
    """
    first = last = None
    for leave in leaves:
        if first is None or last is None or calendar.ahead(last, week_days) < leave.starts_on:
            first = leave.starts_on
        last = max(last or leave.ends_on, leave.ends_on)
    if first is None or last is None or (last - first).days + 1 < LONG:
        return None
    start = calendar.ahead(last, week_days)
    return start if start <= today < start + HEALS_FOR else None
