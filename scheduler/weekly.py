"""The week's sweeps: output cards, the quality round, summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models import cards, duty, employees, kinds, outbox, questions, results, rounds, summaries, work_done
from models.agencies import Unit
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
                session, place, key, kinds.OUTPUT_CARD, now, priority=kinds.CARD, week=week.isoformat(), answers={}
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
    reported = await work_done.has_report(session, place.person.id, place.today)
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
                session, place, key, kinds.QUALITY_CARD, now, priority=kinds.CARD, week=opened.isoformat()
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


@dataclass(frozen=True, slots=True)
class _Week:
    """A unit's week, and the messages about it; `marked` are cards on which it was marked."""

    unit: Unit
    week: date
    figures: dict[str, Any]
    to_group: list[dict[str, Any]]
    to_members: list[dict[str, Any]]
    marked: list[str]


async def _unposted(session: Session, now: datetime) -> Sequence[int]:
    desks = (await Office.look(session, now)).units.items()
    weeks = {unit_id: rounds.last_week(desk.today) for unit_id, desk in desks if _summary_is_due(desk)}
    return await summaries.unposted(session, weeks) if weeks else []


def _summary_is_due(desk: Desk) -> bool:
    due_at = desk.summary_due(rounds.last_week(desk.today))
    return due_at <= desk.local < due_at + HEALS_FOR and desk.is_between(min(EARLIEST, desk.times.summary_at))


async def _compute(session: Session, now: datetime, unit_ids: Sequence[int]) -> list[_Week]:
    """Of a few units at once, so that the database is asked once for all of their people."""
    office = await Office.look(session, now)
    groups: dict[tuple[int, date], list[Desk]] = {}
    for desk in (office.units[unit_id] for unit_id in unit_ids):
        groups.setdefault((desk.agency.id, rounds.last_week(desk.today)), []).append(desk)
    members = await _members(session, office, unit_ids)
    found: list[_Week] = []
    for (_, week), desks in groups.items():
        figures = await summaries.unit_weeks(session, [desk.unit for desk in desks], week)
        people = [place.person for desk in desks for place in members[desk.unit.id]]
        owing = await summaries.owing(session, people, week)
        found += [
            _Week(
                desk.unit,
                week,
                figures[desk.unit.id],
                _to_group(desk.unit, week, now),
                _to_members([place for place in members[desk.unit.id] if place.person.id in owing], week, now),
                [cards.quality(place.person.id, week) for place in members[desk.unit.id]],
            )
            for desk in desks
        ]
    return found


async def _members(session: Session, office: Office, unit_ids: Sequence[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {unit_id: [] for unit_id in unit_ids}
    for place in (await office.places(session, await employees.ids_in(session, unit_ids))).values():
        found[place.unit.id].append(place)
    return found


def _to_group(unit: Unit, week: date, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "key": f"{key}:{unit.id}:{week}",
            "chat_id": unit.chat_id,
            "kind": kind,
            "agency_id": unit.agency_id,
            "arguments": {"unit": unit.id, "week": week.isoformat()},
            "priority": kinds.CARD,
            "due_at": now,
        }
        for kind, key in ((kinds.SUMMARY, "summary"), (kinds.SUMMARY_CHART, "summary_chart"))
        if unit.chat_id is not None
    ]


def _to_members(places: Sequence[Place], week: date, now: datetime) -> list[dict[str, Any]]:
    rows = [
        row(place, cards.week(place.person.id, week), kinds.WEEK, now, week=week.isoformat(), at=None)
        for place in places
        if summaries.was_there(place.person, week)
    ]
    return [{**one, "expires_at": None} for one in rows if one is not None]


async def _post(session: Session, now: datetime, weeks: Sequence[_Week]) -> int:
    posted = [one for one in weeks if await summaries.post(session, one.unit, one.week, one.figures, now=now)]
    await outbox.show_all_once(session, [message for one in posted for message in one.to_group])
    await outbox.redraw_all(session, [key for one in posted for key in one.marked], now=now)
    await outbox.show_all(session, [message for one in posted for message in one.to_members], anew=True)
    return len(posted)


post_summaries = Wave(_unposted, _post, prepare=_compute, at_once=5)
"""At `summary_at` after marking has closed: figures and chart to the unit's group, and to each their own week."""
