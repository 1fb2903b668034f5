"""Competencies that targets ask for, and what approved and marked results show of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from models.activities import APPROVED, WORK, Activity
from models.database import Session
from models.employees import Employee
from models.marks import QualityMark
from models.scoring.competence import ENOUGH, GOOD, mean
from models.scoring.formulas import MarkedWeek
from models.targets import APPROVED as AGREED
from models.targets import Competency, Target
from models.workdays import week_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One competency of one person. Without a marked week there is no mean: nothing is known, which is not 0."""

    name: str
    targets: tuple[Target, ...]
    weeks: int = 0
    mean: Decimal | None = None
    last: date | None = None
    """The Sunday of the newest marked week."""
    example: str = ""
    """Work of that week, as it was reported."""

    @property
    def is_enough(self) -> bool:
        return self.weeks >= ENOUGH


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency that a unit's targets ask for and that nobody shows, or not well. `unshown` have no marked week,
    `low` a mean below `GOOD`.
    """

    name: str
    needed_by: int
    unshown: tuple[Employee, ...]
    low: tuple[Employee, ...]
    mean: Decimal | None


@dataclass(slots=True)
class _Results:
    """Of one target: by the Sunday of a week its mark, its approved output, and the id of its newest work."""

    marks: dict[date, int] = field(default_factory=dict)
    outputs: dict[date, Decimal] = field(default_factory=dict)
    newest: dict[date, tuple[date, int]] = field(default_factory=dict)

    def marked(self, *, milestone: bool) -> list[MarkedWeek]:
        """Weeks with a mark and something approved."""
        return [
            MarkedWeek(ending, Decimal(mark), Decimal(0) if milestone else self.outputs[ending])
            for ending, mark in sorted(self.marks.items())
            if ending in self.outputs
        ]


async def of_people(session: Session, employee_ids: Iterable[int]) -> dict[int, list[Shown]]:
    """By person: every competency their targets ask for, by name. Four queries however many people."""
    asked = select(Competency.name, Target).join(Target, col(Target.id) == col(Competency.target_id))
    asked = asked.where(col(Target.employee_id).in_(list(employee_ids)), Target.status == AGREED)
    wanted: dict[int, dict[str, tuple[str, list[Target]]]] = {}
    targets: set[int] = set()
    for name, target in (await session.exec(asked.order_by(col(Competency.id)))).all():
        own = wanted.setdefault(target.employee_id or 0, {})
        own.setdefault(_key(name), (name, []))[1].append(target)
        targets.add(target.id)
    results = await _results(session, targets)
    found = {
        employee_id: sorted((_shown(name, of, results) for name, of in own.values()), key=lambda one: _key(one[0].name))
        for employee_id, own in wanted.items()
    }
    texts = await _texts(session, {example for own in found.values() for _, example in own})
    return {
        employee_id: [replace(one, example=texts.get(example, "")) for one, example in own]
        for employee_id, own in found.items()
    }


async def of_person(session: Session, employee_id: int) -> list[Shown]:
    return (await of_people(session, [employee_id])).get(employee_id, [])


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _shown(name: str, targets: Sequence[Target], results: dict[int, _Results]) -> tuple[Shown, int]:
    """Without its example, whose id comes with it."""
    by_target = [(results.get(one.id, _Results()), one.is_milestone) for one in targets]
    marked = [of.marked(milestone=milestone) for of, milestone in by_target]
    sundays = {week.ending for weeks in marked for week in weeks}
    if not sundays:
        return Shown(name, tuple(targets)), 0
    last = max(sundays)
    newest = max(of.newest[last] for of, _ in by_target if last in of.newest and last in of.marks)
    return Shown(name, tuple(targets), len(sundays), mean(marked), last), newest[1]


async def _results(session: Session, target_ids: Collection[int]) -> dict[int, _Results]:
    found: dict[int, _Results] = {}
    given = select(QualityMark).where(col(QualityMark.target_id).in_(target_ids), col(QualityMark.mark).is_not(None))
    for row in (await session.exec(given)).all():
        if row.mark is not None:
            found.setdefault(row.target_id, _Results()).marks[row.week_ends_on] = row.mark
    approved = select(col(Activity.id), col(Activity.target_id), col(Activity.worked_on), col(Activity.output)).where(
        col(Activity.target_id).in_(found), Activity.status == APPROVED, col(Activity.is_automatic).is_(False)
    )
    work_last = approved.order_by(col(Activity.kind) == WORK, col(Activity.worked_on), col(Activity.id))
    for id_, target_id, day, output in (await session.exec(work_last)).all():
        of, ending = found[target_id or 0], week_of(day)
        of.outputs[ending] = of.outputs.get(ending, Decimal(0)) + (output or 0)
        of.newest[ending] = (day, id_)
    return found


async def _texts(session: Session, activity_ids: Collection[int]) -> dict[int, str]:
    query = select(Activity.id, Activity.description).where(col(Activity.id).in_(activity_ids))
    return dict((await session.exec(query)).all())


async def gaps(session: Session, members: Sequence[Employee]) -> tuple[int, list[Gap]]:
    """How many competencies the targets of these people ask for, and those that none of them shows, or together not
    well; the gravest first.
    """
    by_id = {person.id: person for person in members}
    needed: dict[str, list[tuple[Employee, Shown]]] = {}
    for employee_id, own in (await of_people(session, by_id)).items():
        for one in own:
            needed.setdefault(_key(one.name), []).append((by_id[employee_id], one))
    found = [gap for holders in needed.values() if (gap := _gap(holders)) is not None]
    gravest = sorted(found, key=lambda gap: (gap.mean is not None, gap.mean or 0, -gap.needed_by, _key(gap.name)))
    return len(needed), gravest


def _gap(holders: Sequence[tuple[Employee, Shown]]) -> Gap | None:
    means = [one.mean for _, one in holders if one.mean is not None]
    together = sum(means, Decimal(0)) / len(means) if means else None
    if together is not None and together >= GOOD:
        return None
    unshown = sorted((person for person, one in holders if one.mean is None), key=lambda person: person.name)
    low = sorted((p for p, one in holders if one.mean is not None and one.mean < GOOD), key=lambda person: person.name)
    return Gap(holders[0][1].name, len(holders), tuple(unshown), tuple(low), together)
