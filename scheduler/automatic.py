"""Approval by the clock in the units that want it, and the card on which their supervisors see it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from models import automatic, cards, duty, employees, kinds, messages, outbox, work_done
from models.database import Session
from models.employees import Employee
from scheduler import due
from scheduler.due import Condition
from scheduler.office import EARLIEST, Desk, Office
from scheduler.showing import show_by_clock
from scheduler.waves import Wave


async def _units_that_wait(session: Session, now: datetime) -> Sequence[int]:
    office = await Office.look(session, now)
    wanted = [
        unit_id
        for unit_id, desk in office.units.items()
        if desk.unit.auto_approve_days is not None and desk.works_on(desk.today) and desk.is_between(EARLIEST)
    ]
    return await automatic.units_with_waiting(session, wanted) if wanted else []


async def _approve(session: Session, now: datetime, unit_ids: Sequence[int]) -> int:
    done = 0
    for unit_id in unit_ids:
        desk = (await Office.look(session, now)).units[unit_id]
        until = desk.roster.waited_out(desk.today, desk.unit.auto_approve_days or 0)
        rows = await automatic.approve_by_clock(session, desk.unit, until=until, now=now)
        replies = {activity.reply_id for activity in rows if activity.reply_id is not None}
        await outbox.redraw_all(session, [f"report:{reply_id}" for reply_id in replies], now=now)
        for author_id in {activity.employee_id for activity in rows}:
            author = await session.get_one(Employee, author_id)
            await cards.redraw_for_deciders(session, author, actor_id=0, now=now)
        done += len(rows)
    return done


approve_by_clock = Wave(_units_that_wait, _approve, at_once=1)
"""On a workday of a unit with `auto_approve_days`: what has waited for more workdays than that is approved."""


def _is_time(desk: Desk) -> bool:
    return desk.works_on(desk.today) and desk.is_between(desk.times.nudge_at)


async def _approvers(session: Session, now: datetime) -> Sequence[int]:
    """Those without a card of today who are asked first about anybody whose work the clock has approved lately."""
    authors = await work_done.authors_of_automatic(session, since=now - cards.AUTOMATIC_LASTS)
    if not authors:
        return []

    def unsettled(day: date) -> list[Condition]:
        return [~due.is_wanted(cards.automatic, day), duty.may_decide_about_anybody(day)]

    office = await Office.look(session, now)
    untold = await due.people(session, office, _is_time, unsettled)
    asked = await _asked_first(session, office, authors) if untold else set()
    return [id_ for id_ in untold if id_ in asked]


async def _asked_first(session: Session, office: Office, authors: Iterable[int]) -> set[int]:
    rules: dict[date, duty.Duty] = {}
    found: set[int] = set()
    for author in await employees.those(session, authors):
        today = office.today_of(author)
        deciders = await rules.setdefault(today, duty.Duty(session, today)).deciders(author)
        found |= {one.person.id for one in deciders[:1]}
    return found


async def _tell(session: Session, now: datetime, ids: Sequence[int]) -> int:
    told = 0
    for place in (await (await Office.look(session, now)).places(session, ids)).values():
        person = place.person
        former = await messages.of_kind(session, person.id, kinds.AUTOMATIC, since=now - cards.AUTOMATIC_LASTS)
        stands = await automatic.standing(session, person, on=place.today)
        newest = max((row.reviewed_at for _, rows in stands for row in rows if row.reviewed_at), default=None)
        if not _is_time(place) or newest is None or any(card.due_at >= newest for card in former):
            continue
        key = cards.automatic(person.id, place.today)
        told += await show_by_clock(session, place, key, kinds.AUTOMATIC, now, priority=kinds.CARD, view="all")
    return told


tell_approvers = Wave(_approvers, _tell, at_once=5)
"""At the approver's `nudge_at` on a workday: what the clock has approved since the last such card."""
