"""Links a person has confirmed or corrected, kept so that the same wording links the same way next time."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, bindparam, delete
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.activities import Activity
from models.database import Session, insert
from models.employees import Employee
from models.reading.memory import Remembered, normalised
from models.targets import Target

NO_TARGET = ""
"""The code that stands for “serves no target”."""
KEPT = 2_000
"""Wordings looked at for one reply, the newest first."""


class RememberedLink(SQLModel, table=True):
    """`wording` is normalised, `said` as it was written. Without a target: said to serve none."""

    __tablename__ = "remembered_link"
    __table_args__ = (UniqueConstraint("employee_id", "wording"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    wording: str
    said: str
    target_id: int | None = Field(default=None, foreign_key="target.id", index=True)
    is_correction: bool = False
    """Chosen against what had been linked by itself; it outweighs what was only confirmed."""
    confirmed_on: date


async def remember(
    session: Session, employee: Employee, activity: Activity, target_id: int | None, *, correction: bool, on: date
) -> None:
    """Keep what was chosen for this wording; a later choice replaces an earlier one."""
    wording = normalised(activity.description)
    if not wording:
        return
    row = {"said": activity.description, "target_id": target_id, "is_correction": correction, "confirmed_on": on}
    statement = insert(session, RememberedLink).values(
        agency_id=employee.agency_id, employee_id=employee.id, wording=wording, **row
    )
    await session.exec(statement.on_conflict_do_update(index_elements=["employee_id", "wording"], set_=row))


async def known_to(session: Session, employee: Employee, own: Sequence[Target]) -> list[Remembered]:
    """What may be recalled for a person: own choices, and those of colleagues for a target that reads the same."""
    mine = {target.id: target.code for target in own}
    rows = (await session.exec(_own(), params={"employee": employee.id})).all()
    found = [
        Remembered(
            wording=row.wording,
            target_code=mine[row.target_id] if row.target_id is not None else NO_TARGET,
            own=True,
            corrected=row.is_correction,
            confirmed_on=row.confirmed_on,
            said=row.said,
        )
        for row in rows
        if row.target_id is None or row.target_id in mine
    ]
    return found + await _of_colleagues(session, employee, own)


async def _of_colleagues(session: Session, employee: Employee, own: Sequence[Target]) -> list[Remembered]:
    """Choices of others in the agency for targets with the same title and measure."""
    codes = {(target.title, target.measure): target.code for target in own}
    if not codes:
        return []
    titles = sorted({title for title, _ in codes})
    values = {"agency": employee.agency_id, "employee": employee.id, "titles": titles}
    return [
        Remembered(
            wording=row.wording,
            target_code=codes[title, measure],
            own=False,
            corrected=row.is_correction,
            confirmed_on=row.confirmed_on,
            said=row.said,
        )
        for row, title, measure in (await session.exec(_of_others(), params=values)).all()
        if (title, measure) in codes
    ]


@cache
def _own() -> SelectOfScalar[RememberedLink]:
    query = select(RememberedLink).where(RememberedLink.employee_id == bindparam("employee"))
    return query.order_by(*_newest_first()).limit(KEPT)


@cache
def _of_others() -> Any:
    query = (
        select(RememberedLink, Target.title, Target.measure)
        .join(Target, col(RememberedLink.target_id) == col(Target.id))
        .where(
            RememberedLink.agency_id == bindparam("agency"),
            RememberedLink.employee_id != bindparam("employee"),
            col(Target.title).in_(bindparam("titles", expanding=True)),
        )
    )
    return query.order_by(*_newest_first()).limit(KEPT)


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    return col(RememberedLink.confirmed_on).desc(), col(RememberedLink.id).desc()


async def of_person(session: Session, employee_id: int) -> Sequence[RememberedLink]:
    """A person's own memory, the newest first."""
    query = select(RememberedLink).where(RememberedLink.employee_id == employee_id)
    return (await session.exec(query.order_by(*_newest_first()))).all()


async def forget(session: Session, employee_id: int, *, link_id: int | None = None) -> int:
    """Erase one of a person's memories, or (without an id) all of them; how many."""
    gone = delete(RememberedLink).where(col(RememberedLink.employee_id) == employee_id)
    if link_id is not None:
        gone = gone.where(col(RememberedLink.id) == link_id)
    return (await session.exec(gone)).rowcount
