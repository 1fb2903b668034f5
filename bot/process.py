"""The running process, put together: receiver, worker, sender and timetable around one database."""

import asyncio
import socket
from collections.abc import Collection, Coroutine, Iterator
from contextlib import AsyncExitStack
from functools import partial
from types import TracebackType
from typing import Any

import structlog
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.application import Application
from bot.bell import Bell
from bot.clock import Clock, system
from bot.leading import Lead
from bot.limits import Rates
from bot.line import Line, set_default_menus
from bot.lines import Lines
from bot.listening import Listener
from bot.meters import Meters
from bot.pictures import Pictures
from bot.receiver import ALLOWED_UPDATES, Receiver
from bot.roles import ALL, CLOCK, RECEIVE, SEND, WORK
from bot.sender import Sender
from bot.settings import Settings
from bot.tasks import persistently
from bot.watching import Watch
from bot.webhook import address, webhook
from bot.webserver import open_port, serve
from bot.worker import Worker
from models import inbox, messages
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
    With `roles`, `run()` does only these.
    How long the bot was not running is told by `real_clock`, the machine's own.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = system,
        rates: Rates | None = None,
        patient: bool = False,
        roles: Collection[str] = ALL,
        real_clock: Clock = system,
    ) -> None:
        self.settings, self.clock, self._patient, self._roles = settings, clock, patient, frozenset(roles)
        self._real_clock = real_clock
        self.database = Database(
            settings.database_url.get_secret_value(),
            key=settings.secret_key.get_secret_value().encode(),
            pool=settings.database_pool,
        )
        self._inbox = asyncio.Event()
        self._pictures = Pictures()
        self.meters = Meters()
        self._bell = Bell(settings.database_url.get_secret_value(), inbox=self._inbox)
        common: dict[str, Any] = {"inbox": self._inbox, "pictures": self._pictures, "rates": rates}
        lines = [
            Line(settings, token, self.database, clock, **common, idle=self._bell.rest, meters=self.meters)
            for token in settings.tokens
        ]
        self._bell.senders |= {line.number: line.wake for line in lines}
        listener = Listener(settings.transcribe_command) if settings.transcribe_command else None
        self.worker = Worker(
            self.database,
            lines,
            clock,
            wake=self._inbox,
            idle=self._bell.rest,
            listener=listener,
            meters=self.meters,
        )
        self.lines = Lines(lines, self.database, left_out=self.worker.leave_out)
        senders = [line.sender.lease for line in lines]
        self.watch = Watch(self.database, self.meters, senders=senders, clock=clock, real_clock=real_clock)
        self._timetable = Lead(self.database, "clock")
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Process":
        """Raises: Rejected, PortTaken, and TelegramError unless patient."""
        self._stack.push_async_callback(self.database.close)
        await self._show_health()
        for line in self.lines:
            self._stack.push_async_callback(line.close)
        self._stack.callback(self._pictures.close)
        for line in self.lines:
            self._stack.push_async_callback(line.sender.close)
        try:
            await self.lines.open(patient=self._patient)
            await self.lines.assign()
        except BaseException as error:
            await self._stack.aclose()
            if isinstance(error, InvalidToken):
                raise Rejected from None
            raise
        return self

    @property
    def bot(self) -> ExtBot[None]:
        """The default one, or the first."""
        return self.lines.first.bot

    @property
    def application(self) -> Application:
        return self.lines.first.application

    @property
    def receiver(self) -> Receiver:
        return self.lines.first.receiver

    @property
    def sender(self) -> Sender:
        return self.lines.first.sender

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _show_health(self) -> None:
        """From the beginning on: also while Telegram does not answer yet."""
        if not self.settings.health_port:
            return
        listener = open_port(self.settings.health_host, self.settings.health_port, "of HEALTH_PORT")
        self._stack.callback(listener.close)
        serving = asyncio.create_task(serve(self.watch.private(), listener))

        async def end() -> None:
            serving.cancel()
            await asyncio.wait([serving])

        self._stack.push_async_callback(end)

    async def run(self) -> None:
        """Until cancelled: receive, handle, send, and let time pass; or of these, what the roles say.

        Raises: Rejected, PortTaken.
        """
        takes_posts = RECEIVE in self._roles and self.settings.webhook_url
        listener = open_port("", self.settings.webhook_port, "for the webhook") if takes_posts else None
        try:
            async with asyncio.TaskGroup() as group:
                for work in self._work(listener):
                    group.create_task(work)
        except BaseExceptionGroup as group_of_errors:
            if group_of_errors.subgroup(InvalidToken) is not None:
                raise Rejected from None
            raise
        finally:
            if listener is not None:
                listener.close()

    def _work(self, listener: socket.socket | None) -> Iterator[Coroutine[Any, Any, None]]:
        if RECEIVE in self._roles and listener:
            yield self._receive_posts(listener)
        elif RECEIVE in self._roles:
            yield from (self.lines.guarded(line, line.poll()) for line in self.lines)
        if WORK in self._roles:
            for _ in range(1 if self.database.is_sqlite else WORKERS):
                yield self.worker.run()
        if SEND in self._roles:
            for line in self.lines:
                yield self.lines.guarded(line, line.sender.run())
                yield self.lines.guarded(line, persistently(partial(set_default_menus, line.bot), "menus"))
        if CLOCK in self._roles:
            yield self._let_time_pass()
        if self._roles & {WORK, SEND} and not self.database.is_sqlite:
            yield self._bell.run()
        if self.lines.have_agencies:
            yield self.lines.follow_agencies()

    async def _let_time_pass(self) -> None:
        """One process does: the sweeps could stand several, and would do everything twice."""
        try:
            await self._timetable.run(self._sweep_every_minute)
        finally:
            await self._timetable.give_back()

    async def _sweep_every_minute(self) -> None:
        end = every_minute(self.database, self.clock, self._wake_senders, real_clock=self._real_clock)
        try:
            await asyncio.Event().wait()
        finally:
            await end()

    async def _receive_posts(self, listener: socket.socket) -> None:
        secret = self.settings.webhook_secret.get_secret_value()
        if not secret:
            raise ValueError("a webhook without a secret would take messages from anybody")
        receivers = {line.number: line.receiver for line in self.lines}
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(webhook(receivers, secret, self.watch.public()), listener))
            for line in self.lines:
                url = address(self.settings.webhook_url, line.number)
                setting = partial(line.bot.set_webhook, url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
                work: Coroutine[Any, Any, bool] = persistently(setting, "set the webhook")
                group.create_task(self.lines.guarded(line, work))

    async def sweep(self) -> dict[str, int]:
        """Run every sweep as of the clock."""
        return await sweep_all(self.database, self.clock())

    async def settle(self) -> None:
        """Receive, handle and send until nothing is left: for the demo's clock, for `tick`, and for tests."""
        while True:
            done = 0
            for line in self.lines:
                done += await line.receiver.poll_once(seconds=0)
            done += await self.worker.work_off()
            done += await self.send()
            if not done:
                return

    async def send(self) -> int:
        """Send everything that is due, by all bots; how many messages were worked off."""
        return sum(await asyncio.gather(*(line.sender.work_off() for line in self.lines)))

    def _wake_senders(self) -> None:
        for line in self.lines:
            line.wake.set()

    async def quiet(self, *, seconds: float = 15) -> None:
        """Wait until the running loops have worked off what is there and due, or the time is over."""
        for _ in range(int(seconds / QUIET_STEP)):
            async with self.database.reading() as session:
                left = await inbox.waiting(session) + await messages.unshown(session, now=self.clock())
            if not left:
                return
            self._inbox.set()
            self._wake_senders()
            await asyncio.sleep(QUIET_STEP)
