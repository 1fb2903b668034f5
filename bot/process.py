"""The running process, put together: receiver, worker, sender and timetable around one database."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from multiprocessing import get_context
from types import TracebackType

import structlog
import uvicorn
from telegram import Bot, BotCommand

from bot.application import build, make_bot
from bot.clock import Clock, system
from bot.limits import Rates
from bot.receiver import ALLOWED_UPDATES, Receiver
from bot.sender import Sender
from bot.settings import Settings
from bot.worker import Worker
from handlers import RENDERERS
from handlers.menus import commands
from handlers.texts import DEFAULT, LANGUAGES, words
from models import inbox, outbox
from models.database import Database
from scheduler.timetable import every_minute, sweep_all

log = structlog.get_logger()

WORKERS = 4
"""Updates handled side by side on PostgreSQL; SQLite has one writer at a time."""


QUIET_STEP = 0.05


class Process:
    """`async with Process(settings) as process: await process.run()`; or `settle()` for one round of everything."""

    def __init__(self, settings: Settings, *, clock: Clock = system, rates: Rates | None = None) -> None:
        self.settings, self.clock = settings, clock
        self.database = Database(settings.database_url.get_secret_value())
        self._inbox, self._outbox = asyncio.Event(), asyncio.Event()
        self.bot = make_bot(settings)
        self.application = build(self.bot)
        self._pictures = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.receiver = Receiver(self.database, self.bot, clock, self._inbox)
        self.worker = Worker(self.database, self.application, clock, wake=self._inbox, done=self._outbox)
        self.sender = Sender(
            self.database, self.bot, RENDERERS, clock, pictures=self._pictures, wake=self._outbox, rates=rates
        )
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Process":
        await self.application.initialize()
        self._stack.push_async_callback(self.database.close)
        self._stack.push_async_callback(self.application.shutdown)
        self._stack.callback(self._pictures.shutdown, wait=False, cancel_futures=True)
        self._stack.push_async_callback(self.sender.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def run(self) -> None:
        """Until cancelled: receive, handle, send, and let time pass."""
        await set_default_menus(self.bot)
        timetable = every_minute(self.database, self.clock, self._outbox.set)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._receive())
                group.create_task(self.sender.run())
                for _ in range(1 if self.database.is_sqlite else WORKERS):
                    group.create_task(self.worker.run())
        finally:
            timetable.shutdown(wait=False)

    async def _receive(self) -> None:
        if not self.settings.webhook_url:
            await self.bot.delete_webhook()
            await self.receiver.poll()
            return
        secret = self.settings.webhook_secret.get_secret_value()
        app = self.receiver.webhook(secret)
        config = uvicorn.Config(app, host="0.0.0.0", port=self.settings.webhook_port, log_config=None)
        await self.bot.set_webhook(self.settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        await uvicorn.Server(config).serve()

    async def sweep(self) -> dict[str, int]:
        """Run every sweep as of the clock."""
        return await sweep_all(self.database, self.clock())

    async def settle(self) -> None:
        """Receive, handle and send until nothing is left: for the demo's clock, for `tick`, and for tests."""
        while True:
            received = await self.receiver.poll_once(seconds=0)
            handled = await self.worker.work_off()
            sent = await self.sender.work_off()
            if not (received or handled or sent):
                return


    async def quiet(self, *, seconds: float = 15) -> None:
        """Wait until the running loops have worked off what is there and due, or the time is over."""
        for _ in range(int(seconds / QUIET_STEP)):
            async with self.database.reading() as session:
                left = await inbox.waiting(session) + await outbox.unshown(session, now=self.clock())
            if not left:
                return
            self._inbox.set()
            self._outbox.set()
            await asyncio.sleep(QUIET_STEP)


async def set_default_menus(bot: Bot) -> None:
    """The commands people see before they have chosen a language."""
    for language in LANGUAGES:
        entries = [BotCommand(name, text) for name, text in commands(words(language))]
        await bot.set_my_commands(entries, language_code=None if language == DEFAULT else language)
