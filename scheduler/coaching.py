"""Private notes to those who lead: week by week what to talk about, month by month how the targets stand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from models import agencies, cards, coaching_points, employees, leading, months, outbox, rounds
from models.database import Session
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock
from scheduler.weekly import HEALS_FOR


async def send_notes(session: Session, now: datetime) -> int:
    """With the unit's summary, to everybody who has people: a note that is withdrawn when there is nothing to say."""
    office = await Office.look(session, now)
    due = {place.unit.id for place in office.units.values() if _summary_is_due(place, now)}
    places = [place for place in office if place.unit.id in due and place.works_on(place.today)]
    if not places:
        return 0
    superiors = await coaching_points.supervisors(session, on=places[0].today)
    keys = {
        cards.coaching(place.person.id, rounds.last_week(place.today)): place
        for place in places
        if place.person.id in superiors
    }
    sent = 0
    for key in await outbox.unused(session, keys):
        week = rounds.last_week(keys[key].today).isoformat()
        sent += await show_by_clock(
            session, keys[key], key, outbox.COACHING, now, priority=outbox.CARD, week=week, person=None, target=None
        )
    return sent


def _is_time(place: Place) -> bool:
    return place.is_between(min(EARLIEST, place.times.summary_at))


def _summary_is_due(place: Place, now: datetime) -> bool:
    due = place.summary_due(rounds.last_week(place.today))
    return _is_time(place) and due <= now < due + HEALS_FOR


async def send_months(session: Session, now: datetime) -> int:
    """On the month's first workday: to heads of units about theirs, to admins and the top about the whole agency."""
    office = await Office.look(session, now)
    due = {place.unit.id for place in office.units.values() if _is_time(place) and _month_is_due(place, now)}
    places = [place for place in office if place.unit.id in due and place.works_on(place.today)]
    if not places:
        return 0
    heads = await leading.heads(session, among=[place.person.id for place in places])
    keys = {
        cards.month(place.person.id, _past_month(place.today)): place
        for place in places
        if place.person.id in heads or place.person.role == employees.ADMIN
    }
    wanted = [keys[key] for key in await outbox.unused(session, keys)]
    sent = 0
    for agency_id in sorted({place.person.agency_id for place in wanted}):
        sent += await _send_in(session, [p for p in wanted if p.person.agency_id == agency_id], agency_id, now)
    return sent


def _month_is_due(place: Place, now: datetime) -> bool:
    first = months.first_workday(place.calendar, place.today, place.unit.week_days)
    due = datetime.combine(first, place.times_on(first).summary_at, place.zone)
    return due <= now < due + HEALS_FOR


def _past_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


async def _send_in(session: Session, places: Sequence[Place], agency_id: int, now: datetime) -> int:
    """The figures are read once for all who get a note at this moment, and stay as they were sent."""
    units = await agencies.units_of(session, agency_id)
    whole = frozenset(unit.id for unit in units)
    scopes = {
        place.person.id: whole if leading.sees_agency(place.person) else months.below(units, place.unit.id)
        for place in places
    }
    month = _past_month(places[0].today)
    week = months.last_week(month)
    standings = await months.of_units(session, agency_id, _union(scopes.values()), week)
    sent = 0
    for place in places:
        sent += await show_by_clock(
            session,
            place,
            cards.month(place.person.id, month),
            outbox.MONTH_NOTE,
            now,
            priority=outbox.CARD,
            month=month.isoformat(),
            week=week.isoformat(),
            unit=None if leading.sees_agency(place.person) else place.unit.id,
            **await months.figures(session, standings, sorted(scopes[place.person.id]), week),
        )
    return sent


def _union(scopes: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*scopes)
