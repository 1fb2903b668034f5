"""After people have moved: the cards on their superiors' screens show who is whose now."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import col, select

from models import audit, employees, outbox, resets
from models.audit import Act
from models.database import Session
from models.imports.writing import Move, Writer
from models.kinds import QUALITY_CARD, REVIEW_CARD
from models.outbox import Message

DECIDERS = ("superior_id", "approver_id")


async def redraw_moved(session: Session, moves: Iterable[Move], *, now: datetime) -> None:
    """Draw the latest review and quality cards of the old and the new superiors again."""
    superiors = {id_ for move in moves if move.field in DECIDERS for id_ in (move.old, move.new) if id_}
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


async def record(session: Session, writer: Writer, *, now: datetime, actor_id: int | None) -> None:
    """In the audit: how many rows of each sheet became what; and in each person's story what they were moved from."""
    if writer.office.agency is None:
        return
    agency_id = writer.office.agency.id
    counts = {sheet: [one.created, one.updated, one.unchanged] for sheet, one in writer.counts.items()}
    await audit.record(session, "imported", agency_id=agency_id, now=now, actor_id=actor_id, rows=counts)
    moved = [
        Act("person_imported", move.employee.id, {"field": move.field, "before": move.old, "after": move.new})
        for move in writer.moves
    ]
    if moved:
        await audit.record_all(session, moved, agency_id=agency_id, now=now, actor_id=actor_id)


async def set_anew(session: Session, moves: Iterable[Move], *, now: datetime) -> None:
    """Whoever has come to another unit: plans for the time that is left are proposed to their superior."""
    for move in moves:
        if move.field == "unit_id":
            start = now.astimezone(await employees.zone_of(session, move.employee)).date()
            await resets.propose(session, move.employee, start=start, why=resets.MOVED, now=now)
