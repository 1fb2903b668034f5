"""Gather what an appraisal rests on: the targets of a period with what was done, marked and said about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import accumulate

from sqlmodel import col, select

from models import appraisals, employees, marks, targets, work_done
from models.activities import APPROVED, WORK, Activity
from models.appraisal_dossier import (
    ADDITIONAL,
    BEHAVIOUR,
    COST,
    CREATIVITY,
    STRUCTURAL,
    VALUE,
    Dossier,
    Goal,
    MarkedWeek,
    Said,
)
from models.appraisal_periods import Period, months_in
from models.appraisals import Appraisal, AppraisalEntry
from models.coaching import Feedback
from models.database import Session
from models.employees import Employee
from models.marks import QualityMark
from models.milestones import MilestoneStep
from models.obstacles import WITHDRAWN, Obstacle
from models.scoring import formulas
from models.scoring.permenpanrb6 import Rating
from models.target_revisions import Plan, plans_on
from models.targets import Target
from models.workdays import week_of

EXAMPLES = 3
DESCRIPTION_AT_MOST = 160
"""Characters of an example."""
REACHED = Decimal(100)
Outputs = list[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Of one person: rows of all targets, so that each table is read once."""

    period: Period
    work: Sequence[Activity]
    """Approved, since the oldest target began."""
    steps: Sequence[MilestoneStep]
    marks: Sequence[QualityMark]
    feedback: Sequence[tuple[int | None, Said]]
    obstacles: Sequence[Obstacle]


async def dossier_of(session: Session, appraisal: Appraisal) -> Dossier:
    """The facts as they stand now, with what the appraiser entered."""
    employee = await session.get_one(Employee, appraisal.employee_id)
    entries = await appraisals.entries_of(session, appraisal.id)
    return await gather(session, employee, appraisal.period, appraisal.scheme, appraisal, entries)


async def gather(
    session: Session,
    employee: Employee,
    period: Period,
    scheme: str,
    appraisal: Appraisal | None = None,
    entries: Sequence[AppraisalEntry] = (),
) -> Dossier:
    """Also of an appraisal that nobody has opened: then nothing is entered yet."""
    own = await _owed(session, employee, period)
    gathered = await _rows(session, employee, period, own)
    of_target: dict[str, AppraisalEntry] = {entry.about: entry for entry in entries if entry.target_id is None}
    return Dossier(
        scheme=scheme,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        goals=tuple(_goal(target, plan, gathered) for target, plan in own),
        feedback=_said(gathered, None),
        obstacles=sum(1 for one in gathered.obstacles if one.target_id is None),
        structural=bool(of_target[STRUCTURAL].value) if STRUCTURAL in of_target else None,
        behaviour=_values(of_target, BEHAVIOUR),
        additional=int(of_target[ADDITIONAL].value or 0) if ADDITIONAL in of_target else None,
        creativity=of_target[CREATIVITY].remark if CREATIVITY in of_target else None,
        costs={e.target_id: e.value for e in entries if e.about == COST and e.target_id and e.value is not None},
        values={about.removeprefix(VALUE): e.remark for about, e in of_target.items() if about.startswith(VALUE)},
        result_rating=Rating(appraisal.result_rating) if appraisal and appraisal.result_rating else None,
        behaviour_rating=Rating(appraisal.behaviour_rating) if appraisal and appraisal.behaviour_rating else None,
    )


def _values(entries: dict[str, AppraisalEntry], prefix: str) -> dict[str, Decimal]:
    return {
        about.removeprefix(prefix): entry.value
        for about, entry in entries.items()
        if about.startswith(prefix) and entry.value is not None
    }


async def _owed(session: Session, employee: Employee, period: Period) -> list[tuple[Target, Plan]]:
    """The targets that run in the period, as agreed by its end."""
    every = await targets.all_of(session, employee.id)
    plans = await plans_on(session, every, on=period.ends_on)
    return [
        (target, plan)
        for target in every
        if (plan := plans.get(target.id)) and plan.starts_on <= period.ends_on and plan.ends_on >= period.starts_on
    ]


async def _rows(session: Session, employee: Employee, period: Period, own: Sequence[tuple[Target, Plan]]) -> _Gathered:
    first = min([period.starts_on, *(plan.starts_on for _, plan in own)])
    rows = await work_done.between(session, [employee.id], first, period.ends_on)
    ids = [target.id for target, _ in own]
    steps = select(MilestoneStep).where(
        col(MilestoneStep.target_id).in_(ids), MilestoneStep.reached_on <= period.ends_on
    )
    given = await marks.of_people(session, [employee.id], until=week_of(period.ends_on))
    obstacles = select(Obstacle).where(
        Obstacle.employee_id == employee.id,
        Obstacle.raised_on >= period.starts_on,
        Obstacle.raised_on <= period.ends_on,
        Obstacle.status != WITHDRAWN,
    )
    return _Gathered(
        period,
        [row for row in rows if row.status == APPROVED],
        (await session.exec(steps.order_by(col(MilestoneStep.id)))).all(),
        given,
        await _feedback(session, employee, period),
        (await session.exec(obstacles)).all(),
    )


async def _feedback(session: Session, employee: Employee, period: Period) -> list[tuple[int | None, Said]]:
    """What was said to the person in the period, by the target it is about."""
    zone = await employees.zone_of(session, employee)
    query = (
        select(Feedback, col(Employee.name))
        .join(Employee, col(Employee.id) == col(Feedback.author_id))
        .where(
            Feedback.employee_id == employee.id,
            Feedback.given_at >= datetime.combine(period.starts_on, time.min, zone),
            Feedback.given_at <= datetime.combine(period.ends_on, time.max, zone),
        )
    )
    rows = (await session.exec(query.order_by(col(Feedback.given_at)))).all()
    return [(row.target_id, Said(row.given_at.astimezone(zone).date(), name, row.text)) for row, name in rows]


def _said(gathered: _Gathered, target_id: int | None) -> tuple[Said, ...]:
    return tuple(said for about, said in gathered.feedback if about == target_id)


def _goal(target: Target, plan: Plan, gathered: _Gathered) -> Goal:
    first, last = max(plan.starts_on, gathered.period.starts_on), min(plan.ends_on, gathered.period.ends_on)
    own = [row for row in gathered.work if row.target_id == target.id and plan.starts_on <= row.worked_on <= last]
    outputs = [(row.worked_on, row.output) for row in own if row.output is not None]
    if plan.is_milestone:
        outputs += [(step.reached_on, Decimal(step.percent)) for step in gathered.steps if step.target_id == target.id]
    within = sorted(pair for pair in outputs if pair[0] >= first)
    planned = REACHED if plan.is_milestone else plan.planned
    reached_on = _reached_on(plan, within, planned)
    by_person = [(row.worked_on, row.output) for row in own if row.output is not None and not row.is_automatic]
    by_person = [] if plan.is_milestone else [pair for pair in by_person if pair[0] >= first]
    steps = [step.reached_on for step in gathered.steps if step.target_id == target.id]
    unseen = _unseen(own, steps)
    weeks = [week for week in _marked(target, gathered, by_person, first, last) if week.ends_on not in unseen]
    return Goal(
        target_id=target.id,
        code=target.code,
        title=plan.title,
        indicator=plan.indicator,
        measure=plan.measure,
        is_milestone=plan.is_milestone,
        starts_on=first,
        ends_on=last,
        spans_more=(first, last) != (plan.starts_on, plan.ends_on),
        planned=planned,
        realised=_realised(plan, within),
        so_far=_realised(plan, outputs),
        reached_on=reached_on,
        quality_owed=plan.quality,
        quality=_quality(weeks),
        cost_owed=plan.cost,
        marks=tuple(weeks),
        examples=_examples(row for row in own if row.worked_on >= first),
        feedback=_said(gathered, target.id),
        obstacles=sum(1 for one in gathered.obstacles if one.target_id == target.id),
        by_clock=sum(1 for row in own if row.is_automatic and row.worked_on >= first),
        months=months_in(first, last),
        months_taken=months_in(first, reached_on or last),
    )


def _unseen(rows: Sequence[Activity], steps: Sequence[date]) -> set[date]:
    """Weeks in which the clock approved something and nobody else did: they carry no mark."""
    by_clock = {week_of(row.worked_on) for row in rows if row.is_automatic}
    return by_clock - {week_of(day) for day in [*steps, *(row.worked_on for row in rows if not row.is_automatic)]}


def _realised(plan: Plan, outputs: Outputs) -> Decimal:
    """The sum, or the percent that a milestone reached last."""
    if plan.is_milestone:
        return max(outputs)[1] if outputs else Decimal(0)
    return sum((output for _, output in outputs), Decimal(0))


def _reached_on(plan: Plan, outputs: Outputs, planned: Decimal) -> date | None:
    """`outputs` by date."""
    amounts = [output for _, output in outputs]
    totals = amounts if plan.is_milestone else list(accumulate(amounts))
    return next((day for (day, _), total in zip(outputs, totals, strict=True) if total >= planned), None)


def _marked(target: Target, gathered: _Gathered, outputs: Outputs, first: date, last: date) -> tuple[MarkedWeek, ...]:
    """Marks of the weeks that lie, at least in part, in the target's span; each with the output a person approved."""
    own = [m for m in gathered.marks if m.target_id == target.id and week_of(first) <= m.week_ends_on <= week_of(last)]
    found = []
    for mark in sorted(own, key=lambda one: one.week_ends_on):
        done = [output for day, output in outputs if week_of(day) == mark.week_ends_on]
        found.append(MarkedWeek(mark.week_ends_on, mark.mark, mark.remark, sum(done, Decimal(0))))
    return tuple(found)


def _quality(weeks: Sequence[MarkedWeek]) -> Decimal | None:
    """As in the weekly score: weighted by output, equally when there is none."""
    marked = [formulas.MarkedWeek(one.ends_on, Decimal(one.mark), one.output) for one in weeks if one.mark is not None]
    return formulas.quality(marked) if marked else None


def _examples(rows: Iterable[Activity]) -> tuple[str, ...]:
    """Different pieces of work with the largest output, the newest first among equals."""
    work = [row for row in rows if row.kind == WORK]
    largest = sorted(work, key=lambda row: (row.output or Decimal(0), row.worked_on, row.id), reverse=True)
    texts = dict.fromkeys(" ".join(row.description.split())[:DESCRIPTION_AT_MOST] for row in largest)
    return tuple(texts)[:EXAMPLES]
