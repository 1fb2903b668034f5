"""The week's sweeps: output cards, the quality round, summaries."""

from datetime import date, datetime, timedelta

from models import activities, cards, duty, outbox, questions, results, rounds, summaries
from models.database import Session
from models.employees import Employee
from models.workdays import week_of
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock

HEALS_FOR = timedelta(days=2)
"""How late a summary may still be posted."""


async def ask_for_outputs(session: Session, now: datetime) -> int:
    """On the week's last workday, once the day is reported or at `remind_at`: what is missing, target by target."""
    asked = 0
    for place in await Office.look(session, now):
        if place.today != place.last_workday() or place.today in place.away or not await _is_time(session, place):
            continue
        week, person = week_of(place.today), place.person
        if await results.missing(session, person, week):
            key = cards.output(person.id, week)
            shown = await show_by_clock(
                session, place, key, outbox.OUTPUT_CARD, now, priority=outbox.CARD, week=week.isoformat(), answers={}
            )
            if shown:
                await _wait_for_number(session, person, key, "output", now)
            asked += shown
    return asked


async def _is_time(session: Session, place: Place) -> bool:
    if place.is_between(place.times.remind_at):
        return True
    reported = await activities.has_report(session, place.person.id, place.today)
    return reported and place.is_between(place.times.report_at)


async def ask_for_marks(session: Session, now: datetime) -> int:
    """From the reviewer's `nudge_at` on the week's last workday until marking closes: the quality card."""
    office = await Office.look(session, now)
    asked = 0
    for place in office:
        opened = _marking_week(place)
        if opened is None:
            continue
        team = await duty.team_of(session, place.person, on=place.today)
        if team and await results.markable(session, team, opened):
            key = cards.quality(place.person.id, opened)
            shown = await show_by_clock(
                session, place, key, outbox.QUALITY_CARD, now, priority=outbox.CARD, week=opened.isoformat()
            )
            if shown:
                await _wait_for_number(session, place.person, key, "mark", now)
            asked += shown
    return asked


def _marking_week(place: Place) -> date | None:
    """The week whose results this reviewer may mark now, if it is a time to be asked."""
    if not place.works_on(place.today):
        return None
    if place.today == place.last_workday() and place.is_between(place.times.nudge_at):
        return week_of(place.today)
    if place.today.weekday() == 0 and place.is_between(EARLIEST, rounds.MARKING_ENDS):
        return rounds.last_week(place.today)
    return None


async def _wait_for_number(session: Session, person: Employee, card: str, kind: str, now: datetime) -> None:
    await questions.ask(
        session, agency_id=person.agency_id, employee_id=person.id, card=card, kind=kind, arguments={}, now=now
    )


async def post_summaries(session: Session, now: datetime) -> int:
    """At `summary_at` after marking has closed: figures and chart to the unit's group, and to each their own week."""
    office = await Office.look(session, now)
    posted = 0
    for place in office.units.values():
        week = rounds.last_week(place.today)
        due = place.summary_due(week)
        if not (due <= now < due + HEALS_FOR and place.is_between(min(EARLIEST, place.times.summary_at))):
            continue
        if await summaries.post(session, place.unit, week, now=now):
            posted += 1
            await _show_week(session, office, place, week, now)
    return posted


async def _show_week(session: Session, office: Office, place: Place, week: date, now: datetime) -> None:
    unit = place.unit
    for kind, key in ((outbox.SUMMARY, "summary"), (outbox.SUMMARY_CHART, "summary_chart")):
        if unit.chat_id is not None:
            await outbox.show_once(
                session,
                key=f"{key}:{unit.id}:{week}",
                chat_id=unit.chat_id,
                kind=kind,
                agency_id=unit.agency_id,
                arguments={"unit": unit.id, "week": week.isoformat()},
                priority=outbox.CARD,
                due_at=now,
            )
    for member in office:
        if member.unit.id == unit.id:
            await outbox.redraw(session, cards.quality(member.person.id, week), now=now)
        if member.unit.id != unit.id or member.is_muted or not summaries.was_there(member.person, week):
            continue
        if await summaries.facts_of(session, member.person, week):
            await outbox.show(
                session,
                key=cards.week(member.person.id, week),
                chat_id=member.person.telegram_id or 0,
                kind=outbox.WEEK,
                agency_id=unit.agency_id,
                employee_id=member.person.id,
                arguments={"week": week.isoformat(), "at": None},
                priority=outbox.WAVE,
                due_at=now,
                anew=True,
            )
