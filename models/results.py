"""The output of a week, target by target: what is known, what is missing, and what the person says of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from models import activities, milestones, placements, targets, windows, work_done, workdays
from models.activities import APPROVED, OUTPUT, REMOVED, WAITING, WORK, Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.milestones import MilestoneStep, Reached
from models.refusals import Refusal
from models.targets import Target

OUTPUT_AT_MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Touched:
    """A target worked on in a week. `known` is the output that is stated; `unstated` how many activities state none."""

    target: Target
    known: Decimal
    unstated: int
    said: Decimal | None
    """What the person said on the week's output card, if anything."""


def monday_of(week: date) -> date:
    return week - timedelta(days=6)


async def touched(session: Session, employee: Employee, week: date) -> list[Touched]:
    """The targets worked on in the week ending on the Sunday `week`, by target."""
    rows = await work_done.between(session, [employee.id], monday_of(week), week)
    found = []
    for target in await targets.all_of(session, employee.id):
        own = [activity for activity in rows if activity.target_id == target.id]
        work = [activity for activity in own if activity.kind == WORK]
        said = [activity.output for activity in own if activity.kind == OUTPUT and activity.output is not None]
        if own:
            known = sum((activity.output for activity in work if activity.output is not None), Decimal(0))
            unstated = sum(1 for activity in work if activity.output is None)
            found.append(Touched(target, known, unstated, said[0] if said else None))
    return found


async def missing(session: Session, employee: Employee, week: date) -> list[Touched]:
    """What the week's output card asks about: touched targets with work whose output nobody has stated."""
    return [one for one in await touched(session, employee, week) if one.unstated and one.said is None]


def is_unstated(week: date) -> ColumnElement[bool]:
    """Of an employee: some work of the week, on a target, states no output."""
    work = select(Activity.id).where(
        Activity.employee_id == Employee.id,
        Activity.worked_on >= monday_of(week),
        Activity.worked_on <= week,
        Activity.kind == WORK,
        col(Activity.target_id).is_not(None),
        col(Activity.output).is_(None),
        col(Activity.status).in_(activities.STANDING),
    )
    return work.exists()


def owners_of(week: date) -> Any:
    """Ids of people with approved work of a week, or with a step of a milestone in it."""
    done = select(Activity.employee_id).where(
        Activity.worked_on >= monday_of(week), Activity.worked_on <= week, Activity.status == APPROVED
    )
    steps = select(Target.employee_id).join(MilestoneStep, col(MilestoneStep.target_id) == col(Target.id))
    steps = steps.where(MilestoneStep.reached_on >= monday_of(week), MilestoneStep.reached_on <= week)
    return done.union(steps)


async def say_output(
    session: Session, employee: Employee, target: Target, *, week: date, output: Decimal, today: date, now: datetime
) -> None:
    """State the week's further output of a target (of a milestone: the percent reached). It waits for approval.

    0 states that there is none, and takes back what was stated before.

    Raises: Refusal("not_your_target"), Refusal("count_out_of_range", limit=…), Refusal("day_closed").
    """
    most = Decimal(100) if target.is_milestone else OUTPUT_AT_MOST
    if target.employee_id != employee.id:
        raise Refusal("not_your_target")
    if not 0 <= output <= most:
        raise Refusal("count_out_of_range", limit=most)
    await windows.check_day(session, employee, min(today, week), today=today)
    rows = await work_done.between(session, [employee.id], monday_of(week), week)
    stated = next((a for a in rows if a.kind == OUTPUT and a.target_id == target.id), None)
    if stated is not None:
        await activities.hold(session, [stated])
        values = {"output": output, "quantity": output, "status": WAITING if output else REMOVED}
        values = activities.waits_again(stated, now=now) | values
        await activities.change(session, stated, revision=stated.revision, **values)
    elif output:
        session.add(
            Activity(
                agency_id=employee.agency_id,
                employee_id=employee.id,
                kind=OUTPUT,
                worked_on=min(today, week),
                unit_id=await placements.unit_on(session, employee, min(today, week)),
                description=target.title,
                quantity=output,
                unit=target.measure,
                target_id=target.id,
                linked_by="person",
                output=output,
                status=WAITING,
                submitted_at=now,
            )
        )
    await session.flush()


@dataclass(frozen=True, slots=True)
class Markable:
    """A person's target with approved output in a week: what a quality mark is about.

    Of a milestone `output` is the percent that held when the week ended, `steps` what a supervisor set in it.
    """

    employee: Employee
    target: Target
    work: tuple[Activity, ...]
    output: Decimal
    steps: tuple[Reached, ...] = ()
    by_clock: int = 0
    """How many activities of it the clock approved; they are not part of it, and carry no mark."""


async def markable(session: Session, people: Iterable[Employee], week: date) -> list[Markable]:
    """By person, then target. Output that is not approved yet, or that the clock approved, is not marked."""
    by_id = {person.id: person for person in people}
    rows = await work_done.between(session, by_id, monday_of(week), week)
    work: dict[int, list[Activity]] = {}
    unseen: Counter[int] = Counter()
    for activity in rows:
        if activity.status != APPROVED or activity.target_id is None:
            continue
        if activity.is_automatic:
            unseen[activity.target_id] += 1
        else:
            work.setdefault(activity.target_id, []).append(activity)
    owned = {target.id: target for target in await targets.all_of_many(session, by_id)}
    owned |= await targets.by_ids(session, work)
    steps = await milestones.steps_of(session, owned, since=monday_of(week), until=week)
    found = []
    for target_id in {*work, *steps}:
        target, done, moved = owned[target_id], work.get(target_id, []), steps.get(target_id, [])
        holder = by_id[done[0].employee_id if done else target.employee_id or 0]
        output = _output(target, done, moved)
        if output > 0:
            found.append(Markable(holder, target, tuple(done), output, tuple(moved), unseen[target_id]))
    return sorted(found, key=lambda one: (one.employee.name, one.employee.id, one.target.id))


def _output(target: Target, work: Iterable[Activity], steps: Sequence[Reached]) -> Decimal:
    stated = [(activity.worked_on, activity.output) for activity in work if activity.output is not None]
    if target.is_milestone:
        return milestones.newest(milestones.merged(stated, steps))
    return sum((output for _, output in stated), Decimal(0))


async def last_workday_of(session: Session, employee: Employee, day: date) -> date | None:
    """The last workday of the unit in the week of `day`."""
    unit = await session.get_one(Unit, employee.unit_id)
    return (await workdays.calendar_of_unit(session, unit)).last_of_week(day, unit.week_days)
