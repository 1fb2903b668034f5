"""`kill -9` of the real process, at several moments: nothing is lost, nothing is acted on twice."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
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

REPLIES, WRITERS, ASKED = 100, 20, 100
KILLS = (5, 30, 70)
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
        await until(condition)
        if kill:
            process.kill()
        else:
            process.terminate()
        code = await process.wait()
    assert code == (-9 if kill else 0), (folder / "log").read_text()


async def kill_repeatedly(
    environment: dict[str, str], folder: Path, database: Database, kind: str, done: Callable[[], Awaitable[int]]
) -> tuple[list[int], int]:
    """Kill at each of KILLS; how many were done at each kill, and how many messages were in flight in all."""
    counts, in_flight = [], 0
    for count in KILLS:

        async def is_reached(count: int = count) -> bool:
            return await done() >= count

        await run(environment, folder, is_reached, kill=True)
        counts.append(await done())
        in_flight += sum(row.claimed_by is not None for row in await rows(database, kind))
    return counts, in_flight


async def survive_replies(
    database_url: str, folder: Path, record: Callable[[str, object], None], *, replies: int = REPLIES
) -> None:
    began = time.monotonic()
    async with crowd.gathered(database_url, WRITERS) as (world, url, database, _):
        written = write_replies(world, replies, WRITERS)
        environment = crowd.environment(url, database_url)
        counts, in_flight = await kill_repeatedly(environment, folder, database, REPORT_CARD, lambda: handled(database))
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
        assert min(from_bot(world)[crowd.FIRST + n] for n in range(WRITERS)) >= replies // WRITERS
        figures = {"handled at kills": counts, "in flight at kills": in_flight, "repeats": repeats}
        note(record, "replies", figures, began)


async def test_a_backlog_of_replies_survives_kills(
    database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Killed after 5, 30 and 70 of 100 updates: each is recorded once, and each writer sees each card."""
    await survive_replies(database_url, tmp_path, record_property)


async def test_a_wave_of_prompts_survives_kills(
    database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Killed in the middle of sending: everybody is asked; asked twice at most who was being asked at a kill."""
    began = time.monotonic()
    async with crowd.gathered(database_url, ASKED) as (world, url, database, people):
        now = system()
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=now, on=now.astimezone(WIB).date())
        world.faults.plan(Fault("sendMessage", "slow", times=10_000, seconds=0.1))
        environment = crowd.environment(url, database_url)

        async def asked() -> int:
            return from_bot(world).total()

        counts, in_flight = await kill_repeatedly(environment, tmp_path, database, PROMPT, asked)
        world.faults.clear()
        await run(environment, tmp_path, lambda: all_shown(database, PROMPT, ASKED))
        prompts, got = await rows(database, PROMPT), from_bot(world)
        twice = {row.chat_id for row in prompts if got[row.chat_id] > 1}
        assert [row.chat_id for row in prompts if got[row.chat_id] == 0] == []
        assert twice <= {row.chat_id for row in prompts if row.attempts > 1}
        assert got.total() - ASKED <= in_flight
        assert in_flight > len(KILLS), "the sandbox was too quick to catch several messages in flight"
        figures = {"asked at kills": counts, "in flight at kills": in_flight, "repeats": got.total() - ASKED}
        note(record_property, "prompts", figures, began)


def note(record: Callable[[str, object], None], what: str, figures: dict[str, object], began: float) -> None:
    figures["seconds"] = round(time.monotonic() - began, 1)
    for name, figure in figures.items():
        record(f"{what} {name}", figure)
    print(what, figures)
