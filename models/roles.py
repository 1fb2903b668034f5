"""What people are to others on a date: who supervises, who leads a unit, who looks after the agency."""

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import and_, col, or_, select

from models import leading
from models.agencies import Agency
from models.database import Session
from models.employees import ADMIN, Deputy, Employee


@dataclass(frozen=True, slots=True)
class Roles:
    """What somebody sees in the menu and in help. What they may do is asked of the rules, each time they do it."""

    supervises: bool = False
    leads: bool = False
    is_admin: bool = False
    asks_focus: bool = True
    """Whether the agency asks for the day's focus."""

    def mark(self, language: str) -> str:
        """Equal for people with the same menu."""
        return language + ":" + "".join(str(int(one)) for one in astuple(self))


async def of_people(session: Session, days: Mapping[int, date], people: Collection[Employee]) -> dict[int, Roles]:
    """By person, each on the date in `days` (where they live)."""
    if not people:
        return {}
    first, last = min(days.values()), max(days.values())
    ids = [person.id for person in people]
    standing = await _stand_ins(session, ids, first, last)
    superiors = await _superiors(session, ids, on=first)
    heads = await leading.heads(session, among={*ids, *(row.superior_id for own in standing.values() for row in own)})
    agencies = {row.id: row for row in (await session.exec(select(Agency))).all()}

    def roles(person: Employee) -> Roles:
        day = days[person.id]
        stands_for = {one.superior_id for one in standing.get(person.id, ()) if one.starts_on <= day <= one.ends_on}
        return Roles(
            supervises=person.id in superiors or bool(stands_for),
            leads=not heads.isdisjoint(stands_for | {person.id}),
            is_admin=person.role == ADMIN,
            asks_focus=agencies[person.agency_id].asks_focus,
        )

    return {person.id: roles(person) for person in people}


async def of_one(session: Session, person: Employee, *, on: date) -> Roles:
    return (await of_people(session, {person.id: on}, [person]))[person.id]


async def _superiors(session: Session, ids: Collection[int], *, on: date) -> frozenset[int]:
    """Those to whom somebody reports who has not left."""
    here = or_(col(Employee.left_on).is_(None), col(Employee.left_on) > on)
    named = and_(col(Employee.superior_id).is_(None), col(Employee.approver_id).in_(ids))
    query = select(func.coalesce(Employee.superior_id, Employee.approver_id)).distinct()
    return frozenset((await session.exec(query.where(here, or_(col(Employee.superior_id).in_(ids), named)))).all())


async def _stand_ins(session: Session, ids: Collection[int], first: date, last: date) -> dict[int, list[Deputy]]:
    query = select(Deputy).where(col(Deputy.deputy_id).in_(ids), Deputy.starts_on <= last, Deputy.ends_on >= first)
    found: dict[int, list[Deputy]] = {}
    for row in (await session.exec(query)).all():
        found.setdefault(row.deputy_id, []).append(row)
    return found
