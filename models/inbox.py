"""Updates received, until handled. A row here, committed, is what allows us to tell Telegram that we have it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, bindparam, delete, func, literal_column, text, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.database import Session, UtcDateTime, dialect_of, insert_in

TRIES = 3
KEPT_FOR = timedelta(days=3)
"""Handled updates stay this long, so that one delivered again is recognised (Telegram keeps them 24 hours)."""
PARKED_FOR = timedelta(days=7)
"""So long may an update be replayed that could not be handled."""
REFERENCE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits of a reference (Crockford's base 32): none that is taken for another when it is read out."""
CONFIRMABLE_FOR = timedelta(days=1)
"""How long Telegram keeps what is not confirmed; afterwards there is nothing left for an offset to confirm."""
SAID = frozenset({"message", "edited_message", "callback_query"})
"""Keys of updates in which a person says something, and waits for an answer."""
TRANSCRIPT = "transcript"
"""Key in a payload of what was said in its voice note; empty when nobody could make it out."""
WAITING = text("handled_at IS NULL")
HELD = text("held_until IS NOT NULL AND handled_at IS NULL")
IS_PARKED = text(f"tries >= {TRIES} AND handled_at IS NOT NULL")


class Update(SQLModel, table=True):
    """A raw update. Updates of one chat are handled in the order in which they came."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_waiting", "received_at", "update_id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(
            "ix_inbox_waiting_chat", "chat_id", "bot_id", "update_id", sqlite_where=WAITING, postgresql_where=WAITING
        ),
        Index("ix_inbox_held", "held_until", "chat_id", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_inbox_received", "chat_id", "received_at"),
        Index("ix_inbox_parked", "received_at", sqlite_where=IS_PARKED, postgresql_where=IS_PARKED),
    )

    bot_id: int = Field(
        default=0, sa_column=Column(BigInteger, primary_key=True, autoincrement=False, server_default="0")
    )
    """Telegram's number of the bot that has heard it; each has its own numbers of updates. 0: not yet known."""
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    chat_id: int = Field(sa_type=BigInteger)
    """The chat (or, without one, the person) it belongs to; 0 when it names neither."""
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    received_at: datetime = Field(sa_type=UtcDateTime)
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    tries: int = 0
    failure: str | None = None
    """Name of the last exception; with `handled_at` set and TRIES tries, the update is parked."""
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Part of a flood (see `floods`): its chat waits until then, and it lets everybody else go first."""

    @property
    def row_id(self) -> tuple[int, int]:
        return self.bot_id, self.update_id


def chat_of(payload: dict[str, Any]) -> int:
    """Where an update belongs, read from its raw form."""
    for content in payload.values():
        if isinstance(content, dict):
            holder = content.get("message", content)
            place = (holder.get("chat") if isinstance(holder, dict) else None) or content.get("from")
            number = place.get("id") if isinstance(place, dict) else None
            if isinstance(number, int) and abs(number) < 2**63:
                return int(number)
    return 0


async def store(session: Session, payloads: Sequence[dict[str, Any]], *, bot_id: int = 0, now: datetime) -> int:
    """Keep updates that are not here yet; how many were new."""
    rows = [
        {"bot_id": bot_id, "update_id": payload["update_id"], "chat_id": chat_of(payload), "payload": payload}
        for payload in payloads
    ]
    fresh = [{**row, "received_at": now, "tries": 0} for row in rows]
    return int((await session.exec(_insert(dialect_of(session)), params=fresh)).rowcount) if fresh else 0


@cache
def _insert(dialect: str) -> Any:
    return insert_in(dialect, Update).on_conflict_do_nothing()


async def next_offset(session: Session, *, bot_id: int, now: datetime) -> int | None:
    """The offset that confirms to Telegram exactly what is stored here; None when nothing can be left to confirm.

    Only the last day counts: after a week without updates Telegram goes on with a random number, perhaps a lower
    one, which an old offset would confirm unseen.
    """
    recent = select(func.max(Update.update_id)).where(
        Update.bot_id == bot_id, col(Update.received_at) > now - CONFIRMABLE_FOR
    )
    highest = (await session.exec(recent)).one()
    return None if highest is None else highest + 1


async def take(
    session: Session, *, bots: Collection[int], now: datetime, besides: frozenset[int] = frozenset()
) -> Update | None:
    """Lock the oldest waiting update of these bots whose chat has no older one waiting (and is not among `besides`).

    What is part of a flood comes when nothing else waits. The lock ends with the transaction; other processes skip
    what is locked.
    """
    values = {"bots": list(bots), "besides": list(besides)}
    first = (await session.exec(_oldest(bool(besides), False), params=values)).first()
    return first or (await session.exec(_oldest(bool(besides), True), params={**values, "now": now})).first()


@cache
def _oldest(besides: bool, of_floods: bool) -> SelectOfScalar[Update]:
    """Of the chats that no flood holds back; or (with the parameter `now`) of those in a flood that has calmed down.

    A clock that went back holds nobody up.
    """
    older = aliased(Update)
    waits_for_older = (
        select(older.update_id)
        .where(
            older.chat_id == col(Update.chat_id),
            older.bot_id == col(Update.bot_id),
            col(older.handled_at).is_(None),
            col(older.update_id) < col(Update.update_id),
        )
        .exists()
    )
    whose = col(Update.bot_id).in_(bindparam("bots", expanding=True))
    query = select(Update).where(col(Update.handled_at).is_(None), whose, ~waits_for_older)
    if besides:
        query = query.where(col(Update.chat_id).not_in(bindparam("besides", expanding=True)))
    if of_floods:
        now = bindparam("now", type_=UtcDateTime)
        held = select(Update.chat_id).where(
            col(Update.handled_at).is_(None), col(Update.held_until) > now, col(Update.received_at) <= now
        )
        query = query.where(col(Update.chat_id).not_in(held))
    else:
        query = query.where(col(Update.held_until).is_(None))
    return query.order_by(col(Update.received_at), col(Update.update_id)).limit(1).with_for_update(skip_locked=True)


def is_parked() -> ColumnElement[bool]:
    """Could not be handled three times. Written as in the index's condition, so that the index is used."""
    return (col(Update.tries) >= literal_column(str(TRIES))) & col(Update.handled_at).is_not(None)


async def count_try(session: Session, row_id: tuple[int, int], *, failure: str, now: datetime) -> bool:
    """Note that handling failed, of an update by its bot and number; True when this parks it."""
    row = await session.get_one(Update, row_id, with_for_update=True)
    if row.handled_at is not None:  # another worker has handled it since
        return False
    row.tries += 1
    row.failure = failure
    if row.tries >= TRIES:
        row.handled_at = now
    return row.handled_at is not None


def reference_of(update_id: int) -> str:
    """What a person is told to name, short enough to be read out."""
    digits = ""
    while update_id or not digits:
        update_id, digit = divmod(update_id, len(REFERENCE))
        digits = REFERENCE[digit] + digits
    return digits


def of_reference(reference: str) -> int | None:
    """The update's number; None when it is no reference."""
    number = 0
    for digit in reference.strip().upper().translate(str.maketrans("ILO", "110")):
        if digit not in REFERENCE:
            return None
        number = number * len(REFERENCE) + REFERENCE.index(digit)
    return number if 0 < number < 2**63 else None


async def add_transcript(session: Session, row_id: tuple[int, int], said: str) -> None:
    row = await session.get_one(Update, row_id, with_for_update=True)
    row.payload = {**row.payload, TRANSCRIPT: said}


async def newest_at(session: Session) -> datetime | None:
    """When the update with the highest number was stored."""
    query = select(Update.received_at).order_by(col(Update.update_id).desc()).limit(1)
    return (await session.exec(query)).first()


async def waiting(session: Session) -> int:
    return (await session.exec(select(func.count()).where(col(Update.handled_at).is_(None)))).one()


async def prune(session: Session, *, now: datetime) -> int:
    """Forget what was handled long ago, and later what was parked."""
    fine = (col(Update.tries) < TRIES) & (col(Update.handled_at) < now - KEPT_FOR)
    old = delete(Update).where(fine | (col(Update.handled_at) < now - PARKED_FOR))
    return (await session.exec(old)).rowcount


async def migrate(session: Session, old: int, new: int) -> None:
    """What still waits for a group that moved keeps its order with what comes from the new one."""
    waiting = update(Update).where(col(Update.chat_id) == old, col(Update.handled_at).is_(None))
    await session.exec(waiting.values(chat_id=new))
