"""What follows when people join, move, get another superior or role, leave, or come back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from models import cards, duty, employees, handing_over, kinds, menus, outbox, placements, roles, unreached
from models.database import Session
from models.employees import Employee
from models.placements import Placement
from models.workdays import week_of
from scheduler import due
from scheduler.due import Condition
from scheduler.office import Desk, Office
from scheduler.showing import row, show_all
from scheduler.waves import Wave

AT_ONCE = 300
"""Changes followed, and first menus brought, in one minute."""
A_MINUTE = 500
"""People whose menu is looked at in one minute."""
CLOSES_BACK = timedelta(days=30)
"""How old a card may be that is closed on the screen of somebody who has left."""


async def _without_menu(session: Session, now: datetime) -> Sequence[int]:
    """Whoever has none; and of everybody else so many a minute that in an agency of any size their turn comes."""
    return list(
        dict.fromkeys([*await menus.without(session, AT_ONCE), *await menus.in_turn(session, A_MINUTE, now=now)])
    )


async def _bring_menus(session: Session, now: datetime, ids: Sequence[int]) -> int:
    places = await (await Office.look(session, now)).places(session, ids)
    people = [place.person for place in places.values()]
    found = await roles.of_people(session, {id_: place.today for id_, place in places.items()}, people)
    marks = [(person, found[person.id].mark(person.language)) for person in people]
    wanted = [(person, mark) for person, mark in marks if not menus.is_wanted(person, mark)]
    return sum([await menus.want(session, person, mark, now=now) for person, mark in wanted])


bring_menus = Wave(_without_menu, _bring_menus, at_once=50)
"""Whoever has joined, speaks another language or has another role since: their menu of commands, once each."""


async def _unlisted(session: Session, now: datetime) -> Sequence[int]:
    office = await Office.look(session, now)

    def unsettled(day: date) -> list[Condition]:
        week = week_of(day)
        return [~due.is_wanted(cards.unreached, week), duty.may_decide_about_anybody(day), ~due.is_away(day)]

    ids = await due.people(session, office, _is_first_of_week, unsettled, own_days=timedelta(days=7))
    if not ids:
        return []
    heads = {
        id_ for agency_id in office.agencies for id_ in await unreached.by_leader(session, agency_id, on=now.date())
    }
    return [id_ for id_ in ids if id_ in heads]


async def _list(session: Session, now: datetime, ids: Sequence[int]) -> int:
    wanted = []
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
        if _is_first_of_week(place):
            week = week_of(place.today)
            key = cards.unreached(place.person.id, week)
            wanted.append(row(place, key, kinds.UNREACHED, now, week=week.isoformat(), page=0))
    return await show_all(session, wanted)


list_unreached = Wave(_unlisted, _list)
"""At `nudge_at` on the week's first workday, without a sound: to heads, whom of theirs the bot does not reach."""


def _is_first_of_week(place: Desk) -> bool:
    if not (place.works_on(place.today) and place.is_between(place.times.nudge_at)):
        return False
    monday = place.today - timedelta(days=place.today.weekday())
    return not place.roster.between(monday, place.today - timedelta(days=1))


async def _unknown(session: Session, now: datetime) -> Sequence[int]:
    return await placements.unknown(session, at_most=1)


async def _begin(session: Session, now: datetime, ids: Sequence[int]) -> int:
    await placements.begin(session, on=now.date())
    return 0


note_places = Wave(_unknown, _begin)
"""Where everybody is of whom that is not kept yet, all at once."""


async def _changed(session: Session, now: datetime) -> Sequence[int]:
    return await placements.perhaps_changed(session, around=now.date(), at_most=AT_ONCE)


async def _follow_changes(session: Session, now: datetime, ids: Sequence[int]) -> int:
    followed = 0
    for person in await employees.those(session, ids):
        today = now.astimezone(await employees.zone_of(session, person)).date()
        former = await placements.note(session, person, on=today)
        if former is not None:
            await _follow(session, person, former, today, now)
            followed += 1
    return followed


follow_changes = Wave(_changed, _follow_changes, at_once=5)
"""However a change came about, by import, by hand or because its day has come: it is kept with its date, and what
waits goes to whoever decides now.
"""


async def _follow(session: Session, person: Employee, former: Placement, today: date, now: datetime) -> None:
    if former.unit_id != person.unit_id:
        await handing_over.follow_move(session, person, former.unit_id, since=None, now=now)
    deciders = await _former_deciders(session, person, former, today, now)
    if deciders:
        await handing_over.follow(session, person, deciders, on=today, now=now)


async def _leavers(session: Session, now: datetime) -> Sequence[int]:
    return await menus.of_leavers(session, by=now.date() + timedelta(days=1))


async def _close_accounts(session: Session, now: datetime, ids: Sequence[int]) -> int:
    closed = 0
    for person in await employees.those(session, ids):
        today = now.astimezone(await employees.zone_of(session, person)).date()
        if employees.has_left(person, today) and await menus.want(session, person, menus.GONE, now=now):
            await outbox.close_for(session, person.id, since=now - CLOSES_BACK, now=now)
            closed += 1
    return closed


close_accounts = Wave(_leavers, _close_accounts, at_once=50)
"""Whoever has left: the menu goes, and what stands on their screen is closed."""


async def _former_deciders(
    session: Session, person: Employee, former: Placement, today: date, now: datetime
) -> dict[int, list[int]]:
    """Who decided about the person, and about their people, before; only where somebody else does now."""
    found: dict[int, list[int]] = {}
    if former.superior_id != (person.superior_id or person.approver_id) and former.superior_id is not None:
        found[person.id] = [former.superior_id]
    left = employees.has_left(person, today)
    joined = person.joined_at is not None and person.joined_at > now - timedelta(days=1) and not former.is_reached
    if left != former.has_left or joined:
        above = [one.id for one in await duty.reviewers_of(session, person, on=today)]
        for report in await employees.direct_reports(session, [person.id]):
            found[report.id] = [person.id] if left else above
    return found
