"""How many of a unit have reported on a day: counts, never names."""

from datetime import date

from models import activities, employees, workdays
from models.agencies import Unit
from models.database import Session


async def count(session: Session, unit: Unit, day: date) -> tuple[int, int]:
    """(reported, asked): the joined members who were asked on that day, and those of them who have reported."""
    reported = asked = 0
    for member in await employees.members(session, unit.id):
        if member.telegram_id is None or not await workdays.is_asked_on(session, member, day):
            continue
        asked += 1
        reported += await activities.has_report(session, member.id, day)
    return reported, asked
