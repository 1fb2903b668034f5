"""What has waited too long for its first decider, so that the next level may decide too."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select

from models import absences, employees, levels
from models.absences import Absence
from models.activities import WAITING, Activity, is_still
from models.database import Session
from models.employees import Employee
from models.levels import Levels

AT_LEAST = timedelta(days=1)
"""Nothing has waited for more than a workday sooner than this."""


@dataclass(slots=True)
class Held:
    """What waits too long with one first decider, and who may decide now as well."""

    first: Employee
    activities: set[int] = field(default_factory=set)
    absences: set[int] = field(default_factory=set)
    others: dict[int, Employee] = field(default_factory=dict)


async def by_first(session: Session, now: datetime) -> dict[int, Held]:
    """By id of the first decider, as of the date on which each author's office is."""
    found: dict[int, Held] = {}
    async for row, first, others in _too_long(session, await _waiting(session, now), now):
        held = found.setdefault(first.id, Held(first))
        (held.activities if isinstance(row, Activity) else held.absences).add(row.id)
        held.others |= {one.id: one for one in others}
    return found


async def absences_for(session: Session, now: datetime) -> list[tuple[Absence, list[Employee]]]:
    """Absences that nobody has decided about, with the people of the next level who may."""
    rows = await _waiting_absences(session, now)
    return [(row, others) async for row, _, others in _too_long(session, rows, now) if isinstance(row, Absence)]


async def _waiting(session: Session, now: datetime) -> list[Activity | Absence]:
    query = select(Activity).where(*is_still(WAITING), col(Activity.submitted_at) <= now - AT_LEAST)
    rows = (await session.exec(query.order_by(col(Activity.id)))).all()
    return [*rows, *await _waiting_absences(session, now)]


async def _waiting_absences(session: Session, now: datetime) -> list[Absence]:
    query = select(Absence).where(Absence.status == absences.WAITING, col(Absence.noted_at) <= now - AT_LEAST)
    return list((await session.exec(query.order_by(col(Absence.id)))).all())


async def _too_long(
    session: Session, rows: Iterable[Activity | Absence], now: datetime
) -> AsyncIterator[tuple[Activity | Absence, Employee, list[Employee]]]:
    """(what waits, its first decider, those of the next level); nothing for which there is no next level."""
    rows = list(rows)
    known = await employees.with_superiors(session, {row.employee_id for row in rows})
    rules: dict[object, Levels] = {}
    for row in rows:
        author = known[row.employee_id]
        today = await levels.date_of(session, author, now)
        on = rules.setdefault(today, Levels.on(session, today))
        moment = row.submitted_at if isinstance(row, Activity) else row.noted_at
        since = await levels.date_of(session, author, moment or now)
        others = [one.person for one in await on.next_level(author, since)]
        deciders = await on.duty.deciders(author)
        if others and deciders:
            yield row, deciders[0].person, others
