"""The morning's sweeps: what do you work on today? And in the afternoon its card loses its buttons."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from models import activities, announced, cards, focus, outbox, replies
from models.database import Session
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock

NOON = time(12, 0)
"""From when on it is too late to ask what the day is for."""


async def ask_for_focus(session: Session, now: datetime) -> int:
    """At `focus_at` on a workday, silently: the likely targets, or what the last report announced for today."""
    due = [place for place in await Office.look(session, now) if _is_due(place)]
    days = {place.today for place in due}
    noted = await focus.noted_for(session, days)
    holders = {day: await focus.holders_asked(session, day) for day in days}
    asked = 0
    for place in due:
        id_, today = place.person.id, place.today
        if (id_, today) in noted or id_ not in holders[today] or await activities.has_report(session, id_, today):
            continue
        asked += await _ask(session, place, now)
    return asked


def _is_due(place: Place) -> bool:
    if not (place.works_on(place.today) and place.is_between(max(place.times.focus_at, EARLIEST), _until(place))):
        return False
    return place.is_heard_before(_until(place))


def _until(place: Place) -> time:
    """Noon, or where the day begins later or ends before it, the time of the report."""
    times = place.times
    return min(NOON, times.report_at) if times.focus_at < NOON else times.report_at


async def _ask(session: Session, place: Place, now: datetime) -> bool:
    person, today = place.person, place.today
    key = cards.focus(person.id, today)
    if await outbox.by_key(session, key) is not None:  # opened by the person before it was time
        await focus.begin(session, person, today, asked_at=now)
        return False
    said = await focus.of_day(session, person.id, today)
    reported = await replies.plans_since(session, person.id, place.roster.back(today, 1), before=today)
    plan = "; ".join(plan for plan in (reported, said and said.plan) if plan) or None
    meant: Sequence[int] = await announced.targets_in(session, person, plan, on=today) if plan else ()
    await focus.begin(session, person, today, asked_at=None if meant else now, plan=plan)
    if meant:
        await focus.choose(session, person, today, meant, now=now)
    view = "chosen" if meant else "ask"
    return await show_by_clock(
        session, place, key, outbox.FOCUS_CARD, now, until=_until(place), day=today.isoformat(), view=view
    )


async def close_focus(session: Session, now: datetime) -> int:
    """At `report_at`: the morning's card shows what was chosen, without buttons."""
    rows = await focus.to_close(session, until=now.date() + timedelta(days=1))
    office = await Office.look(session, now) if rows else None
    closed = 0
    for row in rows:
        place = office.places.get(row.employee_id) if office else None
        if place is not None and _is_open(place, row.day):
            continue
        row.closed_at = now
        closed += 1
        if place is not None:
            await outbox.redraw(session, cards.focus(row.employee_id, row.day), now=now)
    await session.flush()
    return closed


def _is_open(place: Place, day: date) -> bool:
    return place.today < day or (place.today == day and place.is_between(time.min, place.times.report_at))
