"""The supervisor's acts: approve, return, undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import activities, audit, windows, work_done
from models.activities import APPROVED, RETURNED, WAITING, Activity, is_still
from models.database import Session
from models.duty import Decider
from models.employees import Employee
from models.levels import Levels, waits_since
from models.refusals import Refusal

UNDO_FOR = timedelta(minutes=10)
REASON_AT_MOST = 500
"""Characters of a reason for returning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tap has done, and what it left alone because it had changed since it was shown."""

    done: tuple[Activity, ...]
    skipped: tuple[Activity, ...]


async def waiting_for(session: Session, reviewer: Employee, *, on: date) -> list[tuple[Employee, list[Activity]]]:
    """What waits for this reviewer, person by person: their team's, and what has waited too long one level down."""
    rules = Levels.on(session, on)
    people = {person.id for person in await rules.duty.team_of(reviewer)}
    below = await rules.below(reviewer)
    gathered: dict[int, list[Activity]] = {}
    for activity in await work_done.waiting_of(session, {*people, *below}):
        author = await session.get_one(Employee, activity.employee_id)
        since = await waits_since(session, author, activity)
        if author.id in people or await rules.is_too_long(below[author.id], since):
            gathered.setdefault(author.id, []).append(activity)
    found = [(await session.get_one(Employee, id_), rows) for id_, rows in gathered.items()]
    return sorted(found, key=lambda pair: (pair[0].name, pair[0].id))


async def first_deciders(session: Session, reviewer: Employee, *, on: date) -> dict[int, Employee]:
    """By id of people one level further down: the superior for whom their work waits first."""
    return await Levels.on(session, on).below(reviewer)


async def may_review(session: Session, reviewer: Employee, activity: Activity, *, on: date) -> bool:
    """Never one's own work; only the deciders of the date, or one level up when it has waited too long."""
    return await _capacity(Levels.on(session, on), reviewer, activity) is not None


async def _capacity(rules: Levels, reviewer: Employee, activity: Activity) -> Decider | None:
    author = await rules.session.get_one(Employee, activity.employee_id)
    return await rules.capacity(reviewer, author, await waits_since(rules.session, author, activity))


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
    rules = Levels.on(session, on)
    capacities = {id_: await _capacity(rules, reviewer, activity) for id_, activity in found.items()}
    if None in capacities.values():
        raise Refusal("not_yours")
    for id_, activity in found.items():
        values = {"status": APPROVED, "reviewed_at": now, "told_at": None, **by_decider(capacities[id_])}
        ok = activity.status == WAITING and await activities.change(session, activity, revision=wanted[id_], **values)
        (done if ok else skipped).append(activity)
    await record_decisions(session, "approved", reviewer, done, now)
    return Outcome(tuple(done), tuple(skipped))


def by_decider(capacity: Decider | None) -> dict[str, int | None]:
    """The columns that say who decided, and in whose place."""
    if capacity is None:
        return {}
    in_place_of = capacity.in_place_of
    return {"reviewer_id": capacity.person.id, "on_behalf_of_id": in_place_of.id if in_place_of else None}


async def return_with(
    session: Session, reviewer: Employee, activity: Activity, reason: str, *, revision: int, on: date, now: datetime
) -> bool:
    """Give an activity back with a reason; False when it has changed since it was seen.

    What the clock approved may still be returned while its month is open. Raises: Refusal("not_yours"),
    Refusal("reason_too_long", limit=…), Refusal("month_is_closed").
    """
    capacity = await _capacity(Levels.on(session, on), reviewer, activity)
    if capacity is None:
        raise Refusal("not_yours")
    if len(reason) > REASON_AT_MOST:
        raise Refusal("reason_too_long", limit=REASON_AT_MOST)
    if activity.revision != revision:
        return False
    if activity.is_automatic:
        author = await session.get_one(Employee, activity.employee_id)
        await windows.check_month(session, author, activity.worked_on, today=on)
    elif activity.status != WAITING:
        return False
    values = {"status": RETURNED, "reviewed_at": now, "returned_at": now, "reason": reason, "is_automatic": False}
    if not await activities.change(session, activity, revision=revision, **values, **by_decider(capacity)):
        return False
    await record_decisions(session, "returned", reviewer, [activity], now)
    return True


async def record_decisions(
    session: Session, act: str, reviewer: Employee, done: Iterable[Activity], now: datetime
) -> None:
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
        values = {"status": WAITING, "reviewer_id": None, "on_behalf_of_id": None, "reviewed_at": now}
        if await activities.change(session, activity, revision=activity.revision, **values):
            undone.append(activity)
    await record_decisions(session, "undone", reviewer, undone, now)
    return len(undone)


def owners_of_waiting() -> SelectOfScalar[int]:
    return select(col(Activity.employee_id)).where(*is_still(WAITING))


def _is_final(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Approved, its undo has ended, and the person has not heard."""
    return *activities.is_untold(), col(Activity.reviewed_at) <= now - UNDO_FOR


async def owners_of_final_approvals(session: Session, *, now: datetime, but_of_units: Iterable[int]) -> Sequence[int]:
    """Ids of those who have not heard of them, without the members of some units."""
    query = select(Employee.id).join(Activity, col(Activity.employee_id) == col(Employee.id))
    query = query.where(*_is_final(now), col(Employee.unit_id).not_in(list(but_of_units)))
    return sorted(set((await session.exec(query)).all()))


async def final_approvals(session: Session, employee_ids: Iterable[int], *, now: datetime) -> Sequence[Activity]:
    """Approvals of their work whose undo has ended and of which they have not heard."""
    query = select(Activity).where(col(Activity.employee_id).in_(list(employee_ids)), *_is_final(now))
    return (await session.exec(query.order_by(col(Activity.employee_id), col(Activity.worked_on)))).all()
