"""Inbox → handlers: one transaction for each update, in the order of its chat."""

import asyncio
import contextlib
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.application import Application
from bot.clock import Clock
from bot.logs import where
from bot.tasks import to_its_end
from handlers.context import ACT, Act
from handlers.fallback import apologise
from models import employees, inbox
from models.database import Database, Session

log = structlog.get_logger()

IDLE_SECONDS = 1.0
"""How often to look without being woken: another process may have stored something."""
LONGEST_PAUSE = 30.0


class Worker:
    def __init__(
        self, database: Database, application: Application, clock: Clock, *, wake: asyncio.Event, done: asyncio.Event
    ) -> None:
        self._database, self._application, self._clock = database, application, clock
        self._wake, self._done = wake, done
        self._errands: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; faults of the database are waited out."""
        pause = 1.0
        while True:
            try:
                handled = await to_its_end(self.handle_next())
                pause = 1.0
            except Exception as error:
                log.error("handling has to wait", error=type(error).__name__, where=where(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if not handled:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
                self._wake.clear()

    async def work_off(self) -> int:
        """Handle everything that waits, and run the errands; how many updates."""
        handled = 0
        while await self.handle_next():
            handled += 1
        await asyncio.gather(*self._errands)
        return handled

    async def handle_next(self) -> bool:
        """Handle one update; False when none waits. What it causes commits with the mark that it is handled."""
        act: Act | None = None
        update_id = 0
        try:
            async with self._database.transaction() as session:
                row = await inbox.take(session)
                if row is None:
                    return False
                update_id = row.update_id
                update = Update.de_json(row.payload, self._application.bot)
                act = await self._act(session, update, last_try=row.tries + 1 >= inbox.TRIES)
                await self._handle(update, act)
                row.handled_at = self._clock()
        except Exception as error:
            if not update_id:
                raise  # the database itself failed; nothing was taken
            await self._count_try(update_id, error, act)
        self._done.set()
        if act is not None:
            errand = asyncio.create_task(self._run_errands(act))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)
        return True

    async def _act(self, session: Session, update: Update, *, last_try: bool) -> Act:
        user = update.effective_user
        employee = await employees.by_telegram_id(session, user.id) if user else None
        return await Act.begin(session, update, employee=employee, now=self._clock())

    async def _handle(self, update: Update, act: Act) -> None:
        token = ACT.set(act)
        try:
            await self._application.process_update(update)
        finally:
            ACT.reset(token)
        if act.failure is not None:
            raise act.failure

    async def _count_try(self, update_id: int, error: Exception, act: Act | None) -> None:
        """Rolled back: count the try by itself; the third parks the update and tells the person."""
        log.error("handling failed", update_id=update_id, error=type(error).__name__, where=where(error))
        async with self._database.transaction() as session:
            now = self._clock()
            if await inbox.count_try(session, update_id, failure=type(error).__name__, now=now) and act is not None:
                await apologise(session, act, update_id=update_id, now=now)
        if act is not None:
            act.answer = None
            act.afterwards.clear()

    async def _run_errands(self, act: Act) -> None:
        """What follows the commit and may be lost; the next update does not wait for it."""
        try:
            await self._answer_tap(act)
            await self._afterwards(act)
        except Exception as error:
            log.error("an errand failed", error=type(error).__name__, where=where(error))

    async def _answer_tap(self, act: Act) -> None:
        """The client spins until this comes; that it came too late is no error."""
        query = act.update.callback_query
        if query is None:
            return
        answer: dict[str, Any] = act.answer or {}
        try:
            await query.answer(**answer)
        except BadRequest as error:
            if "query is too old" not in error.message.lower():
                log.warning("answering a tap failed", error=type(error).__name__)
        except TelegramError as error:
            log.warning("answering a tap failed", error=type(error).__name__)

    async def _afterwards(self, act: Act) -> None:
        for nicety in act.afterwards:
            try:
                await nicety(self._application.bot)
            except TelegramError as error:
                log.warning("a nicety failed", error=type(error).__name__)
