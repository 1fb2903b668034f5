"""How many of a unit have reported on a day: counts, never names."""

from datetime import date

from models import employees, rosters, work_done
from models.activities import WORK
from models.agencies import Unit
from models.database import Session
from models.employees import Employee


async def count(session: Session, unit: Unit, day: date) -> tuple[int, int]:
    """(reported, asked): the members who were asked on that day, and those of them who have reported. Whoever cannot
    be reached was not asked; whoever has muted the bot may report all the same.
    """
    members = [one for one in await employees.members(session, unit.id) if _is_reached(one, day)]
    asked = await rosters.asked_on(session, members, day)
    rows = await work_done.between(session, asked, day, day)
    return len({row.employee_id for row in rows if row.kind == WORK}), len(asked)


def _is_reached(person: Employee, day: date) -> bool:
    joined = person.telegram_id is not None and person.unreachable_at is None
    return joined and not employees.has_left(person, day)
