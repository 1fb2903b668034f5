"""A claimed row becomes a job: is it still wanted, and how does it look now?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from structlog.contextvars import bind_contextvars, unbind_contextvars

from bot.clock import Clock
from bot.logs import ROW
from handlers.screens import Renderer, RendererOfMany, Screen
from models import employees, kinds, pauses
from models.database import Session
from models.employees import Employee
from models.outbox import Message

log = structlog.get_logger()

GIVE_UP_AFTER = 300
"""Attempts; with the longest pause between them, about a day."""
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row, as it was then, with what it is to look like."""

    row: Message
    screen: Screen
    revision: int
    content_hash: str


class Drawing:
    """Renders at send time. `clock` says what is due and expired, `real_clock` when to try again.

    What `together` knows how to draw is drawn by kind, so that a wave needs few questions to the database.
    """

    def __init__(
        self,
        renderers: Mapping[str, Renderer],
        clock: Clock,
        real_clock: Clock,
        together: Mapping[str, RendererOfMany] | None = None,
    ) -> None:
        self._renderers, self._clock, self._real_clock = renderers, clock, real_clock
        self._together = together or {}

    async def prepare(self, session: Session, rows: Sequence[Message]) -> list[Job]:
        """Draw the present state on claimed rows. Where nothing is to be sent, the row is settled already."""
        now = self._clock()
        await employees.by_ids(session, [row.employee_id for row in rows if row.employee_id is not None])
        wanted = [row for row in rows if await self._is_wanted(session, row, now)]
        screens = await self._draw(session, wanted, now) if wanted else {}
        return [job for row in wanted if row.id in screens and (job := _job(row, screens[row.id])) is not None]

    async def _is_wanted(self, session: Session, row: Message, now: datetime) -> bool:
        reason = await _why_not(session, row, now)
        if reason is not None:
            _settle(row, reason)
            return False
        heard_at = await _heard_at(session, row, now)
        if heard_at > now:
            row.due_at, row.claimed_by = heard_at, None
            return False
        return True

    async def _draw(self, session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
        """All at once; when that fails each by itself: one card that cannot be drawn must not hold up the others."""
        try:
            async with session.begin_nested():
                return await self._drawn(session, rows, now)
        except Exception as error:
            if len(rows) > 1:
                drawn: dict[int, Screen | None] = {}
                for row in rows:
                    drawn |= await self._draw(session, [row], now)
                return drawn
            row = rows[0]
            log.error("rendering failed", row=row.id, kind=row.kind, error=type(error).__name__)
            row.claimed_by, row.failure, row.attempts = None, type(error).__name__, row.attempts + 1
            try_later(row, row.revision, self._real_clock())
            return {}
        finally:
            unbind_contextvars(ROW)

    async def _drawn(self, session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
        screens: dict[int, Screen | None] = {}
        by_kind: dict[str, list[Message]] = {}
        for row in rows:
            if row.kind in self._together:
                by_kind.setdefault(row.kind, []).append(row)
            else:
                bind_contextvars(**{ROW: row.id})
                screens[row.id] = await self._renderers[row.kind](session, row, now)
        for kind, alike in by_kind.items():
            unbind_contextvars(ROW)
            if len(alike) == 1:
                bind_contextvars(**{ROW: alike[0].id})
            screens |= await self._together[kind](session, alike, now)
        return screens


def _job(row: Message, screen: Screen | None) -> Job | None:
    """What is to be sent; None when the screen is to stay as it is."""
    content_hash = screen.content_hash() if screen is not None else ""
    stands = screen is not None and (row.message_id is not None or screen.menu is not None)
    if screen is None or (content_hash == row.content_hash and stands):
        _settle(row, None)
        return None
    if screen.asks is not None:
        row.message_id = None  # a forced reply cannot be edited: it is asked again
    row.screen_revision = row.revision
    row.seen = [list(pair) for pair in screen.seen]
    row.content_hash = None
    row.attempts += 1
    return Job(row, screen, row.revision, content_hash)


async def _why_not(session: Session, row: Message, now: datetime) -> str | None:
    """Why a row is not to be sent after all: too late, or its reader may not or cannot see it now."""
    if row.expires_at is not None and row.expires_at <= now and row.message_id is None:
        return "expired"
    if row.employee_id is None:
        return None
    person = await session.get(Employee, row.employee_id)
    if person is None or person.telegram_id != row.chat_id:
        return "not theirs any more"
    if person.left_on is not None:
        today = now.astimezone(await employees.zone_of(session, person)).date()
        if employees.has_left(person, today):
            return "has left"
    return "unreachable" if person.unreachable_at is not None else None


async def _heard_at(session: Session, row: Message, now: datetime) -> datetime:
    """Now, or the end of the reader's quiet hours; those keep back what makes a sound and is no answer."""
    person = await session.get(Employee, row.employee_id) if row.employee_id is not None else None
    if person is None or person.quiet_from is None or row.priority < kinds.CARD or row.message_id is not None:
        return now
    return pauses.after_quiet(person, now.astimezone(await employees.zone_of(session, person))).astimezone(UTC)


def _settle(row: Message, failure: str | None) -> None:
    row.shown_revision = row.revision
    row.claimed_by, row.retry_at = None, None
    row.failure = failure


def try_later(row: Message, revision: int, real_now: datetime) -> None:
    """With a growing pause; after a day not any more."""
    if row.attempts >= GIVE_UP_AFTER:
        row.shown_revision, row.retry_at = max(revision, row.shown_revision), None
    else:
        row.retry_at = real_now + min(timedelta(seconds=2 ** min(row.attempts - 1, 20)), LONGEST_PAUSE)
