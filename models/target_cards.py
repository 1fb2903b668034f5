"""The supervisor's card with what is proposed for one person's targets: when it comes, and when it is drawn again."""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from models import duty, messages, outbox
from models.database import Session
from models.employees import Employee
from models.kinds import TARGET_CARD
from models.targets import Target, TargetRevision, is_waiting


def card(reviewer_id: int, employee_id: int) -> str:
    return f"target_card:{reviewer_id}:{employee_id}"


def page(viewer_id: int) -> str:
    """The card of `/target`."""
    return f"targets:{viewer_id}"


async def newest_waiting(session: Session) -> dict[int, int]:
    """Everybody for whom something waits, with the newest of it: employee id → revision id."""
    query = (
        select(Target.employee_id, func.max(TargetRevision.id))
        .join(TargetRevision, col(TargetRevision.target_id) == col(Target.id))
        .where(is_waiting(), col(Target.employee_id).is_not(None))
        .group_by(col(Target.employee_id))
    )
    return {holder: newest for holder, newest in (await session.exec(query)).all() if holder is not None}


async def show(session: Session, reviewer: Employee, holder: Employee, newest: int, *, now: datetime) -> bool:
    """Show the card, below everything else when there is something new on it; whether there was."""
    key = card(reviewer.id, holder.id)
    known = await messages.by_key(session, key)
    if reviewer.telegram_id is None or (known is not None and known.arguments.get("newest", 0) >= newest):
        return False
    await outbox.show(
        session,
        key=key,
        chat_id=reviewer.telegram_id,
        kind=TARGET_CARD,
        agency_id=reviewer.agency_id,
        employee_id=reviewer.id,
        arguments={"of": holder.id, "newest": newest},
        due_at=now,
        anew=True,
    )
    return True


async def ask(session: Session, holder: Employee, *, on: date, now: datetime) -> Employee | None:
    """Show what waits for a person's targets to whoever is asked first; that person, None when there is nobody."""
    reviewers = await duty.reviewers_of(session, holder, on=on)
    newest = (await newest_waiting(session)).get(holder.id)
    if reviewers and newest is not None:
        await show(session, reviewers[0], holder, newest, now=now)
    await redraw(session, holder, on=on, now=now)
    return reviewers[0] if reviewers else None


async def redraw(session: Session, holder: Employee, *, on: date, now: datetime) -> None:
    """Something about a person's targets has changed: the cards on which it is seen show it, without a sound."""
    for reviewer in await duty.reviewers_of(session, holder, on=on):
        await outbox.redraw(session, card(reviewer.id, holder.id), now=now)
        await outbox.redraw(session, page(reviewer.id), now=now)
    await outbox.redraw(session, page(holder.id), now=now)
