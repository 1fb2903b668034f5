"""After people have moved: the cards on their superiors' screens show who is whose now."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import col, select

from models import employees, outbox, resets
from models.database import Session
from models.imports.writing import Move
from models.outbox import QUALITY_CARD, REVIEW_CARD, Message


async def redraw_moved(session: Session, moves: Iterable[Move], *, now: datetime) -> None:
    """Draw the latest review and quality cards of the old and the new superiors again."""
    superiors = {id_ for move in moves if move.field == "superior_id" for id_ in (move.old, move.new) if id_}
    await redraw_cards_of(session, superiors, now=now)


async def redraw_cards_of(session: Session, superiors: Collection[int], *, now: datetime) -> None:
    query = select(Message).where(
        col(Message.employee_id).in_(superiors),
        col(Message.kind).in_([REVIEW_CARD, QUALITY_CARD]),
        col(Message.message_id).is_not(None),
    )
    rows = (await session.exec(query.order_by(col(Message.id)))).all() if superiors else []
    latest = {(row.employee_id, row.kind): row.key for row in rows}
    for key in latest.values():
        await outbox.redraw(session, key, now=now)


async def set_anew(session: Session, moves: Iterable[Move], *, now: datetime) -> None:
    """Whoever has come to another unit: plans for the time that is left are proposed to their superior."""
    for move in moves:
        if move.field == "unit_id":
            start = now.astimezone(await employees.zone_of(session, move.employee)).date()
            await resets.propose(session, move.employee, start=start, why=resets.MOVED, now=now)
