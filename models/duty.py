"""Who decides about whose work on a date: superiors, those who stand in for them, and the next level up.

The rules (Plh stands in for someone away, Plt fills a vacant post; both may decide):

- Never oneself. Whoever has not joined, or has left, decides nothing: the next level up does.
- A superior with deputies on that date is stood in for; a deputy who is stood in for in turn passes it on.
- A circle (A for B while B for A), or the author as the only deputy, leads nowhere: it rises one level.
- A superior who is stood in for may still decide, but is asked last.
- Whoever has no superior is decided about by the person the agency has named for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models import employees
from models.database import Session
from models.employees import Deputy, Employee


@dataclass(frozen=True, slots=True)
class Decider:
    """`in_place_of` is the superior for whom the person stands in; None when they decide as the superior."""

    person: Employee
    in_place_of: Employee | None = None


@dataclass(slots=True)
class Duty:
    """The rules on one date; what was looked up for one person is not looked up again for the next."""

    session: Session
    on: date
    _deputies: dict[int, list[Employee]] = field(default_factory=dict)
    _deciders: dict[int, list[Decider]] = field(default_factory=dict)
    _teams: dict[int, list[Employee]] = field(default_factory=dict)

    async def deciders(self, author: Employee) -> list[Decider]:
        """Who may decide about the author's work, the one to be asked first."""
        if author.id not in self._deciders:
            self._deciders[author.id] = await self._look(author)
        return self._deciders[author.id]

    async def _look(self, author: Employee) -> list[Decider]:
        found: list[Decider] = []
        asked_last: list[Decider] = []
        seen = {author.id}
        superior = await self.superior_of(author)
        while superior is not None and superior.id not in seen:
            seen.add(superior.id)
            stand_ins = await self._stand_ins(superior, author, {superior.id})
            found = [Decider(person, superior) for person in stand_ins]
            present = [Decider(superior)] if self.can_decide(superior) else []
            if found or (present and not await self.deputies_of(superior)):
                return [*found, *present, *asked_last]
            asked_last = [*present, *asked_last]
            superior = await self.superior_of(superior)
        return asked_last

    async def superior_of(self, person: Employee) -> Employee | None:
        """The superior, or for the top of the tree the person named to decide."""
        id_ = person.superior_id if person.superior_id is not None else person.approver_id
        return await self.session.get(Employee, id_) if id_ is not None else None

    def can_decide(self, person: Employee) -> bool:
        return person.telegram_id is not None and (person.left_on is None or self.on < person.left_on)

    async def _stand_ins(self, superior: Employee, author: Employee, path: set[int]) -> list[Employee]:
        """Deputies at the end of the chain; nobody who is on the path already, nor the author."""
        found: list[Employee] = []
        for deputy in await self.deputies_of(superior):
            if deputy.id == author.id or deputy.id in path:
                continue
            if await self.deputies_of(deputy):
                found += await self._stand_ins(deputy, author, path | {deputy.id})
            elif self.can_decide(deputy):
                found.append(deputy)
        return list({person.id: person for person in found}.values())

    async def deputies_of(self, superior: Employee) -> list[Employee]:
        if superior.id not in self._deputies:
            await self._look_up_deputies([superior.id])
        return self._deputies[superior.id]

    async def _look_up_deputies(self, superiors: Iterable[int]) -> None:
        found: dict[int, list[Employee]] = {id_: [] for id_ in superiors if id_ not in self._deputies}
        values = {"superiors": list(found), "on": self.on}
        for superior_id, deputy in (await self.session.exec(_deputies(), params=values)).all() if found else ():
            found[superior_id].append(deputy)
        self._deputies |= found

    async def may_decide(self, person: Employee, author: Employee) -> bool:
        return any(one.person.id == person.id for one in await self.deciders(author))

    async def team_of(self, decider: Employee) -> list[Employee]:
        """The people about whose work `decider` may decide, by name."""
        if decider.id not in self._teams:
            reports = await employees.direct_reports(self.session, await self._leaders(decider))
            self._teams[decider.id] = [person for person in reports if await self.may_decide(decider, person)]
        return self._teams[decider.id]

    async def _leaders(self, decider: Employee) -> set[int]:
        """Everybody whose reports might come to this decider: themselves, those they stand in for, and below
        them whoever cannot decide or is stood in for."""
        found: set[int] = set()
        level = {decider.id}
        while level := level - found:
            found |= level
            reports = await employees.direct_reports(self.session, level)
            await self._look_up_deputies(report.id for report in reports)
            rising = {one.id for one in reports if not self.can_decide(one) or self._deputies[one.id]}
            level = rising | await self._stood_in_by(level)
        return found

    async def _stood_in_by(self, people: Iterable[int]) -> set[int]:
        query = select(Deputy.superior_id).where(
            col(Deputy.deputy_id).in_(people), Deputy.starts_on <= self.on, Deputy.ends_on >= self.on
        )
        return set((await self.session.exec(query)).all())


@cache
def _deputies() -> Any:
    runs = Deputy.starts_on <= bindparam("on"), Deputy.ends_on >= bindparam("on")
    return (
        select(Deputy.superior_id, Employee)
        .join(Employee, col(Deputy.deputy_id) == col(Employee.id))
        .where(col(Deputy.superior_id).in_(bindparam("superiors", expanding=True)), *runs)
        .order_by(col(Deputy.id))
    )


async def reviewers_of(session: Session, author: Employee, *, on: date) -> list[Employee]:
    """Who may decide about this person's work on a date, the one to be asked first."""
    return [one.person for one in await Duty(session, on).deciders(author)]


async def team_of(session: Session, decider: Employee, *, on: date) -> list[Employee]:
    return await Duty(session, on).team_of(decider)


def may_decide_about_anybody(on: date) -> ColumnElement[bool]:
    """Of an employee: somebody reports to them, or they stand in for somebody."""
    below = aliased(Employee)
    runs = and_(col(Deputy.starts_on) <= on, col(Deputy.ends_on) >= on)
    return or_(
        select(below.id).where(below.superior_id == Employee.id).exists(),
        select(below.id).where(below.approver_id == Employee.id).exists(),
        select(Deputy.id).where(Deputy.deputy_id == Employee.id, runs).exists(),
    )


async def perhaps_asked(session: Session, owners: Any, *, first: date, last: date) -> set[int]:
    """Everybody who might be asked about these people (a query of their ids) on a date of a span: whoever is above
    them, at whatever height, and whoever stands in for one of those. A few queries, however many people it is.
    """
    above = func.coalesce(Employee.superior_id, Employee.approver_id)
    found: set[int] = set()
    level = set((await session.exec(select(above).where(col(Employee.id).in_(owners)).distinct())).all())
    while level := level - found - {None}:
        found |= level
        level = set((await session.exec(select(above).where(col(Employee.id).in_(level)).distinct())).all())
    level = set(found)
    while level:
        runs = Deputy.starts_on <= last, Deputy.ends_on >= first
        query = select(Deputy.deputy_id).where(col(Deputy.superior_id).in_(level), *runs)
        level = set((await session.exec(query)).all()) - found
        found |= level
    return found
