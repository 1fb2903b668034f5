"""Shifts: on which dates a person works, whatever the unit's week and the holidays say."""

from collections.abc import Sequence
from datetime import date, time
from functools import cache

from sqlalchemy import Index, UniqueConstraint, bindparam
from sqlmodel import Field, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from models.database import Session
from models.employees import Whose


class ShiftDay(SQLModel, table=True):
    """A person's own roster: whether they work on a date. Dates without a row follow the unit's week."""

    __tablename__ = "shift_day"
    __table_args__ = (UniqueConstraint("employee_id", "day"), Index("ix_shift_day_day", "day", "employee_id"))

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    day: date
    works: bool
    report_at: time | None = None
    """When to ask after this shift; None: at the unit's time."""


async def between(session: Session, whose: Whose, first: date, last: date) -> Sequence[ShiftDay]:
    values = {"ids": whose.ids, "first": first, "last": last}
    return (await session.exec(_between(whose.column), params=values)).all()


@cache
def _between(column: str) -> SelectOfScalar[ShiftDay]:
    whose = getattr(ShiftDay, column).in_(bindparam("ids", expanding=True))
    return select(ShiftDay).where(whose, ShiftDay.day >= bindparam("first"), ShiftDay.day <= bindparam("last"))


def whose(first: date, last: date) -> SelectOfScalar[int]:
    """Ids of the people with a shift, worked or off, between two dates."""
    return select(ShiftDay.employee_id).where(ShiftDay.day >= first, ShiftDay.day <= last)
