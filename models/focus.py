"""The focus of a day: the targets a person said they work on."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.database import UtcDateTime


class FocusDay(SQLModel, table=True):
    """A day for which a person was asked, or had already said, what they work on."""

    __tablename__ = "focus_day"
    __table_args__ = (UniqueConstraint("employee_id", "day"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    day: date = Field(index=True)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    chosen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    plan: str | None = None
    """What the report of the day before announced, in the person's words."""


class FocusTarget(SQLModel, table=True):
    __tablename__ = "focus_target"
    __table_args__ = (UniqueConstraint("focus_day_id", "target_id"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    focus_day_id: int = Field(foreign_key="focus_day.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
