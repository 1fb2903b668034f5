"""What one process at a time may do: it holds a lease, the others stand by and take over when it is gone."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog

from bot import clock as clocks
from bot import holder
from bot.clock import Clock
from bot.tasks import to_its_end
from models import leases
from models.database import Database, Session

log = structlog.get_logger()

RENEW_AFTER = leases.LASTS.total_seconds() / 3
ASK_AGAIN_AFTER = 1.0
"""Seconds between two looks at a lease that somebody else holds."""


async def take(session: Session, name: str, me: str, now: datetime) -> bool:
    """Take or renew a lease, also one whose holder certainly is not running any more; whether we hold it now."""
    if await leases.hold(session, name, holder=me, now=now):
        return True
    other = await leases.holder_of(session, name)
    if other is None or not holder.is_gone(other):
        return False
    await leases.release(session, name, holder=other)
    return await leases.hold(session, name, holder=me, now=now)


class Lead:
    """A lease in the background of some work. Leases go by the machine's own clock."""

    def __init__(self, database: Database, name: str, real_clock: Clock = clocks.system) -> None:
        self._database, self._name, self._real_clock = database, name, real_clock
        self._holder = holder.new()

    async def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Until cancelled: stand by, and do the work as long as the lease is ours. Raises: what the work raises."""
        while True:
            if not await self._hold(otherwise=False):
                await asyncio.sleep(ASK_AGAIN_AFTER)
                continue
            doing = asyncio.ensure_future(work())
            try:
                while not doing.done() and await self._hold(otherwise=True):
                    await asyncio.wait([doing], timeout=RENEW_AFTER)
            finally:
                doing.cancel()
                await asyncio.wait([doing])
            if not doing.cancelled():
                return doing.result()
            log.warning("another process has taken over", lease=self._name)

    async def give_back(self) -> None:
        """So that the next need not wait for its end."""
        async with self._database.transaction() as session:
            await leases.release(session, self._name, holder=self._holder)

    async def _hold(self, *, otherwise: bool) -> bool:
        """Whether it is ours; `otherwise` when the database does not say."""
        try:
            return await to_its_end(self._take())
        except Exception as error:
            log.warning("a lease could not be seen to", lease=self._name, error=type(error).__name__)
            return otherwise

    async def _take(self) -> bool:
        async with self._database.transaction() as session:
            return await take(session, self._name, self._holder, self._real_clock())
