"""The figures of a week, for a person and for a unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models import clarity, facts, placements, target_revisions, targets, totals, unit_facts
from models.agencies import Unit
from models.clarity import Clarity
from models.database import Session, UtcDateTime, insert
from models.employees import Employee
from models.placements import Course
from models.results import monday_of
from models.scoring.facts import TargetFacts
from models.scoring.units import SMALLEST_GROUP, Share, progress_of, score_unit
from models.scoring.weekly import PersonScore, of_person, score_person
from models.targets import Target
from models.totals import Scored
from models.unit_facts import UnitFacts

TREND_WEEKS = 8
Around: TypeAlias = Sequence[tuple[Employee, Course]]
"""Everybody who belonged to a unit at some time of a week, and where they were from when to when."""


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


def was_there(member: Employee, day: date) -> bool:
    """Whether somebody had joined by that day."""
    return member.joined_at is not None and member.joined_at.date() <= day


async def unit_week(session: Session, unit: Unit, week: date) -> dict[str, Any]:
    return (await unit_weeks(session, [unit], week))[unit.id]


async def unit_weeks(session: Session, units: Sequence[Unit], week: date) -> dict[int, dict[str, Any]]:
    """By unit of one agency: its figures as plain JSON, of its own members, never of one person.

    score, scored, of, reported, asked, clear, clear_of, linked, said, waiting, obstacles_open, obstacles_closed,
    goals: [{title, percent}], goals_hidden: how many goals may not be shown. What would be about fewer than five
    people is None, and clarity also where nobody is asked for a focus.
    """
    around = {unit.id: await placements.of_unit(session, unit.id, monday_of(week), week) for unit in units}
    members = {
        unit_id: [member for member, course in there if course.was_in(unit_id, week) and was_there(member, week)]
        for unit_id, there in around.items()
    }
    by_person = await totals.of_people(session, [one for own in members.values() for one in own], week)
    anybody = [person for there in around.values() for person, _ in there]
    of = await unit_facts.of_people(session, anybody, monday_of(week), week)
    goals = await targets.goals_of(session, *around)
    below = await targets.holders_below_each(session, goals)
    found: dict[int, dict[str, Any]] = {}
    for unit in units:
        own = {member.id: by_person[member.id] for member in members[unit.id]}
        scored = score_unit([of_person([one.score for one in targets_]) for targets_ in own.values()])
        found[unit.id] = {
            "score": None if scored.mean is None else f"{scored.mean:.4f}",
            "scored": scored.scored,
            "of": len(own),
            **_counts(unit, around[unit.id], members[unit.id], week, of),
            **_clarity(unit, around[unit.id], of),
            **_goals([(goal, below[goal.id]) for goal in goals if goal.unit_id == unit.id], own),
        }
    return found


def _by_id(around: Around) -> Iterator[tuple[int, Course]]:
    return ((person.id, course) for person, course in around)


def _counts(
    unit: Unit, around: Around, members: Sequence[Employee], week: date, of: UnitFacts
) -> dict[str, int | None]:
    """Of what was done in the unit, also by whoever has moved or left since; what waits is that of its members."""
    ids = [member.id for member in members]
    course_of = dict(_by_id(around))
    done = {(id_, day): n for (id_, day), n in of.said.items() if _was_in(course_of, unit, id_, day)}
    asked = _asked(unit, around, week, of)
    said_by = {employee_id for employee_id, _ in done}
    return {
        "reported": _over(asked, len(asked & set(done))),
        "asked": _over(asked, len(asked)),
        "linked": sum(n.linked for n in done.values()) if len(said_by) >= SMALLEST_GROUP else None,
        "said": sum(n.said for n in done.values()) if len(said_by) >= SMALLEST_GROUP else None,
        **_of_members("waiting", ids, of.waiting),
        **_of_members("obstacles_open", ids, of.hindered),
        **_of_members("obstacles_closed", ids, of.settled),
    }


def _was_in(course_of: Mapping[int, Course], unit: Unit, employee_id: int, day: date) -> bool:
    course = course_of.get(employee_id)
    return course is not None and course.was_in(unit.id, day)


def _of_members(name: str, ids: Sequence[int], counted: Mapping[int, int]) -> dict[str, int | None]:
    return {name: sum(counted.get(id_, 0) for id_ in ids) if len(ids) >= SMALLEST_GROUP else None}


def _over(asked: set[tuple[int, date]], count: int) -> int | None:
    return count if len({employee_id for employee_id, _ in asked}) >= SMALLEST_GROUP else None


def _asked(unit: Unit, around: Around, week: date, of: UnitFacts) -> set[tuple[int, date]]:
    """Person-days on which somebody was asked: joined, reached, and of the unit that day."""
    return {
        (person.id, day)
        for person, course in around
        for day in of.days[person.id].between(monday_of(week), week)
        if was_there(person, day) and course.was_asked_in(unit.id, day)
    }


def _clarity(unit: Unit, around: Around, of: UnitFacts) -> dict[str, int | None]:
    course_of = dict(_by_id(around))
    days = {key: clear for key, clear in (of.chosen or {}).items() if _was_in(course_of, unit, *key)}
    if of.chosen is None or len({employee_id for employee_id, _ in days}) < SMALLEST_GROUP:
        return {"clear": None, "clear_of": None}
    return {"clear": sum(days.values()), "clear_of": len(days)}


async def person_clarity(session: Session, employee: Employee, week: date) -> Clarity | None:
    """One's own week; None when one was never asked for a focus."""
    found = await clarity.clarity_of(session, employee.agency_id, [employee.id], monday_of(week), week)
    return found if found is not None and found.of else None


def _goals(
    below: Sequence[tuple[Target, Sequence[tuple[int, str]]]], scored: Mapping[int, Sequence[Scored]]
) -> dict[str, Any]:
    """Progress of the unit's goals against what was expected by now, over its members' targets `below` each."""
    due = {(share.person, share.target): share for share in _shares(scored)}
    titles: dict[str, str] = {}
    goals: dict[str, list[Share]] = {}
    for goal, holders in below:
        shares = [due[key] for key in holders if key in due]
        if shares:
            titles[goal.code], goals[goal.code] = goal.title, shares
    percents = progress_of(goals)
    shown = [{"title": titles[code], "percent": percents[code]} for code in goals if code in percents]
    return {"goals": shown, "goals_hidden": len(goals) - len(shown)}


def _shares(scored: Mapping[int, Sequence[Scored]]) -> Iterator[Share]:
    for employee_id, own in scored.items():
        for one in own:
            score = one.score
            if score.expected:
                realised = score.realised or Decimal(0)
                yield Share(employee_id, score.code, realised, score.expected, one.measure, one.is_milestone)


async def post(session: Session, unit: Unit, week: date, figures: dict[str, Any], *, now: datetime) -> bool:
    """Keep a unit's week, once, when anybody had joined by then; whether it was new."""
    if not figures["of"]:
        return False
    row = {"agency_id": unit.agency_id, "unit_id": unit.id, "week_ends_on": week, "figures": figures, "posted_at": now}
    return bool((await session.exec(insert(session, Summary).values(**row).on_conflict_do_nothing())).rowcount)


async def unposted(session: Session, weeks: Mapping[int, date]) -> list[int]:
    """Of units, each with a week: those of which nothing is posted."""
    query = select(col(Summary.unit_id), col(Summary.week_ends_on)).where(
        col(Summary.week_ends_on).in_(set(weeks.values()))
    )
    posted = set((await session.exec(query)).all())
    return [unit_id for unit_id, week in weeks.items() if (unit_id, week) not in posted]


async def owing(session: Session, people: Collection[Employee], week: date) -> set[int]:
    """Who of them has held an agreed target by the end of a week."""
    ids = [person.id for person in people]
    query = select(Target.employee_id).where(col(Target.employee_id).in_(ids), target_revisions.is_planned(on=week))
    return {id_ for id_ in (await session.exec(query.distinct())).all() if id_ is not None}


async def of_unit(session: Session, unit_id: int, week: date) -> Summary | None:
    query = select(Summary).where(Summary.unit_id == unit_id, Summary.week_ends_on == week)
    return (await session.exec(query)).first()


async def trend(session: Session, unit_id: int, week: date) -> list[tuple[date, Decimal | None]]:
    """Posted scores of the last weeks through `week`, the oldest first; weeks never posted are left out."""
    query = select(Summary).where(Summary.unit_id == unit_id, Summary.week_ends_on <= week)
    rows = (await session.exec(query.order_by(col(Summary.week_ends_on).desc()).limit(TREND_WEEKS))).all()
    scores = [(row.week_ends_on, row.figures.get("score")) for row in reversed(rows)]
    return [(ends_on, Decimal(score) if score is not None else None) for ends_on, score in scores]
