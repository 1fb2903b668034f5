"""Inbox → handlers: one transaction for each update, in the order of its chat."""

import asyncio
import logging
from collections.abc import Callable, Sequence

import structlog
from structlog.contextvars import bind_contextvars, unbind_contextvars
from telegram import Chat, Update, User

from bot.clock import Clock
from bot.errands import Errands
from bot.intake import Intake
from bot.line import Line
from bot.listening import Listener
from bot.logs import UPDATE, where
from bot.meters import WORKER, Meters
from bot.preparing import Preparing
from bot.tasks import rest, to_its_end
from handlers.context import ACT, Act
from handlers.fallback import apologise
from models import audit, bots, employees, inbox, outbox
from models.database import Database, Session, is_outage

log = structlog.get_logger()

IDLE_SECONDS = 1.0
"""How often to look without being woken: another process may have stored something."""
LONGEST_PAUSE = 30.0
ERRANDS_SECONDS = 3.0
"""How long an orderly end waits for the answers to taps."""


class Worker:
    """For what any of the lines has heard. `run()` may go on several times side by side.

    With a `listener`, voice notes are written down first.
    """

    def __init__(
        self,
        database: Database,
        lines: Sequence[Line],
        clock: Clock,
        *,
        wake: asyncio.Event,
        idle: Callable[[float], float],
        listener: Listener | None = None,
        meters: Meters | None = None,
    ) -> None:
        self._database, self._clock, self._wake, self._idle = database, clock, wake, idle
        self._lines = {line.id: line for line in lines}
        self._served = set(self._lines)
        self._meters = meters or Meters()
        self._errands = Errands()
        self._preparing = Preparing(database, wake, listener, Intake(database, clock))

    def leave_out(self, line: Line) -> None:
        """What has come by it waits from now on."""
        self._served.discard(line.id)

    async def run(self) -> None:
        """Until cancelled; faults of the database are waited out."""
        pause = 1.0
        try:
            while True:
                self._meters.goes_round(WORKER)
                try:
                    handled = await to_its_end(self.handle_next())
                    pause = 1.0
                except Exception as error:
                    log.error("handling has to wait", error=type(error).__name__, where=where(error))
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                if not handled:
                    await rest(self._wake, self._idle(IDLE_SECONDS))
        finally:
            await self._preparing.stop()
            await self._errands.finish(seconds=ERRANDS_SECONDS)

    async def work_off(self) -> int:
        """Handle everything that waits, and run the errands; how many updates."""
        handled = 0
        while True:
            while await self.handle_next():
                handled += 1
            if not self._preparing.chats:
                await self._errands.finish()
                return handled
            await self.listened()

    async def handle_next(self) -> bool:
        """Handle one update; False when none waits. What it causes commits with the mark that it is handled."""
        try:
            return await self._handle_next()
        finally:
            unbind_contextvars(UPDATE)

    async def _handle_next(self) -> bool:
        act: Act | None = None
        row_id = None
        rows: list[int] = []
        try:
            async with self._database.transaction() as session:
                row = await inbox.take(session, bots=self._served, now=self._clock(), besides=self._preparing.chats)
                if row is None:
                    return False
                row_id, line = row.row_id, self._lines[row.bot_id]
                bind_contextvars(**{UPDATE: row.update_id})
                session.info[bots.HEARD_BY] = line.number
                act = await self._begin(session, row, line)
                if await self._preparing.begin(act, row):
                    return True
                await self._handle(act, line)
                row.handled_at = self._clock()
                rows = await self._wanted(session)
        except Exception as error:
            if row_id is None or is_outage(error):
                raise  # the database itself failed: that is no try, and the update waits
            await self._count_try(row_id, error, act)
        else:
            self._meters.handled.inc()
            log.info("update handled", rows=rows)
        self._lines[row_id[0]].wake.set()
        if act is not None:
            self._errands.run(act)
        return True

    async def _begin(self, session: Session, row: inbox.Update, line: Line) -> Act:
        update = Update.de_json(row.payload, line.bot)
        user = update.effective_user
        _check_numbers(user, update.effective_chat)
        employee = await employees.by_telegram_id(session, user.id) if user else None
        if employee is not None and not await bots.is_heard(session, employee.agency_id):
            employee = None  # to another agency's bot they are a stranger
        session.info[audit.ACCOUNT] = f"telegram:{user.id}" if user else audit.CLOCK
        act = await Act.begin(session, update, employee=employee, now=self._clock())
        act.transcript = row.payload.get(inbox.TRANSCRIPT)
        return act

    async def _wanted(self, session: Session) -> list[int]:
        """Ids of the messages that the update has caused, when the log is to say so."""
        return await outbox.wanted_in(session) if logging.getLogger().isEnabledFor(logging.INFO) else []

    async def _handle(self, act: Act, line: Line) -> None:
        token = ACT.set(act)
        try:
            await line.application.process_update(act.update)
        finally:
            ACT.reset(token)
        if act.failure is not None:
            raise act.failure

    async def _count_try(self, row_id: tuple[int, int], error: Exception, act: Act | None) -> None:
        """Rolled back: count the try by itself; the third parks the update and tells the person."""
        self._meters.failures.inc()
        log.error("handling failed", error=type(error).__name__, where=where(error))
        async with self._database.transaction() as session:
            now, session.info[bots.HEARD_BY] = self._clock(), self._lines[row_id[0]].number
            if await inbox.count_try(session, row_id, failure=type(error).__name__, now=now):
                self._meters.parked.inc()
                row = await session.get_one(inbox.Update, row_id)
                if row.chat_id > 0 and inbox.SAID & row.payload.keys():  # a person's chat, not a group
                    tapped = "callback_query" in row.payload
                    await apologise(session, row.chat_id, update_id=row.update_id, tapped=tapped, now=now)
        if act is not None:
            act.answer = None
            act.afterwards.clear()

    async def listened(self) -> None:
        """Wait until what has to be fetched before its update can be handled is there."""
        await self._preparing.finish()


def _check_numbers(*those: User | Chat | None) -> None:
    """Telegram's ids are numbers below 2^52. Another one, kept in an outbox row, would hold up the sender for ever.

    Raises: ValueError, which parks the update.
    """
    for one in those:
        if one is not None and not (type(one.id) is int and abs(one.id) < 2**52):
            raise ValueError("an id that is none")
