"""The appraisal of a person over a period: what the appraiser entered and decided, and the person's objection."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.database import UtcDateTime
from models.targets import AMOUNT


class Appraisal(SQLModel, table=True):
    """`scheme` is the agency's when it was opened: `pp46` computes, `permenpanrb6` keeps what the appraiser chose."""

    __table_args__ = (UniqueConstraint("employee_id", "starts_on", "ends_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    scheme: str
    starts_on: date
    ends_on: date
    appraiser_id: int | None = Field(default=None, foreign_key="employee.id")
    result_rating: str | None = None
    behaviour_rating: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    objection: str | None = None
    objected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    objection_answer: str | None = None
    objection_answered_by_id: int | None = Field(default=None, foreign_key="employee.id")
    objection_answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 1


class AppraisalEntry(SQLModel, table=True):
    """A figure or remark that only the appraiser knows; `about` names it (an aspect of behaviour, a target's cost)."""

    __tablename__ = "appraisal_entry"
    __table_args__ = (UniqueConstraint("appraisal_id", "about", "target_id"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    appraisal_id: int = Field(foreign_key="appraisal.id", index=True)
    about: str
    target_id: int | None = Field(default=None, foreign_key="target.id")
    value: Decimal | None = Field(default=None, sa_type=AMOUNT)
    remark: str = ""
    entered_by_id: int = Field(foreign_key="employee.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)
