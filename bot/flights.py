"""Messages on their way to Telegram: several at once, one to a chat, within the limits."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from telegram import Bot
from telegram.error import InvalidToken

from bot.delivery import Delivered, deliver, strip
from bot.drawing import Job
from bot.limits import Limiter, Rates
from bot.pictures import Pictures
from models.outbox import LAST_ANSWER

AT_ONCE, FOR_ANSWERS = 20, 4
"""Messages in flight, and how many of these places no wave may take: its flights may hang."""
LONGEST_OUTAGE_PAUSE = 30.0
SHORTEST_REST, LONGEST_REST = 0.005, 0.5


class Room(NamedTuple):
    """Messages that may go now, and how many of these may be what nobody waits for."""

    all: int
    of_wave: int


@dataclass(slots=True, eq=False)
class Flight:
    """One message on its way; it holds its chat until its end is noted on the row."""

    job: Job
    began: float
    task: asyncio.Task[None] | None = None
    delivered: Delivered | None = None


class Flights:
    """`landed` sets `wake`. Pauses are obeyed here; what an answer means for the row is the sender's business."""

    def __init__(
        self,
        bot: Bot,
        pictures: Pictures,
        wake: asyncio.Event,
        rates: Rates,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot, self._pictures, self._wake, self._monotonic = bot, pictures, wake, monotonic
        self._limiter = Limiter(rates)
        self._flights: list[Flight] = []
        self._strips: set[asyncio.Task[None]] = set()
        self._to_strip: list[tuple[int, int]] = []
        """Chat and message."""
        self._outages = 0
        self.ordered_until = 0.0
        """Until when a 429 has ordered a pause."""
        self.rejected: InvalidToken | None = None

    @property
    def rows(self) -> list[int]:
        return [flight.job.row.id for flight in self._flights]

    @property
    def landed(self) -> list[Flight]:
        return [flight for flight in self._flights if flight.delivered is not None]

    def room(self) -> Room:
        """How many messages may take off now, and how many of them may belong to a wave."""
        now, places = self._monotonic(), AT_ONCE - len(self._flights)
        room = max(min(self._limiter.room(now), places), 0)
        return Room(room, max(min(self._limiter.wave_room(now), places - FOR_ANSWERS), 0))

    def busy(self) -> frozenset[int]:
        """Chats that may not be written to now."""
        flying = (flight.job.row.chat_id for flight in self._flights)
        return frozenset(flying) | frozenset(self._limiter.busy(self._monotonic()))

    def rest(self) -> float:
        """Seconds after which there may be room again."""
        now = self._monotonic()
        waits = [self._limiter.wait(now), self._limiter.wave_wait(now), *self._limiter.busy(now).values()]
        return max(min([LONGEST_REST, *(wait for wait in waits if wait > 0)]), SHORTEST_REST)

    def take_off(self, job: Job) -> None:
        flight = Flight(job, self._monotonic())
        self._limiter.begin(job.row.chat_id, flight.began, in_wave=job.row.priority > LAST_ANSWER)
        flight.task = asyncio.create_task(self._fly(flight))
        self._flights.append(flight)

    def strip(self) -> None:
        """Take the buttons off older copies, as far as there is room: an edit like any other to Telegram."""
        now = self._monotonic()
        for chat_id, message_id in self._to_strip[:]:
            if self._limiter.room(now) > 0 and chat_id not in self.busy():
                self._to_strip.remove((chat_id, message_id))
                self._limiter.begin(chat_id, now)
                task = asyncio.create_task(self._strip(chat_id, message_id))
                self._strips.add(task)
                task.add_done_callback(self._strips.discard)

    def forget(self, flight: Flight) -> None:
        """Its end is noted."""
        self._flights.remove(flight)

    def tasks(self) -> list[asyncio.Task[None]]:
        """What is still going on."""
        return [*(f.task for f in self._flights if f.task and not f.task.done()), *self._strips]

    @property
    def is_working(self) -> bool:
        now = self._monotonic()
        waits = (max(self._limiter.wait(now), self._limiter.chat_wait(chat, now)) for chat, _ in self._to_strip)
        return bool(self.tasks() or self.landed or any(wait < LONGEST_OUTAGE_PAUSE for wait in waits))

    async def _fly(self, flight: Flight) -> None:
        chat_id, delivered = flight.job.row.chat_id, Delivered()
        try:
            delivered = await self._deliver(flight.job)
        except InvalidToken as error:
            self.rejected = error
            delivered = Delivered(unreached=True, failure="token rejected")
        finally:
            now = self._monotonic()
            self._limiter.end(chat_id, now, took=now - flight.began if delivered.done else None)
            self._wake.set()
        self._obey(delivered, chat_id, now)
        flight.delivered = delivered
        former = flight.job.row.former_message_id
        if delivered.done and former is not None and former != delivered.message_id:
            self._to_strip.append((chat_id, former))

    async def _deliver(self, job: Job) -> Delivered:
        picture = None
        made = job.screen.picture or (job.screen.document if job.row.message_id is None else None)
        if made is not None:
            try:
                picture = await self._pictures.draw(made)
            except Exception as error:
                return Delivered(failure=f"picture: {type(error).__name__}")
        return await deliver(self._bot, job.row, job.screen, job.revision, picture)

    def _obey(self, delivered: Delivered, chat_id: int, now: float) -> None:
        if delivered.pause is not None:
            self.ordered_until = max(self.ordered_until, now + delivered.pause)
            self._limiter.refuse(chat_id, now, seconds=delivered.pause)
        if not delivered.unreached:
            self._outages = 0
        elif not self._limiter.is_paused(now):
            self._limiter.pause(None, now + min(2**self._outages, LONGEST_OUTAGE_PAUSE))
            self._outages += 1

    async def _strip(self, chat_id: int, message_id: int) -> None:
        pause = None
        try:
            pause = await strip(self._bot, chat_id, message_id)
        finally:
            now = self._monotonic()
            self._limiter.end(chat_id, now)
            if pause is not None:
                self._obey(Delivered(pause=pause), chat_id, now)
            self._wake.set()
