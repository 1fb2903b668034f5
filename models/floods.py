"""Somebody writes faster than anybody can read: their chat waits until it calms down, and everybody else goes first.

Nothing is left out. What was confirmed to Telegram is kept, and handled once the chat has been calm for a while.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from models.database import Session
from models.inbox import Update, chat_of

AT_MOST = 60
"""Messages of one chat within a minute. An album has ten, and forty that are forwarded at once are no flood."""
MINUTE = timedelta(minutes=1)
CALM = timedelta(minutes=1)
"""How long nothing more has to come."""
FRESH = timedelta(minutes=2)
"""What was written earlier comes late because we were away, and is no flood."""
WRITTEN = ("message", "edited_message")


async def hold(session: Session, payloads: Sequence[dict[str, Any]], *, bot_id: int, now: datetime) -> list[int]:
    """Hold what has just been stored of chats that are flooded; the chats in which that begins."""
    came: dict[int, list[int]] = {}
    for payload in payloads:
        chat_id = chat_of(payload)
        if chat_id and _is_fresh(payload, now):
            came.setdefault(chat_id, []).append(payload["update_id"])
    begun: list[int] = []
    for chat_id, before in (await _counted(session, came, now)).items():
        was_calm = not await _is_held(session, chat_id, now)
        late = came[chat_id][max(AT_MOST - (before - len(came[chat_id])), 0) :] if was_calm else came[chat_id]
        held = update(Update).where(
            col(Update.bot_id) == bot_id, col(Update.update_id).in_(late), col(Update.handled_at).is_(None)
        )
        await session.exec(held.values(held_until=now + CALM))
        begun += [chat_id] if was_calm else []
    return begun


def _is_fresh(payload: dict[str, Any], now: datetime) -> bool:
    content = next((payload[name] for name in WRITTEN if isinstance(payload.get(name), dict)), None)
    if content is None:
        return False
    written = content.get("edit_date", content.get("date"))
    return not isinstance(written, int) or now.timestamp() - written < FRESH.total_seconds()


async def _counted(session: Session, chats: dict[int, list[int]], now: datetime) -> dict[int, int]:
    """How much came within the last minute, of the chats where that is too much."""
    if not chats:
        return {}
    count = func.count(col(Update.update_id))
    query = select(Update.chat_id, count).where(col(Update.chat_id).in_(chats), Update.received_at > now - MINUTE)
    query = query.group_by(col(Update.chat_id)).having(count > AT_MOST)
    return dict((await session.exec(query)).all())


async def _is_held(session: Session, chat_id: int, now: datetime) -> bool:
    query = select(Update.update_id).where(
        Update.chat_id == chat_id,
        col(Update.handled_at).is_(None),
        col(Update.held_until) > now,
        Update.received_at <= now,
    )
    return (await session.exec(query.limit(1))).first() is not None
