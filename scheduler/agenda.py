"""When something is due next: for the demo's clock, which skips from one such moment to the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import col, select

from models import reviews
from models.activities import APPROVED, Activity
from models.database import Session
from models.workdays import week_of
from scheduler.office import Desk, Office

AHEAD_DAYS = 14


class Event(StrEnum):
    MORNING = "morning"
    ASK = "ask"
    REMIND = "remind"
    NUDGE = "nudge"
    SUMMARY = "summary"
    TELL = "tell"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A moment at which sweeps have something to do."""

    at: datetime
    event: Event


async def coming(session: Session, now: datetime, *, until: datetime | None = None) -> list[Due]:
    """What is due after `now`, the earliest first, of every unit with a reachable member."""
    last = until or now + timedelta(days=AHEAD_DAYS)
    found: set[Due] = set()
    for place in (await Office.look(session, now)).units.values():
        days = (last.astimezone(place.local.tzinfo).date() - place.today).days
        for n in range(days + 1):
            found |= _of_day(place, n)
    found |= await _approvals(session)
    return sorted(due for due in found if now < due.at <= last)


async def _approvals(session: Session) -> set[Due]:
    """When the undo of approvals ends of which their owners have not heard."""
    query = select(func.min(col(Activity.reviewed_at))).where(
        Activity.status == APPROVED, col(Activity.told_at).is_(None)
    )
    oldest = (await session.exec(query)).one()
    return {Due(oldest + reviews.UNDO_FOR, Event.TELL)} if oldest is not None else set()


def _of_day(place: Desk, ahead: int) -> set[Due]:
    day = place.today + timedelta(days=ahead)
    if not place.works_on(day):
        return set()
    at = place.times_on(day)
    times = {
        Event.MORNING: at.focus_at,
        Event.ASK: at.report_at,
        Event.REMIND: at.remind_at,
        Event.NUDGE: at.nudge_at,
    }
    found = {Due(datetime.combine(day, at, place.local.tzinfo), event) for event, at in times.items()}
    due = place.summary_due(week_of(day) - timedelta(days=7))
    if due.astimezone(place.local.tzinfo).date() == day:
        found.add(Due(due, Event.SUMMARY))
    return found


async def last_workday_afternoon(session: Session, now: datetime) -> datetime | None:
    """The question of the week's last workday, for whoever asks first; None when none is ahead."""
    for due in await coming(session, now):
        if due.event is Event.ASK:
            for place in (await Office.look(session, due.at)).units.values():
                if place.today == place.last_workday():
                    return due.at
    return None
