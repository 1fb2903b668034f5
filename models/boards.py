"""How many of a unit have reported on a day: counts, never names."""

from datetime import date

from models import activities, employees, rosters
from models.activities import WORK
from models.agencies import Unit
from models.database import Session


async def count(session: Session, unit: Unit, day: date) -> tuple[int, int]:
    """(reported, asked): the joined members who were asked on that day, and those of them who have reported."""
    members = [one for one in await employees.members(session, unit.id) if one.telegram_id is not None]
    asked = await rosters.asked_on(session, members, day)
    rows = await activities.between(session, asked, day, day)
    return len({row.employee_id for row in rows if row.kind == WORK}), len(asked)
