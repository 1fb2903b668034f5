"""Who leads a unit, asked for many people at once."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, select

from models.agencies import Unit
from models.database import Session
from models.employees import ADMIN, Deputy, Employee


def _leads() -> ColumnElement[bool]:
    """As `employees.is_head`, for many at once; or at the top of the agency, with somebody below."""
    superior, member, anybody = aliased(Employee), aliased(Employee), aliased(Employee)
    own = exists().where(col(member.superior_id) == col(Employee.id), col(member.unit_id) == col(Employee.unit_id))
    inside = exists().where(col(superior.id) == col(Employee.superior_id), col(superior.unit_id) == Employee.unit_id)
    below = exists().where(col(anybody.superior_id) == col(Employee.id))
    return or_(and_(own, ~inside), and_(col(Employee.superior_id).is_(None), below))


def leads_or_looks_after() -> ColumnElement[bool]:
    """Of an employee: they lead the unit they are in, or are an admin."""
    return or_(col(Employee.role) == ADMIN, _leads())


async def heads(session: Session, *, among: Iterable[int] | None = None) -> frozenset[int]:
    """Ids of those who lead the unit they are in."""
    query = select(col(Employee.id)).where(_leads())
    if among is not None:
        query = query.where(col(Employee.id).in_(list(among)))
    return frozenset((await session.exec(query)).all())


async def led_by(session: Session, person: Employee, *, on: date) -> Unit | None:
    """The unit whose coverage a person may see on a date: their own, or that of a head for whom they stand in."""
    absent = select(Deputy.superior_id).where(
        Deputy.deputy_id == person.id, Deputy.starts_on <= on, Deputy.ends_on >= on
    )
    leaders = [person.id, *(await session.exec(absent.order_by(col(Deputy.id)))).all()]
    leading = await heads(session, among=leaders)
    leader = next((id_ for id_ in leaders if id_ in leading), None)
    return await session.get_one(Unit, (await session.get_one(Employee, leader)).unit_id) if leader else None


def sees_agency(person: Employee) -> bool:
    """Whether somebody who leads, or is an admin, is told of the whole agency rather than of their unit."""
    return person.role == ADMIN or person.superior_id is None
