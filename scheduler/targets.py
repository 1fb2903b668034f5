"""What happens to targets by itself: proposals reach the supervisor, and a long absence sets plans anew."""

from datetime import date, datetime

from models import duty, employees, resets, target_cards
from models.database import Session
from scheduler.office import EARLIEST, Office


async def ask_for_agreement(session: Session, now: datetime) -> int:
    """Whatever waits for a person's targets and has not been shown to who decides today, in their working hours."""
    waiting = await target_cards.newest_waiting(session)
    if not waiting:
        return 0
    office = await Office.look(session, now)
    shown = 0
    rules: dict[date, duty.Duty] = {}
    for holder in await employees.those(session, waiting):
        today = office.today_of(holder)
        for one in (await rules.setdefault(today, duty.Duty(session, today)).deciders(holder))[:1]:
            place = (await office.places(session, [one.person.id])).get(one.person.id)
            if place is None or place.is_muted or place.is_quiet:
                continue
            if place.works_on(place.today) and place.is_between(EARLIEST):
                shown += await target_cards.show(session, one.person, holder, waiting[holder.id], now=now)
    return shown


async def set_anew_after_leave(session: Session, now: datetime) -> int:
    """On the first workday after a leave or sickness of a month or longer: propose plans for the time that is left."""
    back = await resets.back_from_leave(session, around=now.date())
    if not back:
        return 0
    proposed = 0
    office = await Office.look(session, now)
    for employee_id, place in (await office.places(session, back)).items():
        leaves = back[employee_id]
        if not place.works_on(place.today):
            continue
        start = resets.first_day_back(leaves, place.today, place.calendar, place.unit.week_days)
        if start is None or await resets.proposed_since(session, place.person, start, resets.BACK):
            continue
        proposed += len(await resets.propose(session, place.person, start=start, why=resets.BACK, now=now))
    return proposed
