"""Employees, and the periods in which somebody stands in for a superior."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Index, UniqueConstraint, bindparam, text
from sqlmodel import Field, SQLModel, and_, col, or_, select

from models import known
from models.agencies import Agency, Unit
from models.database import Session, UtcDateTime, parts

ADMIN = "admin"
PLH, PLT = "plh", "plt"
OWN_TIMES = text("zone IS NOT NULL OR report_at IS NOT NULL OR nudge_at IS NOT NULL")
MENU_LESS = text("telegram_id IS NOT NULL AND menu IS NULL")
LEAVES = text("left_on IS NOT NULL")
FEW = 500
"""People named one by one in a query."""


class Employee(SQLModel, table=True):
    """A civil servant: one unit, one superior, one time zone, at most one Telegram account."""

    __table_args__ = (
        UniqueConstraint("agency_id", "nip"),
        Index("ix_employee_own_times", "id", sqlite_where=OWN_TIMES, postgresql_where=OWN_TIMES),
        Index("ix_employee_menu_less", "id", sqlite_where=MENU_LESS, postgresql_where=MENU_LESS),
        Index("ix_employee_leaving", "left_on", sqlite_where=LEAVES, postgresql_where=LEAVES),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    nip: str
    name: str
    position: str = ""
    unit_id: int = Field(foreign_key="unit.id", index=True)
    superior_id: int | None = Field(default=None, foreign_key="employee.id", index=True)
    approver_id: int | None = Field(default=None, foreign_key="employee.id", index=True)
    """Of somebody without a superior: who decides about their work, as the agency has named it."""
    zone: str | None = None
    language: str = "id"
    role: str = ""
    report_at: time | None = None
    nudge_at: time | None = None
    """The person's own usual times for the question and for the reviewer's card; None: those of the unit."""
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_on: date | None = None
    """First day on which the person no longer belongs to the agency; the account stops answering."""
    muted_from: date | None = None
    muted_until: date | None = None
    """First and last day on which the bot is silent by itself, by the person's own wish."""
    quiet_from: time | None = None
    quiet_to: time | None = None
    """Local hours without messages that come by themselves."""
    unreachable_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when Telegram refuses to deliver (blocked, deactivated); nobody is asked while it is set."""
    menu: str | None = None
    """Which menu of commands was wanted last, and for which account."""


class Deputy(SQLModel, table=True):
    """Plh or Plt: stands in for a superior in a period, both days included."""

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    superior_id: int = Field(foreign_key="employee.id", index=True)
    deputy_id: int = Field(foreign_key="employee.id", index=True)
    starts_on: date
    ends_on: date
    kind: str = PLH
    named_by_id: int | None = Field(default=None, foreign_key="employee.id")
    absence_id: int | None = Field(default=None, index=True)
    """The superior's absence that named the deputy, with which it ends."""


class Whose(NamedTuple):
    """Whose rows are looked up: those of people, by their ids, or of whole agencies."""

    column: str
    """`employee_id` or `agency_id`, which every table about people has."""
    ids: Sequence[int]

    @classmethod
    def of(cls, people: Collection[Employee]) -> "Whose":
        """Few are named one by one; for more, everybody of their agencies is looked up."""
        if len(people) <= FEW:
            return cls("employee_id", [person.id for person in people])
        return cls("agency_id", sorted({person.agency_id for person in people}))


def has_left(person: Employee, on: date) -> bool:
    """Whether the person no longer belongs to the agency on a date."""
    return person.left_on is not None and person.left_on <= on


async def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Employee]:
    """Read together; afterwards the session knows each of them without asking."""
    return await known.by_ids(session, Employee, ids)


async def by_telegram_id(session: Session, telegram_id: int) -> Employee | None:
    """Whose account it is; afterwards the session knows their unit and agency as well."""
    found = (await session.exec(_by_telegram_id(), params={"account": telegram_id})).first()
    return found[0] if found else None


@cache
def _by_telegram_id() -> Any:
    """Made once, as every statement that each update needs: to make one takes longer than to run it."""
    query = select(Employee, Unit, Agency).where(Employee.telegram_id == bindparam("account"))
    return query.where(col(Employee.unit_id) == Unit.id, col(Employee.agency_id) == Agency.id)


async def those(session: Session, ids: Iterable[int]) -> Sequence[Employee]:
    """Any number, in the order of their ids."""
    found: list[Employee] = []
    for some in parts(sorted(set(ids))):
        found += (
            await session.exec(select(Employee).where(col(Employee.id).in_(some)).order_by(col(Employee.id)))
        ).all()
    return found


async def with_superiors(session: Session, ids: Iterable[int]) -> dict[int, Employee]:
    """These people and whoever is right above them, so that nobody has to be looked up one by one."""
    own = await those(session, ids)
    above = await those(session, {one.superior_id or one.approver_id or one.id for one in own})
    return {one.id: one for one in (*above, *own)}


async def by_nip(session: Session, agency_id: int, nip: str) -> Employee | None:
    query = select(Employee).where(Employee.agency_id == agency_id, Employee.nip == nip)
    return (await session.exec(query)).first()


async def all_of(session: Session, agency_id: int) -> Sequence[Employee]:
    """Everybody of an agency, those who left included, by name."""
    query = select(Employee).where(Employee.agency_id == agency_id)
    return (await session.exec(query.order_by(col(Employee.name), col(Employee.id)))).all()


def is_reachable(*, on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions of somebody to whom the bot may write on a date."""
    stays = or_(col(Employee.left_on).is_(None), col(Employee.left_on) > on)
    return col(Employee.telegram_id).is_not(None), col(Employee.unreachable_at).is_(None), stays


def has_own_times() -> ColumnElement[bool]:
    """Not simply those of the unit. Written as in the index's condition, so that the index is used."""
    return or_(
        col(Employee.zone).is_not(None), col(Employee.report_at).is_not(None), col(Employee.nudge_at).is_not(None)
    )


async def reachable(session: Session, ids: Iterable[int]) -> Sequence[Employee]:
    """Of these, everybody the bot may write to, those who leave included."""
    query = select(Employee).where(
        col(Employee.id).in_(list(ids)), col(Employee.telegram_id).is_not(None), col(Employee.unreachable_at).is_(None)
    )
    return (await session.exec(query.order_by(col(Employee.id)))).all()


async def not_joined(session: Session, agency_id: int) -> Sequence[Employee]:
    """Everybody of an agency without a Telegram account who stays, in the order of units and names."""
    query = select(Employee).where(
        Employee.agency_id == agency_id, col(Employee.telegram_id).is_(None), col(Employee.left_on).is_(None)
    )
    return (await session.exec(query.order_by(col(Employee.unit_id), col(Employee.name)))).all()


async def ids_in(session: Session, unit_ids: Iterable[int]) -> Sequence[int]:
    """Ids of the members of units, unit by unit."""
    query = select(Employee.id).where(col(Employee.unit_id).in_(list(unit_ids)))
    return (await session.exec(query.order_by(col(Employee.unit_id), col(Employee.id)))).all()


async def members(session: Session, unit_id: int) -> Sequence[Employee]:
    query = select(Employee).where(Employee.unit_id == unit_id).order_by(col(Employee.name))
    return (await session.exec(query)).all()


async def zone_of(session: Session, employee: Employee) -> ZoneInfo:
    """The person's own zone, else the unit's, else the agency's."""
    if employee.zone:
        return ZoneInfo(employee.zone)
    unit = await session.get_one(Unit, employee.unit_id)
    if unit.zone:
        return ZoneInfo(unit.zone)
    return ZoneInfo((await session.get_one(Agency, employee.agency_id)).zone)


async def is_head(session: Session, employee: Employee, unit: Unit) -> bool:
    """Whether the person leads the unit: a member whose superior is outside it and who has subordinates in it."""
    if employee.unit_id != unit.id:
        return False
    if employee.superior_id is not None:
        superior = await session.get_one(Employee, employee.superior_id)
        if superior.unit_id == unit.id:
            return False
    return any(member.superior_id == employee.id for member in await members(session, unit.id))


async def direct_reports(session: Session, leaders: Iterable[int]) -> Sequence[Employee]:
    """Those whose superior is one of the leaders (for whoever has none: whose named approver is), by name."""
    ids = list(leaders)
    named = and_(col(Employee.superior_id).is_(None), col(Employee.approver_id).in_(ids))
    query = select(Employee).where(or_(col(Employee.superior_id).in_(ids), named))
    return (await session.exec(query.order_by(col(Employee.name), col(Employee.id)))).all()
