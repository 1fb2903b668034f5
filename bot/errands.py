"""What follows the commit of an update and may be lost: the answer to a tap, a menu. Nothing waits for it."""

import asyncio
from typing import Any

import structlog
from telegram.error import BadRequest, TelegramError

from bot.logs import where
from handlers.context import Act

log = structlog.get_logger()


class Errands:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, act: Act) -> None:
        task = asyncio.create_task(self._run(act))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, *, seconds: float | None = None) -> None:
        """Wait for those that are under way, at most so long."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    async def _run(self, act: Act) -> None:
        try:
            await self._answer_tap(act)
            for nicety in act.afterwards:
                await nicety(act.update.get_bot())
        except TelegramError as error:
            log.warning("an errand failed", error=type(error).__name__)
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
                raise
