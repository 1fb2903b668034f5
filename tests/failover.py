"""Several real processes on one PostgreSQL under steady work; one after the other is killed, or hangs for a while."""

import asyncio
import os
import random
import re
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import col, func, select

from bot.sandbox.people.speech import send
from bot.sandbox.world import World
from models import inbox
from models.database import Database
from models.kinds import REPORT_CARD
from models.leases import Lease
from models.outbox import Message
from models.replies import Reply
from tests import crowd

WRITERS = 20
PACE = 0.25
"""Seconds between two messages; a person writes one every five seconds, which is no flood."""
LIMIT = 15.0
"""Seconds within which another process has taken over."""
KILLED, HUNG = "killed", "hung"
NUMBER = re.compile(r"nomor (\d+)")


@dataclass
class Fleet:
    world: World
    database: Database
    environment: dict[str, str]
    folder: Path
    running: dict[int, tuple[Process, str]] = field(default_factory=dict)
    """By process id: the process, and its roles."""
    started: int = 0
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    written: list[tuple[int, int]] = field(default_factory=list)
    """(chat, message) of what people have written."""
    in_flight: int = 0
    times: list[tuple[str, str, float]] = field(default_factory=list)
    """What was done to whom, and the seconds until somebody else did it."""

    async def start(self, roles: str) -> None:
        arguments = ("run", "--roles", roles)
        process = await self.stack.enter_async_context(
            crowd.harian(*arguments, environment=self.environment, folder=self.folder)
        )
        self.running[process.pid] = process, roles
        self.started += 1

    async def are_up(self) -> bool:
        """Whether all that were started are: each asks Telegram once who it is, and then begins."""
        return self.world.calls["getme"] == self.started

    async def write(self) -> None:
        """Until cancelled."""
        while True:
            n = len(self.written)
            person = self.world.person(crowd.FIRST + n % WRITERS)
            said = send(self.world, person, self.world.chat(person.id), f"Menyusun laporan bulanan nomor {n}")
            self.written.append((person.id, said.id))
            await asyncio.sleep(PACE)

    async def holders(self) -> dict[str, int]:
        """Leases, `sender:43` and so on, and the processes that hold them."""
        async with self.database.reading() as session:
            rows = (await session.exec(select(Lease))).all()
        return {row.name.partition(":")[0]: int(row.holder.split(" ")[-2]) for row in rows}

    async def stored(self) -> int:
        async with self.database.reading() as session:
            return (await session.exec(select(func.count()).select_from(inbox.Update))).one()

    async def handled(self) -> int:
        async with self.database.reading() as session:
            return (await session.exec(select(func.count()).where(col(inbox.Update.handled_at).is_not(None)))).one()

    async def shown(self) -> int:
        """So many messages Telegram has been sent; the history keeps only the latest."""
        return self.world.calls["sendmessage"]

    async def strike(self, lease: str, how: str) -> None:
        """Kill who holds a lease (and let another process begin), or let it hang until others have taken over.

        Not before others stand by: how long a process takes to start is no part of a failover.
        """

        async def is_alive() -> bool:
            return (await self.holders()).get(lease) in self.running

        await until(self.are_up, seconds=4 * LIMIT)
        await until(is_alive, seconds=4 * LIMIT)
        pid = (await self.holders())[lease]
        process, roles = self.running[pid]
        async with self.database.reading() as session:
            claimed = select(func.count()).where(col(Message.claimed_by).contains(f" {pid} "))
            process.send_signal(signal.SIGKILL if how == KILLED else signal.SIGSTOP)
            self.in_flight += (await session.exec(claimed)).one()
        if how == KILLED:
            await process.wait()
            del self.running[pid]
        await self._measure(pid, lease, how)
        if how == KILLED:
            await self.start(roles)
        else:
            os.kill(pid, signal.SIGCONT)

    async def _measure(self, pid: int, lease: str, how: str) -> None:
        """How long it takes until each of the leases that it held is held by another that does its work."""
        began, before = time.monotonic(), (await self.stored(), await self.shown())

        async def is_taken() -> bool:
            return (await self.holders()).get(lease, pid) != pid

        async def is_received() -> bool:
            return await is_taken() and await self.stored() > before[0]

        async def is_sent() -> bool:
            return await is_taken() and await self.shown() > before[1]

        done = {"receive": is_received, "sender": is_sent}.get(lease, is_taken)
        await until(done, seconds=4 * LIMIT)
        self.times.append((lease, how, round(time.monotonic() - began, 1)))

    async def work_off(self) -> None:
        """Wait until everything that was written is handled and on the screens."""

        async def is_done() -> bool:
            async with self.database.reading() as session:
                cards = (await session.exec(select(Message).where(Message.kind == REPORT_CARD))).all()
            return len(cards) == len(self.written) and all(card.revision == card.shown_revision for card in cards)

        await until(is_done, seconds=90)

    async def check(self) -> int:
        """Each reply recorded once, in the order of its chat, and shown in it; how many cards came twice."""
        async with self.database.reading() as session:
            recorded = (await session.exec(select(Reply.chat_id, Reply.message_id).order_by(col(Reply.id)))).all()
            failures = (await session.exec(select(inbox.Update.failure).where(inbox.Update.tries > 0))).all()
        assert failures == []
        assert sorted(recorded) == sorted(self.written)
        repeats = 0
        for n in range(WRITERS):
            chat_id = crowd.FIRST + n
            mine = [message for where, message in recorded if where == chat_id]
            assert mine == sorted(mine), f"chat {chat_id} was handled in another order"
            chat = self.world.chats[chat_id]
            stand = (chat.history.get(message_id) for message_id in range(1, chat.last_message_id + 1))
            kept = [one for one in stand if one is not None and one.from_bot]
            numbers = [int(found[1]) for one in kept if (found := NUMBER.search(str(one.body.get("text", ""))))]
            assert numbers == sorted(numbers), f"chat {chat_id} was shown in another order: {numbers}"
            assert len(set(numbers)) == len(mine)
            repeats += len(numbers) - len(mine)
        assert repeats <= self.in_flight
        return repeats


async def until(condition: Callable[[], Awaitable[bool]], *, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - it is seen in another process's database
            await asyncio.sleep(0.02)


async def fail_over(
    database_url: str, folder: Path, *, roles: Sequence[str], blows: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, str, float]], dict[str, int]]:
    """The times, and figures."""
    async with crowd.gathered(database_url, WRITERS) as (world, url, database, _):
        fleet = Fleet(world, database, crowd.environment(url, database_url), folder)
        async with fleet.stack:
            for some in roles:
                await fleet.start(some)

            async def are_there() -> bool:
                return (await fleet.holders()).keys() >= {"receive", "sender", "clock"}

            async def is_at_work() -> bool:
                return await fleet.shown() > 5

            await until(fleet.are_up, seconds=60)
            await until(are_there, seconds=60)
            writing = asyncio.create_task(fleet.write())
            await until(is_at_work, seconds=60)
            for lease, how in blows:
                await fleet.strike(lease, how)
            writing.cancel()
            await fleet.work_off()
            repeats = await fleet.check()
            figures = {"written": len(fleet.written), "repeats": repeats, "in flight": fleet.in_flight}
            await until(fleet.are_up, seconds=60)
            for process, _ in fleet.running.values():
                process.terminate()
            ends = [(await process.wait(), some) for process, some in fleet.running.values()]
            assert {code for code, _ in ends} == {0}, ends
            return fleet.times, figures


def by_chance(count: int, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    return [(chance.choice(("receive", "sender", "clock")), chance.choice((KILLED, HUNG))) for _ in range(count)]
