"""Whether two processes on one PostgreSQL do more than one, and how fast the webhook takes what is posted.

Each process has a part of a core, so that the database, Telegram and the processes do not stand in each other's way on
a machine of two: what is left is their waiting for each other, which is what grows with the number of processes.
"""

import asyncio
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

import aiohttp
import pytest

from bot.clock import system
from models import inbox, messages
from models.database import Database
from tests import crowd
from tests.benchmarks.capping import Uncappable, capped
from tests.benchmarks.peers.driving import Server, child, free_port
from tests.benchmarks.table import Row, row
from tests.benchmarks.test_throughput import TEXT, WRITERS, office, spent
from tests.databases import ON_POSTGRESQL

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SHARE, PROCESSES_AT_LEAST = 0.35, 1.7
"""Of a core, for each process; and how often the rate of one two have to reach."""
WARMING, REPLIES, ROUNDS = 100, 200, 2
POSTS, AT_ONCE, SECRET = 2_000, 40, "kata-rahasia"
"""So many connections does Telegram open to a webhook, unless it is told otherwise."""


async def answered(server: Server, database: Database, count: int) -> None:
    """So many people write, and everything is handled and sent."""
    await server.told("updates", count=count, people=WRITERS, text=TEXT)
    async with asyncio.timeout(120):
        while True:
            await asyncio.sleep(0.05)
            if (await server.told("counts"))["waiting"]:
                continue
            async with database.reading() as session:
                if not await inbox.waiting(session) + await messages.unshown(session, now=system()):
                    return


async def rate(server: Server, database: Database, database_url: str, processes: int) -> float:
    """Replies a second of so many processes, each of which does whatever is to be done."""
    command = (sys.executable, "-m", "tests.benchmarks.unlimited")
    environment = crowd.environment(server.url, database_url)
    async with AsyncExitStack() as stack:
        pids = [(await stack.enter_async_context(child(*command, **environment))).pid for _ in range(processes)]
        await answered(server, database, WARMING * processes)
        for pid in pids:
            stack.enter_context(capped(pid, SHARE))
        began = time.perf_counter()
        await answered(server, database, REPLIES)
        return REPLIES / (time.perf_counter() - began)


@ON_POSTGRESQL
async def test_two_processes_beside_one(database_url: str) -> None:
    async with office(database_url, WRITERS) as (server, database, _):
        try:
            found = [[await rate(server, database, database_url, n) for _ in range(ROUNDS)] for n in (1, 2)]
        except Uncappable as error:
            pytest.skip(f"a process cannot be given a part of a core here: {error}")
        one, two = map(median, found)
        note = f"{SHARE:.0%} of a core each: {one:.1f} and {two:.1f} replies a second"
        row(Row("two processes / one, replies a second", "postgresql", two / one, note, PROCESSES_AT_LEAST, digits=2))


async def test_posts_taken_by_the_webhook(database_url: str, tmp_path: Path) -> None:
    """Each is answered when it is committed."""
    port = free_port()
    hook = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": str(port)}
    async with office(database_url, WRITERS) as (server, database, _), aiohttp.ClientSession() as http:
        environment = crowd.environment(server.url, database_url, **hook)
        arguments = ("run", "--roles", "receive")
        async with crowd.harian(*arguments, environment=environment, folder=tmp_path) as process:
            await opened(port)
            url, headers = f"http://127.0.0.1:{port}/hook", {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            numbers = iter(range(1, POSTS + 1))

            async def post() -> None:
                for n in numbers:
                    chat = {"id": 6001 + n % WRITERS, "type": "private"}
                    message = {"message_id": n, "chat": chat, "from": chat, "date": int(time.time()), "text": TEXT}
                    update = {"update_id": n, "message": message}
                    async with http.post(url, json=update, headers=headers) as answer:
                        assert answer.status == 200

            began, before = time.perf_counter(), spent(process.pid)
            await asyncio.gather(*(post() for _ in range(AT_ONCE)))
            by_clock, each = POSTS / (time.perf_counter() - began), 1000 * (spent(process.pid) - before) / POSTS
            async with database.reading() as session:
                assert await inbox.waiting(session) == POSTS
            note = f"{each:.2f} ms of processor each: {1000 / each:,.0f} a second of one core"
            row(Row("posts stored a second by the webhook", database.engine.dialect.name, by_clock, note))


async def opened(port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
