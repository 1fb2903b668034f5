"""Suggestions (saran) about the bot or the targets; admins read them once a month, without names."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Field, SQLModel, col, or_, select

from models.database import Session, UtcDateTime
from models.employees import ADMIN, Employee
from models.refusals import Refusal

TEXT_AT_MOST = 1000
A_DAY = 10
DAY = timedelta(days=1)


class Suggestion(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    """Only to keep anybody from flooding the box; nobody is shown it."""
    text: str
    made_at: datetime = Field(sa_type=UtcDateTime)


async def make(session: Session, employee: Employee, text: str, *, now: datetime) -> None:
    """Raises: Refusal("sentence_too_long", limit=…), Refusal("too_many_suggestions", limit=…)."""
    if len(text) > TEXT_AT_MOST:
        raise Refusal("sentence_too_long", limit=TEXT_AT_MOST)
    recent = select(func.count()).where(Suggestion.employee_id == employee.id, col(Suggestion.made_at) > now - DAY)
    if (await session.exec(recent)).one() >= A_DAY:
        raise Refusal("too_many_suggestions", limit=A_DAY)
    session.add(Suggestion(agency_id=employee.agency_id, employee_id=employee.id, text=text, made_at=now))
    await session.flush()


async def between(session: Session, agency_id: int, first: datetime, last: datetime) -> Sequence[Suggestion]:
    """Those made from `first` up to `last`, which is not included, in the order they came."""
    query = select(Suggestion).where(
        Suggestion.agency_id == agency_id, col(Suggestion.made_at) >= first, col(Suggestion.made_at) < last
    )
    return (await session.exec(query.order_by(col(Suggestion.made_at), col(Suggestion.id)))).all()


async def readers(session: Session, agency_id: int) -> Sequence[Employee]:
    """Who reads them: the agency's admins whom the bot reaches; when there is none, those at the top of the tree."""
    there = (
        Employee.agency_id == agency_id,
        col(Employee.telegram_id).is_not(None),
        col(Employee.unreachable_at).is_(None),
    )
    top = or_(col(Employee.role) == ADMIN, col(Employee.superior_id).is_(None))
    people = (await session.exec(select(Employee).where(*there, top).order_by(col(Employee.id)))).all()
    return [person for person in people if person.role == ADMIN] or people
