"""What the bot waits for in a chat: one row per question, bound to the message it was asked in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel, col, select

from models.database import LongNumber, Session, UtcDateTime

ANSWERABLE_FOR = timedelta(days=3)
"""How long a word or number standing alone may be its answer; a reply to the card always is."""


class Question(SQLModel, table=True):
    """`card` is the outbox key of the message that asks. A card asks one question at a time."""

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    card: str = Field(unique=True)
    kind: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    asked_at: datetime = Field(sa_type=UtcDateTime)


async def ask(
    session: Session,
    *,
    agency_id: int,
    employee_id: int,
    card: str,
    kind: str,
    arguments: dict[str, Any],
    now: datetime,
) -> Question:
    """Wait for an answer on this card, in place of whatever the card asked before."""
    await close(session, card)
    question = Question(
        agency_id=agency_id, employee_id=employee_id, card=card, kind=kind, arguments=arguments, asked_at=now
    )
    session.add(question)
    await session.flush()
    return question


async def on_card(session: Session, card: str) -> Question | None:
    return (await session.exec(select(Question).where(Question.card == card))).first()


async def open_for(session: Session, employee_id: int, *, now: datetime) -> Sequence[Question]:
    """What may be answered without replying to a card."""
    query = select(Question).where(Question.employee_id == employee_id, col(Question.asked_at) > now - ANSWERABLE_FOR)
    return (await session.exec(query.order_by(col(Question.id)))).all()


async def close(session: Session, card: str) -> None:
    question = await on_card(session, card)
    if question is not None:
        await session.delete(question)
        await session.flush()
