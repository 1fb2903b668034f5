"""Menus of commands as desired state: which one a person is to have stands on their row, and the outbox brings it."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from models import outbox
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
            kind=outbox.MENU,
            agency_id=person.agency_id,
            priority=outbox.BACKGROUND,
            due_at=now,
        )
    return True
