"""An agency's people as its admins see them: found by a part of the name or NIP, and where each of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select

from models import employees, invitations
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import ADMIN, Employee
from models.refusals import Refusal


class Standing(StrEnum):
    JOINED = "joined"
    INVITED = "invited"
    NOT_INVITED = "not_invited"
    UNREACHABLE = "unreachable"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class State:
    """`until` is the last moment of a link that waits; `since` when Telegram first refused to deliver."""

    standing: Standing
    until: datetime | None = None
    since: datetime | None = None


def is_admin(actor: Employee, *, on: date) -> bool:
    return actor.role == ADMIN and not employees.has_left(actor, on)


def check_admin(actor: Employee, *, on: date) -> None:
    """Raises: Refusal("admins_only")."""
    if not is_admin(actor, on=on):
        raise Refusal("admins_only")


async def person_of(session: Session, actor: Employee, id_: int, *, on: date) -> Employee:
    """Somebody of the admin's agency.

    Raises: Refusal("admins_only"), Refusal("changed_meanwhile") for anybody else.
    """
    check_admin(actor, on=on)
    person = await session.get(Employee, id_)
    if person is None or person.agency_id != actor.agency_id:
        raise Refusal("changed_meanwhile")
    return person


async def unit_of(session: Session, actor: Employee, id_: int) -> Unit:
    """A unit of the admin's agency. Raises: Refusal("changed_meanwhile")."""
    unit = await session.get(Unit, id_)
    if unit is None or unit.agency_id != actor.agency_id:
        raise Refusal("changed_meanwhile")
    return unit


async def found(
    session: Session, agency_id: int, text: str = "", *, first: int = 0, most: int = 8
) -> tuple[Sequence[Employee], int]:
    """A page of the people whose name or NIP has this part, by name, and how many there are in all."""
    where: list[ColumnElement[bool]] = [col(Employee.agency_id) == agency_id]
    wanted = " ".join(text.split())
    if wanted:
        digits = wanted.replace(" ", "")
        by_name = col(Employee.name).icontains(wanted, autoescape=True)
        where.append(or_(by_name, col(Employee.nip).contains(digits)) if digits.isdecimal() else by_name)
    total = (await session.exec(select(func.count()).select_from(Employee).where(*where))).one()
    query = select(Employee).where(*where).order_by(col(Employee.name), col(Employee.id))
    return (await session.exec(query.offset(first).limit(most))).all(), total


async def admins_of(session: Session, agency_id: int, *, on: date) -> Sequence[Employee]:
    """Those who have joined."""
    query = select(Employee).where(
        Employee.agency_id == agency_id, Employee.role == ADMIN, col(Employee.telegram_id).is_not(None)
    )
    found = (await session.exec(query.order_by(col(Employee.id)))).all()
    return [person for person in found if is_admin(person, on=on)]


async def agencies_without_admin(session: Session) -> list[str]:
    """Codes of the agencies in which nobody has the role."""
    looked_after = select(Employee.agency_id).where(Employee.role == ADMIN, col(Employee.left_on).is_(None))
    query = select(Agency.code).where(col(Agency.id).not_in(looked_after)).order_by(col(Agency.code))
    return list((await session.exec(query)).all())


async def superiors_for(session: Session, person: Employee) -> list[Employee]:
    """Who may be meant as the superior: leaders and colleagues, those of the person's own unit first."""
    leading = select(Employee.superior_id).where(
        Employee.agency_id == person.agency_id, col(Employee.superior_id).is_not(None)
    )
    query = select(Employee).where(
        Employee.agency_id == person.agency_id,
        Employee.id != person.id,
        col(Employee.left_on).is_(None),
        or_(col(Employee.id).in_(leading), Employee.unit_id == person.unit_id),
    )
    people = (await session.exec(query.order_by(col(Employee.name), col(Employee.id)))).all()
    return sorted(people, key=lambda one: one.unit_id != person.unit_id)


async def states(session: Session, people: Sequence[Employee], *, on: date, now: datetime) -> dict[int, State]:
    """Where each stands with the bot: joined, invited, unreachable, left."""
    links = await invitations.waiting_of(session, [one.id for one in people], now=now)

    def state(person: Employee) -> State:
        if employees.has_left(person, on):
            return State(Standing.LEFT)
        if person.telegram_id is not None and person.unreachable_at is None:
            return State(Standing.JOINED, until=links.get(person.id))
        if person.id in links:
            return State(Standing.INVITED, until=links[person.id])
        if person.unreachable_at is not None:
            return State(Standing.UNREACHABLE, since=person.unreachable_at)
        return State(Standing.NOT_INVITED)

    return {person.id: state(person) for person in people}
