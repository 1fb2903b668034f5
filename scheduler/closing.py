"""Before a month closes: a warning to whoever has something left, and counts to the groups. Before days off: a line."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models import cards, kinds, messages, month_ends, outbox, windows
from models.database import Session
from models.month_ends import Unfinished
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office, Place
from scheduler.showing import row, show_all, show_to_group
from scheduler.waves import Wave

LOOKS_BACK = timedelta(days=14)
"""The last workday before a month closes lies within so many days."""


async def _unlooked(session: Session, now: datetime) -> Sequence[int]:
    office = await Office.look(session, now)
    months = {closing_month(desk) for desk in office.units.values() if _is_near(desk)}
    found: list[int] = []
    for month in months:

        def unsettled(day: date, month: date = month) -> list[Condition]:
            return [~due.is_wanted(cards.month_closes, month), ~due.is_away(day)]

        soon = due.goes_away(office.now.date(), LOOKS_BACK)
        found += await due.people(session, office, _is_time, unsettled, own_days=LOOKS_BACK, also=soon)
    return list(dict.fromkeys(found))


async def _warn(session: Session, now: datetime, ids: Sequence[int]) -> int:
    """Everybody is looked at once; of whoever has nothing left it is noted that there is nothing to show."""
    places = [one for one in (await (await Office.look(session, now)).places(session, ids)).values() if _is_time(one)]
    left = await _unfinished(session, places)
    rows = [(place.person.id in left, _warning(place, now)) for place in places]
    await outbox.settle_all(session, [one for is_left, one in rows if one is not None and not is_left])
    return await show_all(session, [one for is_left, one in rows if is_left])


def _warning(place: Place, now: datetime) -> dict[str, Any] | None:
    month = closing_month(place)
    key = cards.month_closes(place.person.id, month)
    return row(place, key, kinds.MONTH_CLOSES, now, month=month.isoformat())


warn_of_closing = Wave(_unlooked, _warn)
"""From `focus_at` on the last day of work before the month closes, to whoever has something left then."""


async def _units(session: Session, now: datetime) -> Sequence[int]:
    desks = (await Office.look(session, now)).units.items()
    due_now = {
        cards.units_month_closes(unit_id, closing_month(desk)): unit_id
        for unit_id, desk in desks
        if desk.unit.chat_id is not None and _is_time(desk)
    }
    return [due_now[key] for key in await messages.unused(session, due_now)]


async def _warn_units(session: Session, now: datetime, unit_ids: Sequence[int]) -> int:
    warned = 0
    for unit_id in unit_ids:
        desk = (await Office.look(session, now)).units[unit_id]
        month = closing_month(desk)
        key = cards.units_month_closes(unit_id, month)
        warned += await show_to_group(
            session, desk, key, kinds.UNITS_MONTH_CLOSES, now, unit=unit_id, month=month.isoformat()
        )
    return warned


warn_units_of_closing = Wave(_units, _warn_units, at_once=50)
"""The same day, in the unit's group: how many have something left, never who."""


def closing_month(place: Desk) -> date:
    """The first day of the month that closes next."""
    return windows.first_month(place.agency, place.today)


def _is_time(place: Desk) -> bool:
    if not (place.works_on(place.today) and place.is_between(max(place.times.focus_at, EARLIEST))):
        return False
    if not _is_near(place):
        return False
    closes = windows.closing_day(place.agency, closing_month(place))
    before = place.roster.between(closes - LOOKS_BACK, closes - timedelta(days=1))
    return bool(before) and before[-1] == place.today


def _is_near(desk: Desk) -> bool:
    return windows.closing_day(desk.agency, closing_month(desk)) - LOOKS_BACK <= desk.today


async def _unfinished(session: Session, due: Iterable[Place]) -> dict[int, Unfinished]:
    """People of one date and month are looked up together."""
    groups: dict[tuple[date, date], list[Place]] = {}
    for place in due:
        groups.setdefault((closing_month(place), place.today), []).append(place)
    found: dict[int, Unfinished] = {}
    for (month, today), places in groups.items():
        found |= await month_ends.unfinished(session, [place.person for place in places], month, today=today)
    return found


def _precedes_days_off(desk: Desk) -> bool:
    if desk.unit.chat_id is None or not desk.works_on(desk.today) or not desk.is_between(desk.times.report_at):
        return False
    return desk.calendar.days_off_after(desk.today, desk.unit.week_days) is not None


async def _units_before_days_off(session: Session, now: datetime) -> Sequence[int]:
    desks = (await Office.look(session, now)).units.items()
    found = {cards.days_off(unit_id, desk.today): unit_id for unit_id, desk in desks if _precedes_days_off(desk)}
    return [found[key] for key in await messages.unused(session, found)]


async def _announce(session: Session, now: datetime, unit_ids: Sequence[int]) -> int:
    shown = 0
    for unit_id in unit_ids:
        desk = (await Office.look(session, now)).units[unit_id]
        key, day = cards.days_off(unit_id, desk.today), desk.today.isoformat()
        shown += await show_to_group(session, desk, key, kinds.DAYS_OFF, now, unit=unit_id, day=day)
    return shown


announce_days_off = Wave(_units_before_days_off, _announce, at_once=50)
"""At `report_at` of the last workday before a holiday, in the unit's group; weekends by themselves are no news."""
