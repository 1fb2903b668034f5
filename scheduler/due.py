"""Who may be due, found by the database at once: members of the units whose time it is, and whoever has times of
their own. Whether somebody is due indeed is looked at person by person, of those found.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import absences, employees, shifts
from models.absences import Absence
from models.activities import STANDING, WORK, Activity
from models.database import Session, parts
from models.employees import Employee
from models.outbox import Message
from scheduler.office import Desk, Office
from scheduler.turns import in_turn

Condition: TypeAlias = ColumnElement[bool]
HOLE = 0
"""Stands in a key for the id of a person."""


class Found(NamedTuple):
    id: int
    unit_id: int


async def people(
    session: Session,
    office: Office,
    is_open: Callable[[Desk], bool],
    unsettled: Callable[[date], Sequence[Condition]],
    *,
    own_days: timedelta = timedelta(0),
    also: Condition | None = None,
) -> list[int]:
    """Ids, unit by unit in the day's turn. `is_open` says of a unit, on its usual days, whether the time has come;
    `unsettled` of people, on a date, that it is not done yet. A shift counts as times of one's own on its date, and
    for `own_days` after it; `also` says of further people that they are no matter of their unit's days.
    """
    days: dict[date, list[int]] = {}
    for unit_id, desk in office.units.items():
        days.setdefault(desk.today, [])
        if is_open(desk):
            days[desk.today].append(unit_id)
    found: dict[int, Found] = {}
    for day, unit_ids in days.items():
        there = (*employees.is_reachable(on=day), *unsettled(day))
        if unit_ids:
            found |= await _those(session, col(Employee.unit_id).in_(unit_ids), *there)
        for some in parts(office.own_times):
            found |= await _those(session, col(Employee.id).in_(some), *there)
        found |= await _those(session, col(Employee.id).in_(shifts.whose(day - own_days, day)), *there)
        if also is not None:
            found |= await _those(session, also, *there)
    ordered = in_turn(sorted(found.values(), key=lambda one: (one.unit_id, one.id)), on=office.now.date())
    return [one.id for one in ordered]


async def _those(session: Session, *conditions: Condition) -> dict[int, Found]:
    rows = (await session.exec(select(Employee.id, Employee.unit_id).where(*conditions))).all()
    return {id_: Found(id_, unit_id) for id_, unit_id in rows}


def is_wanted(make: Callable[[int, date], str], day: date) -> Condition:
    """Whether a message stands under the person's key of that day: of `cards.prompt`, say."""
    return _under(make, day).exists()


def was_shown(make: Callable[[int, date], str], day: date, *, by: datetime) -> Condition:
    """Whether that message had come by a moment."""
    return _under(make, day).where(col(Message.shown_at) <= by).exists()


def _under(make: Callable[[int, date], str], day: date) -> SelectOfScalar[int]:
    before, after = make(HOLE, day).split(f":{HOLE}:")
    key = literal(f"{before}:") + cast(Employee.id, String) + f":{after}"
    return select(Message.id).where(col(Message.key) == key)


def has_reported(day: date) -> Condition:
    """As `work_done.has_report`."""
    work = and_(col(Activity.kind) == WORK, col(Activity.status).in_(STANDING))
    done = select(Activity.id).where(Activity.employee_id == Employee.id, Activity.worked_on == day, work)
    return done.exists()


def is_away(day: date) -> Condition:
    """As a roster's `away`."""
    covers = and_(col(Absence.starts_on) <= day, col(Absence.ends_on) >= day, absences.counts())
    return select(Absence.id).where(Absence.employee_id == Employee.id, covers).exists()


def is_muted(day: date) -> Condition:
    """As `pauses.is_muted`."""
    begun = or_(col(Employee.muted_from).is_(None), col(Employee.muted_from) <= day)
    return and_(col(Employee.muted_until).is_not(None), col(Employee.muted_until) >= day, begun)


def goes_away(day: date, within: timedelta) -> Condition:
    """An absence begins soon after a date."""
    soon = and_(col(Absence.starts_on) > day, col(Absence.starts_on) <= day + within, absences.counts())
    return col(Employee.id).in_(select(Absence.employee_id).where(soon))
