"""What follows when people join, move, get another superior or role, leave, or come back."""

from datetime import date, datetime, timedelta

from models import cards, duty, employees, handing_over, menus, outbox, placements, roles, unreached
from models.database import Session
from models.employees import Employee
from models.placements import Placement
from models.workdays import week_of
from scheduler.office import Office, Place
from scheduler.showing import show_by_clock

AT_ONCE = 300
"""Changes followed in one run."""
CLOSES_BACK = timedelta(days=30)
"""How old a card may be that is closed on the screen of somebody who has left."""


async def bring_menus(session: Session, now: datetime) -> int:
    """Whoever has joined, speaks another language or has another role since: their menu of commands, once each.

    So many in one run that nothing else has to wait; the rest follows a minute later.
    """
    office = await Office.look(session, now)
    people = {place.person.id: place.person for place in office}
    found = await roles.of_people(session, {place.person.id: place.today for place in office}, people.values())
    brought = 0
    for id_, may in found.items():
        if brought == AT_ONCE:
            break
        mark = may.mark(people[id_].language)
        if not menus.is_wanted(people[id_], mark):
            brought += await menus.want(session, people[id_], mark, now=now)
    return brought


async def list_unreached(session: Session, now: datetime) -> int:
    """At `nudge_at` on the week's first workday, without a sound: to heads, whom of theirs the bot does not reach."""
    due = [place for place in await Office.look(session, now) if _is_first_of_week(place)]
    shown = 0
    for agency_id in sorted({place.person.agency_id for place in due}):
        found = await unreached.by_leader(session, agency_id, on=now.date())
        for place in due:
            if place.person.id in found and place.person.agency_id == agency_id:
                week = week_of(place.today)
                key = cards.unreached(place.person.id, week)
                shown += await show_by_clock(session, place, key, outbox.UNREACHED, now, week=week.isoformat(), page=0)
    return shown


def _is_first_of_week(place: Place) -> bool:
    if not (place.works_on(place.today) and place.is_between(place.times.nudge_at)):
        return False
    monday = place.today - timedelta(days=place.today.weekday())
    return not place.roster.between(monday, place.today - timedelta(days=1))


async def follow_changes(session: Session, now: datetime) -> int:
    """However a change came about, by import, by hand or because its day has come: it is kept with its date, and what
    waits goes to whoever decides now.
    """
    followed = 0
    await placements.begin(session, on=now.date())
    for person in await placements.perhaps_changed(session, around=now.date(), at_most=AT_ONCE):
        today = now.astimezone(await employees.zone_of(session, person)).date()
        former = await placements.note(session, person, on=today)
        if former is not None:
            await _follow(session, person, former, today, now)
            followed += 1
    return followed


async def _follow(session: Session, person: Employee, former: Placement, today: date, now: datetime) -> None:
    if former.unit_id != person.unit_id:
        await handing_over.follow_move(session, person, former.unit_id, since=None, now=now)
    deciders = await _former_deciders(session, person, former, today, now)
    if deciders:
        await handing_over.follow(session, person, deciders, on=today, now=now)


async def close_accounts(session: Session, now: datetime) -> int:
    """Whoever has left: the menu goes, and what stands on their screen is closed."""
    closed = 0
    for person in await employees.leaving(session, by=now.date() + timedelta(days=1)):
        today = now.astimezone(await employees.zone_of(session, person)).date()
        if employees.has_left(person, today) and await menus.want(session, person, menus.GONE, now=now):
            await outbox.close_for(session, person.id, since=now - CLOSES_BACK, now=now)
            closed += 1
    return closed


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
