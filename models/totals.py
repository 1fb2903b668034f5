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
from models.monday import MondayFrom, SundayOf
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
    """By target: its marks, those of one mark as one week with the output of all of its weeks. Whatever has no output
    in a marked week is looked at by itself.
    """
    weighed = await _weighed(session, ids, first, week)
    others = [id_ for id_ in ids if id_ not in weighed]
    return {id_: _Marks(weeks) for id_, weeks in weighed.items()} | await _unweighed(session, others, first, week)


async def _weighed(session: Session, ids: Sequence[int], first: date, week: date) -> dict[int, list[MarkedWeek]]:
    """What the clock approved has no part in it."""
    in_its_week = and_(
        col(QualityMark.target_id) == col(Activity.target_id),
        col(QualityMark.week_ends_on) == SundayOf(col(Activity.worked_on)),
    )
    query = (
        select(col(Activity.target_id), col(QualityMark.mark), func.sum(Activity.output))
        .join(QualityMark, in_its_week)
        .where(
            col(Activity.target_id).in_(ids),
            *activities.is_counted(),
            not_(col(Activity.is_automatic)),
            Activity.worked_on >= first,
            Activity.worked_on <= week,
            col(QualityMark.mark).is_not(None),
        )
        .group_by(col(Activity.target_id), col(QualityMark.mark))
    )
    found: dict[int, list[MarkedWeek]] = {}
    for id_, mark, total in (await session.exec(query)).all():
        if id_ is not None and mark is not None and total:
            found.setdefault(id_, []).append(MarkedWeek(week, Decimal(mark), total))
    return found


async def _unweighed(session: Session, ids: Sequence[int], first: date, week: date) -> dict[int, _Marks]:
    """Of targets without output in any marked week. A week that holds nothing but what the clock approved has no
    mark.
    """
    if not ids:
        return {}
    in_week = and_(
        col(Activity.target_id) == col(QualityMark.target_id),
        *activities.is_counted(),
        col(Activity.worked_on) >= MondayFrom(col(QualityMark.week_ends_on), literal(first, Date)),
        col(Activity.worked_on) <= col(QualityMark.week_ends_on),
    )
    query = select(col(QualityMark.target_id), col(QualityMark.mark)).where(
        col(QualityMark.target_id).in_(ids),
        QualityMark.week_ends_on >= first,
        QualityMark.week_ends_on <= week,
        or_(col(QualityMark.mark).is_(None), _any(in_week, not_(col(Activity.is_automatic))), ~_any(in_week)),
    )
    given: dict[int, list[int | None]] = {}
    for id_, mark in (await session.exec(query)).all():
        given.setdefault(id_, []).append(mark)
    return {
        id_: _Marks([MarkedWeek(week, Decimal(mark), Decimal(0)) for mark in own if mark is not None], None in own)
        for id_, own in given.items()
    }


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Activity.id).where(*conditions).correlate(QualityMark).exists()
