"""Outbox → Telegram: claim, render at send time, send or edit, note what stands on the screen."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import Delivered, deliver
from bot.limits import Limiter, Rates
from handlers.screens import Renderer, Screen
from models import leases, outbox, reach
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message

log = structlog.get_logger()

LEASE = "sender"
AT_ONCE = 16
"""Messages in flight together, each in a chat of its own."""
GIVE_UP_AFTER = 12
IDLE_SECONDS = 0.5
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed row with what it is to look like."""

    row: Message
    screen: Screen
    revision: int
    content_hash: str


class Sender:
    """One sender at a time works for a bot: it holds the lease, and frees what a dead one had claimed."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        renderers: Mapping[str, Renderer],
        clock: Clock,
        *,
        pictures: Executor,
        wake: asyncio.Event,
        rates: Rates | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._bot, self._renderers, self._clock = database, bot, renderers, clock
        self._pictures, self._wake, self._monotonic = pictures, wake, monotonic
        self._holder = uuid.uuid4().hex
        self._leads = False
        self._limiter = Limiter(rates or Rates())

    async def run(self) -> None:
        while True:
            if not await self.send_due():
                pause = max(self._limiter.wait(self._monotonic()), IDLE_SECONDS)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
                self._wake.clear()

    async def work_off(self) -> int:
        """Send everything that is due, waiting for limits where it must; how many rows were worked off.

        While another sender holds the lease there is nothing to do here; one that died is waited for.
        """
        total = 0
        patience = self._monotonic() + leases.LASTS.total_seconds() + 1
        while True:
            sent = await self.send_due()
            total += sent
            if not sent and (not await self._is_work_left() or (not self._leads and self._monotonic() > patience)):
                return total
            if not sent:
                await asyncio.sleep(0.05)

    async def _is_work_left(self) -> bool:
        async with self._database.reading() as session:
            return await outbox.unshown(session, now=self._clock()) > 0

    async def close(self) -> None:
        async with self._database.transaction() as session:
            await leases.release(session, LEASE, holder=self._holder)

    async def send_due(self) -> int:
        """One round: claim what may be sent now, at most one row a chat, and send it; how many were claimed."""
        now = self._monotonic()
        room = min(self._limiter.room(now), AT_ONCE)
        if not room:
            return 0
        claimed, jobs = await self._claim(self._limiter.busy(now), room)
        await asyncio.gather(*(self._send(job) for job in jobs))
        return claimed

    async def _claim(self, busy: frozenset[int], room: int) -> tuple[int, list[Job]]:
        async with self._database.transaction() as session:
            self._leads = await leases.hold(session, LEASE, holder=self._holder, now=datetime.now(UTC))
            if not self._leads:
                return 0, []
            await outbox.free_claims(session, holder=self._holder)
            now = self._clock()
            rows = await outbox.claim(session, holder=self._holder, now=now, besides=busy, at_most=room)
            jobs = [await self._prepare(session, row, now) for row in rows]
        return len(rows), [job for job in jobs if job is not None]

    async def _prepare(self, session: Session, row: Message, now: datetime) -> Job | None:
        """Render the present state. None when nothing is to be sent: then the row is settled already."""
        reason = await _why_not(session, row, now)
        if reason is not None:
            _settle(row, reason)
            return None
        try:
            async with session.begin_nested():
                screen = await self._renderers[row.kind](session, row, now)
        except Exception as error:  # one card that cannot be drawn must not hold up the others
            log.error("rendering failed", row=row.id, kind=row.kind, error=type(error).__name__)
            row.claimed_by, row.failure, row.attempts = None, type(error).__name__, row.attempts + 1
            _try_later(row, row.revision, now)
            return None
        content_hash = screen.content_hash() if screen is not None else ""
        if screen is None or (content_hash == row.content_hash and row.message_id is not None):
            _settle(row, None)
            return None
        row.screen_revision = row.revision
        row.seen = [list(pair) for pair in screen.seen]
        row.attempts += 1
        return Job(row, screen, row.revision, content_hash)

    async def _send(self, job: Job) -> None:
        self._limiter.count(job.row.chat_id, self._monotonic())
        delivered = await self._deliver(job)
        if delivered.pause is not None:
            self._limiter.pause(delivered.pause_chat, self._monotonic() + delivered.pause)
        async with self._database.transaction() as session:
            await self._note(session, job, delivered)

    async def _deliver(self, job: Job) -> Delivered:
        picture = None
        try:
            if job.screen.picture is not None:
                picture = await asyncio.get_running_loop().run_in_executor(self._pictures, job.screen.picture)
        except Exception as error:
            return Delivered(failure=f"picture: {type(error).__name__}")
        return await deliver(self._bot, job.row, job.screen, job.revision, picture)

    async def _note(self, session: Session, job: Job, delivered: Delivered) -> None:
        row = await session.get_one(Message, job.row.id, with_for_update=True, populate_existing=True)
        now = self._clock()
        row.claimed_by = None
        row.failure = delivered.failure
        if delivered.moved_to is not None:
            await reach.move_chat(session, row.chat_id, delivered.moved_to)
        elif delivered.done:
            row.shown_revision = max(job.revision, row.shown_revision)
            row.content_hash, row.shown_at = job.content_hash, now
            row.message_id, row.is_picture = delivered.message_id, job.screen.picture is not None
            row.former_message_id = None
        elif delivered.final:
            row.shown_revision = max(job.revision, row.shown_revision)
            if delivered.unreachable:
                await reach.mark_unreachable(session, row.chat_id, now=now)
        elif delivered.lost_message:
            row.message_id, row.content_hash = None, None
            row.shown_revision = row.shown_revision if job.screen.rows else job.revision
        elif delivered.pause is None:
            _try_later(row, job.revision, now)
        if row.failure is not None:
            log.warning("sending failed", row=row.id, kind=row.kind, failure=row.failure, attempts=row.attempts)


async def _why_not(session: Session, row: Message, now: datetime) -> str | None:
    """Why a row is not to be sent after all: too late, or its reader may not or cannot see it now."""
    if row.expires_at is not None and row.expires_at <= now and row.message_id is None:
        return "expired"
    if row.employee_id is None:
        return None
    person = await session.get(Employee, row.employee_id)
    if person is None or person.telegram_id != row.chat_id:
        return "not theirs any more"
    return "unreachable" if person.unreachable_at is not None else None


def _settle(row: Message, failure: str | None) -> None:
    row.shown_revision = row.revision
    row.claimed_by = None
    row.failure = failure


def _try_later(row: Message, revision: int, now: datetime) -> None:
    if row.attempts >= GIVE_UP_AFTER:
        row.shown_revision = max(revision, row.shown_revision)
    else:
        row.due_at = now + min(timedelta(seconds=2 ** (row.attempts - 1)), LONGEST_PAUSE)
