"""What people decide about an obstacle: an answer, that it is settled, or that it is not. All of it is audited."""

from datetime import date, datetime

from models import audit, duty, obstacles
from models.database import Session
from models.employees import Employee
from models.obstacles import ANSWERED, CLOSED, OPEN, Obstacle
from models.refusals import Refusal


async def may_answer(session: Session, reviewer: Employee, obstacle: Obstacle, *, on: date) -> bool:
    """The owner's reviewers on that date; never the owner."""
    owner = await session.get_one(Employee, obstacle.employee_id)
    reviewers = await duty.reviewers_of(session, owner, on=on)
    return obstacle.agency_id == reviewer.agency_id and any(person.id == reviewer.id for person in reviewers)


async def answer(
    session: Session, reviewer: Employee, obstacle: Obstacle, text: str, *, revision: int, on: date, now: datetime
) -> None:
    """Raises: Refusal("not_yours"), Refusal("sentence_too_long", limit=…), Refusal("changed_meanwhile")."""
    if not await may_answer(session, reviewer, obstacle, on=on):
        raise Refusal("not_yours")
    obstacles.check(text)
    if obstacle.status not in (OPEN, ANSWERED):
        raise Refusal("changed_meanwhile")
    values = {"answer": text, "answered_by_id": reviewer.id, "answered_at": now}
    await obstacles.change(session, obstacle, revision=revision, status=ANSWERED, **values)
    await _record(session, "obstacle_answered", obstacle, reviewer, now)


async def close(
    session: Session, person: Employee, obstacle: Obstacle, *, revision: int, on: date, now: datetime
) -> None:
    """By its owner or by a reviewer. Raises: Refusal("not_yours"), Refusal("changed_meanwhile")."""
    if person.id != obstacle.employee_id and not await may_answer(session, person, obstacle, on=on):
        raise Refusal("not_yours")
    await obstacles.change(session, obstacle, revision=revision, status=CLOSED, closed_on=on, closed_by_id=person.id)
    await _record(session, "obstacle_closed", obstacle, person, now)


async def reopen(session: Session, owner: Employee, obstacle: Obstacle, *, revision: int, now: datetime) -> None:
    """By its owner, who keeps the answer. Raises: Refusal("not_yours"), Refusal("changed_meanwhile")."""
    if owner.id != obstacle.employee_id:
        raise Refusal("not_yours")
    if obstacle.status not in (ANSWERED, CLOSED):
        raise Refusal("changed_meanwhile")
    await obstacles.change(session, obstacle, revision=revision, status=OPEN, **obstacles.NOT_CLOSED)
    await _record(session, "obstacle_reopened", obstacle, owner, now)


async def _record(session: Session, act: str, obstacle: Obstacle, actor: Employee, now: datetime) -> None:
    await audit.record(
        session,
        act,
        agency_id=obstacle.agency_id,
        now=now,
        actor_id=actor.id,
        employee_id=obstacle.employee_id,
        obstacle=obstacle.id,
    )
