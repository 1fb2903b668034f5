"""Approval by the clock in the units that want it, and the card on which their supervisors see it."""

from datetime import datetime

from models import activities, automatic, cards, duty, employees, outbox
from models.activities import Activity
from models.database import Session
from models.employees import Employee
from scheduler.office import EARLIEST, Office, Place
from scheduler.showing import show_by_clock


async def approve_by_clock(session: Session, now: datetime) -> int:
    """On a workday of a unit with `auto_approve_days`: what has waited for more workdays than that is approved."""
    done: list[Activity] = []
    for place in (await Office.look(session, now)).units.values():
        days = place.unit.auto_approve_days
        if days is None or not place.works_on(place.today) or not place.is_between(EARLIEST):
            continue
        until = place.roster.waited_out(place.today, days)
        done += await automatic.approve_by_clock(session, place.unit, until=until, now=now)
    for reply_id in {activity.reply_id for activity in done if activity.reply_id is not None}:
        await outbox.redraw(session, f"report:{reply_id}", now=now)
    for author_id in {activity.employee_id for activity in done}:
        author = await session.get_one(Employee, author_id)
        await cards.redraw_for_deciders(session, author, actor_id=0, now=now)
    return len(done)


async def tell_approvers(session: Session, now: datetime) -> int:
    """At the approver's `nudge_at` on a workday: what the clock has approved since the last such card."""
    office = await Office.look(session, now)
    told = 0
    for place in await _approvers(session, office, now):
        person = place.person
        former = await outbox.of_kind(session, person.id, outbox.AUTOMATIC, since=now - cards.AUTOMATIC_LASTS)
        stands = await automatic.standing(session, person, on=place.today)
        newest = max((row.reviewed_at for _, rows in stands for row in rows if row.reviewed_at), default=None)
        if newest is None or any(card.due_at >= newest for card in former):
            continue
        key = cards.automatic(person.id, place.today)
        told += await show_by_clock(session, place, key, outbox.AUTOMATIC, now, priority=outbox.CARD, view="all")
    return told


async def _approvers(session: Session, office: Office, now: datetime) -> list[Place]:
    """Those at their desk who are asked first about anybody whose work the clock has approved lately."""
    found: dict[int, Place] = {}
    for author_id in await activities.authors_of_automatic(session, since=now - cards.AUTOMATIC_LASTS):
        author = await session.get_one(Employee, author_id)
        today = now.astimezone(await employees.zone_of(session, author)).date()
        for approver in (await duty.reviewers_of(session, author, on=today))[:1]:
            place = office.places.get(approver.id)
            if place is not None and place.works_on(place.today) and place.is_between(place.times.nudge_at):
                found[approver.id] = place
    return list(found.values())
