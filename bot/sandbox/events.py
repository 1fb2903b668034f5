"""What happens in the sandbox, for the pages that watch it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from bot.sandbox.errors import Json

BACKLOG = 1000


class Events:
    """Every listener gets every event. One that falls ``BACKLOG`` behind is cut off; its page loads the state again."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    @property
    def watched(self) -> bool:
        return bool(self._listeners)

    def publish(self, event: Json) -> None:
        for listener in list(self._listeners):
            if listener.qsize() >= BACKLOG:
                self._listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait(event)

    @contextmanager
    def listening(self, quiet: float = 15.0) -> Iterator[AsyncIterator[Json | None]]:
        """Everything from now on; None after ``quiet`` seconds without anything."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield _received(queue, quiet)
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream."""
        for listener in list(self._listeners):
            listener.put_nowait(None)


async def _received(queue: asyncio.Queue[Json | None], quiet: float) -> AsyncIterator[Json | None]:
    while True:
        try:
            async with asyncio.timeout(quiet):
                event = await queue.get()
        except TimeoutError:
            yield None
            continue
        if event is None:
            return
        yield event
