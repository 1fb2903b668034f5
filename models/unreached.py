"""People whom the bot does not reach, for whoever leads them: not joined yet, or gone from Telegram."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import col, or_, select

from models import agencies, employees, leading
from models.database import Session
from models.employees import Deputy, Employee


async def by_leader(session: Session, agency_id: int, *, on: date) -> dict[int, list[Employee]]:
    """By the head of a unit: its people who are not reached, and those of units below whose own head is not either."""
    missing = select(Employee).where(
        Employee.agency_id == agency_id,
        or_(col(Employee.telegram_id).is_(None), col(Employee.unreachable_at).is_not(None)),
        or_(col(Employee.left_on).is_(None), col(Employee.left_on) > on),
    )
    people = (await session.exec(missing.order_by(col(Employee.name), col(Employee.id)))).all()
    if not people:
        return {}
    parents = {unit.id: unit.parent_id for unit in await agencies.units_of(session, agency_id)}
    heads = await _heads(session, agency_id, on=on)
    found: dict[int, list[Employee]] = {}
    for person in people:
        for head in _nearest(person, heads, parents) or await _superior(session, person, on=on):
            found.setdefault(head, []).append(person)
    return found


async def _heads(session: Session, agency_id: int, *, on: date) -> dict[int, list[int]]:
    """Ids of the heads who can be reached, by unit."""
    leads = await leading.heads(session)
    query = select(Employee).where(Employee.agency_id == agency_id, col(Employee.id).in_(leads))
    found: dict[int, list[int]] = {}
    for head in (await session.exec(query.order_by(col(Employee.id)))).all():
        if _is_there(head, on):
            found.setdefault(head.unit_id, []).append(head.id)
    return found


def _nearest(person: Employee, heads: Mapping[int, Iterable[int]], parents: Mapping[int, int | None]) -> list[int]:
    """The heads of the person's unit, else of the unit above it."""
    unit: int | None = person.unit_id
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        found = [id_ for id_ in heads.get(unit, ()) if id_ != person.id]
        if found:
            return found
        unit = parents.get(unit)
    return []


async def _superior(session: Session, person: Employee, *, on: date) -> list[int]:
    """Where no unit above has a head: the nearest superior who can be reached."""
    seen = {person.id}
    above = person
    while above.superior_id is not None and above.superior_id not in seen:
        seen.add(above.superior_id)
        above = await session.get_one(Employee, above.superior_id)
        if _is_there(above, on):
            return [above.id]
    return []


def _is_there(person: Employee, on: date) -> bool:
    return person.telegram_id is not None and person.unreachable_at is None and not employees.has_left(person, on)


async def listed_for(session: Session, viewer: Employee, *, on: date) -> list[Employee]:
    """Those for whom this person may make new links: as the head of a unit, or standing in for one."""
    absent = select(Deputy.superior_id).where(
        Deputy.deputy_id == viewer.id, Deputy.starts_on <= on, Deputy.ends_on >= on
    )
    leaders = [viewer.id, *(await session.exec(absent)).all()]
    found = await by_leader(session, viewer.agency_id, on=on)
    people = {person.id: person for id_ in leaders for person in found.get(id_, ())}
    return sorted(people.values(), key=lambda person: (person.name, person.id))
