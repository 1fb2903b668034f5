"""Where people were in the course of time: their unit, their superior, and whether the bot could reach them.

The rows of employees say what is so now. These keep what was, day by day, so that figures of past days stay with the
unit of their time, and days on which nobody could be asked are nobody's arrears.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Index, UniqueConstraint, bindparam, insert, literal, or_
from sqlalchemy import select as sql_select
from sqlmodel import Field, SQLModel, and_, col, func, not_, select
from sqlmodel.sql.expression import SelectOfScalar

from models import employees
from models.database import Session
from models.employees import Employee


class Placement(SQLModel, table=True):
    """One stretch of days, from `starts_on` until the day before the next one starts."""

    __table_args__ = (
        UniqueConstraint("employee_id", "starts_on"),
        Index("ix_placement_of_unit", "unit_id", "starts_on"),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    starts_on: date
    is_last: bool = True
    unit_id: int = Field(foreign_key="unit.id")
    superior_id: int | None = Field(default=None, foreign_key="employee.id")
    """Who decides about their work: the superior, or whoever is named for the top."""
    is_reached: bool = False
    """Joined, and not known to have blocked the bot."""
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A person's stretches, the first one first; the first holds for all days before it too."""

    stretches: Sequence[Placement]

    def on(self, day: date) -> Placement:
        if len(self.stretches) == 1:
            return self.stretches[0]
        return next((one for one in reversed(self.stretches) if one.starts_on <= day), self.stretches[0])

    def units(self, first: date, last: date) -> list[tuple[date, date, int]]:
        """(first day, last day, unit) of each stretch between two days, both included."""
        starts = [max(first, one.starts_on) if n else first for n, one in enumerate(self.stretches)]
        ends = [min(last, start - timedelta(days=1)) for start in starts[1:]] + [last]
        spans = zip(starts, ends, self.stretches, strict=True)
        return [(start, end, one.unit_id) for start, end, one in spans if start <= end]

    def was_in(self, unit_id: int, day: date) -> bool:
        there = self.on(day)
        return there.unit_id == unit_id and not there.has_left

    def was_asked_in(self, unit_id: int, day: date) -> bool:
        """Whether the bot could ask the person about that day, as a member of the unit."""
        return self.was_in(unit_id, day) and self.on(day).is_reached


def as_now(person: Employee, on: date) -> Placement:
    """How it stands on a date by the person's own row; not in the session."""
    return Placement(
        agency_id=person.agency_id,
        employee_id=person.id,
        starts_on=on,
        unit_id=person.unit_id,
        superior_id=person.superior_id or person.approver_id,
        is_reached=person.telegram_id is not None and person.unreachable_at is None,
        has_left=employees.has_left(person, on),
    )


def _same(one: Placement, other: Placement) -> bool:
    names = ("unit_id", "superior_id", "is_reached", "has_left")
    return all(getattr(one, name) == getattr(other, name) for name in names)


async def note(session: Session, person: Employee, *, on: date) -> Placement | None:
    """Keep how it stands from `on`, when that is new; what was so before, None when nothing has changed or been known.

    Of several changes on one day the last one counts.
    """
    query = select(Placement).where(Placement.employee_id == person.id, col(Placement.is_last))
    last = (await session.exec(query)).first()
    fresh = as_now(person, on)
    if last is None:
        fresh.starts_on -= timedelta(days=1)  # it holds for all days before too, whatever changes today
        session.add(fresh)
        await session.flush()
        return None
    if _same(last, fresh):
        return None
    former = Placement(**last.model_dump(exclude={"id"}))
    if last.starts_on >= on:
        for name in ("unit_id", "superior_id", "is_reached", "has_left"):
            setattr(last, name, getattr(fresh, name))
    else:
        last.is_last = False
        await session.flush()
        session.add(fresh)
    await session.flush()
    return former


async def begin(session: Session, *, on: date) -> None:
    """The first stretch of everybody who has none, all at once; it holds for all days before too."""
    known = select(Placement.employee_id).where(Placement.employee_id == Employee.id).exists()
    reached = and_(col(Employee.telegram_id).is_not(None), col(Employee.unreachable_at).is_(None))
    gone = and_(col(Employee.left_on).is_not(None), col(Employee.left_on) < on)
    columns: dict[str, Any] = {
        "agency_id": Employee.agency_id,
        "employee_id": Employee.id,
        "starts_on": literal(on - timedelta(days=1), Date),
        "is_last": literal(True),
        "unit_id": Employee.unit_id,
        "superior_id": func.coalesce(col(Employee.superior_id), col(Employee.approver_id)),
        "is_reached": reached,
        "has_left": gone,
    }
    fresh = sql_select(*columns.values()).where(~known)
    await session.exec(insert(Placement).from_select(list(columns), fresh))


async def unknown(session: Session, *, at_most: int) -> Sequence[int]:
    """Ids of people of whom no stretch is kept."""
    known = select(Placement.employee_id).where(Placement.employee_id == Employee.id).exists()
    return (await session.exec(select(Employee.id).where(~known).limit(at_most))).all()


async def perhaps_changed(session: Session, *, around: date, at_most: int) -> Sequence[int]:
    """Ids of those whose row says something else than what was kept last; leaving is judged where they live."""
    superior = func.coalesce(col(Employee.superior_id), col(Employee.approver_id), 0)
    reached = and_(col(Employee.telegram_id).is_not(None), col(Employee.unreachable_at).is_(None))
    gone = and_(col(Employee.left_on).is_not(None), col(Employee.left_on) <= around + timedelta(days=1))
    query = (
        select(Employee.id)
        .join(Placement, and_(col(Placement.employee_id) == col(Employee.id), col(Placement.is_last)))
        .where(
            or_(
                col(Placement.unit_id) != col(Employee.unit_id),
                func.coalesce(col(Placement.superior_id), 0) != superior,
                and_(reached, not_(col(Placement.is_reached))),
                and_(not_(reached), col(Placement.is_reached)),
                and_(gone, not_(col(Placement.has_left))),
                and_(or_(col(Employee.left_on).is_(None), col(Employee.left_on) > around), col(Placement.has_left)),
            )
        )
    )
    return (await session.exec(query.order_by(col(Employee.id)).limit(at_most))).all()


async def courses(session: Session, people: Collection[Employee], *, on: date) -> dict[int, Course]:
    """By person; of whom nothing was kept yet, as it stands on `on`."""
    kept: dict[int, list[Placement]] = {}
    for row in (await session.exec(_of_people(), params={"ids": [person.id for person in people]})).all():
        kept.setdefault(row.employee_id, []).append(row)
    return {person.id: Course(kept.get(person.id) or [as_now(person, on)]) for person in people}


@cache
def _of_people() -> SelectOfScalar[Placement]:
    whose = col(Placement.employee_id).in_(bindparam("ids", expanding=True))
    return select(Placement).where(whose).order_by(col(Placement.starts_on))


async def of_unit(session: Session, unit_id: int, first: date, last: date) -> list[tuple[Employee, Course]]:
    """Everybody who belonged to a unit on a day between two dates, by name."""
    once = select(Placement.employee_id).where(Placement.unit_id == unit_id, Placement.starts_on <= last)
    query = select(Employee).where(or_(col(Employee.unit_id) == unit_id, col(Employee.id).in_(once)))
    people = (await session.exec(query.order_by(col(Employee.name), col(Employee.id)))).all()
    by_id = await courses(session, people, on=last)
    return [(one, by_id[one.id]) for one in people if _touches(by_id[one.id], unit_id, first, last)]


def _touches(course: Course, unit_id: int, first: date, last: date) -> bool:
    return any(course.was_in(unit_id, start) for start, _, unit in course.units(first, last) if unit == unit_id)


async def unit_on(session: Session, person: Employee, day: date) -> int:
    """Id of the person's unit on a day."""
    return (await courses(session, [person], on=day))[person.id].on(day).unit_id
