"""Messages in which people reported."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models.activities import REMOVED, Activity
from models.database import LongNumber, Session, UtcDateTime


class Reply(SQLModel, table=True):
    """A message in which somebody reported, in their own words."""

    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    sent_at: datetime = Field(sa_type=UtcDateTime)
    text: str
    tomorrow: str | None = None
    """What it announced for the next workday, in the writer's words."""

    @property
    def card(self) -> str:
        return f"report:{self.id}"


async def by_message(session: Session, chat_id: int, message_id: int) -> Reply | None:
    query = select(Reply).where(Reply.chat_id == chat_id, Reply.message_id == message_id)
    return (await session.exec(query)).first()


async def last_reply(session: Session, employee_id: int, *, since: datetime) -> Reply | None:
    """The person's newest reply that still has standing activities."""
    query = (
        select(Reply)
        .join(Activity, col(Activity.reply_id) == col(Reply.id))
        .where(Reply.employee_id == employee_id, Reply.sent_at >= since, col(Activity.status) != REMOVED)
        .order_by(col(Reply.sent_at).desc(), col(Reply.id).desc())
    )
    return (await session.exec(query.limit(1))).first()


async def announcements(session: Session, reply_ids: Iterable[int]) -> dict[int, str]:
    """What those of the replies that announced something did announce for the next workday."""
    query = select(Reply.id, Reply.tomorrow).where(col(Reply.id).in_(list(reply_ids)), col(Reply.tomorrow).is_not(None))
    return {reply_id: plan for reply_id, plan in (await session.exec(query)).all() if plan}


async def plans_since(session: Session, employee_id: int, first: date, *, before: date) -> str | None:
    """What the reports of the days from `first` to before `before` announced, in the person's words."""
    query = (
        select(Reply.id, Reply.tomorrow)
        .join(Activity, col(Activity.reply_id) == col(Reply.id))
        .where(
            Reply.employee_id == employee_id,
            col(Reply.tomorrow).is_not(None),
            Activity.worked_on >= first,
            Activity.worked_on < before,
            col(Activity.status) != REMOVED,
        )
    )
    rows = (await session.exec(query.distinct().order_by(col(Reply.id)))).all()
    return "; ".join(plan for _, plan in rows if plan) or None


async def who_planned(session: Session, employee_ids: Iterable[int], *, since: date) -> set[int]:
    """Who of them has announced anything in the report of a day since then."""
    query = (
        select(Reply.employee_id)
        .join(Activity, col(Activity.reply_id) == col(Reply.id))
        .where(
            col(Activity.employee_id).in_(list(employee_ids)),
            Activity.worked_on >= since,
            col(Activity.status) != REMOVED,
            col(Reply.tomorrow).is_not(None),
        )
    )
    return set((await session.exec(query.distinct())).all())
