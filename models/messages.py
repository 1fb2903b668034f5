"""What was ever wanted, looked up: by key, by kind, or by the place where it stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import bots
from models.database import Session, parts
from models.outbox import Message, is_unshown


async def by_key(session: Session, key: str) -> Message | None:
    return (await session.exec(select(Message).where(Message.key == key))).first()


async def unused(session: Session, keys: Iterable[str]) -> list[str]:
    """Those of the keys under which nothing was ever wanted, in their order."""
    wanted = list(keys)
    used: set[str] = set()
    for some in parts(wanted):
        used |= set((await session.exec(select(Message.key).where(col(Message.key).in_(some)))).all())
    return [key for key in wanted if key not in used]


async def shown_by(session: Session, keys: Iterable[str], moment: datetime) -> set[str]:
    """Those of the keys whose message had come by a moment."""
    query = select(Message.key).where(col(Message.key).in_(list(keys)), col(Message.shown_at) <= moment)
    return set((await session.exec(query)).all())


async def of_kind(session: Session, employee_id: int, kind: str, *, since: datetime) -> Sequence[Message]:
    query = select(Message).where(Message.employee_id == employee_id, Message.kind == kind, Message.due_at >= since)
    return (await session.exec(query.order_by(col(Message.id)))).all()


async def those(
    session: Session, keys: Sequence[str], of_kinds: Sequence[tuple[int, str, datetime]]
) -> Sequence[Message]:
    """In one question: what was ever wanted under one of the keys, and of each (employee, kind) what was due since."""
    values: dict[str, Any] = {"keys": keys}
    for n, (employee_id, kind, since) in enumerate(of_kinds):
        values |= {f"employee{n}": employee_id, f"kind{n}": kind, f"since{n}": since}
    return (await session.exec(_those(len(of_kinds)), params=values)).all()


@cache
def _those(of_kinds: int) -> SelectOfScalar[Message]:
    kinds = [
        and_(
            col(Message.employee_id) == bindparam(f"employee{n}"),
            col(Message.kind) == bindparam(f"kind{n}"),
            col(Message.due_at) >= bindparam(f"since{n}"),
        )
        for n in range(of_kinds)
    ]
    either = or_(col(Message.key).in_(bindparam("keys", expanding=True)), *kinds)
    return select(Message).where(either).order_by(col(Message.id))


async def on_screen(session: Session, chat_id: int, message_id: int) -> Message | None:
    """The row that stands behind a message in a chat, at the bot that has heard of it."""
    query = select(Message).where(
        Message.chat_id == chat_id, Message.message_id == message_id, Message.bot_id == bots.heard_by(session)
    )
    return (await session.exec(query)).first()


async def unshown(session: Session, *, now: datetime, bot_id: int | None = None) -> int:
    """How many messages are due and not shown; of one bot or all."""
    query = select(func.count()).where(is_unshown(), Message.due_at <= now)
    return (await session.exec(query if bot_id is None else query.where(Message.bot_id == bot_id))).one()
