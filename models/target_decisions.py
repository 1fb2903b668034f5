"""The answers to proposals about targets: agreed, given back, left, or withdrawn by the holder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col

from models import target_revisions
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.reviews import REASON_AT_MOST
from models.target_revisions import Plan
from models.target_rules import status_by
from models.targets import APPROVED, RETURNED, WAITING, WITHDRAWN, Target, TargetRevision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tap has done, and what it left alone because it had changed since it was shown."""

    done: tuple[TargetRevision, ...]
    skipped: tuple[TargetRevision, ...]


async def approve(session: Session, who: Employee, seen: Mapping[int, int], *, on: date, now: datetime) -> Outcome:
    """Agree to exactly the revisions seen: id → number. They hold from this day on: what is past stays as it was.

    Raises: Refusal("not_yours") when any of it is not for this supervisor.
    """
    found = await target_revisions.by_ids(session, seen)
    for revision in found.values():
        await _may_decide(session, who, revision, on=on)
    done: list[TargetRevision] = []
    skipped: list[TargetRevision] = []
    for revision in found.values():
        since = max(on, revision.effective_on)
        ok = seen[revision.id] == revision.number and await _decide(
            session, revision, status=APPROVED, reviewer_id=who.id, reviewed_at=now, effective_on=since
        )
        (done if ok else skipped).append(revision)
        if ok:
            target = await session.get_one(Target, revision.target_id)
            Plan.of(revision).put_into(target)
            target.status = APPROVED
            await target_revisions.record(session, "target_agreed", target, revision, actor_id=who.id, now=now)
    await session.flush()
    return Outcome(tuple(done), tuple(skipped))


async def return_with(
    session: Session, who: Employee, revision: TargetRevision, reason: str, *, on: date, now: datetime
) -> bool:
    """Give a proposal back with a reason; False when it had changed since it was seen.

    Raises: Refusal("not_yours"), Refusal("reason_too_long", limit=…).
    """
    await _may_decide(session, who, revision, on=on)
    if len(reason) > REASON_AT_MOST:
        raise Refusal("reason_too_long", limit=REASON_AT_MOST)
    values = {"reviewer_id": who.id, "reviewed_at": now, "remark": reason}
    return await _close(session, who, revision, RETURNED, "target_returned", now=now, **values)


async def leave_resets(session: Session, who: Employee, ids: Sequence[int], *, on: date, now: datetime) -> int:
    """Keep the plans as they are: what the bot itself has proposed is dropped; how much of it."""
    dropped = 0
    for revision in (await target_revisions.by_ids(session, ids)).values():
        await _may_decide(session, who, revision, on=on)
        if revision.why:
            dropped += await _close(session, who, revision, WITHDRAWN, "target_left", now=now)
    return dropped


async def withdraw(session: Session, holder: Employee, revision: TargetRevision, *, now: datetime) -> bool:
    """The holder takes back what they have proposed. Raises: Refusal("not_yours") for what others have."""
    if revision.proposed_by_id != holder.id:
        raise Refusal("not_yours")
    return await _close(session, holder, revision, WITHDRAWN, "target_withdrawn", now=now)


async def _may_decide(session: Session, who: Employee, revision: TargetRevision, *, on: date) -> None:
    """Checked in the database at every tap; never about one's own targets."""
    target = await session.get_one(Target, revision.target_id)
    holder = await session.get_one(Employee, target.employee_id)
    if await status_by(session, who, holder, on=on) != APPROVED:
        raise Refusal("not_yours")


async def _close(
    session: Session,
    who: Employee,
    revision: TargetRevision,
    status: str,
    act: str,
    *,
    now: datetime,
    **values: object,
) -> bool:
    """Without agreement; a target that was never agreed has the same end."""
    if not await _decide(session, revision, status=status, **values):
        return False
    target = await session.get_one(Target, revision.target_id)
    if target.status == WAITING:
        target.status = status
    await target_revisions.record(session, act, target, revision, actor_id=who.id, now=now)
    return True


async def _decide(session: Session, revision: TargetRevision, **values: object) -> bool:
    """False when it does not wait any more: somebody was faster."""
    statement = update(TargetRevision).where(
        col(TargetRevision.id) == revision.id, col(TargetRevision.status) == WAITING
    )
    decided = bool((await session.exec(statement.values(**values))).rowcount)
    await session.refresh(revision)
    return decided
