"""The week's sweeps: output cards, the quality round, summaries."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from models import activities, cards, duty, employees, outbox, questions, results, rounds, summaries
from models.database import Session
from models.employees import Employee
from models.workdays import week_of
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office, Place
from scheduler.showing import row, show_by_clock
from scheduler.waves import Wave

HEALS_FOR = timedelta(days=2)
"""How late a summary may still be posted."""


def _asks_for_output(desk: Desk) -> bool:
    """From when the day is reported; whoever has not done so is asked at `remind_at`."""
    return desk.today == desk.last_workday() and desk.is_between(min(desk.times.report_at, desk.times.remind_at))


async def _without_output(session: Session, now: datetime) -> Sequence[int]:
    def unsettled(day: date) -> list[Condition]:
        week = week_of(day)
        return [~due.is_wanted(cards.output, week), ~due.is_away(day), ~due.is_muted(day), results.is_unstated(week)]

    return await due.people(session, await Office.look(session, now), _asks_for_output, unsettled)


async def _ask_for_outputs(session: Session, now: datetime, ids: Sequence[int]) -> int:
    asked = 0
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
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


ask_for_outputs = Wave(_without_output, _ask_for_outputs, at_once=20)
"""On the week's last workday, once the day is reported or at `remind_at`: what is missing, target by target."""


async def _is_time(session: Session, place: Place) -> bool:
    if place.is_between(place.times.remind_at):
        return True
    reported = await activities.has_report(session, place.person.id, place.today)
    return reported and place.is_between(place.times.report_at)


async def _without_marks(session: Session, now: datetime) -> Sequence[int]:
    """Whoever may have results to mark: those above people with approved work of the week or a milestone's step."""
    office = await Office.look(session, now)
    weeks = {week for desk in office.units.values() if (week := _marking_week(desk)) is not None}
    found: list[int] = []
    for week in weeks:

        def unsettled(day: date, week: date = week) -> list[Condition]:
            return [~due.is_wanted(cards.quality, week), duty.may_decide_about_anybody(day), ~due.is_away(day)]

        def marks(desk: Desk, week: date = week) -> bool:
            return _marking_week(desk) == week

        untold = await due.people(session, office, marks, unsettled)
        if untold:
            days = [desk.today for desk in office.units.values()]
            above = await duty.perhaps_asked(session, results.owners_of(week), first=min(days), last=max(days))
            found += [id_ for id_ in untold if id_ in above]
    return found


async def _ask_for_marks(session: Session, now: datetime, ids: Sequence[int]) -> int:
    asked = 0
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
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


ask_for_marks = Wave(_without_marks, _ask_for_marks, at_once=2)
"""From the reviewer's `nudge_at` on the week's last workday until marking closes: the quality card."""


def _marking_week(desk: Desk) -> date | None:
    """The week whose results are marked now, if it is a time to be asked."""
    if not desk.works_on(desk.today):
        return None
    if desk.today == desk.last_workday() and desk.is_between(desk.times.nudge_at):
        return week_of(desk.today)
    if desk.today.weekday() == 0 and desk.is_between(EARLIEST, rounds.MARKING_ENDS):
        return rounds.last_week(desk.today)
    return None


async def _wait_for_number(session: Session, person: Employee, card: str, kind: str, now: datetime) -> None:
    await questions.ask(
        session, agency_id=person.agency_id, employee_id=person.id, card=card, kind=kind, arguments={}, now=now
    )


async def _unposted(session: Session, now: datetime) -> Sequence[int]:
    desks = (await Office.look(session, now)).units.items()
    weeks = {unit_id: rounds.last_week(desk.today) for unit_id, desk in desks if _summary_is_due(desk)}
    return await summaries.unposted(session, weeks) if weeks else []


def _summary_is_due(desk: Desk) -> bool:
    due_at = desk.summary_due(rounds.last_week(desk.today))
    return due_at <= desk.local < due_at + HEALS_FOR and desk.is_between(min(EARLIEST, desk.times.summary_at))


async def _post(session: Session, now: datetime, unit_ids: Sequence[int]) -> int:
    office = await Office.look(session, now)
    posted = 0
    for unit_id in unit_ids:
        desk = office.units[unit_id]
        week = rounds.last_week(desk.today)
        if await summaries.post(session, desk.unit, week, now=now):
            posted += 1
            await _show_week(session, office, desk, week, now)
    return posted


post_summaries = Wave(_unposted, _post, at_once=1)
"""At `summary_at` after marking has closed: figures and chart to the unit's group, and to each their own week."""


async def _show_week(session: Session, office: Office, desk: Desk, week: date, now: datetime) -> None:
    unit = desk.unit
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
    members = await office.places(session, [one.id for one in await employees.members(session, unit.id)])
    await outbox.redraw_all(session, [cards.quality(id_, week) for id_ in members], now=now)
    owing = await summaries.owing(session, [place.person for place in members.values()], week)
    rows = [
        row(place, cards.week(id_, week), outbox.WEEK, now, week=week.isoformat(), at=None)
        for id_, place in members.items()
        if id_ in owing and summaries.was_there(place.person, week)
    ]
    await outbox.show_all(session, [{**one, "expires_at": None} for one in rows if one is not None], anew=True)
