"""Obstacles (kendala) that people report, until somebody answers or closes them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import activities, duty
from models.database import LongNumber, Session, UtcDateTime
from models.employees import Employee
from models.refusals import Refusal
from models.replies import Reply

OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"
ALLOWED: dict[str, frozenset[str]] = {
    OPEN: frozenset({OPEN, ANSWERED, CLOSED, WITHDRAWN}),
    ANSWERED: frozenset({OPEN, ANSWERED, CLOSED, WITHDRAWN}),
    CLOSED: frozenset({OPEN, WITHDRAWN}),
    WITHDRAWN: frozenset({OPEN, ANSWERED, CLOSED}),
}
STANDING = (OPEN, ANSWERED, CLOSED)
SENTENCE_AT_MOST = 500
"""Characters of an obstacle typed by itself, and of an answer."""
NOT_CLOSED: dict[str, Any] = {"closed_on": None, "closed_by_id": None}
UNANSWERED: dict[str, Any] = {**NOT_CLOSED, "answer": None, "answered_by_id": None, "answered_at": None}


class Obstacle(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    """The person's unit when it was reported."""
    reply_id: int | None = Field(default=None, foreign_key="reply.id", index=True, sa_type=LongNumber)
    by_hand: bool = False
    """Typed after a tap on the report's card, so that an edited reply leaves it as it is."""
    target_id: int | None = Field(default=None, foreign_key="target.id")
    raised_on: date = Field(index=True)
    text: str
    status: str = OPEN
    revision: int = 1
    answer: str | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="employee.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_on: date | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="employee.id")


async def open_of(session: Session, employee_ids: Iterable[int]) -> Sequence[Obstacle]:
    """Obstacles that wait for an answer, those that have waited longest first."""
    query = select(Obstacle).where(col(Obstacle.employee_id).in_(list(employee_ids)), Obstacle.status == OPEN)
    return (await session.exec(query.order_by(col(Obstacle.raised_on), col(Obstacle.id)))).all()


async def unsettled_of(session: Session, employee_id: int) -> Sequence[Obstacle]:
    """A person's own obstacles that are not closed, the oldest first."""
    query = select(Obstacle).where(Obstacle.employee_id == employee_id, col(Obstacle.status).in_((OPEN, ANSWERED)))
    return (await session.exec(query.order_by(col(Obstacle.raised_on), col(Obstacle.id)))).all()


async def before(session: Session, reviewer: Employee, *, on: date) -> Sequence[Obstacle]:
    """What waits for this reviewer's answer on a date, what has waited longest first."""
    return await open_of(session, [person.id for person in await duty.team_of(session, reviewer, on=on)])


def owners_of_open() -> SelectOfScalar[int]:
    return select(col(Obstacle.employee_id)).where(Obstacle.status == OPEN)


async def of_reply(session: Session, reply_id: int) -> Sequence[Obstacle]:
    """What stands of a reply, closed ones too."""
    query = select(Obstacle).where(Obstacle.reply_id == reply_id, col(Obstacle.status).in_(STANDING))
    return (await session.exec(query.order_by(col(Obstacle.id)))).all()


async def counts(
    session: Session, employee_ids: Iterable[int], first: date, last: date
) -> tuple[dict[int, int], dict[int, int]]:
    """By person: how many obstacles raised by `last` are not closed, and how many were closed from `first`."""
    query = select(col(Obstacle.employee_id), col(Obstacle.status), col(Obstacle.closed_on)).where(
        col(Obstacle.employee_id).in_(list(employee_ids)), Obstacle.raised_on <= last
    )
    rows = (await session.exec(query)).all()
    closed = (id_ for id_, status, on in rows if status == CLOSED and on and first <= on <= last)
    return Counter(id_ for id_, status, _ in rows if status in (OPEN, ANSWERED)), Counter(closed)


async def change(session: Session, obstacle: Obstacle, *, revision: int, **values: Any) -> None:
    """Change exactly the revision that was seen. Raises: Refusal("changed_meanwhile")."""
    statement = update(Obstacle).where(col(Obstacle.id) == obstacle.id, col(Obstacle.revision) == revision)
    allowed = values.get("status", obstacle.status) in ALLOWED[obstacle.status]
    if not allowed or not (await session.exec(statement.values(revision=revision + 1, **values))).rowcount:
        raise Refusal("changed_meanwhile")
    await session.refresh(obstacle)


def check(text: str) -> None:
    """Raises: Refusal("sentence_too_long", limit=…) in characters."""
    if len(text) > SENTENCE_AT_MOST:
        raise Refusal("sentence_too_long", limit=SENTENCE_AT_MOST)


async def raise_(
    session: Session, employee: Employee, reply: Reply, text: str, *, on: date, by_hand: bool = False
) -> Obstacle:
    """Keep an obstacle; the same words twice are one.

    Raises: Refusal("sentence_too_long", limit=…) for one typed by itself.
    """
    if by_hand:
        check(text)
    same = [row for row in await of_reply(session, reply.id) if row.text == text and row.status != CLOSED]
    if same:
        return same[0]
    obstacle = Obstacle(
        agency_id=employee.agency_id,
        employee_id=employee.id,
        unit_id=employee.unit_id,
        reply_id=reply.id,
        by_hand=by_hand,
        target_id=await _target(session, reply.id, text),
        raised_on=on,
        text=text,
    )
    session.add(obstacle)
    await session.flush()
    return obstacle


async def reword(session: Session, obstacle: Obstacle, text: str) -> None:
    """Its owner says it anew: it is open again. Raises: Refusal("sentence_too_long", limit=…) when typed by itself."""
    if obstacle.by_hand:
        check(text)
    if text != obstacle.text:
        await change(session, obstacle, revision=obstacle.revision, status=OPEN, text=text, **UNANSWERED)


async def follow(session: Session, employee: Employee, reply: Reply, said: str | None, *, on: date) -> None:
    """The obstacle in a reply's words is what the reply says now: changed, withdrawn, or back again."""
    query = select(Obstacle).where(Obstacle.reply_id == reply.id, col(Obstacle.by_hand).is_(False))
    obstacle = (await session.exec(query)).first()
    if obstacle is None:
        if said is not None:
            await raise_(session, employee, reply, said, on=on)
        return
    if said is None:
        await withdraw(session, [obstacle])
    else:
        await restore(session, [obstacle.id])
        await reword(session, obstacle, said)
    await follow_targets(session, reply.id)


async def withdraw(session: Session, standing: Iterable[Obstacle]) -> None:
    for obstacle in standing:
        if obstacle.status != WITHDRAWN:
            await change(session, obstacle, revision=obstacle.revision, status=WITHDRAWN)


async def restore(session: Session, ids: Iterable[int]) -> None:
    """Undo a withdrawal: it stands as it stood."""
    for obstacle in (await session.exec(select(Obstacle).where(col(Obstacle.id).in_(list(ids))))).all():
        if obstacle.status == WITHDRAWN:
            status = CLOSED if obstacle.closed_on else ANSWERED if obstacle.answer else OPEN
            await change(session, obstacle, revision=obstacle.revision, status=status)


async def follow_targets(session: Session, reply_id: int | None) -> None:
    """The activities of a reply serve other targets now, or there are other activities."""
    for obstacle in await of_reply(session, reply_id) if reply_id is not None else ():
        obstacle.target_id = await _target(session, obstacle.reply_id or 0, obstacle.text)
    await session.flush()


async def _target(session: Session, reply_id: int, text: str) -> int | None:
    """The target of the one activity it stands with: whose words name it, else all of the reply's."""
    rows = await activities.of_reply(session, reply_id)
    beside = [row for row in rows if text in row.description] or rows
    targets = {row.target_id for row in beside}
    return targets.pop() if len(targets) == 1 else None
