"""Inbox → handlers: one transaction for each update, in the order of its chat."""

import asyncio

import structlog
from telegram import Update

from bot.application import Application
from bot.clock import Clock
from bot.errands import Errands
from bot.listening import Listener
from bot.logs import where
from bot.tasks import rest, to_its_end
from handlers.context import ACT, Act
from handlers.fallback import apologise
from models import audit, employees, inbox
from models.database import Database, Session

log = structlog.get_logger()

IDLE_SECONDS = 1.0
"""How often to look without being woken: another process may have stored something."""
LONGEST_PAUSE = 30.0


class Worker:
    """`run()` may go on several times side by side. With a `listener`, voice notes are written down first."""

    def __init__(
        self,
        database: Database,
        application: Application,
        clock: Clock,
        *,
        wake: asyncio.Event,
        done: asyncio.Event,
        listener: Listener | None = None,
    ) -> None:
        self._database, self._application, self._clock = database, application, clock
        self._wake, self._done = wake, done
        self._errands = Errands(application.bot)
        self._listener = listener
        self._listening: dict[int, asyncio.Task[None]] = {}
        """By chat, which waits until then; other chats do not."""

    async def run(self) -> None:
        """Until cancelled; faults of the database are waited out."""
        pause = 1.0
        try:
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
                    await rest(self._wake, IDLE_SECONDS)
        finally:
            for task in self._listening.values():
                task.cancel()
            await asyncio.gather(*self._listening.values(), return_exceptions=True)

    async def work_off(self) -> int:
        """Handle everything that waits, and run the errands; how many updates."""
        handled = 0
        while True:
            while await self.handle_next():
                handled += 1
            if not self._listening:
                await self._errands.finish()
                return handled
            await self.listened()

    async def handle_next(self) -> bool:
        """Handle one update; False when none waits. What it causes commits with the mark that it is handled."""
        act: Act | None = None
        update_id = 0
        try:
            async with self._database.transaction() as session:
                row = await inbox.take(session, besides=frozenset(self._listening))
                if row is None:
                    return False
                update_id = row.update_id
                act = await self._begin(session, row)
                voice = self._to_be_heard(act)
                if voice is not None:
                    self._listen(row, voice)
                    return True
                await self._handle(act)
                row.handled_at = self._clock()
        except Exception as error:
            if not update_id:
                raise  # the database itself failed; nothing was taken
            await self._count_try(update_id, error, act)
        self._done.set()
        if act is not None:
            self._errands.run(act)
        return True

    async def _begin(self, session: Session, row: inbox.Update) -> Act:
        update = Update.de_json(row.payload, self._application.bot)
        user = update.effective_user
        employee = await employees.by_telegram_id(session, user.id) if user else None
        session.info[audit.ACCOUNT] = f"telegram:{user.id}" if user else audit.CLOCK
        act = await Act.begin(session, update, employee=employee, now=self._clock())
        act.transcript = row.payload.get(inbox.TRANSCRIPT)
        return act

    async def _handle(self, act: Act) -> None:
        token = ACT.set(act)
        try:
            await self._application.process_update(act.update)
        finally:
            ACT.reset(token)
        if act.failure is not None:
            raise act.failure

    async def _count_try(self, update_id: int, error: Exception, act: Act | None) -> None:
        """Rolled back: count the try by itself; the third parks the update and tells the person."""
        log.error("handling failed", update_id=update_id, error=type(error).__name__, where=where(error))
        async with self._database.transaction() as session:
            now = self._clock()
            if await inbox.count_try(session, update_id, failure=type(error).__name__, now=now):
                row = await session.get_one(inbox.Update, update_id)
                if row.chat_id > 0 and inbox.SAID & row.payload.keys():  # a person's chat, not a group
                    tapped = "callback_query" in row.payload
                    await apologise(session, row.chat_id, update_id=update_id, tapped=tapped, now=now)
        if act is not None:
            act.answer = None
            act.afterwards.clear()

    def _to_be_heard(self, act: Act) -> str | None:
        """The file of an employee's voice note that nobody has listened to yet; a caption says enough by itself."""
        message = act.update.message
        if self._listener is None or act.employee is None or act.transcript is not None:
            return None
        if message is None or message.voice is None or message.caption or message.chat.type != message.chat.PRIVATE:
            return None
        return message.voice.file_id

    async def listened(self) -> None:
        """Wait until the voice notes that are being written down have their transcripts."""
        await asyncio.gather(*self._listening.values())

    def _listen(self, row: inbox.Update, voice: str) -> None:
        """Outside the transaction; the update is handled once its transcript is stored."""
        if row.chat_id not in self._listening:
            task = asyncio.create_task(self._write_down(row.update_id, voice))
            self._listening[row.chat_id] = task
            task.add_done_callback(lambda _: self._listening.pop(row.chat_id))

    async def _write_down(self, update_id: int, voice: str) -> None:
        try:
            text = await self._listener.hear(voice) if self._listener else ""
            async with self._database.transaction() as session:
                await inbox.add_transcript(session, update_id, text)
        except Exception as error:
            log.error("a transcript could not be stored", error=type(error).__name__, where=where(error))
        self._wake.set()
