"""Fill an empty database with the demo's office and its last weeks, through the same use cases as real days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.demo.story import Story
from bot.sandbox import office
from models import activities, asking, duty, employees, imports, marks, reports, results, reviews, summaries, workdays
from models.activities import APPROVED, Activity
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.targets import Target, TargetRevision

ZONE = ZoneInfo("Asia/Jakarta")
WEEKS = 3
"""Weeks of history before the current one, for a trend that can be seen."""
MARKS = (85, 100, 85, 70, 85, 100)
STRETCH = (Decimal("1.2"), Decimal("1.5"), Decimal("2.1"), Decimal("1.4"))
FIRST_ACCOUNT = 5_000_000_001
MORNING, OFFICE_HOURS = time(7, 40), time(16, 10)


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who plays: everybody by name, and the units that have people in them."""

    people: Sequence[Employee]
    units: Sequence[Unit]


def opening(today: date) -> datetime:
    """The moment at which the demo opens: the afternoon before a week's last workday, a minute before the question."""
    calendar = workdays.Calendar({})
    sunday = workdays.week_of(today)
    for weeks in range(5):
        days = calendar.between(sunday - timedelta(days=6 + 7 * weeks), sunday - timedelta(days=7 * weeks), 5)
        if len(days) >= 3:
            return datetime.combine(days[-2], time(15, 29), ZONE)
    raise ValueError(f"no week with three workdays before {today}")


async def seed(session: Session, now: datetime) -> Seeded:
    """Import the office, let everybody join, and live through the weeks before `now`."""
    today = now.astimezone(ZONE).date()
    first = max(today - timedelta(days=today.weekday() + 7 * WEEKS), date(today.year, 1, 1))
    began = datetime.combine(first, time(7, 0), ZONE)
    files = office.files(today.year, starts_on=first)
    result = await imports.import_files(session, files, agency_code=None, now=began)
    if result.problems:
        raise RuntimeError(f"the demo's own office has problems: {result.problems[:3]}")
    people = (await session.exec(select(Employee).order_by(col(Employee.id)))).all()
    for n, person in enumerate(people):
        person.telegram_id = FIRST_ACCOUNT + n
        person.joined_at = began
    await _stretch(session)
    units = (await session.exec(select(Unit).order_by(col(Unit.id)))).all()
    inhabited = [unit for unit in units if len(await employees.members(session, unit.id)) > 1]
    await _live(session, people, inhabited, first, today)
    return Seeded(people, inhabited)


async def _stretch(session: Session) -> None:
    """Other plans than the files', so that some goals are ahead of theirs and some behind."""
    query = select(Target, TargetRevision).join(TargetRevision, col(TargetRevision.target_id) == col(Target.id))
    for target, first in (await session.exec(query.where(col(Target.employee_id).is_not(None)))).all():
        if not target.is_milestone:
            target.planned = Decimal(round(target.planned * STRETCH[target.id % len(STRETCH)])) or Decimal(1)
            first.planned = target.planned
    await session.flush()


async def _live(session: Session, people: Sequence[Employee], units: Sequence[Unit], first: date, today: date) -> None:
    """Every workday before today: reports, then approvals; at each week's end outputs, marks and the summary."""
    said = _replies()
    calendar = await workdays.calendar_of(session, people[0].agency_id)
    days = calendar.between(first, today - timedelta(days=1), 5)
    story = Story(session, people)
    for n, day in enumerate(days):
        await story.morning(datetime.combine(day, MORNING, ZONE))
        evening = datetime.combine(day, OFFICE_HOURS, ZONE)
        for m, person in enumerate(people):
            if (n * 7 + m * 3) % 17:  # nobody reports every single day
                await _report(session, person, said.get(person.nip, ()), n, evening)
        if day == calendar.last_of_week(day, 5):
            await _state_outputs(session, people, day, evening)
        await story.happens(len(days) - n, evening)
        await _approve(session, people, day, evening)
        if day == calendar.last_of_week(day, 5):
            await _mark(session, people, workdays.week_of(day), evening)
            for unit in units:
                week = workdays.week_of(day)
                figures = await summaries.unit_week(session, unit, week)
                await summaries.post(session, unit, week, figures, now=evening + timedelta(days=3))
    await story.happens(0, datetime.combine(today, MORNING, ZONE))
    for activity in (await session.exec(select(Activity).where(Activity.status == APPROVED))).all():
        activity.told_at = activity.reviewed_at
    await session.flush()


def replies_of(person: Employee) -> list[str]:
    """What the person says on the days of the demo's history."""
    return _replies().get(person.nip, [])


def _replies() -> Mapping[str, list[str]]:
    said: dict[str, list[str]] = {}
    for reply in office.replies():
        said.setdefault(reply.nip, []).append(reply.text)
    return said


async def _report(session: Session, person: Employee, said: Sequence[str], n: int, at: datetime) -> None:
    if not said or person.telegram_id is None:
        return
    try:
        recorded = await reports.record(
            session, person, said[n % len(said)], chat_id=person.telegram_id, message_id=-(n + 1), sent_at=at
        )
    except Refusal:
        return
    if recorded.reply is not None:
        for activity in await activities.of_reply(session, recorded.reply.id):
            if activity.status == activities.DRAFT:
                values = {"status": activities.WAITING, "linked_by": "none"}  # “bukan target”
                await activities.change(session, activity, revision=activity.revision, **values)
        await asking.resume(session, recorded.reply, now=at)


async def _state_outputs(session: Session, people: Sequence[Employee], day: date, at: datetime) -> None:
    """What each would answer on the output card: about a week's share of the plan."""
    week = workdays.week_of(day)
    for m, person in enumerate(people):
        for one in await results.missing(session, person, week):
            weeks = max(((one.target.ends_on - one.target.starts_on).days + 1) // 7, 1)
            share = one.target.planned / weeks
            if one.target.is_milestone:
                passed = ((week - one.target.starts_on).days + 1) // 7
                output = Decimal(min(100, round(share * passed)))
            else:
                output = max(Decimal(round(share * Decimal(8 + (m + one.target.id) % 5) / 10)) - one.known, Decimal(0))
            await results.say_output(session, person, one.target, week=week, output=output, today=day, now=at)


async def _approve(session: Session, people: Sequence[Employee], day: date, at: datetime) -> None:
    for reviewer in people:
        waiting = await reviews.waiting_for(session, reviewer, on=day)
        seen = [(activity.id, activity.revision) for _, rows in waiting for activity in rows]
        await reviews.approve(session, reviewer, seen, on=day, now=at + timedelta(minutes=40))


async def _mark(session: Session, people: Sequence[Employee], week: date, at: datetime) -> None:
    for reviewer in people:
        team = await duty.team_of(session, reviewer, on=at.date())
        for n, one in enumerate(await results.markable(session, team, week)):
            value = MARKS[(n + one.target.id + week.day) % len(MARKS)]
            await marks.give(session, reviewer, one.employee, target_id=one.target.id, week=week, value=value, now=at)
