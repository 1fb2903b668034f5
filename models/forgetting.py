"""Words in the post that has been delivered: they go after a week.

A row's key is what keeps a message from being sent twice, so the row stays for half a year more (`clearing`).
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from models.database import Session
from models.outbox import WORDED, Message, has_words, is_unshown

KEPT_FOR = timedelta(days=7)
AT_ONCE = 500


async def forget_words(session: Session, *, now: datetime) -> int:
    """Take the words out of messages that were last shown a week ago; how many rows."""
    old = now - KEPT_FOR
    delivered_before = (col(Message.shown_at).is_(None)) | (col(Message.shown_at) < old)
    query = select(Message).where(has_words(), ~is_unshown(), col(Message.due_at) < old, delivered_before)
    query = query.order_by(col(Message.due_at)).limit(AT_ONCE).with_for_update(skip_locked=True)
    rows = (await session.exec(query)).all()
    for row in rows:
        take_words(row)
    await session.flush()
    return len(rows)


def take_words(row: Message) -> None:
    names = WORDED.get(row.kind, row.arguments.keys())
    row.arguments = {name: value for name, value in row.arguments.items() if name not in names}
    row.has_words = False
