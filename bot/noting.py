"""What Telegram's answer means for the row."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.delivery import Delivered
from bot.drawing import Job, try_later
from bot.flights import Flight
from models import reach
from models.database import Session
from models.outbox import Message

log = structlog.get_logger()


async def note(
    session: Session, flights: Sequence[Flight], *, holder: str, now: datetime, real_now: datetime
) -> list[Flight]:
    """Note on the rows how flights have ended, all in one go.

    Those that are noted; not those whose row somebody holds just now, which have to be noted later.
    """
    ids = [flight.job.row.id for flight in flights]
    if not ids:
        return []
    rows = {row.id: row for row in (await session.exec(_held(), params={"ids": ids})).all()}
    missing = set(ids) - rows.keys()
    held = set[int]()
    if missing:
        held = set((await session.exec(select(col(Message.id)).where(col(Message.id).in_(missing)))).all())
    for flight in flights:
        row = rows.get(flight.job.row.id)
        if row is not None and row.claimed_by == holder:  # else the lease was lost, and another has taken it over
            await _note(session, row, flight.job, flight.delivered or Delivered(), now=now, real_now=real_now)
    await session.flush()
    return [flight for flight in flights if flight.job.row.id not in held]


@cache
def _held() -> Any:
    query = select(Message).where(col(Message.id).in_(bindparam("ids", expanding=True)))
    return query.with_for_update(skip_locked=True).execution_options(populate_existing=True)


async def _note(
    session: Session, row: Message, job: Job, delivered: Delivered, *, now: datetime, real_now: datetime
) -> None:
    row.claimed_by, row.retry_at = None, None
    row.failure = delivered.failure
    if delivered.done:
        _stands(row, job, delivered.message_id, now)
    elif delivered.moved_to is not None:
        row.attempts = max(row.attempts - 1, 0)
        await session.flush()
        await reach.move_chat(session, job.row.chat_id, delivered.moved_to)
    elif delivered.refused:
        row.shown_revision = max(job.revision, row.shown_revision)
        if delivered.unreachable:
            await reach.mark_unreachable(session, row.chat_id, bot_id=row.bot_id, now=now)
    elif delivered.lost_message:
        row.message_id = None
        if not (job.screen.rows or job.screen.asks):
            row.shown_revision = max(job.revision, row.shown_revision)
    elif delivered.pause is not None or delivered.unreached:
        row.attempts = max(row.attempts - 1, 0)  # it was certainly not carried out
    else:
        try_later(row, job.revision, real_now)
    if row.failure is not None:
        log.warning("sending failed", row=row.id, kind=row.kind, failure=row.failure, attempts=row.attempts)


def _stands(row: Message, job: Job, message_id: int | None, now: datetime) -> None:
    row.shown_revision = max(job.revision, row.shown_revision)
    row.shown_at = now
    if row.chat_id != job.row.chat_id:  # the group moved meanwhile, and this stayed behind
        row.message_id, row.former_message_id = None, None
    elif job.revision < row.new_from:  # wanted anew meanwhile, so this is the former copy
        row.message_id, row.former_message_id = None, message_id
    else:
        row.message_id, row.former_message_id = message_id, None
        row.content_hash, row.is_picture = job.content_hash, (job.screen.picture or job.screen.document) is not None
