"""Silence by one's own wish: days without the bot's own initiative, and quiet hours after which it is said.

Only what the bot begins by itself falls silent. Answers come, reports are taken, approvals are told; and as one may
report all the same, these days stay days on which one was asked.
"""

from datetime import date, datetime, time, timedelta

from models import absence_acts, rosters
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal

AHEAD_DAYS = 60
QUIET_AT_MOST = 14
"""Hours."""


def is_muted(person: Employee, on: date) -> bool:
    if person.muted_until is None or person.muted_until < on:
        return False
    return person.muted_from is None or person.muted_from <= on


def after_quiet(person: Employee, at: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours in which it falls; both where the person lives."""
    if person.quiet_from is None or person.quiet_to is None:
        return at
    return _after(person.quiet_from, person.quiet_to, at)


def _after(first: time, last: time, at: datetime) -> datetime:
    moment, ends = at.time(), datetime.combine(at.date(), last, at.tzinfo)
    if first < last:
        return ends if first <= moment < last else at
    if moment >= first:
        return ends + timedelta(days=1)
    return ends if moment < last else at


async def mute(session: Session, person: Employee, first: date, last: date, *, today: date) -> None:
    """Be silent from `first` to `last`, both included.

    Raises: Refusal("mute_not_allowed"), Refusal("span_past", last=…), Refusal("mute_too_far", limit=…) in days,
    Refusal("mute_too_long", limit=…, last=…) with the agency's workdays at a time; pauses with no workday between
    them are one.
    """
    allowed = (await session.get_one(Agency, person.agency_id)).mute_days
    first = max(first, today)
    if not allowed:
        raise Refusal("mute_not_allowed")
    if last < first:
        raise Refusal("span_past", last=last)
    if (last - today).days > AHEAD_DAYS:
        raise Refusal("mute_too_far", limit=AHEAD_DAYS)
    longest = await longest_from(session, person, first)
    if last > longest:
        raise Refusal("mute_too_long", limit=allowed, first=first, last=longest)
    person.muted_from, person.muted_until = await _begun(session, person, first), last
    await session.flush()


async def longest_from(session: Session, person: Employee, first: date) -> date:
    """The last day until which a pause from `first` may last, days off after it included."""
    allowed = (await session.get_one(Agency, person.agency_id)).mute_days
    begun = await _workday(session, person, await _begun(session, person, first))
    last = await absence_acts.last_day(session, person, begun, allowed)
    return await rosters.next_for(session, person, last) - timedelta(days=1)


async def _begun(session: Session, person: Employee, first: date) -> date:
    """When the silence began that goes on with `first`: that of the pause before, unless a workday lies between."""
    begun, ended = person.muted_from, person.muted_until
    if begun is None or ended is None or begun > first:
        return first
    return first if await _workday(session, person, ended + timedelta(days=1)) < first else begun


async def _workday(session: Session, person: Employee, day: date) -> date:
    """The day itself, or the first day of work after it."""
    return await rosters.next_for(session, person, day - timedelta(days=1))


async def mute_for(session: Session, person: Employee, days: int, *, today: date) -> None:
    """For so many days of work, today included if it is one. Raises: as `mute`."""
    last = await absence_acts.last_day(session, person, await _workday(session, person, today), days)
    await mute(session, person, today, last, today=today)


async def unmute(session: Session, person: Employee, *, today: date) -> None:
    """From now on nothing is held back; days that were silent still count for the next pause."""
    if person.muted_from is None or person.muted_from >= today:
        person.muted_from = person.muted_until = None
    else:
        person.muted_until = today - timedelta(days=1)
    await session.flush()


async def back_on(session: Session, person: Employee) -> date | None:
    """The first day of work after the pause."""
    return await rosters.next_for(session, person, person.muted_until) if person.muted_until is not None else None


async def set_quiet(session: Session, person: Employee, first: time, last: time) -> None:
    """Hours without messages that come by themselves; over midnight when `first` is later than `last`.

    Raises: Refusal("quiet_same"), Refusal("quiet_too_long", limit=…) in hours; where nobody may be silent for days,
    Refusal("quiet_over_question", time=…) for hours in which the day's question falls.
    """
    length = timedelta(hours=last.hour - first.hour, minutes=last.minute - first.minute) % timedelta(days=1)
    if not length:
        raise Refusal("quiet_same")
    if length > timedelta(hours=QUIET_AT_MOST):
        raise Refusal("quiet_too_long", limit=QUIET_AT_MOST)
    asked_at = person.report_at or (await session.get_one(Unit, person.unit_id)).report_at
    question = datetime.combine(date.min, asked_at)
    if _after(first, last, question) != question and not (await session.get_one(Agency, person.agency_id)).mute_days:
        raise Refusal("quiet_over_question", time=asked_at)
    person.quiet_from, person.quiet_to = first, last
    await session.flush()


async def end_quiet(session: Session, person: Employee) -> None:
    person.quiet_from = person.quiet_to = None
    await session.flush()
