"""Menus of commands as desired state: which one a person is to have stands on their row, and the outbox brings it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, update
from sqlmodel import col, or_, select

from models import kinds, outbox
from models.database import Session
from models.employees import Employee

GONE = "gone"
"""The mark of whoever has left: the menu of strangers."""


def is_wanted(person: Employee, mark: str) -> bool:
    """Whether this menu is wanted already."""
    return person.menu == _wanted(person, mark)


def _wanted(person: Employee, mark: str) -> str:
    return f"{person.telegram_id}:{mark}"


async def want(session: Session, person: Employee, mark: str, *, now: datetime) -> bool:
    """Have the menu brought that belongs to this mark, once for each change; whether there was one.

    It waits behind everything that people read. An account that was theirs before loses its menu.
    """
    if person.telegram_id is None or is_wanted(person, mark):
        return False
    former = int(person.menu.partition(":")[0]) if person.menu else person.telegram_id
    changed = update(Employee).where(col(Employee.id) == person.id)
    await session.exec(changed.values(menu=_wanted(person, mark)).execution_options(synchronize_session=False))
    for account in {former, person.telegram_id}:
        await outbox.show(
            session,
            key=f"menu:{account}",
            chat_id=account,
            kind=kinds.MENU,
            agency_id=person.agency_id,
            priority=kinds.BACKGROUND,
            due_at=now,
        )
    return True


async def without(session: Session, at_most: int) -> Sequence[int]:
    """Ids of people with an account for whom no menu was ever wanted."""
    query = select(Employee.id).where(col(Employee.telegram_id).is_not(None), col(Employee.menu).is_(None))
    return (await session.exec(query.order_by(col(Employee.id)).limit(at_most))).all()


async def in_turn(session: Session, at_most: int, *, now: datetime) -> Sequence[int]:
    """Ids of about so many people, each minute others, until everybody's turn has come."""
    last = (await session.exec(select(func.max(Employee.id)))).one() or 0
    rounds = -(-last // at_most) or 1
    first = int(now.timestamp() // 60) % rounds * at_most
    query = select(Employee.id).where(Employee.id > first, Employee.id <= first + at_most)
    return (await session.exec(query.order_by(col(Employee.id)))).all()


async def of_leavers(session: Session, *, by: date) -> Sequence[int]:
    """Ids of those who leave by a date, or have left, and still have a menu."""
    has_menu = or_(col(Employee.menu).is_(None), col(Employee.menu).not_like(f"%:{GONE}"))
    query = select(Employee.id).where(col(Employee.left_on) <= by, col(Employee.telegram_id).is_not(None), has_menu)
    return (await session.exec(query.order_by(col(Employee.id)))).all()
