"""Approval by the clock: where a unit wants it, what nobody has decided about is approved after some workdays.

It is off unless the unit's `auto_approve_days` says otherwise. Such an approval has no reviewer and carries no quality
mark. Whoever decides about the person's work may take it over in their own name, let it wait again, or return it, as
long as its month is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models import activities, audit, windows
from models.activities import APPROVED, WAITING, Activity, is_still
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.levels import Levels, date_of, waits_since
from models.refusals import Refusal
from models.reviews import Outcome, by_decider, record_decisions


async def units_with_waiting(session: Session, unit_ids: Iterable[int]) -> Sequence[int]:
    """Those of the units in which something waits."""
    units = func.coalesce(Activity.unit_id, Employee.unit_id)
    query = select(units).join(Employee, col(Activity.employee_id) == col(Employee.id))
    query = query.where(*is_still(WAITING), units.in_(list(unit_ids)))
    return (await session.exec(query.distinct().order_by(units))).all()


async def approve_by_clock(session: Session, unit: Unit, *, until: date, now: datetime) -> list[Activity]:
    """Approve what has waited in a unit since `until` or longer."""
    units = func.coalesce(Activity.unit_id, Employee.unit_id)
    query = (
        select(Activity, Employee)
        .join(Employee, col(Activity.employee_id) == col(Employee.id))
        .where(*is_still(WAITING), units == unit.id)
    )
    done: list[Activity] = []
    for activity, author in (await session.exec(query.order_by(col(Activity.id)))).all():
        if await _untouched_since(session, author, activity) > until:
            continue
        values = {"status": APPROVED, "is_automatic": True, "reviewed_at": now, "told_at": None}
        if await activities.change(session, activity, revision=activity.revision, **values):
            done.append(activity)
    for author_id in sorted({activity.employee_id for activity in done}):
        rows = [activity for activity in done if activity.employee_id == author_id]
        await audit.record(
            session,
            "approved_automatically",
            agency_id=unit.agency_id,
            now=now,
            employee_id=author_id,
            activities=[[row.id, row.revision] for row in rows],
        )
    return done


async def _untouched_since(session: Session, author: Employee, activity: Activity) -> date:
    """Since when nobody has changed it, nor undone a decision about it."""
    since = await waits_since(session, author, activity)
    undone = activity.reviewed_at and await date_of(session, author, activity.reviewed_at)
    return max(since, undone) if undone else since


async def standing(session: Session, reviewer: Employee, *, on: date) -> list[tuple[Employee, list[Activity]]]:
    """What the clock approved of the reviewer's team and may still be changed, person by person."""
    team = {person.id: person for person in await Levels.on(session, on).duty.team_of(reviewer)}
    query = select(Activity).where(
        col(Activity.employee_id).in_(team), Activity.status == APPROVED, col(Activity.is_automatic).is_(True)
    )
    rows = (await session.exec(query.order_by(col(Activity.worked_on), col(Activity.id)))).all()
    authors = {row.employee_id for row in rows}
    open_ = await windows.of_people(session, [team[id_] for id_ in authors], today=on) if authors else {}
    found: dict[int, list[Activity]] = {}
    for row in rows:
        if open_[row.employee_id].has_open_month(row.worked_on):
            found.setdefault(row.employee_id, []).append(row)
    return [(person, found[id_]) for id_, person in team.items() if id_ in found]


async def take_over(
    session: Session, reviewer: Employee, seen: Mapping[int, int], *, on: date, now: datetime
) -> Outcome:
    """Approve in one's own name what was seen: from then on it is an approval like any other, with its undo.

    Raises: Refusal("not_yours"), Refusal("month_is_closed").
    """
    rules = Levels.on(session, on)
    values: dict[int, dict[str, Any]] = {}
    rows = await _changeable(session, rules, reviewer, seen)
    for activity in rows:
        author = await session.get_one(Employee, activity.employee_id)
        capacity = await rules.capacity(reviewer, author, await waits_since(session, author, activity))
        values[activity.id] = {"is_automatic": False, "reviewed_at": now, "told_at": None, **by_decider(capacity)}
    return await _change(session, "approved", reviewer, rows, seen, values, now)


async def let_wait(
    session: Session, reviewer: Employee, seen: Mapping[int, int], *, on: date, now: datetime
) -> Outcome:
    """Undo it: it waits again, and its days of waiting begin anew.

    Raises: Refusal("not_yours"), Refusal("month_is_closed").
    """
    rows = await _changeable(session, Levels.on(session, on), reviewer, seen)
    values = {activity.id: activities.waits_again(activity, now=now) for activity in rows}
    return await _change(session, "undone", reviewer, rows, seen, values, now)


async def _check_changeable(session: Session, rules: Levels, reviewer: Employee, activity: Activity) -> None:
    """Raises: Refusal("not_yours"), Refusal("month_is_closed")."""
    author = await session.get_one(Employee, activity.employee_id)
    if await rules.capacity(reviewer, author, await waits_since(session, author, activity)) is None:
        raise Refusal("not_yours")
    await windows.check_month(session, author, activity.worked_on, today=rules.duty.on)


async def _changeable(session: Session, rules: Levels, reviewer: Employee, seen: Iterable[int]) -> Sequence[Activity]:
    found = [*(await activities.by_ids(session, seen)).values()]
    for activity in found:
        await _check_changeable(session, rules, reviewer, activity)
    return found


async def _change(
    session: Session,
    act: str,
    reviewer: Employee,
    rows: Iterable[Activity],
    seen: Mapping[int, int],
    values: Mapping[int, dict[str, Any]],
    now: datetime,
) -> Outcome:
    done: list[Activity] = []
    skipped: list[Activity] = []
    for row in rows:
        is_ours = row.is_automatic and row.status == APPROVED
        ok = is_ours and await activities.change(session, row, revision=seen[row.id], **values[row.id])
        (done if ok else skipped).append(row)
    await record_decisions(session, act, reviewer, done, now)
    return Outcome(tuple(done), tuple(skipped))
