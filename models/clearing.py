"""Everyday messages that were settled half a year ago are removed from the outbox, night by night.

What a row is for has long passed by then: its key keeps a message from being sent twice on its day, in its week or its
month; a card is drawn again as long as its report may change, at most for the 62 days of an approval by the clock
(`cards.AUTOMATIC_LASTS`); undo lasts ten minutes. Reports, decisions and their audit are rows of their own. A tap on a
card that still stands in a chat is answered as any button out of use, and an answer to such an old question is read as
a new reply: the month it asked about has long been closed. Only kinds that grow by the day go: what is
wanted once (targets, absences, appraisals, menus) may stand for years, and is asked for by its key.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.sql import ColumnElement
from sqlmodel import col, select

from models import kinds
from models.database import Session
from models.employees import Employee
from models.outbox import Message, is_unshown
from models.questions import Question

KEPT_FOR = timedelta(days=184)
EVERYDAY = frozenset(
    {
        kinds.SAY,
        kinds.PROMPT,
        kinds.REMINDER,
        kinds.FOCUS_CARD,
        kinds.REPORT_CARD,
        kinds.EVIDENCE_CARD,
        kinds.REVIEW_CARD,
        kinds.APPROVED,
        kinds.RETURNED,
        kinds.AUTOMATIC,
        kinds.BOARD,
        kinds.DAYS_OFF,
        kinds.OUTPUT_CARD,
        kinds.QUALITY_CARD,
        kinds.WEEK,
        kinds.SUMMARY,
        kinds.SUMMARY_CHART,
        kinds.COACHING,
        kinds.CLOSED,
    }
)
BEGINS, TURNS = time(18, 0), 240
"""By UTC, one o'clock in Jakarta; so many minutes. Each minute it is the turn of other people, all of them in a night,
so that only the index of a person's messages is read, and no index is kept for this alone."""
AT_MOST = 10_000
"""Rows a minute; what is left waits for the next night."""


async def ready(session: Session, *, now: datetime) -> Sequence[int]:
    """Ids of rows that may go, of those whose turn it is; none by day."""
    utc = now.astimezone(UTC)
    turn = (utc.hour - BEGINS.hour) * 60 + utc.minute
    if not 0 <= turn < TURNS:
        return []
    of_turn = select(Employee.id).where(col(Employee.id) % TURNS == turn)
    theirs = select(Message.id).where(col(Message.employee_id).in_(of_turn), *_settled(now)).limit(AT_MOST)
    nobodys = select(Message.id).where(col(Message.employee_id).is_(None), *_settled(now)).limit(AT_MOST)
    return [*(await session.exec(theirs)).all(), *(await session.exec(nobodys)).all()]


def _settled(now: datetime) -> list[ColumnElement[bool]]:
    before = now - KEPT_FOR
    return [
        col(Message.kind).in_(sorted(EVERYDAY)),
        col(Message.due_at) < before,
        or_(col(Message.shown_at).is_(None), col(Message.shown_at) < before),
        ~is_unshown(),
        col(Message.claimed_by).is_(None),
    ]


async def clear(session: Session, ids: Sequence[int], *, now: datetime) -> int:
    """Remove those of the rows that still may go, and what their cards had asked; how many rows."""
    query = select(Message.id, Message.key).where(col(Message.id).in_(ids), *_settled(now))
    going = (await session.exec(query.with_for_update(skip_locked=True))).all()
    await session.exec(delete(Question).where(col(Question.card).in_([key for _, key in going])))
    return (await session.exec(delete(Message).where(col(Message.id).in_([id_ for id_, _ in going])))).rowcount
