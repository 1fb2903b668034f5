"""What people have reported: of a day, in a span of days, for one person or many."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, true
from sqlmodel import col, select

from models.activities import APPROVED, STANDING, WAITING, WORK, Activity, is_still
from models.database import Session


async def of_day(session: Session, employee_id: int, day: date) -> Sequence[Activity]:
    """The report of a day: everything that stands."""
    query = select(Activity).where(
        Activity.employee_id == employee_id, Activity.worked_on == day, col(Activity.status).in_(STANDING)
    )
    return (await session.exec(query.order_by(col(Activity.id)))).all()


async def has_report(session: Session, employee_id: int, day: date) -> bool:
    query = select(col(Activity.id)).where(
        Activity.employee_id == employee_id,
        Activity.worked_on == day,
        Activity.kind == WORK,
        col(Activity.status).in_(STANDING),
    )
    return (await session.exec(query.limit(1))).first() is not None


async def reported_on(session: Session, employee_ids: Iterable[int], day: date) -> set[int]:
    """Who of them has a report of that day."""
    query = select(col(Activity.employee_id)).where(
        col(Activity.employee_id).in_(list(employee_ids)),
        Activity.worked_on == day,
        Activity.kind == WORK,
        col(Activity.status).in_(STANDING),
    )
    return set((await session.exec(query)).all())


async def heard_on(session: Session, pairs: Collection[tuple[int, date]]) -> set[tuple[int, date]]:
    """Of (person, day): those with a report, as `has_report`."""
    query = select(col(Activity.employee_id), col(Activity.worked_on)).where(
        col(Activity.employee_id).in_({id_ for id_, _ in pairs}),
        col(Activity.worked_on).in_({day for _, day in pairs}),
        Activity.kind == WORK,
        col(Activity.status).in_(STANDING),
    )
    return {(id_, day) for id_, day in (await session.exec(query.distinct())).all()} & set(pairs)


async def days_reported(
    session: Session, employee_id: int, *, limit: int, before: date | None = None
) -> Sequence[date]:
    """Days with a report, the newest first."""
    query = select(col(Activity.worked_on)).where(
        Activity.employee_id == employee_id, Activity.kind == WORK, col(Activity.status).in_(STANDING)
    )
    if before is not None:
        query = query.where(Activity.worked_on < before)
    found: Sequence[date] = (
        await session.exec(query.distinct().order_by(col(Activity.worked_on).desc()).limit(limit))
    ).all()
    return found


async def between(session: Session, employee_ids: Iterable[int], first: date, last: date) -> Sequence[Activity]:
    """What stands of several people in a span of dates, both included."""
    query = select(Activity).where(
        col(Activity.employee_id).in_(list(employee_ids)),
        Activity.worked_on >= first,
        Activity.worked_on <= last,
        col(Activity.status).in_(STANDING),
    )
    return (await session.exec(query.order_by(col(Activity.worked_on), col(Activity.id)))).all()


class Said(NamedTuple):
    """How many pieces of work a person reported on a day, and how many of them serve a target."""

    said: int
    linked: int


async def said_on(
    session: Session, employee_ids: Iterable[int], first: date, last: date
) -> dict[tuple[int, date], Said]:
    """By (person, day), of a span of dates, both included; days without a report are left out."""
    query = select(
        col(Activity.employee_id), col(Activity.worked_on), func.count(), func.count(col(Activity.target_id))
    ).where(
        col(Activity.employee_id).in_(list(employee_ids)),
        Activity.worked_on >= first,
        Activity.worked_on <= last,
        Activity.kind == WORK,
        col(Activity.status).in_(STANDING),
    )
    rows = (await session.exec(query.group_by(col(Activity.employee_id), col(Activity.worked_on)))).all()
    return {(employee_id, day): Said(said, linked) for employee_id, day, said, linked in rows}


async def count_waiting(session: Session, employee_ids: Iterable[int], *, until: date) -> dict[int, int]:
    """By person: how much of the work through a date waits for its reviewer."""
    query = select(col(Activity.employee_id), func.count()).where(
        col(Activity.employee_id).in_(list(employee_ids)), *is_still(WAITING), Activity.worked_on <= until
    )
    return dict((await session.exec(query.group_by(col(Activity.employee_id)))).all())


async def authors_of_automatic(session: Session, *, since: datetime) -> set[int]:
    """Whose work the clock has approved since, as far as it stands."""
    query = select(col(Activity.employee_id)).where(
        Activity.status == APPROVED, col(Activity.is_automatic) == true(), col(Activity.reviewed_at) >= since
    )
    return set((await session.exec(query.distinct())).all())


async def waiting_of(session: Session, employee_ids: Iterable[int]) -> Sequence[Activity]:
    query = select(Activity).where(col(Activity.employee_id).in_(list(employee_ids)), *is_still(WAITING))
    return (await session.exec(query.order_by(col(Activity.worked_on), col(Activity.id)))).all()
