"""What an admin changes of a person: each change is audited with what was before, and can be taken back.

The audit's own row is what an undo goes by, so nothing else has to remember it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from models import audit, employees, handing_over, staff
from models.audit import AuditEntry
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal

CHANGED, UNDONE = "person_changed", "person_change_undone"
UNDO_FOR = timedelta(minutes=10)
UNIT, SUPERIOR, APPROVER, ZONE = "unit_id", "superior_id", "approver_id", "zone"
REPORT_AT, NUDGE_AT, LEFT_ON = "report_at", "nudge_at", "left_on"
FIELDS = (UNIT, SUPERIOR, APPROVER, ZONE, REPORT_AT, NUDGE_AT, LEFT_ON)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
FIRST_HOUR, LAST_HOUR = time(6, 0), time(21, 0)
"""Nobody is written to before or after by the clock."""
AHEAD = timedelta(days=366)

Value = int | str | time | date | None


@dataclass(frozen=True, slots=True)
class By:
    """Which admin acts, and when."""

    actor: Employee
    today: date
    """Where the actor lives."""
    now: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """`number` is that of the row in the audit."""

    number: int
    field: str
    before: Value
    after: Value
    until: datetime
    """Until when it can be undone."""


async def change(session: Session, person: Employee, field: str, value: Value, by: By) -> Value:
    """Give the person another unit, superior, approver, zone, time, or first day on which they have left.

    What waits moves to whoever decides now; what was decided stays with the unit and approver of its time.
    Returns what was before.

    Raises: Refusal("admins_only"), Refusal("changed_meanwhile"), Refusal("same_already"), and those of `_check`.
    """
    await staff.person_of(session, by.actor, person.id, on=by.today)
    await _check(session, person, field, value, by)
    before: Value = getattr(person, field)
    if before == value:
        raise Refusal("same_already")
    await _put(session, person, field, value, by)
    await _record(session, CHANGED, person, by, field=field, before=_plain(before), after=_plain(value))
    return before


async def undoable(session: Session, person: Employee, by: By) -> Change | None:
    """The admin's own newest change of this person, while it can be taken back and still is what it has made it."""
    query = select(AuditEntry).where(
        AuditEntry.agency_id == person.agency_id,
        AuditEntry.employee_id == person.id,
        AuditEntry.actor_id == by.actor.id,
        col(AuditEntry.act).in_((CHANGED, UNDONE)),
        AuditEntry.at > by.now - UNDO_FOR,
    )
    undone: set[int] = set()
    for entry in (await session.exec(query.order_by(col(AuditEntry.number).desc()))).all():
        if entry.act == UNDONE:
            undone.add(entry.details["entry"])
        elif entry.number not in undone:
            field, before, after = (entry.details[name] for name in ("field", "before", "after"))
            made = _plain(getattr(person, field)) == after
            values = (_value(field, before), _value(field, after))
            return Change(entry.number, field, *values, entry.at + UNDO_FOR) if made else None
    return None


async def undo(session: Session, person: Employee, number: int, by: By) -> Change:
    """Take the change of that number back.

    Raises: Refusal("admins_only"), Refusal("undo_over") when it is too late, or something has changed since.
    """
    await staff.person_of(session, by.actor, person.id, on=by.today)
    made = await undoable(session, person, by)
    if made is None or made.number != number:
        raise Refusal("undo_over")
    await _put(session, person, made.field, made.before, by, undoes=made)
    plain = {"field": made.field, "before": _plain(made.after), "after": _plain(made.before)}
    await _record(session, UNDONE, person, by, entry=number, **plain)
    return made


async def _put(
    session: Session, person: Employee, field: str, value: Value, by: By, *, undoes: Change | None = None
) -> None:
    former = getattr(person, field)
    waiting = await handing_over.before(session, person, on=by.today)
    setattr(person, field, value)
    await session.flush()
    if field == UNIT:
        since = undoes.until - UNDO_FOR if undoes else None
        await handing_over.follow_move(session, person, former, since=since, now=by.now)
    await handing_over.follow(session, person, waiting, on=by.today, now=by.now)


async def _check(session: Session, person: Employee, field: str, value: Value, by: By) -> None:
    """Raises: Refusal("superior_circle", …), Refusal("superior_self"), Refusal("superior_left", …),
    Refusal("outside_hours", …), Refusal("leaving_too_far"), Refusal("changed_meanwhile").
    """
    if field not in FIELDS:
        raise Refusal("changed_meanwhile")
    if field == UNIT:
        await staff.unit_of(session, by.actor, value if isinstance(value, int) else 0)
    elif field in (SUPERIOR, APPROVER) and value is not None:
        other = await staff.person_of(session, by.actor, value if isinstance(value, int) else 0, on=by.today)
        await _check_superior(session, person, other, by, is_superior=field == SUPERIOR)
    elif field == ZONE and value is not None and value not in ZONES:
        raise Refusal("changed_meanwhile")
    elif field in (REPORT_AT, NUDGE_AT) and isinstance(value, time) and not FIRST_HOUR <= value < LAST_HOUR:
        raise Refusal("outside_hours", first=FIRST_HOUR, last=LAST_HOUR)
    elif field == LEFT_ON and isinstance(value, date) and abs(value - by.today) > AHEAD:
        raise Refusal("leaving_too_far")


async def _check_superior(session: Session, person: Employee, other: Employee, by: By, *, is_superior: bool) -> None:
    if other.id == person.id:
        raise Refusal("superior_self")
    if employees.has_left(other, by.today):
        raise Refusal("superior_left", name=other.name)
    above: Employee | None = other
    seen: set[int] = set()
    while is_superior and above is not None and above.id not in seen:
        seen.add(above.id)
        if above.superior_id == person.id:
            raise Refusal("superior_circle", name=other.name, person=person.name)
        above = await session.get(Employee, above.superior_id) if above.superior_id is not None else None


def _plain(value: Value) -> int | str | None:
    """As the audit keeps it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def _value(field: str, plain: int | str | None) -> Value:
    if isinstance(plain, str) and field in (REPORT_AT, NUDGE_AT):
        return time.fromisoformat(plain)
    return date.fromisoformat(plain) if isinstance(plain, str) and field == LEFT_ON else plain


async def _record(session: Session, act: str, person: Employee, by: By, **details: int | str | None) -> None:
    await audit.record(
        session,
        act,
        agency_id=person.agency_id,
        now=by.now,
        actor_id=by.actor.id,
        employee_id=person.id,
        **details,
    )
