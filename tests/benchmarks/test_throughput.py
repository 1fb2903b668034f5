"""How many replies a second are handled, and how many messages sent, when Telegram's limits are out of the way."""

import asyncio
import time
from zoneinfo import ZoneInfo

import pytest

from bot.clock import system
from bot.limits import Rates
from bot.process import WORKERS, Process
from tests import crowd
from tests.databases import ON_SQLITE

pytestmark = pytest.mark.bench

REPLIES, ASKED = 300, 300
UNLIMITED = Rates(per_second=10_000, chat_seconds=0, group_per_minute=10_000)
WIB = ZoneInfo("Asia/Jakarta")


async def test_replies_handled(database_url: str) -> None:
    """From the stored update to the committed report and its wanted card; one process, the sandbox beside it."""
    async with crowd.gathered(database_url, 50) as (world, url, _, _):
        crowd.write_replies(world, REPLIES, 50)
        async with Process(crowd.settings(url, database_url), rates=UNLIMITED) as process:
            while await process.receiver.poll_once(seconds=0):
                pass
            workers = 1 if process.database.is_sqlite else WORKERS
            began = time.perf_counter()
            await asyncio.gather(*(process.worker.work_off() for _ in range(workers)))
            seconds = time.perf_counter() - began
            print(f"\n{process.database.engine.dialect.name}: {REPLIES / seconds:.0f} replies handled a second")
            began = time.perf_counter()
            assert await process.sender.work_off() == REPLIES
            seconds = time.perf_counter() - began
            print(f"{process.database.engine.dialect.name}: {REPLIES / seconds:.0f} cards sent a second")


async def test_prompts_sent(database_url: str) -> None:
    """A wave, rendered, sent and noted; the sandbox in the same event loop takes its share of the time."""
    async with crowd.gathered(database_url, ASKED) as (world, url, database, people):
        now = system()
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=now)
        async with Process(crowd.settings(url, database_url), rates=UNLIMITED) as process:
            began = time.perf_counter()
            assert await process.sender.work_off() == ASKED
            seconds = time.perf_counter() - began
        assert world.calls["sendmessage"] == ASKED
        print(f"\n{database.engine.dialect.name}: {ASKED / seconds:.0f} prompts sent a second")


@ON_SQLITE
async def test_a_wave_within_telegrams_limits(database_url: str) -> None:
    """How near the sender comes to the 28 a second it allows itself."""
    async with crowd.gathered(database_url, ASKED) as (world, url, database, people):
        world.limits.enforced = True
        now = system()
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=now)
        async with Process(crowd.settings(url, database_url)) as process:
            began = time.perf_counter()
            assert await process.sender.work_off() == ASKED
            seconds = time.perf_counter() - began
        assert world.calls["sendmessage"] == ASKED, "some message was refused and sent again"
        print(f"\n{ASKED / seconds:.1f} prompts sent a second, none refused")
