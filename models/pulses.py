"""When what goes on by itself last did so: for whoever watches, and for the next process after a stop."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, SQLModel, col, select

from models.database import Session, UtcDateTime, insert

SWEEPS, SENT, POLLED = "sweeps", "sent:", "polled:"
"""A run of all sweeps has begun. By the bot whose number follows: a message has certainly arrived at Telegram; Telegram
has said what waits there."""


def sent_by(bot_id: int) -> str:
    return f"{SENT}{bot_id}"


class Pulse(SQLModel, table=True):
    """One row of each kind, written once a minute at most."""

    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


async def beat(session: Session, name: str, *, now: datetime) -> datetime | None:
    """Note that it goes on; when it did before (None: never)."""
    query = select(Pulse).where(Pulse.name == name).with_for_update().execution_options(populate_existing=True)
    row = (await session.exec(query)).first()
    if row is None:
        await session.exec(insert(session, Pulse).values(name=name, at=now).on_conflict_do_nothing())
        return None
    former, row.at = row.at, now
    await session.flush()
    return former


def polled_by(bot_id: int) -> str:
    return f"{POLLED}{bot_id}"


async def last_sent(session: Session) -> datetime | None:
    """When a message last arrived, by whichever bot."""
    return (await session.exec(select(func.max(Pulse.at)).where(col(Pulse.name).startswith(SENT)))).one()


async def last(session: Session, name: str) -> datetime | None:
    return (await session.exec(select(col(Pulse.at)).where(Pulse.name == name))).first()
