"""Clarity: on how many days people knew what they work on, of the days on which they were asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from models import absences, focus
from models.absences import Absence
from models.agencies import Agency
from models.database import Session


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
    *,
    counts: Callable[[int, date], bool] = lambda _id, _day: True,
) -> Clarity | None:
    """Of some people of an agency, both dates included; days of absence are left out, and those that do not count.

    None where the agency does not ask for the focus.
    """
    if not (await session.get_one(Agency, agency_id)).asks_focus:
        return None
    ids = list(employee_ids)
    away = await absences.days_away(session, col(Absence.employee_id).in_(ids), first, last)
    days = [
        row
        for row in await focus.days_between(session, ids, first, last)
        if (row.asked_at is not None or row.plan is not None)
        and row.day not in away.get(row.employee_id, ())
        and counts(row.employee_id, row.day)
    ]
    clear = sum(1 for row in days if row.chosen_at is not None)
    return Clarity(clear, len(days), len({row.employee_id for row in days}))
