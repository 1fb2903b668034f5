"""Before a month closes: a warning to whoever has something left, and counts to the groups. Before days off: a line."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from models import cards, month_ends, outbox, windows
from models.database import Session
from models.month_ends import Unfinished
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock, show_to_group

LOOKS_BACK = timedelta(days=14)
"""The last workday before a month closes lies within so many days."""


async def warn_of_closing(session: Session, now: datetime) -> int:
    """From `focus_at` on the last day of work before the month closes."""
    warned = 0
    office = await Office.look(session, now)
    due = [place for place in office if place.works_on(place.today) and _is_time(place)]
    left = await _unfinished(session, due)
    for place in due:
        if place.person.id in left:
            month = closing_month(place)
            key = cards.month_closes(place.person.id, month)
            warned += await show_by_clock(session, place, key, outbox.MONTH_CLOSES, now, month=month.isoformat())
    return warned


async def warn_units_of_closing(session: Session, now: datetime) -> int:
    """The same day, in the unit's group: how many have something left, never who."""
    warned = 0
    for unit_id, place in (await Office.look(session, now)).units.items():
        if place.unit.chat_id is None or not place.works_on(place.today) or not _is_time(place):
            continue
        month = closing_month(place)
        key = cards.units_month_closes(unit_id, month)
        warned += await show_to_group(
            session, place, key, outbox.UNITS_MONTH_CLOSES, now, unit=unit_id, month=month.isoformat()
        )
    return warned


def closing_month(place: Place) -> date:
    """The first day of the month that closes next."""
    return windows.first_month(place.agency, place.today)


def _is_time(place: Place) -> bool:
    if not place.is_between(max(place.times.focus_at, EARLIEST)):
        return False
    closes = windows.closing_day(place.agency, closing_month(place))
    if closes - LOOKS_BACK > place.today:
        return False
    before = place.roster.between(closes - LOOKS_BACK, closes - timedelta(days=1))
    return bool(before) and before[-1] == place.today


async def _unfinished(session: Session, due: Iterable[Place]) -> dict[int, Unfinished]:
    """People of one date and month are looked up together."""
    groups: dict[tuple[date, date], list[Place]] = {}
    for place in due:
        groups.setdefault((closing_month(place), place.today), []).append(place)
    found: dict[int, Unfinished] = {}
    for (month, today), places in groups.items():
        found |= await month_ends.unfinished(session, [place.person for place in places], month, today=today)
    return found


async def announce_days_off(session: Session, now: datetime) -> int:
    """At `report_at` of the last workday before a holiday, in the unit's group; weekends by themselves are no news."""
    shown = 0
    for unit_id, place in (await Office.look(session, now)).units.items():
        if place.unit.chat_id is None or not place.works_on(place.today):
            continue
        if not place.is_between(place.times.report_at):
            continue
        if place.calendar.days_off_after(place.today, place.unit.week_days):
            key = cards.days_off(unit_id, place.today)
            shown += await show_to_group(
                session, place, key, outbox.DAYS_OFF, now, unit=unit_id, day=place.today.isoformat()
            )
    return shown
