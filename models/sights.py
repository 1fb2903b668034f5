"""Who has seen what of whom: a reviewer's card with reports on it, a page about one person. Kept in the audit."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import col, select

from models import activities, audit
from models.audit import AuditEntry
from models.database import Session
from models.employees import Employee

SEEN, OPENED = "seen", "person_opened"
REMEMBERED_FOR = timedelta(days=30)
"""What was seen once is not noted again within it."""
AGAIN_AFTER = timedelta(hours=1)
"""A page that is opened again within it is the same look."""

# What was opened about a person.
PROFILE, EVIDENCE, APPRAISAL, COMPETENCIES, DAYS = "profile", "evidence", "appraisal", "competencies", "days"


async def seen(session: Session, reader_id: int, pairs: Iterable[tuple[int, int]], *, now: datetime) -> int:
    """Note which reports, (id, revision), have come before this reader for the first time; of how many people."""
    shown = {(int(id_), int(revision)) for id_, revision in pairs}
    by_author: dict[int, set[tuple[int, int]]] = {}
    for activity in (await activities.by_ids(session, {id_ for id_, _ in shown})).values():
        mine = {pair for pair in shown if pair[0] == activity.id}
        if activity.employee_id != reader_id:
            by_author.setdefault(activity.employee_id, set()).update(mine)
    known = await _known(session, reader_id, by_author, now)
    noted = 0
    reader = await session.get_one(Employee, reader_id)
    for author_id, mine in sorted(by_author.items()):
        fresh = sorted(mine - known)
        if fresh:
            await audit.record(
                session,
                SEEN,
                agency_id=reader.agency_id,
                now=now,
                actor_id=reader_id,
                employee_id=author_id,
                activities=[list(pair) for pair in fresh],
            )
            noted += 1
    return noted


async def _known(session: Session, reader_id: int, authors: Iterable[int], now: datetime) -> set[tuple[int, int]]:
    query = select(AuditEntry).where(
        col(AuditEntry.employee_id).in_(list(authors)),
        AuditEntry.actor_id == reader_id,
        AuditEntry.act == SEEN,
        AuditEntry.at > now - REMEMBERED_FOR,
    )
    rows = (await session.exec(query)).all()
    return {(id_, revision) for row in rows for id_, revision in row.details["activities"]}


async def opened(session: Session, reader: Employee, person: Employee, page: str, *, now: datetime) -> None:
    """Note that somebody has opened a page about another person."""
    if reader.id == person.id:
        return
    query = select(AuditEntry).where(
        AuditEntry.employee_id == person.id,
        AuditEntry.actor_id == reader.id,
        AuditEntry.act == OPENED,
        AuditEntry.at > now - AGAIN_AFTER,
    )
    if any(row.details["page"] == page for row in (await session.exec(query)).all()):
        return
    await audit.record(
        session,
        OPENED,
        agency_id=person.agency_id,
        now=now,
        actor_id=reader.id,
        employee_id=person.id,
        page=page,
    )
