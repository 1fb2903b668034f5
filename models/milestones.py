"""Milestones: how far a result that cannot be counted has come, in percent, as its supervisor sets it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Field, SQLModel, col, select

from models import audit, duty, targets
from models.activities import APPROVED, Activity
from models.database import Session, UtcDateTime
from models.employees import Employee
from models.refusals import Refusal
from models.targets import Target
from models.workdays import week_of

EVIDENCE_AT_MOST = 300
"""Characters of the sentence of evidence."""
WORDS_AT_LEAST = 2


class MilestoneStep(SQLModel, table=True):
    """The percent reached on a date, with a sentence of evidence. Steps are added, never overwritten."""

    __tablename__ = "milestone_step"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    reached_on: date
    percent: int
    evidence: str
    reviewer_id: int = Field(foreign_key="employee.id")
    set_at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class Reached:
    """A percent reached on a date: a supervisor's step, or what the person proposed and somebody approved."""

    on: date
    percent: Decimal
    evidence: str | None
    """The supervisor's sentence; None when it was proposed."""
    by: str
    """Name of whoever set or approved it; empty when the clock did."""


def merged(outputs: Iterable[tuple[date, Decimal]], steps: Sequence[Reached]) -> list[tuple[date, Decimal]]:
    """Rule "milestones": the percentages a score rests on, by date. On one date the newest step replaces what was
    proposed. `steps` are in the order in which they were set.
    """
    by_day = {step.on: step.percent for step in steps}
    proposed = [(day, percent) for day, percent in outputs if day not in by_day]
    return sorted([*proposed, *by_day.items()])


def newest(reached: Sequence[tuple[date, Decimal]]) -> Decimal:
    """The percent that holds after all of them, the higher of two proposed on one date; 0 when there are none."""
    return max(reached)[1] if reached else Decimal(0)


async def steps_of(
    session: Session, target_ids: Iterable[int], *, since: date = date.min, until: date = date.max
) -> dict[int, list[Reached]]:
    """By target: what supervisors set for dates of a span, both included, in the order in which they set it."""
    query = (
        select(MilestoneStep, Employee.name)
        .join(Employee, col(Employee.id) == col(MilestoneStep.reviewer_id))
        .where(
            col(MilestoneStep.target_id).in_(list(target_ids)),
            MilestoneStep.reached_on >= since,
            MilestoneStep.reached_on <= until,
        )
    )
    found: dict[int, list[Reached]] = {}
    for step, name in (await session.exec(query.order_by(col(MilestoneStep.id)))).all():
        reached = Reached(step.reached_on, Decimal(step.percent), step.evidence, name)
        found.setdefault(step.target_id, []).append(reached)
    return found


async def history(session: Session, target: Target) -> list[Reached]:
    """All that was set or approved, the newest first; what was proposed and overtaken on its date is left out."""
    steps = (await steps_of(session, [target.id])).get(target.id, [])
    query = (
        select(Activity, Employee.name)
        .outerjoin(Employee, col(Employee.id) == col(Activity.reviewer_id))
        .where(Activity.target_id == target.id, Activity.status == APPROVED, col(Activity.output).is_not(None))
    )
    days = {step.on for step in steps}
    proposed = [
        Reached(activity.worked_on, activity.output, None, name or "")
        for activity, name in (await session.exec(query.order_by(col(Activity.output), col(Activity.id)))).all()
        if activity.output is not None and activity.worked_on not in days
    ]
    return sorted([*proposed, *steps], key=lambda one: one.on)[::-1]


async def last_step(session: Session, target_id: int) -> int:
    """Id of the newest step of a target; 0 when there is none."""
    query = select(func.max(col(MilestoneStep.id))).where(MilestoneStep.target_id == target_id)
    return (await session.exec(query)).one() or 0


def is_running(target: Target, on: date) -> bool:
    """From its start through the week of its end, as it is scored."""
    return target.status == targets.APPROVED and target.starts_on <= on and week_of(target.ends_on) >= on


async def running(session: Session, people: Iterable[Employee], *, on: date) -> Mapping[int, list[Target]]:
    """The milestones of people on a date, by person; whoever has none is left out."""
    found: dict[int, list[Target]] = {}
    for target in await targets.all_of_many(session, [person.id for person in people]):
        if target.employee_id is not None and target.is_milestone and is_running(target, on):
            found.setdefault(target.employee_id, []).append(target)
    return found


async def of_team(session: Session, reviewer: Employee, *, on: date) -> list[tuple[Employee, list[Target]]]:
    """Whose milestones this reviewer may set on a date, by name."""
    team = await duty.team_of(session, reviewer, on=on)
    found = await running(session, team, on=on)
    return [(person, found[person.id]) for person in team if person.id in found]


async def check(session: Session, reviewer: Employee, target_id: int, *, on: date) -> tuple[Employee, Target]:
    """The holder and the milestone, when the reviewer may set it on a date.

    Raises: Refusal("not_yours"), Refusal("milestone_over") for one that has ended or is not agreed any more.
    """
    target = await session.get(Target, target_id, populate_existing=True)
    if target is None or target.employee_id is None or target.agency_id != reviewer.agency_id:
        raise Refusal("not_yours")
    holder = await session.get_one(Employee, target.employee_id)
    if not await duty.Duty(session, on).may_decide(reviewer, holder):
        raise Refusal("not_yours")
    if not target.is_milestone or not is_running(target, on):
        raise Refusal("milestone_over")
    return holder, target


async def set_step(
    session: Session,
    reviewer: Employee,
    target_id: int,
    percent: int,
    evidence: str,
    *,
    after: int,
    on: date,
    now: datetime,
) -> MilestoneStep:
    """Say how far a milestone has come, up or down, with a sentence that says by what one sees it.

    `after` is the newest step that was seen. Raises: as `check`; Refusal("changed_meanwhile") when there is a newer
    one; Refusal("count_out_of_range", limit=100); Refusal("evidence_thin"); Refusal("sentence_too_long", limit=…).
    """
    _, target = await check(session, reviewer, target_id, on=on)
    if await last_step(session, target_id) != after:
        raise Refusal("changed_meanwhile")
    if not 0 <= percent <= 100:
        raise Refusal("count_out_of_range", limit=100)
    step = MilestoneStep(
        agency_id=target.agency_id,
        target_id=target.id,
        reached_on=on,
        percent=percent,
        evidence=_sentence(evidence),
        reviewer_id=reviewer.id,
        set_at=now,
    )
    session.add(step)
    await session.flush()
    await audit.record(
        session,
        "milestone_set",
        agency_id=target.agency_id,
        now=now,
        actor_id=reviewer.id,
        employee_id=target.employee_id,
        target=target.id,
        step=step.id,
        percent=percent,
    )
    return step


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    if sum(any(sign.isalpha() for sign in word) for word in line.split()) < WORDS_AT_LEAST:
        raise Refusal("evidence_thin")
    if len(line) > EVIDENCE_AT_MOST:
        raise Refusal("sentence_too_long", limit=EVIDENCE_AT_MOST)
    return line
