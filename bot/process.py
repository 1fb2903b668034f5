"""The running process, put together: receiver, worker, sender and timetable around one database."""

import asyncio
import socket
from contextlib import AsyncExitStack
from types import TracebackType

import structlog
from telegram import Bot, BotCommand
from telegram.error import InvalidToken

from bot.application import build, close_connections, make_bot
from bot.clock import Clock, system
from bot.limits import Rates
from bot.listening import Listener
from bot.pictures import Pictures
from bot.receiver import ALLOWED_UPDATES, Receiver
from bot.sender import Sender
from bot.settings import Settings
from bot.tasks import persistently
from bot.webserver import serve
from bot.worker import Worker
from handlers.menus import of_strangers
from handlers.renderers import RENDERERS
from handlers.texts import DEFAULT, LANGUAGES, words
from models import inbox, outbox
from models.database import Database
from scheduler.timetable import every_minute, sweep_all

log = structlog.get_logger()

WORKERS = 4
"""Updates handled side by side on PostgreSQL; SQLite has one writer at a time."""


QUIET_STEP = 0.05


class Rejected(Exception):
    """Telegram does not know the token (any more)."""


class Process:
    """`async with Process(settings) as process: await process.run()`; or `settle()` for one round of everything.

    A `patient` process waits for Telegram to be reachable at its start; another one raises TelegramError then.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock = system, rates: Rates | None = None, patient: bool = False
    ) -> None:
        self.settings, self.clock, self._patient = settings, clock, patient
        self.database = Database(
            settings.database_url.get_secret_value(), key=settings.secret_key.get_secret_value().encode()
        )
        self._inbox, self._outbox = asyncio.Event(), asyncio.Event()
        self.bot = make_bot(settings)
        self.application = build(self.bot)
        self._pictures = Pictures()
        self.receiver = Receiver(self.database, self.bot, clock, self._inbox)
        listener = Listener(self.bot, settings.transcribe_command) if settings.transcribe_command else None
        self.worker = Worker(
            self.database, self.application, clock, wake=self._inbox, done=self._outbox, listener=listener
        )
        self.sender = Sender(
            self.database, self.bot, RENDERERS, clock, pictures=self._pictures, wake=self._outbox, rates=rates
        )
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Process":
        """Raises: Rejected, and TelegramError unless patient."""
        self._stack.push_async_callback(self.database.close)
        self._stack.push_async_callback(close_connections, self.bot)
        self._stack.push_async_callback(self.application.shutdown)
        self._stack.callback(self._pictures.close)
        self._stack.push_async_callback(self.sender.close)
        try:
            if self._patient:
                await persistently(self.application.initialize, "who am I?")
            else:
                await self.application.initialize()
        except BaseException as error:
            await self._stack.aclose()
            if isinstance(error, InvalidToken):
                raise Rejected from None
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def run(self) -> None:
        """Until cancelled: receive, handle, send, and let time pass.

        Raises: Rejected; OSError when the webhook's port is taken.
        """
        listener = socket.create_server(("", self.settings.webhook_port)) if self.settings.webhook_url else None
        timetable = every_minute(self.database, self.clock, self._outbox.set)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._receive_posts(listener) if listener else self._poll())
                group.create_task(self.sender.run())
                for _ in range(1 if self.database.is_sqlite else WORKERS):
                    group.create_task(self.worker.run())
                group.create_task(persistently(lambda: set_default_menus(self.bot), "menus"))
        except BaseExceptionGroup as group_of_errors:
            if group_of_errors.subgroup(InvalidToken) is not None:
                raise Rejected from None
            raise
        finally:
            timetable.shutdown(wait=False)
            if listener is not None:
                listener.close()

    async def _poll(self) -> None:
        await persistently(self.bot.delete_webhook, "delete the webhook")
        await self.receiver.poll()

    async def _receive_posts(self, listener: socket.socket) -> None:
        secret = self.settings.webhook_secret.get_secret_value()
        if not secret:
            raise ValueError("a webhook without a secret would take messages from anybody")
        url = self.settings.webhook_url
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(self.receiver.webhook(secret), listener))
            await persistently(
                lambda: self.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES),
                "set the webhook",
            )

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
    """What strangers see, in the language of their phones; whoever has joined has a menu of their own."""
    for language in LANGUAGES:
        entries = [BotCommand(name, text) for name, text in of_strangers(words(language))]
        await bot.set_my_commands(entries, language_code=None if language == DEFAULT else language)
