"""Obstacles (kendala) that people report, until somebody answers or closes them; and suggestions (saran)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.database import UtcDateTime

OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"


class Obstacle(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    """The person's unit when it was reported."""
    reply_id: int | None = Field(default=None, foreign_key="reply.id", index=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    raised_on: date = Field(index=True)
    text: str
    status: str = OPEN
    revision: int = 1
    answer: str | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="employee.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Suggestion(SQLModel, table=True):
    """About the bot or about the targets; admins read them once a month."""

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    text: str
    made_at: datetime = Field(sa_type=UtcDateTime)
