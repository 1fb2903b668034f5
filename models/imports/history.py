"""What an import does to the history of targets: it adds to it, and where an agency wants so, it only proposes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, select

from models import target_revisions
from models.agencies import Agency
from models.database import Session
from models.target_revisions import IMPORTED, Plan
from models.targets import APPROVED, WAITING, Target, TargetRevision


async def remember(session: Session, agency: Agency, imported: Sequence[Target], *, today: date, now: datetime) -> None:
    """After the rows are written: revision 1 of what is new, another of what has changed from today on.

    Where targets wait, a person's new ones do, and an agreed one stays what it was until the change is approved.
    """
    history = await _history(session, agency.id)
    for target in imported:
        plan, former = Plan.of(target), history.get(target.id, [])
        agreed = next((row for row in reversed(former) if row.status == APPROVED), None)
        open_ = next((row for row in reversed(former) if row.status == WAITING), None)
        waits = agency.targets_wait and target.employee_id is not None
        if agreed is not None and Plan.of(agreed) == plan:
            continue
        if waits and agreed is not None:
            Plan.of(agreed).put_into(target)
        if waits and open_ is not None and open_.kind == IMPORTED and Plan.of(open_) == plan:
            continue
        if open_ is not None:
            await target_revisions.withdraw_open(session, target.id)
        status = WAITING if waits else APPROVED
        if agreed is None:
            target.status = status
        since = today if former else target.starts_on
        await target_revisions.add(session, target, plan, kind=IMPORTED, effective_on=since, now=now, status=status)


async def _history(session: Session, agency_id: int) -> dict[int, list[TargetRevision]]:
    """By target, the oldest first."""
    query = select(TargetRevision).where(TargetRevision.agency_id == agency_id)
    found: dict[int, list[TargetRevision]] = {}
    for row in (await session.exec(query.order_by(col(TargetRevision.number)))).all():
        found.setdefault(row.target_id, []).append(row)
    return found
