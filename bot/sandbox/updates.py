"""The bot's queue of updates: kept until confirmed, handed out by polling or by the webhook."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from bot.sandbox.errors import ApiError, Json, conflict

ONLY_WHEN_NAMED = ("chat_member", "message_reaction")
KEPT_FOR = 24 * 3600
"""Seconds."""
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """``allowed`` is remembered between calls, and decides when an update comes into being, not when it is read.

    ``awaited`` is set while somebody waits for the next update; nobody does once ``open`` is False.
    """

    def __init__(self, first_id: int = 1, now: Callable[[], int] = lambda: 0) -> None:
        self._now, self.kept_for = now, KEPT_FOR
        self._came_at: dict[int, int] = {}
        self.pending: deque[Json] = deque()
        self.allowed: list[str] = []
        self.webhook_active = False
        self._next_id = first_id
        self.awaited = asyncio.Event()
        self.open = True
        self._waiter: asyncio.Future[None] | None = None

    def push(self, kind: str, payload: Json) -> None:
        if not self._wanted(kind):
            return
        self.pending.append({"update_id": self._next_id, kind: payload})
        self._came_at[self._next_id] = self._now()
        self._next_id += 1
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    def allow(self, kinds: object) -> None:
        """An empty list means the default; anything that is not a list leaves what was remembered."""
        if isinstance(kinds, list):
            self.allowed = [str(kind) for kind in kinds]

    def confirm(self, offset: int) -> None:
        """Forget what is below ``offset``; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self._came_at.pop(self.pending.popleft()["update_id"], None)

    def forget_old(self) -> None:
        """Nothing is kept longer than a day."""
        while (
            self.pending and self._now() - self._came_at.get(self.pending[0]["update_id"], self._now()) > self.kept_for
        ):
            self._came_at.pop(self.pending.popleft()["update_id"], None)

    async def poll(self, offset: int, limit: int, patience: float) -> Sequence[Json]:
        """The oldest updates, waiting ``patience`` seconds for the first; raises 409 when another poller comes."""
        self.interrupt(conflict(OTHER_POLLER))
        self.confirm(offset)
        self.forget_old()
        if not self.pending and patience > 0:
            await self.wait(patience)
        return list(self.pending)[:limit]

    async def wait(self, patience: float | None) -> None:
        """Until there is something pending, or ``patience`` seconds have passed."""
        if self.pending or not self.open:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        self.awaited.set()
        try:
            async with asyncio.timeout(patience):
                await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None
                self.awaited.clear()

    def interrupt(self, reason: ApiError | None) -> None:
        """End the poll under way: with a refusal, or with an empty answer when there is no ``reason``."""
        if self._waiter and not self._waiter.done():
            if reason:
                self._waiter.set_exception(reason)
            else:
                self._waiter.set_result(None)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_NAMED
