"""On PostgreSQL a commit of one process wakes the others: nobody looks by himself here before the test is over."""

import asyncio
import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot import sender, worker
from bot.bell import RARER
from bot.clock import system
from bot.process import Process
from bot.sandbox.people.speech import send
from models.database import Database
from tests import crowd
from tests.databases import ON_POSTGRESQL
from tests.stage import UNLIMITED

NEVER = 600.0
SOON = 20.0
"""Seconds; far less than NEVER, and plenty for a machine that is busy."""
BELL = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"


async def bells(database: Database) -> list[int]:
    async with database.reading() as session:
        return list((await (await session.connection()).execute(text(BELL))).scalars())


async def soon(condition: Callable[[], bool]) -> float:
    """Wait until it is so; the milliseconds it took."""
    began = time.monotonic()
    async with asyncio.timeout(SOON):
        while not condition():  # noqa: ASYNC110 - it is seen from outside
            await asyncio.sleep(0.002)
    return round((time.monotonic() - began) * 1000)


@ON_POSTGRESQL
async def test_a_commit_wakes_worker_and_sender_of_another_process(
    database_url: str, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """What one process receives another handles; what one wants another sends; also after the connection was cut."""
    for where in (worker.__name__ + ".IDLE_SECONDS", "bot.flights.LONGEST_REST", "bot.sender.LONGEST_REST"):
        monkeypatch.setattr(where, NEVER)
    monkeypatch.setattr(sender, "RENEW_AFTER", NEVER)
    async with crowd.gathered(database_url, 3) as (world, url, database, people):
        settings = crowd.settings(url, database_url)
        async with (
            Process(settings, rates=UNLIMITED, roles=("work", "send")) as working,
            Process(settings, rates=UNLIMITED) as receiving,
        ):
            running = asyncio.create_task(working.run())
            await soon(lambda: working._bell.is_heard)

            def heard(count: int) -> bool:
                return sum(kept.from_bot for chat in world.chats.values() for kept in chat.history.recent()) >= count

            def is_at_rest() -> bool:
                return all(time.monotonic() - at > 1 for at in working.meters._rounds.values())

            await soon(is_at_rest)
            async with database.transaction() as session:
                await crowd.want_prompts(session, people[:1], now=system())
            record_property("wanted, at Telegram after ms", await soon(lambda: heard(1)))
            await soon(is_at_rest)
            send(world, world.person(crowd.FIRST + 1), world.chat(crowd.FIRST + 1), "Memeriksa berkas arsip 2 jam")
            assert await receiving.receiver.poll_once(seconds=0) == 1
            record_property("stored, answered after ms", await soon(lambda: heard(2)))
            (pid,) = await bells(database)
            async with database.transaction() as session:
                await (await session.connection()).execute(text(f"SELECT pg_terminate_backend({pid})"))
                await crowd.want_prompts(session, people[2:], now=system())
            record_property("rung while away, at Telegram after ms", await soon(lambda: heard(3)))
            await soon(lambda: working._bell.is_heard)
            assert pid not in await bells(database)
            assert working._bell.rest(1.0) == RARER
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert working._bell.rest(1.0) == 1.0
