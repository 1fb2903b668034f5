"""Buttons of older copies go, when there is room: an edit like any other to Telegram, but nobody waits for it."""

import asyncio
from collections.abc import Callable, Collection

from telegram import Bot

from bot.delivery import strip
from bot.limits import Limiter

SOON = 30.0
"""Seconds; for a chat that has to wait longer, nothing is kept open."""


class Strips:
    """`wake` is set when one is done."""

    def __init__(self, bot: Bot, limiter: Limiter, wake: asyncio.Event, monotonic: Callable[[], float]) -> None:
        self._bot, self._limiter, self._wake, self._monotonic = bot, limiter, wake, monotonic
        self._wanted: list[tuple[int, int]] = []
        """Chat and message."""
        self.tasks: set[asyncio.Task[None]] = set()

    def want(self, chat_id: int, message_id: int) -> None:
        self._wanted.append((chat_id, message_id))

    @property
    def is_working(self) -> bool:
        now = self._monotonic()
        waits = (max(self._limiter.wait(now), self._limiter.chat_wait(chat, now)) for chat, _ in self._wanted)
        return bool(self.tasks) or any(wait < SOON for wait in waits)

    def go_on(self, busy: Collection[int]) -> None:
        """Begin those for which there is room, besides busy chats."""
        now, busy = self._monotonic(), set(busy)
        for chat_id, message_id in self._wanted[:]:
            if self._limiter.room(now) > 0 and chat_id not in busy:
                busy.add(chat_id)
                self._wanted.remove((chat_id, message_id))
                self._limiter.begin(chat_id, now)
                task = asyncio.create_task(self._strip(chat_id, message_id))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def _strip(self, chat_id: int, message_id: int) -> None:
        pause = None
        try:
            pause = await strip(self._bot, chat_id, message_id)
        finally:
            now = self._monotonic()
            self._limiter.end(chat_id, now)
            if pause is not None:
                self._limiter.refuse(chat_id, now, seconds=pause)
            self._wake.set()
