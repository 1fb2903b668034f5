"""What Telegram's answer means for the row."""

from datetime import datetime

import structlog
from sqlmodel import col, select

from bot.drawing import Job, try_later
from bot.flights import Flight
from models import reach
from models.database import Session
from models.outbox import Message

log = structlog.get_logger()


async def note(session: Session, flight: Flight, *, holder: str, now: datetime, real_now: datetime) -> bool:
    """Note on the row how it ended; False when somebody holds the row just now, so that it has to be noted later."""
    job, delivered = flight.job, flight.delivered
    if delivered is None:
        return False
    query = select(Message).where(Message.id == job.row.id).execution_options(populate_existing=True)
    row = (await session.exec(query.with_for_update(skip_locked=True))).first()
    if row is None:
        return (await session.exec(select(col(Message.id)).where(Message.id == job.row.id))).first() is None
    if row.claimed_by != holder:
        return True  # the lease was lost meanwhile: another sender has taken it over
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
    await session.flush()
    return True


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
