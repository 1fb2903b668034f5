"""Updates received, until handled. A row here, committed, is what allows us to tell Telegram that we have it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, delete, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col, select

from models.database import Session, UtcDateTime, insert

TRIES = 3
KEPT_FOR = timedelta(days=3)
"""Handled updates stay this long, so that one delivered again is recognised (Telegram keeps them 24 hours)."""


class Update(SQLModel, table=True):
    """A raw update. Updates of one chat are handled in the order in which they came."""

    __tablename__ = "inbox"

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    chat_id: int = Field(sa_type=BigInteger, index=True)
    """The chat (or, without one, the person) it belongs to; 0 when it names neither."""
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    received_at: datetime = Field(sa_type=UtcDateTime)
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    tries: int = 0
    failure: str | None = None
    """Name of the last exception; with `handled_at` set and TRIES tries, the update is parked."""


def chat_of(payload: dict[str, Any]) -> int:
    """Where an update belongs, read from its raw form."""
    for content in payload.values():
        if isinstance(content, dict):
            holder = content.get("message", content)
            place = (holder.get("chat") if isinstance(holder, dict) else None) or content.get("from")
            if isinstance(place, dict) and isinstance(place.get("id"), int):
                return int(place["id"])
    return 0


async def store(session: Session, payloads: Sequence[dict[str, Any]], *, now: datetime) -> int:
    """Keep updates that are not here yet; how many were new."""
    stored = 0
    for payload in payloads:
        row = {"update_id": payload["update_id"], "chat_id": chat_of(payload), "payload": payload}
        statement = insert(session, Update).values(**row, received_at=now, tries=0).on_conflict_do_nothing()
        stored += (await session.exec(statement)).rowcount
    return stored


async def next_offset(session: Session) -> int | None:
    """The offset that confirms to Telegram exactly what is stored here."""
    highest = (await session.exec(select(func.max(Update.update_id)))).one()
    return None if highest is None else highest + 1


async def take(session: Session, *, besides: frozenset[int] = frozenset()) -> Update | None:
    """Lock the oldest waiting update whose chat has no older one waiting (and is not among `besides`).

    The lock ends with the transaction; other processes skip what is locked.
    """
    older = aliased(Update)
    waits_for_older = (
        select(older.update_id)
        .where(
            older.chat_id == col(Update.chat_id),
            col(older.handled_at).is_(None),
            col(older.update_id) < col(Update.update_id),
        )
        .exists()
    )
    query = select(Update).where(col(Update.handled_at).is_(None), ~waits_for_older)
    if besides:
        query = query.where(col(Update.chat_id).not_in(besides))
    return (
        await session.exec(query.order_by(col(Update.update_id)).limit(1).with_for_update(skip_locked=True))
    ).first()


async def count_try(session: Session, update_id: int, *, failure: str, now: datetime) -> bool:
    """Note that handling failed; True when the update is now parked."""
    row = await session.get_one(Update, update_id, with_for_update=True)
    row.tries += 1
    row.failure = failure
    if row.tries >= TRIES:
        row.handled_at = now
    return row.handled_at is not None


async def waiting(session: Session) -> int:
    return (await session.exec(select(func.count()).where(col(Update.handled_at).is_(None)))).one()


async def prune(session: Session, *, now: datetime) -> int:
    """Forget what was handled long ago; the newest row stays, it carries the offset."""
    newest = (await session.exec(select(func.max(Update.update_id)))).one()
    old = delete(Update).where(col(Update.handled_at) < now - KEPT_FOR, col(Update.update_id) != newest)
    return (await session.exec(old)).rowcount


async def migrate(session: Session, old: int, new: int) -> None:
    await session.exec(update(Update).where(col(Update.chat_id) == old).values(chat_id=new))
