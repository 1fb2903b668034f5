"""The real process under steady work, killed with -9 again and again; on PostgreSQL two of them, or one of two."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import func, select

from bot.sandbox.server import running
from models import inbox, messages
from models.database import Database
from models.kinds import APPROVED, OUTPUT_CARD, PROMPT, QUALITY_CARD, REMINDER, REVIEW_CARD, SUMMARY, WEEK
from models.outbox import Message
from tests import crowd
from tests.kills.bustle import Bustle
from tests.kills.nursery import Calendar, Harian, begin
from tests.kills.town import Town, furnish
from tests.kills.watching import Watched

WIB = ZoneInfo("Asia/Jakarta")
KEY = "0123456789abcdef0123456789abcdef"
MOMENTS = (
    *("2026-11-27 16:35", "2026-11-30 13:05", "2026-11-30 16:35", "2026-11-30 17:10", "2026-12-01 09:00"),
    *("2026-12-01 16:35", "2026-12-02 15:35", "2026-12-02 17:10", "2026-12-03 16:35", "2026-12-04 15:35"),
    *("2026-12-04 16:35", "2026-12-04 17:10", "2026-12-07 13:05", "2026-12-07 16:35"),
)
"""Prompts and cards of a Friday, its week's summary on Monday, and so on; the calendar goes on with the kills."""
SECONDS_BETWEEN = 0.12
"""Between two acts of people, on average."""
PATIENCE = 90
PEACE = 20
"""Seconds at most until the first message comes by itself in a new phase of the calendar."""
BY_CLOCK = frozenset({PROMPT, REMINDER, OUTPUT_CARD, REVIEW_CARD, QUALITY_CARD, SUMMARY, WEEK, APPROVED})
CALLS = (3, 50)
"""Calls of the Bot API between a start and a kill."""
SOON = 0.25
"""How many of the kills come before, or just after, a process is at work."""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@dataclass
class Siege:
    """What is going on, and what was counted. `in_flight` are the rows that a kill has caught under way."""

    world: Watched
    url: str
    database: Database
    database_url: str
    folder: Path
    town: Town
    bustle: Bustle
    calendar: Calendar
    chance: random.Random
    figures: Counter[str] = field(default_factory=Counter)
    in_flight: set[int] = field(default_factory=set)
    running: list[Harian] = field(default_factory=list)
    processor_seconds: float = 0.0

    @property
    def processes(self) -> int:
        return 1 if self.database.is_sqlite else 2

    def start(self) -> None:
        environment = crowd.environment(self.url, self.database_url, SECRET_KEY=KEY, LOG_FORMAT="json")
        while len(self.running) < self.processes:
            self.running.append(begin(environment, self.folder / "log", self.calendar.ahead))
            self.figures["starts"] += 1

    async def kill(self, victims: list[Harian]) -> None:
        for victim in victims:
            assert victim.code is None, f"it ended by itself ({victim.code}):\n{self.log()[-4000:]}"
            self.processor_seconds += victim.processor_seconds
            victim.kill()
        for victim in victims:
            assert await victim.wait() == -9
            self.running.remove(victim)
        self.figures["kills"] += len(victims)
        self.figures["both at once"] += len(victims) == 2
        async with self.database.reading() as session:
            claims = (await session.exec(select(Message.id, Message.claimed_by))).all()
        pids = {str(victim.pid) for victim in victims}
        caught = [row for row, holder in claims if holder and holder.split(" ")[-2] in pids]
        self.figures["in flight at kills"] += len(caught)
        self.in_flight |= set(caught)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    async def rage(self, kills: int) -> None:
        """Kill so often, at random moments, and start again; now and then it is another time of another day."""
        moments: Iterator[str] = iter(MOMENTS)
        each = max(kills // len(MOMENTS), 3)
        while (done := self.figures["kills"]) < kills:
            if done >= each * self.bustle.day and (text := next(moments, None)) is not None:
                await self._turn_to(text)
            self.start()
            if self.chance.random() < SOON:
                await asyncio.sleep(self.chance.uniform(0.0, 0.5))
            else:
                await self._until_called(self.chance.randint(*CALLS))
            both = len(self.running) == 1 or self.chance.random() < 0.3
            await self.kill(list(self.running) if both else [self.chance.choice(self.running)])

    async def _turn_to(self, text: str) -> None:
        """Nobody's clock differs from another's, so all are killed first; then there is peace for a moment."""
        if self.running:
            await self.kill(list(self.running))
        self.calendar.move_to(moment(text))
        self.bustle.day += 1
        self.start()
        before = len(self.world.sent)
        await self._until(lambda: any(sent.kind in BY_CLOCK for sent in self.world.sent[before:]), PEACE)

    async def _until_called(self, calls: int) -> None:
        """So many calls of the Bot API from now: a busy machine is given more time for the same work."""
        before = self.world.calls.total()
        await self._until(lambda: self.world.calls.total() >= before + calls, PATIENCE)

    async def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not condition():  # noqa: ASYNC110 - other processes bring it about
                    await asyncio.sleep(0.005)

    async def rest(self) -> None:
        """People stop; what is there is worked off, and the processes end in order."""
        self.world.faults.slow = False  # type: ignore[attr-defined]
        self.start()
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._left():  # noqa: ASYNC110 - it is seen in another process's database
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"it never comes to rest: {await self._left()}\n{self.log()[-4000:]}") from None
        await self._until(lambda: all(harian.is_ready for harian in self.running), PATIENCE)
        for harian in self.running:
            self.processor_seconds += harian.processor_seconds
            harian.terminate()
        try:
            assert [await harian.wait() for harian in self.running] == [0] * self.processes
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log()[-6000:]}") from None
        self.running.clear()

    async def _left(self) -> list[int]:
        """Updates that nobody has fetched, that nobody has handled, and messages due; nothing when all are 0."""
        async with self.database.reading() as session:
            due = await messages.unshown(session, now=self.calendar())
            claimed = select(func.count()).where(Message.claimed_by != None)  # noqa: E711
            left = [await inbox.waiting(session), due, (await session.exec(claimed)).one()]
        left.append(len(self.world.updates.pending) and len(await self._unstored()))
        return left if any(left) else []

    async def _unstored(self) -> set[int]:
        pending = {update["update_id"] for update in self.world.updates.pending}
        async with self.database.reading() as session:
            return pending - set((await session.exec(select(inbox.Update.update_id))).all())


async def besiege(database_url: str, folder: Path, *, kills: int, seed: int) -> Siege:
    """Work and kills until there have been so many, and rest; the processes have ended then."""
    began = time.monotonic()
    calendar = Calendar(moment(MOMENTS[0]))
    world = Watched(clock=calendar, token=crowd.TOKEN, looks_into=database_url, seed=seed)
    database = Database(database_url, key=KEY.encode())
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        async with database.transaction() as session:
            town = await furnish(session, world, now=calendar())
        url = await stack.enter_async_context(running(world))
        bustle = Bustle(world, town, seed)
        siege = Siege(world, url, database, database_url, folder, town, bustle, calendar, random.Random(seed))
        stack.callback(lambda: [harian.kill() for harian in siege.running])
        at_work = asyncio.create_task(bustle.go_on(SECONDS_BETWEEN))
        await siege.rage(kills)
        at_work.cancel()
        await asyncio.gather(at_work, return_exceptions=True)
        await siege.rest()
        siege.figures["seconds"] = round(time.monotonic() - began)
        siege.figures["of processor, in the processes"] = round(siege.processor_seconds)
    return siege
