"""A sender by itself: against the local Bot API, with plain messages, and with a time that the test turns."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from bot.limits import Rates
from bot.pictures import Pictures
from bot.request import AiohttpRequest
from bot.sandbox.people.phones import new_person
from bot.sandbox.server import running
from bot.sandbox.world import World
from bot.sender import Sender
from handlers.screens import Button, Renderer, Screen
from models import messages, outbox
from models.database import Database, Session
from models.outbox import Message
from tests.stage import TOKEN, TUESDAY, UNLIMITED, FixedClock, looks

ANI, BUDI, CITRA = 11, 12, 13
BUTTON = ((Button("Setuju", "approve"),),)


async def note(_session: Session, row: Message, _now: datetime) -> Screen | None:
    """A message just as its arguments say; None when they say nothing."""
    given = dict(row.arguments)
    return Screen(given.pop("text"), BUTTON if given.pop("button", False) else (), **given) if given else None


async def broken(_session: Session, _row: Message, _now: datetime) -> Screen | None:
    raise ZeroDivisionError


class Stopwatch:
    """Seconds and the calendar go together, and only when told."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock, self.seconds = clock, 1000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.forward(seconds=seconds)


@dataclass
class Post:
    world: World
    url: str
    server: AsyncExitStack
    """Closed early, Telegram is away."""
    database: Database
    bot: ExtBot[None]
    time: Stopwatch
    pictures: Pictures = field(default_factory=Pictures)
    renderers: dict[str, Renderer] = field(default_factory=lambda: {"note": note, "broken": broken})

    def __post_init__(self) -> None:
        self.sender = self.another_sender()

    def another_sender(self, rates: Rates = UNLIMITED) -> Sender:
        return Sender(
            self.database,
            self.bot,
            self.renderers,
            self.time.clock,
            pictures=self.pictures,
            wake=asyncio.Event(),
            rates=rates,
            monotonic=self.time,
            real_clock=self.time.clock,
        )

    async def wants(self, text: str = "Halo", *, key: str = "k", chat: int = ANI, **given: Any) -> None:
        """Want a message on a screen; what is no argument of `outbox.show` is one of the message's."""
        about = {name: given.pop(name) for name in ("kind", "priority", "anew", "expires_at") if name in given}
        wanted: dict[str, Any] = {"kind": "note", "due_at": self.time.clock(), **about}
        async with self.database.transaction() as session:
            await outbox.show(session, key=key, chat_id=chat, arguments={"text": text, **given}, **wanted)

    async def round(self, sender: Sender | None = None) -> int:
        """Claim what may go, and wait until it has landed; how many rows were claimed."""
        claimed = await (sender or self.sender).send_due()
        await (sender or self.sender).land(seconds=60)
        return claimed

    async def send(self, sender: Sender | None = None) -> int:
        """Round after round, without time going by, until none claims anything."""
        total = 0
        while claimed := await self.round(sender):
            total += claimed
        return total

    async def row(self, key: str = "k") -> Message:
        async with self.database.reading() as session:
            row = await messages.by_key(session, key)
            assert row is not None
            return row

    def sees(self, chat: int = ANI) -> list[str]:
        """Everything the bot has said in a chat, as it stands now."""
        return [looks(kept.view()) for kept in self.world.chats[chat].history.recent() if kept.from_bot]

    def calls(self) -> dict[str, int]:
        """What was asked of Telegram since the last look."""
        calls = dict(self.world.calls)
        self.world.calls.clear()
        return calls


@asynccontextmanager
async def posting(database_url: str, people: Sequence[int] = (ANI, BUDI, CITRA)) -> AsyncIterator[Post]:
    clock = FixedClock(TUESDAY)
    time = Stopwatch(clock)
    world = World(clock=clock, token=TOKEN, monotonic=time)
    database = Database(database_url)
    for id_ in people:
        new_person(world, f"Orang {id_}", id=id_).started = True
    async with AsyncExitStack() as server:
        url = await server.enter_async_context(running(world))
        bot: ExtBot[None] = ExtBot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest(read=1))
        await bot.initialize()
        post = Post(world, url, server, database, bot, time)
        post.calls()
        try:
            yield post
        finally:
            post.pictures.close()
            await bot.shutdown()
            await database.close()
