"""Messages on their way to Telegram: several at once, one to a chat, within the limits."""

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from structlog.contextvars import bind_contextvars
from telegram import Bot
from telegram.error import InvalidToken

from bot.delivery import Delivered, deliver
from bot.drawing import Job
from bot.limits import Limiter, Rates
from bot.logs import ROW
from bot.pictures import Pictures
from bot.request import MAY_SEND
from bot.strips import Strips
from models.kinds import LAST_ANSWER

FOR_ANSWERS = 4
"""Of the places in flight, how many no wave may take: its flights may hang."""
AHEAD, STALE = 0.15, 2.0
"""Seconds before there is room that a message may be made ready, and how long it may then stand so at most."""
LOW = 2
"""With so few ready ones left, it is time for more."""
LONGEST_OUTAGE_PAUSE = 30.0
SHORTEST_REST, LONGEST_REST = 0.005, 0.5


class Room(NamedTuple):
    """Messages that may be claimed now, and how many of these may be what nobody waits for."""

    all: int
    of_wave: int


@dataclass(slots=True, eq=False)
class Flight:
    """One message, ready or on its way; it holds its chat until its end is noted on the row."""

    job: Job
    began: float
    """When it was ready; then, when it took off."""
    task: asyncio.Task[None] | None = None
    delivered: Delivered | None = None

    @property
    def is_of_wave(self) -> bool:
        return self.job.row.priority > LAST_ANSWER


class Flights:
    """`landed` sets `wake`. Pauses are obeyed here; what an answer means for the row is the sender's business.

    What is claimed a moment early stands ready and takes off by itself, answers first, as soon as there is room.
    """

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
        self._strips = Strips(bot, self._limiter, wake, monotonic)
        self._ready: list[Flight] = []
        self._flights: list[Flight] = []
        self._timer: asyncio.TimerHandle | None = None
        self._outages = 0
        self.ordered_until = 0.0
        """Until when a 429 has ordered a pause."""
        self.leads_until = math.inf
        """Until when nobody else may send by this bot: a process that hung and goes on may not know of it yet."""
        self.rejected: InvalidToken | None = None

    @property
    def rows(self) -> list[int]:
        return [flight.job.row.id for flight in [*self._flights, *self._ready]]

    @property
    def landed(self) -> list[Flight]:
        return [flight for flight in self._flights if flight.delivered is not None]

    @property
    def is_working(self) -> bool:
        return bool(self.tasks() or self.landed or self._ready or self._strips.is_working)

    def room(self, besides: Sequence[Flight] = ()) -> Room:
        """How many messages may be claimed: what may take off now, or in a moment. `besides`: they are over."""
        now, limiter = self._monotonic(), self._limiter
        if limiter.is_paused(now):
            return Room(0, 0)
        places = limiter.rates.in_flight - len(self._flights) - len(self._ready) + len(besides)
        soon = limiter.portion if limiter.wait(now) <= AHEAD else 0
        soon_of_wave = soon if limiter.wave_wait(now) <= AHEAD else 0
        of_wave = sum(flight.is_of_wave for flight in self._ready)
        room = min(max(limiter.room(now), soon) - len(self._ready) + of_wave, places)
        waves = min(max(limiter.wave_room(now), soon_of_wave) - len(self._ready), places - FOR_ANSWERS)
        return Room(max(room, 0), max(min(room, waves), 0))

    def busy(self, besides: Sequence[Flight] = ()) -> frozenset[int]:
        """Chats that may not be written to now. `besides`: these flights are over."""
        flying = (one.job.row.chat_id for one in [*self._flights, *self._ready] if one not in besides)
        return frozenset(flying) | frozenset(self._limiter.busy(self._monotonic()))

    def rest(self) -> float:
        """Seconds after which there may be something to claim again, if nobody wakes the sender before."""
        now = self._monotonic()
        waits = [self._limiter.wait(now), self._limiter.wave_wait(now), *self._limiter.busy(now).values()]
        return max(min([LONGEST_REST, *(wait for wait in waits if wait > 0 and not self._ready)]), SHORTEST_REST)

    def strip(self) -> None:
        """Take the buttons off older copies, as far as there is room."""
        self._strips.go_on(self.busy())

    def take_off(self, job: Job) -> None:
        """At once, or as soon as there is room."""
        self._ready.append(Flight(job, self._monotonic()))
        self._launch()

    def give_back(self, *, all_of_them: bool = False) -> None:
        """What stands ready and cannot take off soon has landed without having flown: it is drawn anew later."""
        now = self._monotonic()
        paused = all_of_them or self._limiter.is_paused(now) or now >= self.leads_until
        for flight in [flight for flight in self._ready if paused or now - flight.began > STALE]:
            self._ready.remove(flight)
            flight.delivered = Delivered(unreached=True)
            self._flights.append(flight)

    def forget(self, flight: Flight) -> None:
        """Its end is noted."""
        self._flights.remove(flight)

    def tasks(self) -> list[asyncio.Task[None]]:
        """What is still going on."""
        return [*(f.task for f in self._flights if f.task and not f.task.done()), *self._strips.tasks]

    def _launch(self) -> int:
        """Whatever may take off now, answers first; how many. The others are seen to when there is room."""
        now, launched = self._monotonic(), 0
        for flight in sorted(self._ready, key=lambda flight: flight.job.row.priority):
            room = self._limiter.wave_room(now) if flight.is_of_wave else self._limiter.room(now)
            if room > 0 and now - flight.began <= STALE and now < self.leads_until:
                launched += 1
                self._ready.remove(flight)
                self._flights.append(flight)
                flight.began = now
                self._limiter.begin(flight.job.row.chat_id, now, in_wave=flight.is_of_wave)
                flight.task = asyncio.create_task(self._fly(flight))
        if self._ready and self._timer is None:
            waits = self._limiter.wait(now) or self._limiter.wave_wait(now)  # neither: a landing makes room
            self._timer = asyncio.get_running_loop().call_later(max(waits, SHORTEST_REST), self._on_time)
        return launched

    def _on_time(self) -> None:
        self._timer = None
        self._launch_more()

    def _launch_more(self) -> None:
        """And have more claimed before none is left."""
        if self._ready and self._launch() and len(self._ready) < LOW:
            self._wake.set()

    async def _fly(self, flight: Flight) -> None:
        chat_id, delivered = flight.job.row.chat_id, Delivered()
        bind_contextvars(**{ROW: flight.job.row.id})  # of this task alone, as is what follows
        MAY_SEND.set(self._leads)
        try:
            delivered = await self._deliver(flight.job)
        except InvalidToken as error:
            self.rejected = error
            delivered = Delivered(unreached=True, failure="token rejected")
        finally:
            now = self._monotonic()
            self._limiter.end(chat_id, now, took=now - flight.began if delivered.done else None)
            if not (flight.is_of_wave and self._ready):  # else it is noted with the next claim
                self._wake.set()
        self._obey(delivered, chat_id, now)
        flight.delivered = delivered
        former = flight.job.row.former_message_id
        if delivered.done and former is not None and former != delivered.message_id:
            self._strips.want(chat_id, former)
        self._launch_more()

    async def _deliver(self, job: Job) -> Delivered:
        picture = None
        made = job.screen.picture or (job.screen.document if job.row.message_id is None else None)
        if made is not None:
            try:
                picture = await self._pictures.draw(made)
            except Exception as error:
                return Delivered(failure=f"picture: {type(error).__name__}")
        return await deliver(self._bot, job.row, job.screen, job.revision, picture)

    def _leads(self) -> bool:
        return self._monotonic() < self.leads_until

    def _obey(self, delivered: Delivered, chat_id: int, now: float) -> None:
        if delivered.pause is not None:
            self.ordered_until = max(self.ordered_until, now + delivered.pause)
            self._limiter.refuse(chat_id, now, seconds=delivered.pause)
        if not delivered.unreached:
            self._outages = 0
        elif not self._limiter.is_paused(now):
            self._limiter.pause(None, now + min(2**self._outages, LONGEST_OUTAGE_PAUSE))
            self._outages += 1
