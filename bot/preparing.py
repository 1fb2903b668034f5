"""What an update needs from outside before it can be handled: a voice note written down, a file fetched and read.

It goes on outside any transaction. The chat waits until then, other chats do not; and what was found is in the
database, so that nothing is lost with the process.
"""

import asyncio
from collections.abc import Awaitable

import structlog
from telegram import Bot

from bot.intake import Intake
from bot.listening import Listener
from bot.logs import where
from handlers import imports
from handlers.context import Act
from models import inbox, uploads
from models.database import Database

log = structlog.get_logger()


class Preparing:
    """`wake` is set when something is ready."""

    def __init__(self, database: Database, wake: asyncio.Event, listener: Listener | None, intake: Intake) -> None:
        self._database, self._wake, self._listener, self._intake = database, wake, listener, intake
        self._tasks: dict[int, asyncio.Task[None]] = {}
        """By chat."""

    @property
    def chats(self) -> frozenset[int]:
        """Those that wait."""
        return frozenset(self._tasks)

    async def begin(self, act: Act, row: inbox.Update) -> bool:
        """Whether the update has to wait for something; then it is on its way."""
        voice = self._to_be_heard(act)
        if voice is not None:
            self._start(row.chat_id, self._write_down(act.update.get_bot(), row.row_id, voice))
            return True
        sent = imports.sent_for_import(act)
        if sent is None or await uploads.of_message(act.session, sent.chat_id, sent.message_id) is not None:
            return False
        self._start(row.chat_id, self._intake.take(act.update.get_bot(), sent))
        return True

    def _to_be_heard(self, act: Act) -> str | None:
        """The file of an employee's voice note that nobody has listened to yet; a caption says enough by itself."""
        message = act.update.message
        if self._listener is None or act.employee is None or act.transcript is not None:
            return None
        if message is None or message.voice is None or message.caption or message.chat.type != message.chat.PRIVATE:
            return None
        return message.voice.file_id

    def _start(self, chat_id: int, work: Awaitable[None]) -> None:
        task = asyncio.create_task(self._run(work))
        self._tasks[chat_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(chat_id))

    async def _run(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:
            log.error("what an update waits for could not be stored", error=type(error).__name__, where=where(error))
        self._wake.set()

    async def _write_down(self, bot: Bot, row_id: tuple[int, int], voice: str) -> None:
        text = await self._listener.hear(bot, voice) if self._listener else ""
        async with self._database.transaction() as session:
            await inbox.add_transcript(session, row_id, text)

    async def finish(self) -> None:
        await asyncio.gather(*self._tasks.values())

    async def stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
