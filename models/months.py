"""How targets stand when a month is over: counts by unit and by goal, never by person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, or_, select

from models import totals, workdays
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.results import monday_of
from models.scoring.weekly import State, TargetScore
from models.targets import APPROVED, Target

ON_TRACK_FROM = Decimal(90)
"""Quantity (K) from which a target is on track; below it, with any output, it is at risk. Not due is on track."""
UNITS_KEPT, GOALS_KEPT = 20, 10
"""As many as one message holds."""

ON_TRACK, AT_RISK, UNTOUCHED = range(3)


@dataclass(slots=True)
class Tally:
    """How many targets are on track, at risk, and without any output though due."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, other: "Tally") -> None:
        self.counts = [a + b for a, b in zip(self.counts, other.counts, strict=True)]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def share_on_track(self) -> Decimal:
        return Decimal(self.counts[ON_TRACK]) / self.total

    @property
    def in_trouble(self) -> bool:
        """Fewer than half are on track; a goal nobody serves is in trouble too."""
        return 2 * self.counts[ON_TRACK] < self.total or not self.total


@dataclass(slots=True)
class Standing:
    """Of one unit's members: all their targets, and those below each goal."""

    total: Tally = field(default_factory=Tally)
    goals: dict[int, Tally] = field(default_factory=dict)


def last_week(month: date) -> date:
    """The Sunday that ends the last full week of a month, given by any of its days."""
    next_month = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    return next_month - timedelta(days=1 + next_month.weekday())


def place_of(score: TargetScore) -> int | None:
    """Where a target counts; None when it is not in force."""
    if score.state in (State.NOT_STARTED, State.ENDED):
        return None
    if score.state is State.UNTOUCHED:
        return UNTOUCHED
    return ON_TRACK if score.quantity is None or score.quantity >= ON_TRACK_FROM else AT_RISK


async def of_units(session: Session, agency_id: int, unit_ids: Iterable[int], week: date) -> dict[int, Standing]:
    """Unit by unit, through the week ending on the Sunday `week`."""
    above = await _goals_above(session, agency_id)
    found: dict[int, Standing] = {}
    for unit_id in sorted(unit_ids):
        here = or_(col(Employee.left_on).is_(None), col(Employee.left_on) > week)
        members = (await session.exec(select(Employee).where(Employee.unit_id == unit_id, here))).all()
        standing = found[unit_id] = Standing()
        for held in (await totals.of_people(session, members, week)).values():
            for scored in held:
                place = place_of(scored.score)
                if place is not None:
                    one = Tally([int(place == n) for n in range(3)])
                    standing.total.add(one)
                    for goal in above.get(scored.target_id, ()):
                        standing.goals.setdefault(goal, Tally()).add(one)
    return found


async def _goals_above(session: Session, agency_id: int) -> Mapping[int, Sequence[int]]:
    """By target: the units' goals above it, the nearest first."""
    query = select(col(Target.id), col(Target.parent_id), col(Target.unit_id))
    rows = (await session.exec(query.where(Target.agency_id == agency_id, Target.status == APPROVED))).all()
    parents = {id_: parent for id_, parent, _ in rows}
    goals = {id_ for id_, _, unit_id in rows if unit_id is not None}
    found: dict[int, Sequence[int]] = {}
    for id_, parent in parents.items():
        path: list[int] = []
        at = parent
        while at is not None and at not in path:
            path.append(at)
            at = parents.get(at)
        found[id_] = [above for above in path if above in goals]
    return found


def below(units: Sequence[Unit], unit_id: int) -> frozenset[int]:
    """A unit and everything under it in the tree."""
    found = {unit_id}
    while more := {unit.id for unit in units if unit.parent_id in found} - found:
        found |= more
    return frozenset(found)


async def figures(session: Session, standings: Mapping[int, Standing], unit_ids: Iterable[int], week: date) -> Any:
    """What a note says about some units, as plain JSON: total, units, goals in trouble, each the worst first.

    {total: [on track, at risk, untouched], units: [[id, …]], units_left, goals: [[id, …]], goals_left}
    """
    scope = [id_ for id_ in unit_ids if id_ in standings]
    total = Tally()
    by_goal: dict[int, Tally] = {}
    for unit_id in scope:
        total.add(standings[unit_id].total)
        for goal, tally in standings[unit_id].goals.items():
            by_goal.setdefault(goal, Tally()).add(tally)
    query = select(col(Target.id)).where(
        col(Target.unit_id).in_(scope),
        Target.status == APPROVED,
        Target.starts_on <= week,
        Target.ends_on >= monday_of(week),
    )
    goals = {id_: by_goal.get(id_, Tally()) for id_ in (await session.exec(query)).all()}
    units = _worst({id_: standings[id_].total for id_ in scope if standings[id_].total.total})
    troubled = _worst({id_: tally for id_, tally in goals.items() if tally.in_trouble})
    return {
        "total": total.counts,
        "units": units[:UNITS_KEPT],
        "units_left": max(len(units) - UNITS_KEPT, 0),
        "goals": troubled[:GOALS_KEPT],
        "goals_left": max(len(troubled) - GOALS_KEPT, 0),
    }


def _worst(tallies: Mapping[int, Tally]) -> list[list[int]]:
    """Ids with their counts: none at all first, then the smallest share on track."""
    order = sorted(tallies, key=lambda id_: (tallies[id_].share_on_track if tallies[id_].total else -1, id_))
    return [[id_, *tallies[id_].counts] for id_ in order]


def first_workday(calendar: workdays.Calendar, day: date, week_days: int) -> date:
    """The first workday of the month of `day`."""
    return calendar.ahead(day.replace(day=1) - timedelta(days=1), week_days)
