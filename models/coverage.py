"""Coverage of a unit's goals: which nobody serves, which targets nobody touches, where the sums do not agree.

Names of people are in it: it is for the unit's head, and for operators.
"""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, or_
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, select

from models import rosters
from models.activities import STANDING, Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.milestones import MilestoneStep
from models.reading.unit_names import same_unit
from models.targets import APPROVED, Target

UNTOUCHED_DAYS = 10
"""Workdays of their holder, completed, without any work on a target: two weeks."""
LOOKS_BACK = 120
"""Days within which those workdays are looked for; whoever was away for longer is not spoken of."""


@dataclass(frozen=True, slots=True)
class Untouched:
    """A target, and the last day on which anything was reported on it, if ever."""

    target: Target
    holder: Employee
    last: date | None


@dataclass(frozen=True, slots=True)
class Uneven:
    """A goal whose planned output differs from the sum of what the targets below it plan, in its own measure."""

    goal: Target
    below: Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """`goals` counts the unit's goals that run."""

    goals: int
    unserved: tuple[Target, ...]
    untouched: tuple[Untouched, ...]
    uneven: tuple[Uneven, ...]

    def __bool__(self) -> bool:
        return bool(self.unserved or self.untouched or self.uneven)


async def of_unit(session: Session, unit: Unit, on: date) -> Coverage:
    """Of the unit's goals that run on a date, and of its own members' targets."""
    query = select(Target).where(
        Target.unit_id == unit.id, Target.status == APPROVED, Target.starts_on <= on, Target.ends_on >= on
    )
    goals = (await session.exec(query.order_by(col(Target.id)))).all()
    below = await _below(session, [goal.id for goal in goals], on)
    served = await _served(session, below, on)
    members = (await session.exec(select(Employee).where(Employee.unit_id == unit.id, _is_here(on)))).all()
    return Coverage(
        len(goals),
        tuple(goal for goal in goals if goal.id not in served),
        tuple(await untouched(session, members, on)),
        tuple(uneven for goal in goals if (uneven := _uneven(goal, below)) is not None),
    )


def _is_here(on: date) -> ColumnElement[bool]:
    return or_(col(Employee.left_on).is_(None), col(Employee.left_on) > on)


async def _below(session: Session, ids: Iterable[int], on: date) -> Sequence[Target]:
    """Approved targets directly below others, of units and of people who have not left."""
    query = (
        select(Target)
        .join(Employee, col(Employee.id) == col(Target.employee_id), isouter=True)
        .where(col(Target.parent_id).in_(list(ids)), Target.status == APPROVED)
        .where(or_(col(Target.employee_id).is_(None), _is_here(on)))
    )
    return (await session.exec(query)).all()


async def _served(session: Session, below: Sequence[Target], on: date) -> AbstractSet[int]:
    """Which goals have a person's target below them, at any depth; `below` are the targets right below the goals."""
    goal_of = {target.id: target.parent_id or 0 for target in below}
    seen = set(goal_of.items())
    served = {target.parent_id or 0 for target in below if target.employee_id is not None}
    while level := [id_ for id_, goal in goal_of.items() if goal not in served]:
        rows = [row for row in await _below(session, level, on) if (row.id, goal_of[row.parent_id or 0]) not in seen]
        goal_of = {row.id: goal_of[row.parent_id or 0] for row in rows}
        served |= {goal_of[row.id] for row in rows if row.employee_id is not None}
        seen |= set(goal_of.items())
    return served


def _uneven(goal: Target, below: Sequence[Target]) -> Uneven | None:
    """Milestones are no sums; neither is what is counted in another measure."""
    if goal.is_milestone:
        return None
    planned = [
        target.planned
        for target in below
        if target.parent_id == goal.id and not target.is_milestone and same_unit(target.measure, goal.measure)
    ]
    total = sum(planned, Decimal(0))
    return Uneven(goal, total) if planned and total != goal.planned else None


async def untouched(session: Session, people: Iterable[Employee], on: date) -> list[Untouched]:
    """Targets of people that nobody has touched for two weeks, the longest ago first.

    Counted are workdays on which their holder was there, since they joined and the target is in force; nothing is said
    of whoever is away on the date itself.
    """
    holders = {person.id: person for person in people}
    since = await _since(session, list(holders.values()), on)
    query = select(Target).where(
        col(Target.employee_id).in_(list(since)), Target.status == APPROVED, Target.ends_on >= on
    )
    held = [
        target for target in (await session.exec(query)).all() if target.starts_on <= since[target.employee_id or 0]
    ]
    last = await _last_touched(session, [target.id for target in held], on)
    found = [
        Untouched(target, holders[target.employee_id or 0], last.get(target.id))
        for target in held
        if target.id not in last or last[target.id] < since[target.employee_id or 0]
    ]
    return sorted(found, key=lambda one: (one.last or date.min, one.holder.name, one.holder.id, one.target.id))


async def _since(session: Session, people: Collection[Employee], on: date) -> dict[int, date]:
    """By person: the first of their last ten workdays before a date, when they are there and had joined by then."""
    found: dict[int, date] = {}
    rosters_of = await rosters.of_people(session, people, on - timedelta(days=LOOKS_BACK), on)
    for person in people:
        roster = rosters_of[person.id]
        days = roster.between(on - timedelta(days=LOOKS_BACK), on - timedelta(days=1))[-UNTOUCHED_DAYS:]
        joined = person.joined_at is not None and len(days) == UNTOUCHED_DAYS and person.joined_at.date() <= days[0]
        if joined and on not in roster.away:
            found[person.id] = days[0]
    return found


async def _last_touched(session: Session, ids: Sequence[int], on: date) -> dict[int, date]:
    """By target: the last date on which work or a reached step was noted."""
    work = select(col(Activity.target_id), func.max(col(Activity.worked_on))).where(
        col(Activity.target_id).in_(ids), Activity.worked_on <= on, col(Activity.status).in_(STANDING)
    )
    steps = select(col(MilestoneStep.target_id), func.max(col(MilestoneStep.reached_on))).where(
        col(MilestoneStep.target_id).in_(ids), MilestoneStep.reached_on <= on
    )
    found: dict[int, date] = {}
    for query in (work.group_by(col(Activity.target_id)), steps.group_by(col(MilestoneStep.target_id))):
        for target_id, day in (await session.exec(query)).all():
            if target_id is not None:
                found[target_id] = max(day, found.get(target_id, day))
    return found
