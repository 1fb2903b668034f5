"""The times of day that hold on a date: the unit's own, unless other hours are in force (Ramadan, for one)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from sqlmodel import Field, SQLModel, select

from models.agencies import Unit
from models.database import Session
from models.employees import Employee


class WorkHours(SQLModel, table=True):
    """Other times of day between two dates, both included. Empty times stay what they are without it."""

    __tablename__ = "work_hours"

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    """None: of every unit of the agency."""
    name: str
    starts_on: date
    ends_on: date
    focus_at: time | None = None
    report_at: time | None = None
    remind_at: time | None = None
    nudge_at: time | None = None
    summary_at: time | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Local times of day, as a unit has them."""

    focus_at: time
    report_at: time
    remind_at: time
    nudge_at: time
    summary_at: time

    def asking_at(self, moment: time) -> "Times":
        """The same, with another time for the question."""
        return replace(self, report_at=moment)


def times_on(unit: Unit, hours: Sequence[WorkHours], day: date, person: Employee | None = None) -> Times:
    """The narrower wins: hours of the unit, then of the agency, then what is usual; of two alike the later begun.

    What is usual is the person's own time where one is given and has one, else the unit's.
    """
    own = {"report_at": person.report_at, "nudge_at": person.nudge_at} if person is not None else {}
    in_force = [row for row in hours if row.starts_on <= day <= row.ends_on and row.unit_id in (None, unit.id)]
    in_force.sort(key=lambda row: (row.unit_id is not None, row.starts_on, row.id or 0), reverse=True)

    def at(name: str) -> time:
        stated = (getattr(row, name) for row in in_force)
        usual = own.get(name) or getattr(unit, name)
        found: time = next((moment for moment in stated if moment is not None), usual)
        return found

    return Times(at("focus_at"), at("report_at"), at("remind_at"), at("nudge_at"), at("summary_at"))


async def by_agency(session: Session) -> dict[int, list[WorkHours]]:
    found: dict[int, list[WorkHours]] = {}
    for row in (await session.exec(select(WorkHours))).all():
        found.setdefault(row.agency_id, []).append(row)
    return found


async def of_agency(session: Session, agency_id: int) -> Sequence[WorkHours]:
    return (await session.exec(select(WorkHours).where(WorkHours.agency_id == agency_id))).all()
