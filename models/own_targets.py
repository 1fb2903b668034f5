"""A person's approved targets of any time, each with the day from which it takes up work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from models.database import Session
from models.employees import Employee
from models.targets import APPROVED, Target, TargetRevision


@dataclass(frozen=True, slots=True)
class OwnTargets:
    """In the order of their ids. `begun` is by id: the first day, as it was before the target was set anew."""

    all: Sequence[Target]
    begun: Mapping[int, date]

    def on(self, day: date) -> list[Target]:
        """Those that take up work of a day."""
        return [target for target in self.all if self.begun[target.id] <= day <= target.ends_on]


async def of(session: Session, employee: Employee) -> OwnTargets:
    rows = (await session.exec(_of(), params={"employee": employee.id})).all()
    begun = {target.id: min(target.starts_on, first or target.starts_on) for target, first in rows}
    return OwnTargets([target for target, _ in rows], begun)


@cache
def _of() -> Any:
    first = (
        select(func.min(TargetRevision.starts_on))
        .where(col(TargetRevision.target_id) == col(Target.id), TargetRevision.status == APPROVED)
        .correlate(Target)
        .scalar_subquery()
    )
    query = select(Target, first).where(Target.employee_id == bindparam("employee"), Target.status == APPROVED)
    return query.order_by(col(Target.id))
