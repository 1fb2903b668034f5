"""Told to end in the midst of much work and slow answers: it ends soon, in order, and nothing is said twice."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.clock import system
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.people.speech import tap
from models import inbox, kinds
from models.database import Database
from models.leases import Lease
from models.outbox import Message
from models.replies import Reply
from tests import crowd
from tests.kills.nursery import Harian, begun
from tests.kills.watching import Watched

PEOPLE, REPLIES, TAPS = 40, 80, 10
PROMISED = 10.0
"""Seconds within which it has ended."""


class Slow(Faults):
    """Each answer takes its time: messages half a second to three, answers to taps one."""

    def __init__(self) -> None:
        super().__init__()
        self._chance = random.Random(10)
        self.is_slow = True

    def take(self, method: str, chat: str) -> Fault | None:
        if not self.is_slow or method not in ("sendmessage", "editmessagetext", "answercallbackquery"):
            return None
        seconds = 1.0 if method == "answercallbackquery" else self._chance.uniform(0.5, 3.0)
        return Fault(method, "slow", seconds=seconds)


async def messages(database: Database) -> list[Message]:
    async with database.reading() as session:
        return list((await session.exec(select(Message).where(Message.kind != kinds.MENU))).all())


async def in_flight(database: Database) -> int:
    return sum(row.claimed_by is not None for row in await messages(database))


async def unshown(database: Database) -> int:
    return sum(row.claimed_by is not None or row.revision > row.shown_revision for row in await messages(database))


async def handled(database: Database) -> int:
    async with database.reading() as session:
        query = select(inbox.Update.update_id).where(col(inbox.Update.handled_at).is_not(None))
        return len((await session.exec(query)).all())


async def end(harian: Harian, log: Path) -> None:
    """In order, and as soon as promised."""
    began = time.monotonic()
    harian.signal(signal.SIGTERM)
    code = await harian.wait()
    seconds, said = time.monotonic() - began, await asyncio.to_thread(log.read_text)
    assert (code, "Traceback" in said) == (0, False), said
    assert seconds < PROMISED


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(100):
        while not await condition():  # noqa: ASYNC110 - another process brings it about
            await asyncio.sleep(0.02)


@pytest.mark.timeout(300)
async def test_it_ends_in_order_under_load(database_url: str, tmp_path: Path) -> None:
    log, sandbox = tmp_path / "log", {"kind": Watched, "looks_into": database_url, "seed": 1}
    async with crowd.gathered(database_url, PEOPLE, **sandbox) as (world, url, database, people):
        assert isinstance(world, Watched)
        slow = world.faults = Slow()
        environment = crowd.environment(url, database_url)
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=system())
        crowd.write_replies(world, REPLIES, PEOPLE)
        for account in range(crowd.FIRST, crowd.FIRST + TAPS):
            tap(world, world.person(account), world.chat(account), 1, "approve:1:1:")

        async def is_busy() -> bool:
            return await in_flight(database) >= 10 and world.calls["answercallbackquery"] >= 1

        async with begun(environment, log) as harian:
            await until(is_busy)
            await end(harian, log)
        rows = await messages(database)
        shown = [row for row in rows if row.message_id is not None]
        assert [row for row in rows if row.claimed_by is not None or row.failure is not None] == []
        assert Counter(row.attempts for row in rows) == Counter({1: len(shown), 0: len(rows) - len(shown)})
        assert len(shown) == len(world.sent) >= 10, "whatever has been sent is noted"
        answered = len(world.toasts)
        assert answered == world.calls["answercallbackquery"], "whoever tapped hears of it"
        async with database.reading() as session:
            assert (await session.exec(select(Lease.name))).all() == []

        async def is_done() -> bool:
            return await handled(database) == REPLIES + TAPS and not await unshown(database)

        slow.is_slow = False
        async with begun(environment, log) as harian:
            await until(is_done)
            await end(harian, log)
        assert [row for row, times in Counter(one.row for one in world.sent).items() if times > 1] == []
        assert {row.attempts for row in await messages(database) if row.message_id is not None} == {1}
        async with database.reading() as session:
            assert len((await session.exec(select(Reply.id))).all()) == REPLIES
