"""Private notes to those who lead: week by week what to talk about, month by month how the targets stand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models import agencies, cards, duty, kinds, leading, months, rounds
from models.database import Session
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office, Place
from scheduler.showing import row, show_all
from scheduler.waves import Wave
from scheduler.weekly import HEALS_FOR


async def _without_note(session: Session, now: datetime) -> Sequence[int]:
    office = await Office.look(session, now)

    def unsettled(day: date) -> list[Condition]:
        week = rounds.last_week(day)
        return [~due.is_wanted(cards.coaching, week), duty.may_decide_about_anybody(day), ~due.is_away(day)]

    return await due.people(session, office, _note_is_due, unsettled)


async def _send_notes(session: Session, now: datetime, ids: Sequence[int]) -> int:
    office = await Office.look(session, now)
    wanted = []
    for place in (await office.places(session, ids)).values():
        if _note_is_due(office.units[place.unit.id]) and place.works_on(place.today):
            week = rounds.last_week(place.today)
            arguments: dict[str, Any] = {"week": week.isoformat(), "person": None, "target": None}
            key = cards.coaching(place.person.id, week)
            wanted.append(row(place, key, kinds.COACHING, now, priority=kinds.CARD, **arguments))
    return await show_all(session, wanted)


send_notes = Wave(_without_note, _send_notes)
"""With the unit's summary, to everybody who has people: a note that is withdrawn when there is nothing to say."""


def _is_time(desk: Desk) -> bool:
    return desk.is_between(min(EARLIEST, desk.times.summary_at))


def _note_is_due(desk: Desk) -> bool:
    due_at = desk.summary_due(rounds.last_week(desk.today))
    return _is_time(desk) and due_at <= desk.local < due_at + HEALS_FOR


async def _month_notes(session: Session, now: datetime) -> Sequence[dict[str, Any]]:
    """The figures are read before anything is written, and stay as they are sent."""
    office = await Office.look(session, now)

    def unsettled(day: date) -> list[Condition]:
        return [~due.is_wanted(cards.month, _past_month(day)), ~due.is_away(day), leading.leads_or_looks_after()]

    ids = await due.people(session, office, _month_is_due, unsettled)
    places = [
        place
        for place in (await office.places(session, ids)).values()
        if _month_is_due(office.units[place.unit.id]) and place.works_on(place.today)
    ]
    found: list[dict[str, Any]] = []
    for agency_id in sorted({place.person.agency_id for place in places}):
        found += await _notes_in(session, [p for p in places if p.person.agency_id == agency_id], agency_id, now)
    return found


async def _send_months(session: Session, now: datetime, rows: Sequence[dict[str, Any]]) -> int:
    return await show_all(session, rows)


send_months = Wave(_month_notes, _send_months)
"""On the month's first workday: to heads of units about theirs, to admins and the top about the whole agency."""


def _month_is_due(desk: Desk) -> bool:
    first = months.first_workday(desk.calendar, desk.today, desk.unit.week_days)
    due_at = datetime.combine(first, desk.times_on(first).summary_at, desk.zone)
    return _is_time(desk) and due_at <= desk.local < due_at + HEALS_FOR


def _past_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


async def _notes_in(session: Session, places: Sequence[Place], agency_id: int, now: datetime) -> list[dict[str, Any]]:
    units = await agencies.units_of(session, agency_id)
    whole = frozenset(unit.id for unit in units)
    scopes = {
        place.person.id: whole if leading.sees_agency(place.person) else months.below(units, place.unit.id)
        for place in places
    }
    month = _past_month(places[0].today)
    week = months.last_week(month)
    standings = await months.of_units(session, agency_id, _union(scopes.values()), week)
    found = []
    for place in places:
        said: dict[str, Any] = {
            "month": month.isoformat(),
            "week": week.isoformat(),
            "unit": None if leading.sees_agency(place.person) else place.unit.id,
            **await months.figures(session, standings, sorted(scopes[place.person.id]), week),
        }
        key = cards.month(place.person.id, month)
        found.append(row(place, key, kinds.MONTH_NOTE, now, priority=kinds.CARD, **said))
    return [one for one in found if one is not None]


def _union(scopes: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*scopes)
