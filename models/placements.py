"""Where people were in the course of time: their unit, their superior, and whether the bot could reach them.

The rows of employees say what is so now. These keep what was, day by day, so that figures of past days stay with the
unit of their time, and days on which nobody could be asked are nobody's arrears.
"""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Placement(SQLModel, table=True):
    """One stretch of days, from `starts_on` until the day before the next one starts."""

    __table_args__ = (UniqueConstraint("employee_id", "starts_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    starts_on: date
    is_last: bool = True
    unit_id: int = Field(foreign_key="unit.id")
    superior_id: int | None = Field(default=None, foreign_key="employee.id")
    is_reached: bool = False
    """Joined, and not known to have blocked the bot."""
    has_left: bool = False
