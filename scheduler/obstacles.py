"""Once a month: what people suggested, to those who may read it."""

from datetime import date, datetime, time, timedelta

from models import cards, kinds, suggestions
from models.database import Session
from models.workdays import Calendar
from scheduler.office import Desk, Office, Place
from scheduler.showing import show_by_clock

HEALS_FOR = 7
"""Days after the month's first workday on which last month's suggestions may still be shown."""


async def show_suggestions(session: Session, now: datetime) -> int:
    """At `focus_at` on the month's first workday: last month's suggestions to each admin, when there were any."""
    office = await Office.look(session, now)
    shown = 0
    for agency_id in sorted({desk.agency.id for desk in office.units.values() if _is_time(desk)}):
        readers = await suggestions.readers(session, agency_id)
        for place in (await office.places(session, [person.id for person in readers])).values():
            if _is_time(place) and place.works_on(place.today) and place.is_between(place.times.focus_at):
                shown += await _show(session, place, now)
    return shown


def _is_time(desk: Desk) -> bool:
    first = _first_workday(desk.today.replace(day=1), desk.calendar, desk.unit.week_days)
    return first <= desk.today < first + timedelta(days=HEALS_FOR)


def _first_workday(first: date, calendar: Calendar, week_days: int) -> date:
    return calendar.ahead(first - timedelta(days=1), week_days)


async def _show(session: Session, place: Place, now: datetime) -> bool:
    last = place.today.replace(day=1)
    first = (last - timedelta(days=1)).replace(day=1)
    start, end = (datetime.combine(day, time.min, place.local.tzinfo) for day in (first, last))
    if not await suggestions.between(session, place.person.agency_id, start, end):
        return False
    return await show_by_clock(
        session,
        place,
        cards.suggestions(place.person.id, first),
        kinds.SUGGESTIONS,
        now,
        month=first.isoformat(),
        first=start.isoformat(),
        last=end.isoformat(),
        page=0,
    )
