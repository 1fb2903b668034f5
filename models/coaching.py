"""Feedback that a supervisor gives a person, kept so that both can find it again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.database import UtcDateTime


class Feedback(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    author_id: int = Field(foreign_key="employee.id", index=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    text: str
    given_at: datetime = Field(sa_type=UtcDateTime)
