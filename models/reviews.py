"""The supervisor's acts: approve, return, undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from models import activities, audit, employees, workdays
from models.activities import APPROVED, RETURNED, WAITING, Activity
from models.agencies import Agency, Unit
from models.database import Session
from models.duty import Decider, Duty
from models.employees import Employee
from models.refusals import Refusal

UNDO_FOR = timedelta(minutes=10)
REASON_AT_MOST = 500
"""Characters of a reason for returning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tap has done, and what it left alone because it had changed since it was shown."""

    done: tuple[Activity, ...]
    skipped: tuple[Activity, ...]


async def overdue_below(session: Session, duty: Duty, reviewer: Employee) -> dict[int, date]:
    """People one level further down, with the latest work date that has waited too long for their own superior."""
    agency = await session.get_one(Agency, reviewer.agency_id)
    calendar = await workdays.calendar_of(session, agency.id)
    leaders = {leader.id: leader for leader in await duty.team_of(reviewer)}
    found: dict[int, date] = {}
    for person in await employees.direct_reports(session, leaders):
        leader = leaders.get(person.superior_id or 0)
        if person.id != reviewer.id and leader is not None:
            unit = await session.get_one(Unit, leader.unit_id)
            own = calendar.of_unit(unit.id)
            found[person.id] = own.back(duty.on, agency.escalate_days + 1, unit.week_days)
    return found


async def waiting_for(session: Session, reviewer: Employee, *, on: date) -> list[tuple[Employee, list[Activity]]]:
    """What waits for this reviewer, person by person: their team's, and what has waited too long one level down."""
    duty = Duty(session, on)
    people = {person.id for person in await duty.team_of(reviewer)}
    overdue = await overdue_below(session, duty, reviewer)
    gathered: dict[int, list[Activity]] = {}
    for activity in await activities.waiting_of(session, {*people, *overdue}):
        if activity.employee_id in people or activity.worked_on <= overdue[activity.employee_id]:
            gathered.setdefault(activity.employee_id, []).append(activity)
    found = [(await session.get_one(Employee, id_), rows) for id_, rows in gathered.items()]
    return sorted(found, key=lambda pair: (pair[0].name, pair[0].id))


async def may_review(session: Session, reviewer: Employee, activity: Activity, *, on: date) -> bool:
    """Never one's own work; only the deciders of the date, or one level up when it has waited too long."""
    return await _capacity(session, Duty(session, on), reviewer, activity) is not None


async def _capacity(session: Session, duty: Duty, reviewer: Employee, activity: Activity) -> Decider | None:
    """As what this reviewer may decide about the activity; None when not at all."""
    if activity.employee_id == reviewer.id or activity.agency_id != reviewer.agency_id:
        return None
    author = await session.get_one(Employee, activity.employee_id)
    leader = await duty.superior_of(author)
    levels = [await duty.deciders(author)]
    if leader is not None and leader.id not in (reviewer.id, author.id):
        agency = await session.get_one(Agency, reviewer.agency_id)
        unit = await session.get_one(Unit, leader.unit_id)
        calendar = await workdays.calendar_of_unit(session, unit)
        if activity.worked_on <= calendar.back(duty.on, agency.escalate_days + 1, unit.week_days):
            levels.append(await duty.deciders(leader))
    return next((one for level in levels for one in level if one.person.id == reviewer.id), None)


async def approve(
    session: Session, reviewer: Employee, seen: Iterable[tuple[int, int]], *, on: date, now: datetime
) -> Outcome:
    """Approve exactly what was seen: (activity id, revision). What has changed since is skipped and named.

    Raises: Refusal("not_yours") when any of it is not for this reviewer.
    """
    wanted = dict(seen)
    found = await activities.by_ids(session, wanted)
    done: list[Activity] = []
    skipped: list[Activity] = []
    duty = Duty(session, on)
    capacities = {id_: await _capacity(session, duty, reviewer, activity) for id_, activity in found.items()}
    if None in capacities.values():
        raise Refusal("not_yours")
    for id_, activity in found.items():
        values = {"status": APPROVED, "reviewed_at": now, "told_at": None, **_by(capacities[id_])}
        ok = activity.status == WAITING and await activities.change(session, activity, revision=wanted[id_], **values)
        (done if ok else skipped).append(activity)
    await _record(session, "approved", reviewer, done, now)
    return Outcome(tuple(done), tuple(skipped))


def _by(capacity: Decider | None) -> dict[str, int | None]:
    """The columns that say who decided, and in whose place."""
    if capacity is None:
        return {}
    in_place_of = capacity.in_place_of
    return {"reviewer_id": capacity.person.id, "on_behalf_of_id": in_place_of.id if in_place_of else None}


async def return_with(
    session: Session, reviewer: Employee, activity: Activity, reason: str, *, revision: int, on: date, now: datetime
) -> bool:
    """Give an activity back with a reason; False when it has changed since it was seen.

    Raises: Refusal("not_yours"), Refusal("reason_too_long", limit=…).
    """
    capacity = await _capacity(session, Duty(session, on), reviewer, activity)
    if capacity is None:
        raise Refusal("not_yours")
    if len(reason) > REASON_AT_MOST:
        raise Refusal("reason_too_long", limit=REASON_AT_MOST)
    values = {"status": RETURNED, "reviewed_at": now, "returned_at": now, "reason": reason, **_by(capacity)}
    if activity.status != WAITING or not await activities.change(session, activity, revision=revision, **values):
        return False
    await _record(session, "returned", reviewer, [activity], now)
    return True


async def _record(session: Session, act: str, reviewer: Employee, done: Iterable[Activity], now: datetime) -> None:
    """One row of the audit for each person whose work was decided about."""
    by_author: dict[int, list[Activity]] = {}
    for activity in done:
        by_author.setdefault(activity.employee_id, []).append(activity)
    for author_id, rows in sorted(by_author.items()):
        superiors = {row.on_behalf_of_id for row in rows if row.on_behalf_of_id is not None}
        await audit.record(
            session,
            act,
            agency_id=reviewer.agency_id,
            now=now,
            actor_id=reviewer.id,
            employee_id=author_id,
            activities=[[row.id, row.revision] for row in rows],
            **({"in_place_of": sorted(superiors)} if superiors else {}),
        )


async def undoable(session: Session, reviewer: Employee, *, now: datetime) -> Sequence[Activity]:
    """What this reviewer approved within the last ten minutes."""
    query = select(Activity).where(
        Activity.reviewer_id == reviewer.id,
        Activity.status == APPROVED,
        col(Activity.reviewed_at) > now - UNDO_FOR,
        col(Activity.told_at).is_(None),
    )
    return (await session.exec(query.order_by(col(Activity.id)))).all()


async def undo(session: Session, reviewer: Employee, *, now: datetime) -> int:
    """Take back the approvals of the last ten minutes; how many."""
    undone = []
    for activity in await undoable(session, reviewer, now=now):
        values = {"status": WAITING, "reviewer_id": None, "on_behalf_of_id": None, "reviewed_at": None}
        if await activities.change(session, activity, revision=activity.revision, **values):
            undone.append(activity)
    await _record(session, "undone", reviewer, undone, now)
    return len(undone)


async def final_approvals(session: Session, *, now: datetime) -> Sequence[Activity]:
    """Approvals whose undo has ended and of which the person has not heard."""
    query = select(Activity).where(
        Activity.status == APPROVED, col(Activity.told_at).is_(None), col(Activity.reviewed_at) <= now - UNDO_FOR
    )
    return (await session.exec(query.order_by(col(Activity.employee_id), col(Activity.worked_on)))).all()
