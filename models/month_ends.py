"""What is unfinished in a month that is about to close: days without a report, and work given back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from models import rosters, windows, work_done
from models.activities import DRAFT, RETURNED, WORK
from models.database import Session
from models.employees import Employee


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Of one person in one month."""

    open_days: tuple[date, ...]
    """Without a report, and still to be reported."""
    closed_days: tuple[date, ...]
    """Without a report, and to be reported only if the level above opens the month."""
    to_correct: int
    """Activities given back, or still a draft."""

    def __bool__(self) -> bool:
        return bool(self.open_days or self.closed_days or self.to_correct)


async def unfinished(
    session: Session, people: Collection[Employee], month: date, *, today: date
) -> dict[int, Unfinished]:
    """By person; those with nothing left are not in it. `month` is its first day; today's report is not yet missed."""
    last = min((month + timedelta(days=31)).replace(day=1), today) - timedelta(days=1)
    days = await rosters.of_people(session, people, month, last)
    open_on = await windows.of_people(session, people, today=today)
    rows = await work_done.between(session, days, month, last)
    reported = {(row.employee_id, row.worked_on) for row in rows if row.kind == WORK}
    found: dict[int, Unfinished] = {}
    for person in people:
        missing = [
            day
            for day in days[person.id].between(max(month, _first_day_of(person, month)), last)
            if (person.id, day) not in reported
        ]
        window = open_on[person.id]
        one = Unfinished(
            tuple(day for day in missing if window.is_open(day)),
            tuple(day for day in missing if not window.is_open(day)),
            sum(1 for row in rows if row.employee_id == person.id and row.status in (DRAFT, RETURNED)),
        )
        if one:
            found[person.id] = one
    return found


def _first_day_of(person: Employee, month: date) -> date:
    """Nobody owes reports of the days before they joined."""
    return person.joined_at.date() if person.joined_at is not None else month
