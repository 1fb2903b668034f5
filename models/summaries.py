"""The figures of a week, for a person and for a unit."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models import activities, employees, facts, rosters, targets
from models.activities import WAITING, WORK, Activity
from models.agencies import Unit
from models.database import Session, UtcDateTime
from models.employees import Employee
from models.results import monday_of
from models.scoring.facts import TargetFacts
from models.scoring.units import SMALLEST_GROUP, score_unit
from models.scoring.weekly import PersonScore, score_person
from models.targets import Target

HOLDERS_AT_LEAST = 2
"""A goal that one person alone serves is not shown to the group."""
TREND_WEEKS = 8


class Summary(SQLModel, table=True):
    """What was posted about a unit's week; it is not rewritten, and the trend is drawn from it."""

    __table_args__ = (UniqueConstraint("unit_id", "week_ends_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    week_ends_on: date
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    posted_at: datetime = Field(sa_type=UtcDateTime)


async def facts_of(session: Session, employee: Employee, week: date) -> list[TargetFacts]:
    """What the weekly score of each of the person's targets rests on, through the week ending on `week`."""
    return list((await facts.of_people(session, [employee], week))[employee.id].values())


async def person_week(session: Session, employee: Employee, week: date) -> PersonScore:
    return score_person(await facts_of(session, employee, week), week)


def was_there(member: Employee, week: date) -> bool:
    """Whether somebody had joined before the week was over."""
    return member.joined_at is not None and member.joined_at.date() <= week


async def unit_week(session: Session, unit: Unit, week: date) -> dict[str, Any]:
    """The unit's figures as plain JSON: of its own members, never of one person.

    score, scored, of, reported, asked, linked, said, waiting, goals: [{title, percent, realised, expected, unit}].
    Scores and rates are None below five people.
    """
    members = [member for member in await employees.members(session, unit.id) if was_there(member, week)]
    by_person = await facts.of_people(session, members, week)
    owed = {member.id: list(by_person[member.id].values()) for member in members}
    scored = score_unit([score_person(owed[member.id], week) for member in members])
    rows = [
        a
        for a in await activities.between(session, [member.id for member in members], monday_of(week), week)
        if a.kind == WORK
    ]
    reported, asked = await _reporting(session, members, rows, week)
    enough = len(members) >= SMALLEST_GROUP
    waiting = await activities.waiting_of(session, [member.id for member in members])
    return {
        "score": None if scored.mean is None else f"{scored.mean:.4f}",
        "scored": scored.scored,
        "of": len(members),
        "reported": reported if enough else None,
        "asked": asked if enough else None,
        "linked": sum(1 for a in rows if a.target_id is not None) if enough else None,
        "said": len(rows) if enough else None,
        "waiting": sum(1 for a in waiting if a.status == WAITING and a.worked_on <= week),
        "goals": await _goals(session, unit, owed, week),
    }


async def _reporting(
    session: Session, members: Sequence[Employee], rows: Sequence[Activity], week: date
) -> tuple[int, int]:
    """Person-days reported, of person-days on which somebody was asked."""
    days = await rosters.of_people(session, members, monday_of(week), week)
    asked = {(id_, day) for id_, roster in days.items() for day in roster.between(monday_of(week), week)}
    return len(asked & {(row.employee_id, row.worked_on) for row in rows}), len(asked)


async def _goals(session: Session, unit: Unit, owed: dict[int, list[TargetFacts]], week: date) -> list[dict[str, Any]]:
    """Progress of the unit's goals against what was expected by now, over its members' targets below each."""
    found = []
    for goal in await targets.goals_of(session, unit.id):
        below = await targets.holders_of(session, goal)
        own = [target for target in below if target.employee_id in owed]
        if len({target.employee_id for target in own}) < HOLDERS_AT_LEAST:
            continue
        progress = _progress(own, owed, week)
        if progress is not None:
            found.append({"title": goal.title, **progress})
    return found


def _progress(own: Sequence[Target], owed: dict[int, list[TargetFacts]], week: date) -> dict[str, Any] | None:
    """Sums when all count one unit, else the mean percent of what was expected. None when nothing is due."""
    wanted = {(target.employee_id, target.code) for target in own}
    scores = [
        (fact, score)
        for employee_id, person_facts in owed.items()
        for fact, score in zip(person_facts, score_person(person_facts, week).targets, strict=True)
        if (employee_id, fact.code) in wanted and score.expected
    ]
    if not scores:
        return None
    expected = sum((score.expected or Decimal(0) for _, score in scores), Decimal(0))
    realised = sum((score.realised or Decimal(0) for _, score in scores), Decimal(0))
    units = {fact.unit for fact, _ in scores}
    one_unit = len(units) == 1 and not any(fact.milestone for fact, _ in scores)
    ratios = [100 * (score.realised or Decimal(0)) / score.expected for _, score in scores if score.expected]
    percent = 100 * realised / expected if one_unit else sum(ratios, Decimal(0)) / len(ratios)
    return {
        "percent": f"{percent:.2f}",
        "realised": f"{realised:f}" if one_unit else None,
        "expected": f"{expected:f}" if one_unit else None,
        "unit": units.pop() if one_unit else None,
    }


async def post(session: Session, unit: Unit, week: date, *, now: datetime) -> bool:
    """Compute and keep a unit's week, once, when anybody had joined by then; whether it was new."""
    if await of_unit(session, unit.id, week) is not None:
        return False
    figures = await unit_week(session, unit, week)
    if not figures["of"]:
        return False
    session.add(Summary(agency_id=unit.agency_id, unit_id=unit.id, week_ends_on=week, figures=figures, posted_at=now))
    await session.flush()
    return True


async def of_unit(session: Session, unit_id: int, week: date) -> Summary | None:
    query = select(Summary).where(Summary.unit_id == unit_id, Summary.week_ends_on == week)
    return (await session.exec(query)).first()


async def trend(session: Session, unit_id: int, week: date) -> list[tuple[date, Decimal | None]]:
    """Posted scores of the last weeks through `week`, the oldest first; weeks never posted are left out."""
    query = select(Summary).where(Summary.unit_id == unit_id, Summary.week_ends_on <= week)
    rows = (await session.exec(query.order_by(col(Summary.week_ends_on).desc()).limit(TREND_WEEKS))).all()
    scores = [(row.week_ends_on, row.figures.get("score")) for row in reversed(rows)]
    return [(ends_on, Decimal(score) if score is not None else None) for ends_on, score in scores]
