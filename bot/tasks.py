"""Work that goes on until it is done: over an orderly end, and over a network that is away."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.delivery import seconds

T = TypeVar("T")

log = structlog.get_logger()

GRACE_SECONDS = 1.0
LONGEST_PAUSE = 30.0


async def persistently(call: Callable[[], Awaitable[T]], what: str) -> T:
    """Ask Telegram until it answers. Raises: InvalidToken."""
    pause = 1.0
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram does not answer, trying again", what=what, error=type(error).__name__)
            await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def rest(wake: asyncio.Event, seconds: float) -> bool:
    """Until it is woken, at most so long; ready for the next rest then. Whether it was woken.

    Not by `asyncio.wait_for`: before Python 3.12 that overhears a cancellation that comes together with the waking,
    and the process would never end.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
    was_woken = wake.is_set()
    wake.clear()
    return was_woken


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Await it. Cancelled meanwhile, let it finish first, for a moment: a transaction is better ended than torn off."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE_SECONDS)
        if not task.done():
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
