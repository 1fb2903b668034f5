"""The morning's sweeps: what do you work on today? And in the afternoon its card loses its buttons."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from models import announced, cards, focus, focus_due, kinds, messages, outbox, replies, work_done
from models.database import Session
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office, Place
from scheduler.showing import row, show_all
from scheduler.waves import Wave

NOON = time(12, 0)
"""From when on it is too late to ask what the day is for."""


def _asks(desk: Desk) -> bool:
    is_time = desk.works_on(desk.today) and desk.is_between(max(desk.times.focus_at, EARLIEST), _until(desk))
    return is_time and desk.agency.asks_focus


def _until(desk: Desk) -> time:
    """Noon, or where the day begins later or ends before it, the time of the report."""
    times = desk.times
    return min(NOON, times.report_at) if times.focus_at < NOON else times.report_at


async def _unasked(session: Session, now: datetime) -> Sequence[int]:
    def unsettled(day: date) -> list[Condition]:
        return [
            ~due.is_away(day),
            ~due.is_muted(day),
            focus_due.is_unasked(day),
            focus_due.holds_any(day),
            ~due.has_reported(day),
        ]

    return await due.people(session, await Office.look(session, now), _asks, unsettled)


async def _ask(session: Session, now: datetime, ids: Sequence[int]) -> int:
    places = (await (await Office.look(session, now)).places(session, ids)).values()
    asked = [place for place in places if _asks(place) and place.is_heard_before(_until(place))]
    heard = await work_done.heard_on(session, {(place.person.id, place.today) for place in asked})
    noted = await focus_due.noted_for(session, {place.today for place in asked}, [place.person.id for place in asked])
    left = {
        cards.focus(place.person.id, place.today): place
        for place in asked
        if (place.person.id, place.today) not in heard | noted
    }
    fresh = set(await messages.unused(session, left))
    for key, place in left.items():
        if key not in fresh:  # opened by the person before it was time
            await focus.begin(session, place.person, place.today, asked_at=now)
    return await _ask_anew(session, [place for key, place in left.items() if key in fresh], now)


async def _ask_anew(session: Session, asked: Sequence[Place], now: datetime) -> int:
    first = min((place.roster.back(place.today, 1) for place in asked), default=now.date())
    spoke = await replies.who_planned(session, [place.person.id for place in asked], since=first)
    spoke |= await focus_due.who_planned(session, [place.person.id for place in asked], since=first)
    plain = [place for place in asked if place.person.id not in spoke]
    await focus.begin_all(session, [(place.person, place.today) for place in plain], asked_at=now)
    shown = await show_all(session, [_card(place, "ask", now) for place in plain])
    for place in asked:
        if place.person.id in spoke:
            shown += await _ask_after_plan(session, place, now)
    return shown


async def _ask_after_plan(session: Session, place: Place, now: datetime) -> bool:
    """What the last report announced for today is the focus, as far as it is certain."""
    person, today = place.person, place.today
    said = await focus.of_day(session, person.id, today)
    reported = await replies.plans_since(session, person.id, place.roster.back(today, 1), before=today)
    plan = "; ".join(plan for plan in (reported, said and said.plan) if plan) or None
    meant: Sequence[int] = await announced.targets_in(session, person, plan, on=today) if plan else ()
    await focus.begin(session, person, today, asked_at=None if meant else now, plan=plan)
    if meant:
        await focus.choose(session, person, today, meant, now=now)
    wanted = _card(place, "chosen" if meant else "ask", now)
    return wanted is not None and await outbox.show_once(session, **wanted)


def _card(place: Place, view: str, now: datetime) -> dict[str, Any] | None:
    key, day = cards.focus(place.person.id, place.today), place.today.isoformat()
    return row(place, key, kinds.FOCUS_CARD, now, until=_until(place), day=day, view=view)


ask_for_focus = Wave(_unasked, _ask)
"""At `focus_at` on a workday, silently: the likely targets, or what the last report announced for today."""


def _is_over(desk: Desk) -> bool:
    return not desk.is_between(time.min, desk.times.report_at)


async def _open(session: Session, now: datetime) -> Sequence[int]:
    """Whoever has a card of today when the day's report is asked for, or one of a day before."""
    office = await Office.look(session, now)
    first = min((desk.today for desk in office.units.values()), default=now.date())
    today = await due.people(session, office, _is_over, lambda day: [focus_due.has_open(day)])
    return list(dict.fromkeys([*await focus_due.open_before(session, first), *today]))


async def _close(session: Session, now: datetime, ids: Sequence[int]) -> int:
    places = await (await Office.look(session, now)).places(session, ids)
    closed: list[str] = []
    for noted in await focus_due.open_of(session, ids):
        place = places.get(noted.employee_id)
        if place is not None and (noted.day > place.today or (noted.day == place.today and not _is_over(place))):
            continue
        noted.closed_at = now
        if place is not None:
            closed.append(cards.focus(noted.employee_id, noted.day))
    await session.flush()
    await outbox.redraw_all(session, closed, now=now)
    return len(closed)


close_focus = Wave(_open, _close)
"""At `report_at`: the morning's card shows what was chosen, without buttons."""
