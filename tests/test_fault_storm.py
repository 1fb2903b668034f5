"""A fifth of all calls go wrong, in every way there is: all arrives that can, what cannot says why, nobody waits for
whom Telegram refuses.
"""

import random
from collections import Counter

import pytest
from sqlmodel import col, select

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.people import groups
from bot.sandbox.people.phones import new_person
from models.outbox import Message
from tests.databases import ON_SQLITE
from tests.post import ANI, Post

PASSING = ("429", "500", "502", "503", "504", "lost", "lost", "429")
FOR_GOOD = ("400", "403")
REASONS = {"Forbidden: user is deactivated", "user is deactivated", "REQUEST_INVALID", "Request_invalid"}
FIRST = 500


class Chance(Faults):
    """Each call goes wrong once in five; once in fifty so that it is slow, or refused for good."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self.done: Counter[str] = Counter()

    def take(self, method: str, chat: str) -> Fault | None:
        planned = super().take(method, chat)
        if planned is not None or method == "getupdates" or self._chance.random() >= 0.2:
            return planned
        kind = self._chance.random()
        how = self._chance.choice(FOR_GOOD) if kind < 0.06 else "slow" if kind < 0.1 else self._chance.choice(PASSING)
        self.done[how] += 1
        return Fault(method, how, retry_after=2, seconds=1.1)


def people(post: Post, count: int) -> list[int]:
    for n in range(count):
        new_person(post.world, f"Pegawai {n}", id=FIRST + n).started = True
    return [FIRST + n for n in range(count)]


async def rows(post: Post) -> list[Message]:
    async with post.database.reading() as session:
        return list((await session.exec(select(Message).order_by(col(Message.id)))).all())


async def settle(post: Post) -> None:
    """Rounds, and time going by, until nothing is left to send."""
    for _ in range(3_000):
        if not await post.round():
            if all(row.shown_revision == row.revision for row in await rows(post)):
                return
            post.time.pass_by(0.5)
    raise AssertionError("it never comes to rest")


async def survive(post: Post, count: int, seed: int) -> Counter[str]:
    """So many messages to thirty people and a group; how often what went wrong."""
    chats = people(post, 30)
    group = groups.new_group(post.world, "Grup", post.world.person(ANI))
    groups.add_bot(post.world, post.world.person(ANI), group)
    chats.append(group.id)
    storm = post.world.faults = Chance(seed)
    for n in range(count):
        await post.wants(f"Pesan {n}", key=f"k{n}", chat=chats[n % len(chats)])
    await settle(post)
    seen = {chat: Counter(post.sees(chat)) for chat in chats}
    for n, row in enumerate(await rows(post)):
        times = seen[row.chat_id][f"Pesan {n}"]
        if row.message_id is not None:
            assert (times >= 1, row.failure) == (True, None), row
            assert times == 1 or row.attempts > 1, "a repeat says so"
        else:
            assert row.failure in REASONS, row.failure
            assert times == 0 or row.attempts > 1
    return storm.done


@ON_SQLITE
@pytest.mark.timeout(120)
async def test_all_of_three_hundred_arrive_that_can(post: Post) -> None:
    done = await survive(post, 300, seed=6)
    assert done.keys() == {*PASSING, *FOR_GOOD, "slow"}
    assert done.total() > 60
    refused = [row for row in await rows(post) if row.failure]
    assert len(refused) == done["400"] + done["403"]


@ON_SQLITE
@pytest.mark.soak
async def test_all_of_three_thousand_do(post: Post) -> None:
    print(await survive(post, 3_000, seed=7))


@ON_SQLITE
async def test_nobody_waits_for_the_blocked_and_the_broken(post: Post) -> None:
    """One person has blocked the bot, one's messages always fail, and a group is flooded: the others notice nothing."""
    blocked, unlucky, *others = people(post, 12)
    group = groups.new_group(post.world, "Grup", post.world.person(ANI))
    groups.add_bot(post.world, post.world.person(ANI), group)
    for chat, how in ((blocked, "403"), (unlucky, "502"), (group.id, "429")):
        post.world.faults.plan(Fault("sendMessage", how, times=1_000, chat=chat, retry_after=600))
    for n in range(5):
        for chat in (blocked, unlucky, group.id, *others):
            await post.wants(f"Pesan {n}", key=f"{chat}:{n}", chat=chat)
    began = post.time.seconds
    await post.send()
    assert post.time.seconds == began, "no time has gone by"
    for chat in others:
        assert post.sees(chat) == [f"Pesan {n}" for n in range(5)]
    assert [post.sees(chat) for chat in (blocked, unlucky, group.id)] == [[], [], []]
