"""What happens to targets by itself: proposals reach the supervisor, and a long absence sets plans anew."""

from datetime import datetime

from models import duty, employees, resets, target_cards
from models.database import Session
from models.employees import Employee
from scheduler.office import EARLIEST, Office


async def ask_for_agreement(session: Session, now: datetime) -> int:
    """Whatever waits for a person's targets and has not been shown to who decides today, in their working hours."""
    waiting = await target_cards.newest_waiting(session)
    if not waiting:
        return 0
    office = await Office.look(session, now)
    shown = 0
    for holder_id, newest in waiting.items():
        holder = await session.get_one(Employee, holder_id)
        today = now.astimezone(await employees.zone_of(session, holder)).date()
        for reviewer in (await duty.reviewers_of(session, holder, on=today))[:1]:
            place = office.places.get(reviewer.id)
            if place is None or place.is_muted or place.is_quiet:
                continue
            if place.works_on(place.today) and place.is_between(EARLIEST):
                shown += await target_cards.show(session, reviewer, holder, newest, now=now)
    return shown


async def set_anew_after_leave(session: Session, now: datetime) -> int:
    """On the first workday after a leave or sickness of a month or longer: propose plans for the time that is left."""
    back = await resets.back_from_leave(session, around=now.date())
    if not back:
        return 0
    proposed = 0
    office = await Office.look(session, now)
    for employee_id, leaves in back.items():
        place = office.places.get(employee_id)
        if place is None or not place.works_on(place.today):
            continue
        start = resets.first_day_back(leaves, place.today, place.calendar, place.unit.week_days)
        if start is None or await resets.proposed_since(session, place.person, start, resets.BACK):
            continue
        proposed += len(await resets.propose(session, place.person, start=start, why=resets.BACK, now=now))
    return proposed
