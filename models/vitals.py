"""How the machine is: what waits and since when, and what last went on. No word of what anybody wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, select

from models import pulses
from models.database import Session
from models.inbox import Update, is_parked
from models.outbox import Message, is_unshown

STILL_FOR = timedelta(minutes=10)
"""So long may a due message wait while none at all arrives at Telegram."""
LATE_AFTER = timedelta(hours=12)
"""An update that waits longer may be lost to the day it is about (and half of what Telegram keeps)."""
CHATS_AT_LEAST = 3
"""Of so many the messages have to fail before that is taken for the bot's trouble and not for theirs."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """Counts, and of each the oldest; `due` are messages that are due and not shown."""

    waiting: int
    oldest_waiting_at: datetime | None
    parked: int
    oldest_parked_at: datetime | None
    due: int
    oldest_due_at: datetime | None
    swept_at: datetime | None
    sent_at: datetime | None
    stands_still: bool


async def look(session: Session, *, now: datetime) -> Vitals:
    """Seven small queries, each on an index; the largest table is never read through."""
    waiting = select(func.count(), func.min(Update.received_at)).where(col(Update.handled_at).is_(None))
    parked = select(func.count(), func.min(Update.received_at)).where(is_parked())
    due = select(func.count(), func.min(Message.due_at)).where(is_due(now))
    return Vitals(
        *(await session.exec(waiting)).one(),
        *(await session.exec(parked)).one(),
        *(await session.exec(due)).one(),
        await pulses.last(session, pulses.SWEEPS),
        await pulses.last_sent(session),
        bool(await standing(session, now=now)),
    )


def is_due(by: datetime) -> ColumnElement[bool]:
    return is_unshown() & (col(Message.due_at) <= by)


async def standing(session: Session, *, now: datetime) -> list[int]:
    """Bots by which nothing has arrived at Telegram for a while though something should have.

    Messages that are tried again and again count when they are of several chats: one person who has blocked the bot,
    or one broken group, is no standstill.
    """
    late = is_due(now - STILL_FOR)
    bots = (await session.exec(select(Message.bot_id).where(late).distinct().order_by(col(Message.bot_id)))).all()
    return [bot_id for bot_id in bots if await _stands_still(session, bot_id, now - STILL_FOR)]


async def _stands_still(session: Session, bot_id: int, late: datetime) -> bool:
    sent_at = await pulses.last(session, pulses.sent_by(bot_id))
    if sent_at is not None and sent_at > late:
        return False
    due = is_due(late) & (col(Message.bot_id) == bot_id)
    ready = due & or_(col(Message.retry_at).is_(None), col(Message.retry_at) <= late)
    if (await session.exec(select(Message.id).where(ready).limit(1))).first() is not None:
        return True
    chats = select(func.count(func.distinct(Message.chat_id))).where(due)
    return (await session.exec(chats)).one() >= CHATS_AT_LEAST
