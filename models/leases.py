"""Who may do what only one process may do at a time."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Field, SQLModel, col, select

from models.database import Session, UtcDateTime, insert

LASTS = timedelta(seconds=10)
"""So that another has taken over and done its first work within 15, looking each second, also when the machine is busy.
The machines' clocks have to agree (NTP).
"""


class Lease(SQLModel, table=True):
    name: str = Field(primary_key=True)
    holder: str
    expires_at: datetime = Field(sa_type=UtcDateTime)


async def hold(session: Session, name: str, *, holder: str, now: datetime) -> bool:
    """Take or renew the lease; False while somebody else holds it. `now` is the machine's own clock."""
    statement = insert(session, Lease).values(name=name, holder=holder, expires_at=now + LASTS)
    taken = await session.exec(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "expires_at": now + LASTS},
            where=or_(col(Lease.holder) == holder, col(Lease.expires_at) <= now),
        )
    )
    return bool(taken.rowcount)


async def holder_of(session: Session, name: str) -> str | None:
    return (await session.exec(select(Lease.holder).where(Lease.name == name))).first()


async def is_held(session: Session, name: str, *, now: datetime) -> bool:
    """Whether somebody does it. `now` is the machine's own clock."""
    query = select(Lease.name).where(Lease.name == name, col(Lease.expires_at) > now)
    return (await session.exec(query)).first() is not None


async def release(session: Session, name: str, *, holder: str) -> None:
    """Give it up, if it is still that holder's."""
    await session.exec(delete(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder))
