"""Clarity: on how many days people knew what they work on, of the days on which they were asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models import absences, focus
from models.agencies import Agency
from models.database import Session
from models.employees import Whose


@dataclass(frozen=True, slots=True)
class Clarity:
    """Of `of` person-days with the question or an announced plan, `clear` with a chosen focus; `people` had any."""

    clear: int
    of: int
    people: int


async def clarity_of(
    session: Session,
    agency_id: int,
    employee_ids: Iterable[int],
    first: date,
    last: date,
) -> Clarity | None:
    """Of some people of an agency, both dates included; days of absence are left out.

    None where the agency does not ask for the focus.
    """
    if not (await session.get_one(Agency, agency_id)).asks_focus:
        return None
    ids = list(employee_ids)
    away = await absences.days_away(session, Whose("employee_id", ids), first, last)
    days = [
        (employee_id, is_clear)
        for employee_id, day, is_clear in await focus.asked_between(session, ids, first, last)
        if day not in away.get(employee_id, ())
    ]
    return Clarity(sum(is_clear for _, is_clear in days), len(days), len({employee_id for employee_id, _ in days}))
