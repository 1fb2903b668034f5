"""Which messages a sender may take, and what it has taken: a claim stands until the answer is noted."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, bindparam, or_, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import bots
from models.database import Session, UtcDateTime
from models.kinds import LAST_ANSWER
from models.outbox import Message, is_unshown

HOLDS_CHAT_FOR = 4
"""Failed attempts during which a message holds back its chat, so that order is kept (some 15 seconds)."""
LOOKS_AHEAD = 4
"""Rows looked at for each one that may be claimed: some will be of the same chat."""


async def claim(
    session: Session,
    *,
    holder: str,
    bot_id: int = bots.DEFAULT,
    now: datetime,
    real_now: datetime,
    besides: frozenset[int],
    at_most: int,
    of_wave: int,
) -> Sequence[Message]:
    """Take due rows of one bot for sending, the first of each chat, urgent ones first; none of the chats in `besides`.

    No more than `of_wave` of them are messages that nobody waits for. `now` is the clock for what is due, `real_now`
    the machine's own, for what is to be tried again. What a transaction of somebody else's holds is not waited for,
    and what comes after it in its chat does not overtake it.
    """
    values = {"bot": bot_id, "now": now, "real_now": real_now, "besides": list(besides)}
    first: dict[int, Message] = {}
    query = _first(of_wave > 0, bool(besides))
    for row in (await session.exec(query, params={**values, "rows": at_most * LOOKS_AHEAD})).all():
        waits = row.priority <= LAST_ANSWER
        if row.chat_id not in first and len(first) < at_most and (waits or of_wave > 0):
            first[row.chat_id] = row
            of_wave -= 0 if waits else 1
    free = await _lock(session, [row.id for row in first.values()])
    taken = [row for row in first.values() if row.id in free]
    for row in taken:
        set_committed_value(row, "claimed_by", holder)
    if taken:
        await session.exec(_take(), params={"holder": holder, "rows": [row.id for row in taken]})
    return taken


async def _lock(session: Session, ids: Sequence[int]) -> Collection[int]:
    """Those that nobody else holds, or has taken since; on SQLite, where there is one writer, all.

    Only the first of each chat: were all locked that are looked at, one held elsewhere would be left out, and the next
    of its chat taken for the first.
    """
    if not ids or session.get_bind().dialect.name == "sqlite":
        return ids
    return set((await session.exec(_not_held(), params={"rows": ids})).all())


@cache
def _take() -> Any:
    """All at once: a row by itself costs as much."""
    those = update(Message).where(col(Message.id).in_(bindparam("rows", expanding=True)))
    return those.values(claimed_by=bindparam("holder")).execution_options(synchronize_session=False)


async def is_any(
    session: Session,
    *,
    bot_id: int = bots.DEFAULT,
    now: datetime,
    real_now: datetime,
    besides: frozenset[int],
    waves: bool,
) -> bool:
    """Whether there is anything to claim, with or without the messages that nobody waits for."""
    values = {"bot": bot_id, "now": now, "real_now": real_now, "besides": list(besides)}
    return (await session.exec(_any(waves, bool(besides)), params=values)).first() is not None


@cache
def _first(waves: bool, besides: bool) -> Any:
    query = _claimable(waves, besides).limit(bindparam("rows", type_=BigInteger))
    return query.execution_options(populate_existing=True)


@cache
def _not_held() -> Any:
    those = col(Message.id).in_(bindparam("rows", expanding=True)), col(Message.claimed_by).is_(None)
    return select(Message.id).where(*those).with_for_update(skip_locked=True)


@cache
def _any(waves: bool, besides: bool) -> Any:
    return _claimable(waves, besides).with_only_columns(col(Message.id)).limit(1)


def _claimable(waves: bool, besides: bool) -> SelectOfScalar[Message]:
    """Made once: to make it takes longer than to run it."""
    bot: BindParameter[int] = bindparam("bot", type_=BigInteger)
    now, real_now = bindparam("now", type_=UtcDateTime), bindparam("real_now", type_=UtcDateTime)
    tried = aliased(Message)
    held = select(tried.chat_id).where(
        col(tried.bot_id) == bot,
        col(tried.revision) > col(tried.shown_revision),
        col(tried.retry_at) > real_now,
        col(tried.attempts) <= HOLDS_CHAT_FOR,
    )
    query = select(Message).where(
        col(Message.bot_id) == bot,
        is_unshown(),
        col(Message.due_at) <= now,
        col(Message.claimed_by).is_(None),
        or_(col(Message.retry_at).is_(None), col(Message.retry_at) <= real_now),
        col(Message.chat_id).not_in(held),
    )
    if not waves:
        query = query.where(Message.priority <= LAST_ANSWER)
    if besides:
        query = query.where(col(Message.chat_id).not_in(bindparam("besides", expanding=True)))
    return query.order_by(col(Message.priority), col(Message.due_at), col(Message.id))


async def free(session: Session, *, bot_id: int = bots.DEFAULT, besides: Sequence[int]) -> int:
    """Give back what a sender that is gone had claimed; called by the one that has just taken the lease.

    `besides` are rows it has in flight itself, from before it lost the lease.
    """
    gone = update(Message).where(
        col(Message.bot_id) == bot_id, col(Message.claimed_by).is_not(None), col(Message.id).not_in(besides)
    )
    return (await session.exec(gone.values(claimed_by=None))).rowcount
