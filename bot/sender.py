"""Outbox → Telegram: claim, render at send time, send or edit, note what stands on the screen."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot
from telegram.error import InvalidToken

from bot import clock as clocks
from bot import holder
from bot.clock import Clock
from bot.drawing import Drawing
from bot.flights import LONGEST_REST, Flight, Flights, Room
from bot.leading import ASK_AGAIN_AFTER, RENEW_AFTER, take
from bot.limits import Rates
from bot.meters import SENDER, Meters
from bot.noting import note
from bot.pictures import Pictures
from bot.settings import bot_id_of
from bot.tasks import rest, to_its_end
from bot.witness import witness
from handlers.screens import Renderer, RendererOfMany
from models import claims, leases, messages, pulses
from models.bots import DEFAULT
from models.database import Database, Session
from models.outbox import Message

log = structlog.get_logger()

LEASE = "sender:{bot_id}"
PULSES = timedelta(minutes=1)
"""How often to note that messages arrive."""
LANDING_SECONDS = 5.0
"""How long an orderly end waits for what is in flight: all but what Telegram never answers. It is over within ten."""
LONGEST_PAUSE = 30.0
PATIENCE, PATIENCE_BEHIND = 65.0, leases.LASTS.total_seconds() + 1
"""How long `work_off` goes on without progress: while it sends, and while another sender holds the lease."""


class Sender:
    """One sender at a time works for a bot: it holds the lease, and frees what a dead one had claimed.

    `number` is as in `models.bots`. `clock` says what is due and what has expired; leases, retries and limits go by the
    machine's own clocks. `idle` says how long to rest instead of so many seconds while there is nothing to do.
    """

    def __init__(
        self,
        database: Database,
        bot: Bot,
        renderers: Mapping[str, Renderer],
        clock: Clock,
        *,
        pictures: Pictures,
        wake: asyncio.Event,
        together: Mapping[str, RendererOfMany] | None = None,
        number: int = DEFAULT,
        idle: Callable[[float], float] = lambda seconds: seconds,
        meters: Meters | None = None,
        rates: Rates | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        real_clock: Clock = clocks.system,
    ) -> None:
        self._database, self._clock, self._wake = database, clock, wake
        self._monotonic, self._real_clock, self._meters = monotonic, real_clock, meters or Meters()
        self._drawing = Drawing(renderers, clock, real_clock, together)
        self._flights = Flights(bot, pictures, wake, rates or Rates(), monotonic)
        self._holder, self.lease = holder.new(), LEASE.format(bot_id=bot_id_of(bot.token))
        self._number, self._idle = number, idle
        self._leads = self._is_sure_of_claims = False
        self._lease_due = 0.0
        self._pulsed_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Until cancelled; faults of the database are waited out. Raises: InvalidToken."""
        pause, was_woken = 1.0, False
        try:
            while True:
                self._meters.goes_round(SENDER)
                try:
                    claimed = await to_its_end(self.send_due(was_woken=was_woken))
                    pause = 1.0
                except InvalidToken:
                    raise
                except Exception as error:
                    log.error("sending has to wait", error=type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                was_woken = False
                if not claimed:
                    seconds = self._flights.rest()
                    was_woken = await rest(self._wake, self._idle(seconds) if seconds == LONGEST_REST else seconds)
        finally:
            await self.land()

    async def land(self, *, seconds: float = LANDING_SECONDS) -> None:
        """Wait for what is in flight, and note it; what has not landed then may be sent again by the next sender."""
        self._flights.give_back(all_of_them=True)  # else it would take off while the others land
        tasks = self._flights.tasks()
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        try:
            async with self._database.transaction() as session:
                noted = await self._note(session)
            self._forget(noted)
            await witness(self._database, noted, self._clock)
        except Exception as error:
            log.error("what was sent last could not be noted", error=type(error).__name__)

    async def work_off(self) -> int:
        """Send everything that is due, waiting for limits where it must; how many rows were worked off.

        Waits for another sender's lease to end and for what has to be tried again; without progress it ends.
        """
        total, fewest = 0, None
        progress_at = self._monotonic()
        while True:
            claimed = await self.send_due()
            total += claimed
            if not claimed and not self._flights.is_working:
                left = await self._left()
                if fewest is None or left < fewest:
                    fewest, progress_at = left, self._monotonic()
                patience = PATIENCE if self._leads else PATIENCE_BEHIND
                if not left or self._monotonic() > max(progress_at, self._flights.ordered_until) + patience:
                    return total
            if not claimed:
                await rest(self._wake, self._flights.rest())

    async def _left(self) -> int:
        async with self._database.reading() as session:
            return await messages.unshown(session, bot_id=self._number, now=self._clock())

    async def close(self) -> None:
        """Give the lease back, so that the next sender need not wait for its end."""
        async with self._database.transaction() as session:
            await leases.release(session, self.lease, holder=self._holder)

    async def send_due(self, *, was_woken: bool = False) -> int:
        """One round: note what has landed, claim what may go now and send it off; how many rows were claimed.

        `was_woken`: somebody has wanted something since the last round.
        """
        if self._flights.rejected is not None:
            raise self._flights.rejected
        self._flights.give_back()
        self._flights.strip()
        now = self._monotonic()
        if not self._flights.landed and not await self._is_needed(was_woken):
            return 0
        await self._lead(now)
        sure, self._is_sure_of_claims = self._is_sure_of_claims and self._leads, False
        if not self._leads and not self._flights.landed:
            return 0
        async with self._database.transaction() as session:
            noted = await self._note(session)
            if self._leads and not sure:
                await claims.free(session, bot_id=self._number, besides=self._flights.rows)
            busy, room = self._flights.busy(noted), self._flights.room(noted)
            rows = await self._claim(session, busy, room) if self._leads and room.all > 0 else []
            jobs = await self._drawing.prepare(session, rows)
        self._is_sure_of_claims = self._leads
        self._forget(noted)
        await witness(self._database, noted, self._clock)
        for job in jobs:
            self._flights.take_off(job)
        return len(rows)

    async def _is_needed(self, was_woken: bool) -> bool:
        """Whether a round would do anything: look without writing."""
        busy, room = self._flights.busy(), self._flights.room()
        if self._monotonic() >= self._lease_due:
            return True
        if not self._leads or room.all <= 0:
            return False
        if was_woken:
            return True
        now, real_now, waves = self._clock(), self._real_clock(), room.of_wave > 0
        async with self._database.reading() as session:
            return await claims.is_any(
                session, bot_id=self._number, now=now, real_now=real_now, besides=busy, waves=waves
            )

    async def _lead(self, now: float) -> None:
        """Hold the lease, when it is time to see to it; by itself, so that nobody has to wait while we draw."""
        if now < self._lease_due:
            return
        async with self._database.transaction() as session:
            self._leads = await take(session, self.lease, self._holder, self._real_clock())
        self._lease_due = now + (RENEW_AFTER if self._leads else ASK_AGAIN_AFTER)
        self._flights.leads_until = now + leases.LASTS.total_seconds() if self._leads else now

    async def _claim(self, session: Session, busy: frozenset[int], room: Room) -> Sequence[Message]:
        return await claims.claim(
            session,
            holder=self._holder,
            bot_id=self._number,
            now=self._clock(),
            real_now=self._real_clock(),
            besides=busy,
            at_most=room.all,
            of_wave=room.of_wave,
        )

    def _forget(self, noted: Sequence[Flight]) -> None:
        for flight in noted:
            self._flights.forget(flight)
            if flight.delivered is not None:
                self._meters.count_send(flight.delivered)
                if flight.delivered.done:
                    row = flight.job.row
                    log.info("message shown", row=row.id, kind=row.kind, message_id=flight.delivered.message_id)

    async def _note(self, session: Session) -> list[Flight]:
        """Note how flights have ended; those that are noted."""
        now, real_now = self._clock(), self._real_clock()
        noted = await note(session, self._flights.landed, holder=self._holder, now=now, real_now=real_now)
        if abs(now - self._pulsed_at) >= PULSES and any(one.delivered and one.delivered.done for one in noted):
            await pulses.beat(session, pulses.sent_by(self._number), now=now)
            self._pulsed_at = now
        return noted
