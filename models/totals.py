"""The weekly scores of many people at once: what was approved and marked of each target, added up by the database.

`facts` has the same, output by output, for whoever asks why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Date, and_, func, literal, not_, or_
from sqlmodel import col, select

from models import activities, facts
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from models.facts import Held
from models.marks import QualityMark
from models.monday import MondayFrom
from models.scoring.formulas import MarkedWeek
from models.scoring.totals import TargetTotals, score_totals
from models.scoring.weekly import TargetScore, score_target
from models.targets import Target


@dataclass(frozen=True, slots=True)
class Scored:
    """A target in a week; `measure` and `is_milestone` as it was planned then."""

    target_id: int
    score: TargetScore
    measure: str
    is_milestone: bool


@dataclass(frozen=True, slots=True)
class _Marks:
    weeks: Sequence[MarkedWeek] = ()
    is_unworthy: bool = False


async def of_people(session: Session, people: Iterable[Employee], week: date) -> dict[int, list[Scored]]:
    """By person, their approved targets in the order of their ids, in the week ending on the Sunday `week`.

    Of people of one agency.
    """
    held = await facts.held_by(session, people, week)
    found: dict[int, list[Scored]] = {id_: [] for id_ in held.people}
    in_percent = {id_ for id_, plan in held.plans.items() if plan.is_milestone}
    counted = [target for target in held.targets if target.id not in in_percent]
    scores = await _scores(session, held, counted, week)
    steps = replace(held, targets=[target for target in held.targets if target.id in in_percent])
    for own in (await facts.of_held(session, steps, week)).values():
        scores |= {id_: score_target(one, week) for id_, one in own.items()}
    for target in held.targets:
        measure = held.plans[target.id].measure
        scored = Scored(target.id, scores[target.id], measure, target.id in in_percent)
        found[held.holder(target).id].append(scored)
    return found


async def _scores(session: Session, held: Held, counted: Sequence[Target], week: date) -> dict[int, TargetScore]:
    starts: dict[date, list[int]] = {}
    for target in counted:
        starts.setdefault(held.plans[target.id].starts_on, []).append(target.id)
    realised: dict[int, Decimal] = {}
    given: dict[int, _Marks] = {}
    for first, ids in starts.items():
        realised |= await _realised(session, ids, first, week)
        given |= await _marks(session, ids, first, week)
    found: dict[int, TargetScore] = {}
    for target in counted:
        plan, marks = held.plans[target.id], given.get(target.id, _Marks())
        totals = TargetTotals(
            code=target.code,
            planned=plan.planned,
            unit=plan.measure,
            weight=plan.weight,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            workdays=held.workdays[target.id],
            absent=held.absent.get(held.holder(target).id, frozenset()),
            realised=realised.get(target.id, Decimal(0)),
            weeks=marks.weeks,
            is_unworthy=marks.is_unworthy,
        )
        found[target.id] = score_totals(totals, week)
    return found


async def _realised(session: Session, ids: Sequence[int], first: date, week: date) -> dict[int, Decimal]:
    """By target: approved output since its start, read from the index alone."""
    query = select(col(Activity.target_id), func.sum(Activity.output)).where(
        col(Activity.target_id).in_(ids),
        *activities.is_counted(),
        Activity.worked_on >= first,
        Activity.worked_on <= week,
    )
    rows = (await session.exec(query.group_by(col(Activity.target_id)))).all()
    return {id_: total for id_, total in rows if id_ is not None and total is not None}


async def _marks(session: Session, ids: Sequence[int], first: date, week: date) -> dict[int, _Marks]:
    """By target: its marks, each with the output of its weeks. What the clock approved has no part in it: it weighs
    nothing, and a week that holds nothing else has no mark.
    """
    in_week = and_(
        col(Activity.target_id) == col(QualityMark.target_id),
        *activities.is_counted(),
        col(Activity.worked_on) >= MondayFrom(col(QualityMark.week_ends_on), literal(first, Date)),
        col(Activity.worked_on) <= col(QualityMark.week_ends_on),
    )
    seen = not_(col(Activity.is_automatic))
    output = select(func.sum(Activity.output)).where(in_week, seen).correlate(QualityMark).scalar_subquery()
    query = (
        select(col(QualityMark.target_id), col(QualityMark.mark), func.count(), func.sum(output))
        .where(
            col(QualityMark.target_id).in_(ids),
            QualityMark.week_ends_on >= first,
            QualityMark.week_ends_on <= week,
            or_(col(QualityMark.mark).is_(None), _any(in_week, seen), ~_any(in_week)),
        )
        .group_by(col(QualityMark.target_id), col(QualityMark.mark))
    )
    given: dict[int, list[tuple[Decimal, int, Decimal]]] = {}
    unworthy: set[int] = set()
    for id_, mark, count, total in (await session.exec(query)).all():
        if mark is None:
            unworthy.add(id_)
        else:
            given.setdefault(id_, []).append((Decimal(mark), count, total or Decimal(0)))
    return {id_: _Marks(_weeks(given.get(id_, ()), week), id_ in unworthy) for id_ in {*given, *unworthy}}


def _weeks(given: Sequence[tuple[Decimal, int, Decimal]], week: date) -> list[MarkedWeek]:
    """(mark, in how many weeks, output of all of these): as one week for each mark, unless none has any output."""
    if any(total for _, _, total in given):
        return [MarkedWeek(week, mark, total) for mark, _, total in given]
    return [MarkedWeek(week, mark, total) for mark, count, total in given for _ in range(count)]


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Activity.id).where(*conditions).correlate(QualityMark).exists()
