"""The likely targets of a day: most behind first, with what was the focus before counted in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models import facts, focus, targets
from models.database import Session
from models.employees import Employee
from models.scoring import formulas
from models.targets import Target

CARRIED = Decimal("0.1")
"""A target of the last focus counts as so much of its plan further behind; twice when nothing was done for it."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A target in force, with the output owed by the end of the day and what is approved of it, in its measure."""

    target: Target
    expected: Decimal
    realised: Decimal
    lag: Decimal
    """What is missing as a part of the whole plan; below 0 when ahead."""


async def targets_of(session: Session, employee: Employee, day: date) -> list[Likely]:
    """The person's targets in force, the likeliest for the day first."""
    own = await targets.of_employee(session, employee, on=day)
    judged = (await facts.of_people(session, [employee], day))[employee.id]
    found = []
    for target in own:
        if (one := judged.get(target.id)) is not None:
            owed, reached = formulas.expected(one.plan, formulas.presence(one, day)), formulas.realised(one, day)
            found.append(Likely(target, owed, reached, (owed - reached) / one.plan))
    carried = await _carried(session, employee, day)
    return sorted(found, key=lambda one: (-one.lag - CARRIED * carried.get(one.target.id, 0), one.target.id))


async def _carried(session: Session, employee: Employee, day: date) -> dict[int, int]:
    """Of the last focus: 1 for each target, 2 for each on which nothing was done that day."""
    last = await focus.last_before(session, employee.id, day)
    if last is None:
        return {}
    kept = (await focus.kept(session, [employee.id], last.day, last.day))[employee.id]
    return {id_: 1 if id_ in one.served else 2 for one in kept for id_ in one.target_ids}
