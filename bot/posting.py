"""What Telegram posts at the same time is stored together: one transaction costs as much as many updates in it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from models.database import is_outage

AT_ONCE = 100


class Posting:
    """`store` commits what it is given. Whoever posted is answered when theirs is committed, and not before."""

    def __init__(self, store: Callable[[Sequence[dict[str, Any]]], Awaitable[object]]) -> None:
        self._store = store
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def take(self, payload: dict[str, Any]) -> None:
        """Raises: what storing it raises."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((payload, done))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all())
        await done

    async def _store_all(self) -> None:
        """Meanwhile others come, which are stored next."""
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                await self._settle(some)
        finally:
            self._storing = None

    async def _settle(self, some: Sequence[tuple[dict[str, Any], asyncio.Future[None]]]) -> None:
        """When they cannot be stored together, each by itself: one odd update must not hold up the others."""
        failure: Exception | None = None
        try:
            await self._store([payload for payload, _ in some])
        except Exception as error:
            if len(some) > 1 and not is_outage(error):
                for one in some:
                    await self._settle([one])
                return
            failure = error
        for _, done in some:
            if done.done():  # whoever posted it has gone away
                continue
            if failure is None:
                done.set_result(None)
            else:
                done.set_exception(failure)
