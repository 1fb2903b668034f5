"""What stands in the inbox and the outbox: for operators, without a word of what anybody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, select

from models import agencies, audit, employees, inbox, outbox
from models.database import Session
from models.employees import Employee
from models.inbox import TRIES, Update, is_parked
from models.outbox import Message, is_unshown

LISTED = 50


@dataclass(frozen=True, slots=True)
class Stack:
    """How many there are, since when, and the first of them."""

    count: int
    oldest_at: datetime | None
    rows: Sequence[Update] | Sequence[Message]


async def waiting(session: Session, *, agency_id: int | None = None) -> Stack:
    return await _updates(session, col(Update.handled_at).is_(None), agency_id)


async def parked(session: Session, *, agency_id: int | None = None) -> Stack:
    """Updates that could not be handled three times."""
    return await _updates(session, is_parked(), agency_id)


async def _updates(session: Session, which: ColumnElement[bool], agency_id: int | None) -> Stack:
    if agency_id is not None:
        of_agency = select(Employee.telegram_id).where(Employee.agency_id == agency_id)
        which = which & col(Update.chat_id).in_(of_agency)
    count, oldest = (await session.exec(select(func.count(), func.min(Update.received_at)).where(which))).one()
    rows = (
        await session.exec(
            select(Update).where(which).order_by(col(Update.received_at), col(Update.update_id)).limit(LISTED)
        )
    ).all()
    return Stack(count, oldest, rows)


async def replay(session: Session, update_id: int, *, now: datetime) -> bool:
    """Let a parked update be handled again as if it had just come; False when no such one is parked.

    Of two bots that count alike, both: what is parked under one number loses nothing by another try. It is audited
    where an agency knows the chat.
    """
    query = select(Update).where(
        Update.update_id == update_id, col(Update.handled_at).is_not(None), Update.tries >= TRIES
    )
    rows = (await session.exec(query.with_for_update())).all()
    for row in rows:
        row.handled_at, row.tries, row.failure = None, 0, None
        await session.flush()
        person = await employees.by_telegram_id(session, row.chat_id)
        of = person or await agencies.unit_of_chat(session, row.chat_id)
        if of is not None:
            who = person.id if person is not None else None
            code = inbox.reference_of(update_id)
            await audit.record(session, "replayed", agency_id=of.agency_id, now=now, employee_id=who, code=code)
    return bool(rows)


async def send_again(session: Session, row: Message, *, now: datetime) -> None:
    """Want a message once more, drawn as things stand when it is sent; audited where it is an agency's."""
    await outbox.redraw(session, row.key, now=now)
    person = await employees.by_telegram_id(session, row.chat_id)
    who = person.id if person is not None else None
    agency_id = person.agency_id if person is not None else row.agency_id
    if agency_id is not None:
        await audit.record(session, "sent_again", agency_id=agency_id, now=now, employee_id=who, row=row.id)


async def standing(session: Session, *, now: datetime, agency_id: int | None = None) -> Stack:
    """Messages that are due and not shown, the oldest first."""
    return await _messages(session, is_unshown() & (col(Message.due_at) <= now), agency_id)


async def failed(session: Session, *, agency_id: int | None = None) -> Stack:
    """Messages whose last try failed: those tried again, and those given up."""
    return await _messages(session, col(Message.failure).is_not(None), agency_id)


@dataclass(frozen=True, slots=True)
class Failures:
    """Messages due in the last hour and the last day whose last try failed, by reason; and how many were shown."""

    hour: dict[str, int]
    day: dict[str, int]
    shown_in_hour: int


async def failures(session: Session, *, now: datetime) -> Failures:
    """Reads through the outbox: for people who ask, not for every minute."""
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    shown = select(func.count()).where(col(Message.shown_at) > hour)
    return Failures(
        await _reasons(session, since=hour), await _reasons(session, since=day), (await session.exec(shown)).one()
    )


async def _reasons(session: Session, *, since: datetime) -> dict[str, int]:
    """The most frequent first."""
    count = func.count()
    query = select(col(Message.failure), count).where(col(Message.failure).is_not(None), col(Message.due_at) > since)
    found = (await session.exec(query.group_by(col(Message.failure)).order_by(count.desc()))).all()
    return {reason: many for reason, many in found if reason is not None}


async def _messages(session: Session, which: ColumnElement[bool], agency_id: int | None) -> Stack:
    if agency_id is not None:
        which = which & (col(Message.agency_id) == agency_id)
    count, oldest = (await session.exec(select(func.count(), func.min(Message.due_at)).where(which))).one()
    query = select(Message).where(which).order_by(col(Message.due_at), col(Message.id)).limit(LISTED)
    return Stack(count, oldest, (await session.exec(query)).all())
