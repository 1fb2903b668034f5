"""Whose day's focus is to be asked, or has to close: what the clock looks for, by conditions and for many at once."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from models import targets
from models.database import Session
from models.employees import Employee
from models.focus import FocusDay
from models.targets import Target


def is_open_still() -> ColumnElement[bool]:
    """Its card may still have buttons. Written as in the index's condition, so that the index is used."""
    return col(FocusDay.closed_at).is_(None)


def has_open(day: date) -> ColumnElement[bool]:
    """Of an employee: the card of that day may still have buttons."""
    return col(Employee.id).in_(select(FocusDay.employee_id).where(is_open_still(), FocusDay.day == day))


async def open_before(session: Session, day: date) -> Sequence[int]:
    """Ids of people with such a card of an earlier day."""
    query = select(FocusDay.employee_id).where(is_open_still(), FocusDay.day < day)
    return sorted(set((await session.exec(query)).all()))


async def open_of(session: Session, ids: Iterable[int]) -> Sequence[FocusDay]:
    """Days of these people whose card may still have buttons."""
    query = select(FocusDay).where(is_open_still(), col(FocusDay.employee_id).in_(list(ids)))
    return (await session.exec(query.order_by(col(FocusDay.id)))).all()


def is_unasked(day: date) -> ColumnElement[bool]:
    """Of an employee: not asked for that day, nor was their plan taken as its focus."""
    noted = select(FocusDay.id).where(FocusDay.employee_id == Employee.id, FocusDay.day == day, _is_noted())
    return ~noted.exists()


def holds_any(day: date) -> ColumnElement[bool]:
    """Of an employee: they hold a target in force on the day."""
    return select(Target.id).where(Target.employee_id == Employee.id, *targets.in_force(day)).exists()


def _is_noted() -> ColumnElement[bool]:
    taken = and_(col(FocusDay.plan).is_not(None), col(FocusDay.chosen_at).is_not(None))
    return or_(col(FocusDay.asked_at).is_not(None), taken)


async def noted_for(session: Session, days: Iterable[date], ids: Iterable[int]) -> set[tuple[int, date]]:
    """(person, day) of those who were asked, or whose plan was taken as their focus, for any of the days."""
    query = select(col(FocusDay.employee_id), col(FocusDay.day)).where(
        col(FocusDay.employee_id).in_(list(ids)), col(FocusDay.day).in_(list(days)), _is_noted()
    )
    return {(id_, day) for id_, day in (await session.exec(query)).all()}


async def who_planned(session: Session, ids: Iterable[int], *, since: date) -> set[int]:
    """Who of them has a plan noted for a day since then."""
    query = select(FocusDay.employee_id).where(
        col(FocusDay.employee_id).in_(list(ids)), FocusDay.day >= since, col(FocusDay.plan).is_not(None)
    )
    return set((await session.exec(query)).all())
