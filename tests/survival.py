"""`kill -9` of the real process, and what has to be found afterwards: nothing lost, nothing acted on twice."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from bot.clock import system
from bot.sandbox.faults import Fault
from bot.sandbox.people.speech import send
from bot.sandbox.world import World
from models import inbox
from models.activities import Activity
from models.database import Database
from models.outbox import PROMPT, REPORT_CARD, Message
from models.replies import Reply
from tests import crowd

Record: TypeAlias = Callable[[str, object], None]
WIB = ZoneInfo("Asia/Jakarta")


def write_replies(world: World, count: int, people: int) -> list[tuple[int, int, str]]:
    """A backlog before anybody reads it: (chat, message, text) of each."""
    written = []
    for n in range(count):
        person = world.person(crowd.FIRST + n % people)
        said = send(world, person, world.chat(person.id), f"Menyusun laporan bulanan nomor {n}")
        written.append((person.id, said.id, str(said.body["text"])))
    return written


async def handled(database: Database) -> int:
    async with database.reading() as session:
        return (await session.exec(select(func.count()).where(col(inbox.Update.handled_at).is_not(None)))).one()


async def rows(database: Database, kind: str) -> Sequence[Message]:
    async with database.reading() as session:
        return (await session.exec(select(Message).where(Message.kind == kind).order_by(col(Message.id)))).all()


async def all_shown(database: Database, kind: str, count: int) -> bool:
    found = await rows(database, kind)
    return len(found) == count and all(row.shown_revision == row.revision for row in found)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - it is seen in another process's database
            await asyncio.sleep(0.005)


def from_bot(world: World) -> Counter[int]:
    """How many messages of the bot each chat holds."""
    return Counter({chat.id: sum(kept.from_bot for kept in chat.history.recent()) for chat in world.chats.values()})


async def run(
    environment: dict[str, str], folder: Path, condition: Callable[[], Awaitable[bool]], *, kill: bool = False
) -> None:
    """The real process, until something is seen; then killed, or ended in order."""
    async with crowd.harian("run", environment=environment, folder=folder) as process:
        ended = asyncio.create_task(process.wait())
        seen = asyncio.create_task(until(condition))
        await asyncio.wait([ended, seen], return_when=asyncio.FIRST_COMPLETED)
        assert not ended.done(), f"it ended by itself:\n{(folder / 'log').read_text()}"
        await seen
        if kill:
            process.kill()
        else:
            process.terminate()
        code = await ended
    assert code == (-9 if kill else 0), (folder / "log").read_text()


async def kill_repeatedly(
    kills: Sequence[int],
    done: Callable[[], Awaitable[int]],
    environment: dict[str, str],
    folder: Path,
    database: Database,
    kind: str,
) -> tuple[list[int], int]:
    """Kill whenever so many are done; how many were at each kill, and how many messages were in flight in all."""
    counts, in_flight = [], 0
    for count in kills:

        async def is_reached(count: int = count) -> bool:
            return await done() >= count

        await run(environment, folder, is_reached, kill=True)
        counts.append(await done())
        in_flight += sum(row.claimed_by is not None for row in await rows(database, kind))
    return counts, in_flight


async def survive_replies(
    database_url: str, folder: Path, record: Record, *, replies: int, writers: int, kills: Sequence[int]
) -> None:
    """Killed whenever so many updates are handled: each is recorded once, and each writer sees each card."""
    began = time.monotonic()
    async with crowd.gathered(database_url, writers) as (world, url, database, _):
        written = write_replies(world, replies, writers)
        environment = crowd.environment(url, database_url)
        counts, in_flight = await kill_repeatedly(
            kills, lambda: handled(database), environment, folder, database, REPORT_CARD
        )
        await run(environment, folder, lambda: all_shown(database, REPORT_CARD, replies))
        async with database.reading() as session:
            recorded = (await session.exec(select(Reply.chat_id, Reply.message_id, Reply.text))).all()
            activities = (await session.exec(select(Activity.reply_id))).all()
            failures = (await session.exec(select(inbox.Update.failure).where(inbox.Update.tries > 0))).all()
        assert sorted(tuple(one) for one in recorded) == sorted(written)
        assert len(activities) == len(set(activities)) == replies
        assert failures == []
        repeats = from_bot(world).total() - replies
        assert 0 <= repeats <= in_flight
        assert sum(card.attempts - 1 for card in await rows(database, REPORT_CARD)) >= repeats
        assert min(from_bot(world)[crowd.FIRST + n] for n in range(writers)) >= replies // writers
        figures = {"handled at kills": counts, "in flight at kills": in_flight, "repeats": repeats}
        note(record, "replies", figures, began)


async def survive_prompts(database_url: str, folder: Path, record: Record, *, asked: int, kills: Sequence[int]) -> None:
    """Killed whenever so many are asked: everybody is; twice at most who was being asked at a kill."""
    began = time.monotonic()
    async with crowd.gathered(database_url, asked) as (world, url, database, people):
        now = system()
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=now)
        world.faults.plan(Fault("sendMessage", "slow", times=10_000, seconds=0.1))
        environment = crowd.environment(url, database_url)

        async def sent() -> int:
            return from_bot(world).total()

        counts, in_flight = await kill_repeatedly(kills, sent, environment, folder, database, PROMPT)
        world.faults.clear()
        await run(environment, folder, lambda: all_shown(database, PROMPT, asked))
        prompts, got = await rows(database, PROMPT), from_bot(world)
        twice = {row.chat_id for row in prompts if got[row.chat_id] > 1}
        assert [row.chat_id for row in prompts if got[row.chat_id] == 0] == []
        assert twice <= {row.chat_id for row in prompts if row.attempts > 1}
        assert got.total() - asked <= in_flight
        assert in_flight > len(kills), "the sandbox was too quick to catch several messages in flight"
        figures = {"asked at kills": counts, "in flight at kills": in_flight, "repeats": got.total() - asked}
        note(record, "prompts", figures, began)


def note(record: Record, what: str, figures: dict[str, object], began: float) -> None:
    figures["seconds"] = round(time.monotonic() - began, 1)
    for name, figure in figures.items():
        record(f"{what} {name}", figure)
    print(what, figures)
