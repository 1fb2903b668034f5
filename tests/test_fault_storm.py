"""A fifth of all calls go wrong, in every way there is: all arrives that can, what cannot says why, nobody waits for
whom Telegram refuses.
"""

import asyncio
import random
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest
from sqlmodel import col, func, select
from typer.testing import CliRunner

from bot.cli import app
from bot.sandbox.chats import Chat
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.people import groups
from bot.sandbox.people.phones import new_person
from models import outbox
from models.database import Database
from models.outbox import Message
from tests.databases import ON_SQLITE
from tests.post import ANI, Post
from tests.test_post import AGE

PASSING = ("429", "500", "502", "503", "504", "lost", "lost", "429", "reset", "drip")
FOR_GOOD = ("400", "403")
REASONS = {"Forbidden: user is deactivated", "user is deactivated", "REQUEST_INVALID", "Request_invalid"}
NOT_MODIFIED = "Bad Request: message is not modified"
FIRST, PEOPLE = 500, 28
CLAIMED = "SELECT id FROM outbox WHERE claimed_by IS NOT NULL AND chat_id = ?"


class Chance(Faults):
    """Each call goes wrong once in five; once in fifty so that it is slow, or refused for good.

    One message to a chat is under way at a time, so the row claimed for the chat is the one it happens to.
    """

    def __init__(self, seed: int, path: str) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self._rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self.happened: defaultdict[str, list[int]] = defaultdict(list)

    def take(self, method: str, chat: str) -> Fault | None:
        planned = super().take(method, chat)
        if planned is not None or method == "getupdates" or self._chance.random() >= 0.2:
            return planned
        kind = self._chance.random()
        how = self._chance.choice(FOR_GOOD) if kind < 0.06 else "slow" if kind < 0.1 else self._chance.choice(PASSING)
        self.happened[how] += [row for (row,) in self._rows.execute(CLAIMED, (int(chat),))]
        return Fault(method, how, retry_after=2, seconds=0.1 if how == "drip" else 1.1)


def people(post: Post, count: int) -> list[int]:
    for n in range(count):
        new_person(post.world, f"Pegawai {n}", id=FIRST + n).started = True
    return [FIRST + n for n in range(count)]


def group(post: Post) -> Chat:
    made = groups.new_group(post.world, "Grup", post.world.person(ANI))
    groups.add_bot(post.world, post.world.person(ANI), made)
    return made


async def rows(post: Post) -> list[Message]:
    async with post.database.reading() as session:
        return list((await session.exec(select(Message).order_by(col(Message.id)))).all())


async def settle(post: Post) -> None:
    """Rounds, and time going by, until nothing is left to send."""
    for _ in range(3_000):
        if not await post.round():
            async with post.database.reading() as session:
                if not (await session.exec(select(func.count()).where(outbox.is_unshown()))).one():
                    return
            post.time.pass_by(0.5)
    raise AssertionError("it never comes to rest")


@dataclass
class Storm:
    """`happened`: the rows to which each fault happened. `times`: how often each row's text stands on a screen."""

    happened: dict[str, list[int]]
    ended: list[Message]
    times: dict[int, int]
    refusals: Counter[str]

    def table(self) -> str:
        ended = {row.id: row for row in self.ended}
        lines = [f"{'fault':<6} {'injected':>9} {'messages':>9} {'arrived':>9} {'repeated':>9} {'refused':>9}"]
        for how, hit in sorted(self.happened.items()):
            them = set(hit)
            arrived = sum(self.times[row] > 0 for row in them)
            repeated = sum(self.times[row] > 1 for row in them)
            refused = sum(ended[row].failure is not None for row in them)
            lines.append(f"{how:<6} {len(hit):>9} {len(them):>9} {arrived:>9} {repeated:>9} {refused:>9}")
        arrived = sum(count > 0 for count in self.times.values())
        repeated = sum(count > 1 for count in self.times.values())
        refused = sum(row.failure is not None for row in self.ended)
        injected = sum(map(len, self.happened.values()))
        lines.append(f"{'all':<6} {injected:>9} {len(ended):>9} {arrived:>9} {repeated:>9} {refused:>9}")
        return "\n".join([*lines, *(f"{count} x {said}" for said, count in self.refusals.most_common())])


async def survive(post: Post, count: int, seed: int) -> Storm:
    """So many messages to thirty chats, a third of them changed later; a group becomes a supergroup meanwhile."""
    moving, staying = group(post), group(post)
    chats = [*people(post, PEOPLE), moving.id, staying.id]
    storm = post.world.faults = Chance(seed, str(post.database.engine.url.database))
    said: dict[str, str] = {}
    for n in range(count):
        said[f"k{n}"] = f"Pesan {n}"
        await post.wants(said[f"k{n}"], key=f"k{n}", chat=chats[n % len(chats)])
    await settle(post)
    moved = groups.migrate(post.world, moving)
    for n in range(1, count, 3):
        said[f"k{n}"] = f"Pesan {n} baru"
        await post.wants(said[f"k{n}"], key=f"k{n}", chat=chats[n % len(chats)])
    await settle(post)
    seen = {chat: Counter(post.sees(chat)) for chat in [*chats, moved.id]}
    ended = await rows(post)
    times: dict[int, int] = {}
    for row in ended:
        text = said[row.key]
        places = {row.chat_id, moving.id} if row.chat_id == moved.id else {row.chat_id}
        times[row.id] = sum(seen[chat][text] for chat in places)
        if row.failure is None:
            assert times[row.id] >= 1, row
            assert times[row.id] == 1 or row.attempts > 1 or text.endswith("baru"), "a repeat says so"
        else:
            assert row.failure in REASONS, row.failure
    return Storm(dict(storm.happened), ended, times, post.world.refusals)


async def harian(database: Database, *arguments: str) -> list[str]:
    """What the command says, without ages."""
    environment = {"DATABASE_URL": database.url.replace("+aiosqlite", "")}
    ended = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environment)
    return [AGE.sub("", line) for line in ended.output.splitlines()]


@ON_SQLITE
@pytest.mark.timeout(180)
async def test_all_of_three_hundred_arrive_that_can(post: Post) -> None:
    storm = await survive(post, 300, seed=6)
    print("\n" + storm.table())
    assert storm.happened.keys() == {*PASSING, *FOR_GOOD, "slow"}
    assert sum(map(len, storm.happened.values())) > 60
    refused = {row.id for row in storm.ended if row.failure}
    assert refused <= {row for how in FOR_GOOD for row in storm.happened[how]}, "only what Telegram refuses for good"
    assert [said for said in storm.refusals if said.startswith(NOT_MODIFIED)]
    assert storm.refusals["Bad Request: group chat was upgraded to a supergroup chat"]
    listed = await harian(post.database, "outbox", "--failed")
    assert listed[0] == f"failed: {len(refused)}, the oldest for "
    assert all("given up, " in line and line.rpartition(", ")[2] in REASONS for line in listed[1:51])


@ON_SQLITE
@pytest.mark.soak
async def test_all_of_three_thousand_do(post: Post) -> None:
    print("\n" + (await survive(post, 3_000, seed=7)).table())


@ON_SQLITE
async def test_nobody_waits_for_the_blocked_and_the_broken(post: Post) -> None:
    """One person has blocked the bot, one's messages always fail, and a group is flooded: the others notice nothing."""
    blocked, unlucky, *others = people(post, 12)
    flooded = group(post).id
    for chat, how in ((blocked, "403"), (unlucky, "502"), (flooded, "429")):
        post.world.faults.plan(Fault("sendMessage", how, times=1_000, chat=chat, retry_after=600))
    for n in range(5):
        for chat in (blocked, unlucky, flooded, *others):
            await post.wants(f"Pesan {n}", key=f"{chat}:{n}", chat=chat)
    began = post.time.seconds
    await post.send()
    assert post.time.seconds == began, "no time has gone by"
    for chat in others:
        assert post.sees(chat) == [f"Pesan {n}" for n in range(5)]
    assert [post.sees(chat) for chat in (blocked, unlucky, flooded)] == [[], [], []]
