"""Absences: dates on which a person is not asked. What may be done with them stands in `absence_acts`."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.database import Session, UtcDateTime
from models.employees import Whose

CONFIRMED, WAITING, REFUSED, CANCELLED = "confirmed", "waiting", "refused", "cancelled"

LEAVE = frozenset({"leave", "annual", "long", "sick", "maternity", "important", "unpaid"})
"""Leave and sickness: not present."""
ELSEWHERE = frozenset({"duty_travel", "training", "study", "retirement_preparation"})
"""Work elsewhere: no prompt, but present."""
NOTHING = "nothing"
"""A day at work without anything to report; nobody has to agree to it."""


class Absence(SQLModel, table=True):
    """Dates, both included, on which a person is not asked, whether or not a supervisor has said yes yet.

    Refused and cancelled ones are kept, and count for nothing. Those of one person that count never overlap.
    """

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    kind: str
    starts_on: date
    ends_on: date
    noted_at: datetime = Field(sa_type=UtcDateTime)
    noted_by_id: int | None = Field(default=None, foreign_key="employee.id")
    status: str = CONFIRMED
    reviewer_id: int | None = Field(default=None, foreign_key="employee.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = None
    deputy_id: int | None = Field(default=None, foreign_key="employee.id")
    """Who stands in for the person meanwhile (Plh)."""
    revision: int = 1

    @property
    def stands(self) -> bool:
        """It was neither refused nor cancelled."""
        return self.status in (CONFIRMED, WAITING)


def counts() -> ColumnElement[bool]:
    """Of an absence: it was neither refused nor cancelled."""
    return col(Absence.status).in_((CONFIRMED, WAITING))


async def absence_on(session: Session, employee_id: int, day: date) -> Absence | None:
    query = select(Absence).where(
        Absence.employee_id == employee_id, Absence.starts_on <= day, Absence.ends_on >= day, counts()
    )
    return (await session.exec(query.order_by(col(Absence.id).desc()))).first()


async def between(session: Session, employee_ids: Iterable[int], first: date, last: date) -> Sequence[Absence]:
    """Of several people, those that touch a span of dates, by their start."""
    return await of_whom(session, Whose("employee_id", list(employee_ids)), first, last)


async def of_whom(session: Session, whose: Whose, first: date, last: date) -> Sequence[Absence]:
    values = {"ids": whose.ids, "first": first, "last": last}
    return (await session.exec(_of_whom(whose.column), params=values)).all()


@cache
def _of_whom(column: str) -> SelectOfScalar[Absence]:
    whose = getattr(Absence, column).in_(bindparam("ids", expanding=True))
    touches = col(Absence.starts_on) <= bindparam("last"), col(Absence.ends_on) >= bindparam("first")
    return select(Absence).where(whose, *touches, counts()).order_by(col(Absence.starts_on), col(Absence.id))


async def from_day(session: Session, employee_ids: Iterable[int], day: date) -> Sequence[Absence]:
    """Of several people, those that run on that day or are to come, by their start."""
    return [a for a in await between(session, employee_ids, day, date.max) if a.kind != NOTHING]


async def days_away(
    session: Session, whose: Whose, first: date, last: date, kinds: Collection[str] | None = None
) -> dict[int, set[date]]:
    """Dates of absence within a span, by person; of all kinds, or of some."""
    days: dict[int, set[date]] = {}
    for absence in await of_whom(session, whose, first, last):
        if kinds is None or absence.kind in kinds:
            start, end = max(absence.starts_on, first), min(absence.ends_on, last)
            span = (start + timedelta(days=n) for n in range((end - start).days + 1))
            days.setdefault(absence.employee_id, set()).update(span)
    return days
