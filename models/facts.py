"""What the weekly scores of people rest on, read for all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from models import absences, activities, marks, milestones, placements, target_revisions, targets, workdays
from models.absences import LEAVE
from models.activities import Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee, Whose
from models.milestones import Reached
from models.scoring.facts import TargetFacts
from models.target_revisions import Plan
from models.targets import Target


@dataclass(frozen=True, slots=True)
class Held:
    """The approved targets of people, each with the plan in force when a week ended."""

    people: dict[int, Employee]
    targets: Sequence[Target]
    plans: dict[int, Plan]
    absent: dict[int, set[date]]
    workdays: dict[int, Sequence[date]]

    def holder(self, target: Target) -> Employee:
        return self.people[target.employee_id or 0]


async def held_by(session: Session, people: Iterable[Employee], week: date) -> Held:
    """Of people of one agency, through the week ending on `week`."""
    by_id = {person.id: person for person in people}
    agreed = await targets.all_of_many(session, by_id)
    plans = await target_revisions.plans_on(session, agreed, on=week)
    held = [target for target in agreed if target.id in plans]
    if not held:
        return Held(by_id, [], {}, {}, {})
    first = min(plan.starts_on for plan in plans.values())
    absent = await absences.days_away(session, Whose("employee_id", list(by_id)), first, week, LEAVE)
    return Held(by_id, held, plans, absent, await _spans(session, held, plans, by_id))


async def of_people(session: Session, people: Iterable[Employee], week: date) -> dict[int, dict[int, TargetFacts]]:
    """By person, then by approved target in the order of their ids: facts through the week ending on `week`.

    Facts through a later week serve for the weeks before it too, as far as they are judged by the later plan.
    """
    return await of_held(session, await held_by(session, people, week), week)


async def of_held(session: Session, held: Held, week: date) -> dict[int, dict[int, TargetFacts]]:
    found: dict[int, dict[int, TargetFacts]] = {id_: {} for id_ in held.people}
    ids = [target.id for target in held.targets]
    outputs = await _outputs(session, ids, week)
    unseen = await _outputs(session, ids, week, by_clock=True)
    steps = await milestones.steps_of(session, [id_ for id_ in ids if held.plans[id_].is_milestone], until=week)
    given = await marks.of_targets(session, ids, until=week)
    for target in held.targets:
        plan, holder = held.plans[target.id], held.holder(target)
        found[holder.id][target.id] = TargetFacts(
            code=target.code,
            title=plan.title,
            planned=plan.planned,
            unit=plan.measure,
            weight=plan.weight,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            milestone=plan.is_milestone,
            workdays=held.workdays[target.id],
            absent=held.absent.get(holder.id, set()),
            outputs=milestones.merged(outputs.get(target.id, []), steps.get(target.id, [])),
            marks=given.get(target.id, {}),
            by_clock=_unseen(unseen.get(target.id, []), steps.get(target.id, [])),
        )
    return found


async def _spans(
    session: Session, held: Sequence[Target], plans: dict[int, Plan], people: dict[int, Employee]
) -> dict[int, Sequence[date]]:
    """The workdays of each target's span, day by day those of the holder's unit; targets with one span share the
    list.
    """
    courses = await placements.courses(session, people.values(), on=date.max)
    unit_ids = {one.unit_id for course in courses.values() for one in course.stretches}
    units = {unit.id: unit for unit in (await session.exec(select(Unit).where(col(Unit.id).in_(unit_ids)))).all()}
    calendar = await workdays.calendar_of(session, held[0].agency_id)
    known: dict[tuple[date, date, int, int], Sequence[date]] = {}

    def days(first: date, last: date, unit: Unit) -> Sequence[date]:
        key = (first, last, unit.week_days, unit.id if unit.id in calendar.units else 0)
        if key not in known:
            known[key] = calendar.of_unit(unit.id).between(first, last, unit.week_days)
        return known[key]

    found: dict[int, Sequence[date]] = {}
    for target in held:
        plan = plans[target.id]
        spans = courses[target.employee_id or 0].units(plan.starts_on, plan.ends_on)
        parts = [days(first, last, units[unit_id]) for first, last, unit_id in _joined(spans)]
        found[target.id] = parts[0] if len(parts) == 1 else [day for part in parts for day in part]
    return found


def _joined(spans: Sequence[tuple[date, date, int]]) -> list[tuple[date, date, int]]:
    """Stretches in one unit as one, so that its days are counted once for everybody."""
    found: list[tuple[date, date, int]] = []
    for first, last, unit_id in spans:
        if found and found[-1][2] == unit_id:
            found[-1] = (found[-1][0], last, unit_id)
        else:
            found.append((first, last, unit_id))
    return found


def _unseen(outputs: Iterable[tuple[date, Decimal]], steps: Sequence[Reached]) -> list[tuple[date, Decimal]]:
    """Without what a supervisor's step has replaced."""
    replaced = {step.on for step in steps}
    return [(day, output) for day, output in outputs if day not in replaced]


async def _outputs(
    session: Session, ids: Iterable[int], week: date, *, by_clock: bool = False
) -> dict[int, list[tuple[date, Decimal]]]:
    """By target: approved output through the week; all of it, or what the clock approved."""
    query = select(col(Activity.target_id), col(Activity.worked_on), col(Activity.output)).where(
        col(Activity.target_id).in_(list(ids)), *activities.is_counted(), Activity.worked_on <= week
    )
    if by_clock:
        query = query.where(col(Activity.is_automatic).is_(True))
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for target_id, day, output in (await session.exec(query.order_by(col(Activity.worked_on), col(Activity.id)))).all():
        if target_id is not None and output is not None:
            found.setdefault(target_id, []).append((day, output))
    return found
