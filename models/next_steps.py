"""What would be useful for somebody to do next, the most useful first."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import col, select

from models import (
    duty,
    employees,
    marking,
    pauses,
    results,
    reviews,
    rosters,
    rounds,
    target_cards,
    targets,
    unreached,
    work_done,
)
from models.activities import RETURNED, Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.roles import Roles
from models.workdays import week_of


class Kind(StrEnum):
    REVIEW = "review"
    MARK = "mark"
    CORRECT = "correct"
    REPORT = "report"
    AGREE = "agree"
    TARGET = "target"
    UNREACHED = "unreached"
    GROUP = "group"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Step:
    """`count` of what there is to do; `about` an id where the step is about one thing, `week` where about a week."""

    kind: Kind
    count: int = 1
    about: int = 0
    week: date | None = None


async def of_person(session: Session, person: Employee, may: Roles, *, now: datetime) -> list[Step]:
    today = now.astimezone(await employees.zone_of(session, person)).date()
    found: list[Step] = []
    if may.supervises:
        waiting = sum(len(rows) for _, rows in await reviews.waiting_for(session, person, on=today))
        found += [Step(Kind.REVIEW, waiting)] if waiting else []
        found += await _marks(session, person, today, now)
    found += await _own(session, person, today)
    if may.supervises:
        found += await _proposals(session, person, today)
    if not await targets.of_employee(session, person, on=today):
        found.append(Step(Kind.TARGET))
    if may.leads:
        found += await _of_head(session, person, today)
    if pauses.is_muted(person, today):
        found.append(Step(Kind.PAUSED))
    return found


async def _own(session: Session, person: Employee, today: date) -> list[Step]:
    query = select(col(Activity.id)).where(Activity.employee_id == person.id, Activity.status == RETURNED)
    returned = (await session.exec(query.order_by(col(Activity.id).desc()))).all()
    found = [Step(Kind.CORRECT, len(returned), about=returned[0])] if returned else []
    if await rosters.is_asked_on(session, person, today) and not await work_done.has_report(session, person.id, today):
        found.append(Step(Kind.REPORT))
    return found


async def _marks(session: Session, person: Employee, today: date, now: datetime) -> list[Step]:
    """A round that is open and in which something has no mark: last week's until Monday noon, then this week's."""
    weeks = [rounds.last_week(today)]
    if today == await results.last_workday_of(session, person, today):
        weeks.append(week_of(today))
    for week in weeks:
        if await rounds.marking_is_open(session, person, week, now=now):
            left = (await marking.of_reviewer(session, person, week, on=today)).unmarked
            if left:
                return [Step(Kind.MARK, len(left), week=week)]
    return []


async def _proposals(session: Session, person: Employee, today: date) -> list[Step]:
    waiting = await target_cards.newest_waiting(session)
    team = [one for one in await duty.team_of(session, person, on=today) if one.id in waiting]
    return [Step(Kind.AGREE, len(team), about=team[0].id)] if team else []


async def _of_head(session: Session, person: Employee, today: date) -> list[Step]:
    missing = await unreached.listed_for(session, person, on=today)
    found = [Step(Kind.UNREACHED, len(missing))] if missing else []
    unit = await session.get_one(Unit, person.unit_id)
    if unit.chat_id is None and await employees.is_head(session, person, unit):
        found.append(Step(Kind.GROUP))
    return found
