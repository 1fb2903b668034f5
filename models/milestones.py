"""Milestones: how far a result that cannot be counted has come, in percent, as its supervisor sets it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.database import UtcDateTime


class MilestoneStep(SQLModel, table=True):
    """The percent reached on a date, with a sentence of evidence. Steps are added, never overwritten."""

    __tablename__ = "milestone_step"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    reached_on: date
    percent: int
    evidence: str
    reviewer_id: int = Field(foreign_key="employee.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
