"""Prompts: the day's question, the question about the day before, and the reminder.

How late is too late: nothing by itself after 21.00 or before 06.00, local time.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import and_, or_

from models import cards, kinds, messages, windows, work_done, workdays
from models.database import Session
from scheduler import due
from scheduler.due import Condition
from scheduler.office import LATEST, Desk, Office, Place
from scheduler.showing import row, show_all
from scheduler.waves import Wave

MISSED_UNTIL = time(12, 0)
"""Until when, in the morning, a person is asked about the workday before."""

LOOKS_BACK = timedelta(days=workdays.LONGEST_GAP)
"""A person's last workday lies within so many days."""

REMIND_AFTER = timedelta(minutes=30)
"""At least so long after the question came, when that was late."""


def _asks(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.report_at)


async def _unasked(session: Session, now: datetime) -> Sequence[int]:
    def unsettled(day: date) -> list[Condition]:
        return [~due.is_wanted(cards.prompt, day), ~due.is_away(day), ~due.is_muted(day), ~due.has_reported(day)]

    return await due.people(session, await Office.look(session, now), _asks, unsettled)


async def _ask_today(session: Session, now: datetime, ids: Sequence[int]) -> int:
    places = (await (await Office.look(session, now)).places(session, ids)).values()
    asked = [(place, cards.prompt(place.person.id, place.today), place.today) for place in places if _asks(place)]
    return await _ask(session, asked, now)


ask_for_reports = Wave(_unasked, _ask_today)
"""At `report_at` on a workday: what did you do today?"""


def _may_ask_of_the_day_before(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.focus_at, MISSED_UNTIL)


async def _perhaps_missed(session: Session, now: datetime) -> Sequence[int]:
    """Of whom nothing was heard of their unit's last workday; and those whose last workday is another."""
    office = await Office.look(session, now)
    found: dict[int, None] = {}
    lasts = {desk.roster.back(desk.today, 1) for desk in office.units.values() if _may_ask_of_the_day_before(desk)}
    for last in lasts:

        def unsettled(day: date, last: date = last) -> list[Condition]:
            heard = and_(or_(due.has_reported(last), due.is_wanted(cards.missed, last)), ~due.is_away(last))
            return [~due.is_away(day), ~due.is_muted(day), ~heard]

        def asks(desk: Desk, last: date = last) -> bool:
            return _may_ask_of_the_day_before(desk) and desk.roster.back(desk.today, 1) == last

        found |= dict.fromkeys(await due.people(session, office, asks, unsettled, own_days=LOOKS_BACK))
    return list(found)


async def _ask_of_the_day_before(session: Session, now: datetime, ids: Sequence[int]) -> int:
    asked = []
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
        day = place.roster.back(place.today, 1)
        if _may_ask_of_the_day_before(place) and _owes(place, day):
            asked.append((place, cards.missed(place.person.id, day), day))
    return await _ask(session, asked, now, until=MISSED_UNTIL)


def _owes(place: Place, day: date) -> bool:
    joined = place.person.joined_at
    if joined is None or joined.astimezone(place.local.tzinfo).date() > day or not place.works_on(day):
        return False
    return day >= windows.first_day(place.agency, place.roster, place.today)


ask_for_missed_days = Wave(_perhaps_missed, _ask_of_the_day_before)
"""On the next workday, from `focus_at`: once more about a workday of which nothing was heard."""


async def _ask(
    session: Session, asked: Sequence[tuple[Place, str, date]], now: datetime, *, until: time = LATEST
) -> int:
    heard = await work_done.heard_on(session, {(place.person.id, day) for place, _, day in asked})
    wanted = [
        row(place, key, kinds.PROMPT, now, until=until, day=day.isoformat())
        for place, key, day in asked
        if (place.person.id, day) not in heard
    ]
    return await show_all(session, wanted)


def _reminds(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.remind_at)


async def _unheard(session: Session, now: datetime) -> Sequence[int]:
    """Whoever was asked, and long enough ago: at the end of a long wave the question itself may still be to come."""

    def unsettled(day: date) -> list[Condition]:
        asked = due.was_shown(cards.prompt, day, by=now - REMIND_AFTER)
        return [
            ~due.is_wanted(cards.reminder, day),
            asked,
            ~due.is_away(day),
            ~due.is_muted(day),
            ~due.has_reported(day),
        ]

    return await due.people(session, await Office.look(session, now), _reminds, unsettled)


async def _remind(session: Session, now: datetime, ids: Sequence[int]) -> int:
    places = [one for one in (await (await Office.look(session, now)).places(session, ids)).values() if _reminds(one)]
    heard = await work_done.heard_on(session, {(place.person.id, place.today) for place in places})
    prompts = {cards.prompt(place.person.id, place.today): place for place in places}
    asked = await messages.shown_by(session, prompts, now - REMIND_AFTER)
    wanted = [
        row(place, cards.reminder(place.person.id, place.today), kinds.REMINDER, now, day=place.today.isoformat())
        for key, place in prompts.items()
        if key in asked and (place.person.id, place.today) not in heard
    ]
    return await show_all(session, wanted)


remind = Wave(_unheard, _remind)
"""At `remind_at`: one reminder to whoever was asked and has not answered."""
