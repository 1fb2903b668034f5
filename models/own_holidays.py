"""Holidays that an admin adds for the agency, or for one unit and those below it; and takes out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from models import audit, staff
from models.agencies import Unit
from models.database import Session
from models.refusals import Refusal
from models.staff_acts import By
from models.workdays import HOLIDAY, Holiday, UnitHoliday

LONGEST_DAYS = 14
NAME_AT_MOST = 150
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class OwnHoliday:
    """`unit` is None for the whole agency."""

    day: date
    name: str
    unit: Unit | None = None


async def coming(session: Session, agency_id: int, *, on: date) -> list[OwnHoliday]:
    """The agency's own and its units', from a day on."""
    whole = select(Holiday).where(Holiday.agency_id == agency_id, Holiday.held_on >= on, Holiday.kind == HOLIDAY)
    of_units = (
        select(UnitHoliday, Unit)
        .join(Unit, col(UnitHoliday.unit_id) == col(Unit.id))
        .where(UnitHoliday.agency_id == agency_id, UnitHoliday.held_on >= on)
    )
    found = [OwnHoliday(row.held_on, row.name) for row in (await session.exec(whole)).all()]
    found += [OwnHoliday(row.held_on, row.name, unit) for row, unit in (await session.exec(of_units)).all()]
    return sorted(found, key=lambda one: (one.day, one.unit.code if one.unit else ""))


async def add(session: Session, unit: Unit | None, span: tuple[date, date], name: str, by: By) -> Sequence[date]:
    """Nobody of the unit, or of the agency, works on these dates; the dates. Only what is to come is asked anew.

    Raises: Refusal("admins_only"), Refusal("holiday_there", day=…), Refusal("span_past", …),
    Refusal("span_too_long", limit=…), Refusal("holiday_name", limit=…).
    """
    staff.check_admin(by.actor, on=by.today)
    first, last = span
    name = " ".join(name.split())
    if not name or len(name) > NAME_AT_MOST:
        raise Refusal("holiday_name", limit=NAME_AT_MOST)
    if first < by.today or last > by.today + AHEAD:
        raise Refusal("span_past", last=last)
    if (last - first).days >= LONGEST_DAYS:
        raise Refusal("span_too_long", limit=LONGEST_DAYS)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for day in days:
        if await _row(session, by.actor.agency_id, unit, day) is not None:
            raise Refusal("holiday_there", day=day)
        session.add(_new(by.actor.agency_id, unit, day, name))
    await session.flush()
    await _record(session, "holiday_added", unit, first, last, by)
    return days


async def remove(session: Session, unit: Unit | None, day: date, by: By) -> None:
    """Take out one that is still to come, or is today.

    Raises: Refusal("admins_only"), Refusal("changed_meanwhile").
    """
    staff.check_admin(by.actor, on=by.today)
    row = await _row(session, by.actor.agency_id, unit, day)
    if row is None or day < by.today or (isinstance(row, Holiday) and row.kind != HOLIDAY):
        raise Refusal("changed_meanwhile")
    await session.delete(row)
    await session.flush()
    await _record(session, "holiday_removed", unit, day, day, by)


def _new(agency_id: int, unit: Unit | None, day: date, name: str) -> Holiday | UnitHoliday:
    if unit is None:
        return Holiday(agency_id=agency_id, held_on=day, name=name, kind=HOLIDAY)
    return UnitHoliday(agency_id=agency_id, unit_id=unit.id, held_on=day, name=name)


async def _row(session: Session, agency_id: int, unit: Unit | None, day: date) -> Holiday | UnitHoliday | None:
    if unit is None:
        whole = select(Holiday).where(Holiday.agency_id == agency_id, Holiday.held_on == day)
        return (await session.exec(whole)).first()
    own = select(UnitHoliday).where(UnitHoliday.unit_id == unit.id, UnitHoliday.held_on == day)
    return (await session.exec(own)).first()


async def _record(session: Session, act: str, unit: Unit | None, first: date, last: date, by: By) -> None:
    await audit.record(
        session,
        act,
        agency_id=by.actor.agency_id,
        now=by.now,
        actor_id=by.actor.id,
        first=first.isoformat(),
        last=last.isoformat(),
        **({"unit": unit.id} if unit else {}),
    )
