"""The quality round of one reviewer: whose results of a week there are to mark, and what is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models import duty, marks, results
from models.database import Session
from models.employees import Employee
from models.marks import QualityMark
from models.results import Markable


@dataclass(frozen=True, slots=True)
class Marking:
    """`items` by person, then target; `given` by the target's id, also by somebody who stood in."""

    items: Sequence[Markable]
    given: dict[int, QualityMark]

    @property
    def unmarked(self) -> list[Markable]:
        return [item for item in self.items if item.target.id not in self.given]

    @property
    def marked(self) -> int:
        return len(self.items) - len(self.unmarked)

    @property
    def pages(self) -> list[list[Markable]]:
        """One for each person."""
        return [list(own) for _, own in groupby(self.items, key=lambda item: item.employee.id)]

    def of_target(self, target_id: int | None) -> Markable | None:
        return next((item for item in self.items if item.target.id == target_id), None)

    def after(self, target_id: int) -> Markable | None:
        """The next without a mark, from this one on and then from the first; None when all have one."""
        place = next((n for n, item in enumerate(self.items) if item.target.id == target_id), -1)
        turned = [*self.items[place + 1 :], *self.items[: place + 1]]
        return next((item for item in turned if item.target.id not in self.given), None)


async def of_reviewer(session: Session, reviewer: Employee, week: date, *, on: date) -> Marking:
    team = await duty.team_of(session, reviewer, on=on)
    items = await results.markable(session, team, week)
    return Marking(items, await marks.of_week(session, [person.id for person in team], week))
