"""Telegram's limits, kept on our side: per bot, per chat and per group; and the pauses a 429 orders.

What counts is a message sent or edited: Telegram counts both alike, and answers to taps not at all (its maintainers in
tdlib/td 2592 and 3034, tdlib/telegram-bot-api 648).
"""

import math
from collections import Counter, deque
from dataclasses import dataclass, field

MINUTE = 60.0
SLICES = 6
"""Parts of a second that a wave fills evenly, so that a place for an answer becomes free in each of them."""
TRANSIT_AT_MOST = 0.25
CHATS_ARE_THE_BOT = 3
"""So many chats refused within a second."""
FEWEST_IN_FLIGHT, MOST_IN_FLIGHT = 20, 100
FLIGHTS_TO_TRUST, HANDLING = 300, 0.01
"""So many flights show how long the way to Telegram and back takes at least. Of the shortest, so many seconds may have
been Telegram's own, and the message may have been counted at any moment of these. Each hundredth costs a wave 1 %.
"""


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second for the bot; a chat's seconds between two messages, so many of which may come in a burst; and
    messages a minute for a group.
    """

    per_second: int = 30
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 19

    @property
    def in_flight(self) -> int:
        """Messages on their way at once, at most: what may go out within half a second, within reason. What is in
        flight when a process dies is repeated.
        """
        return min(max(self.per_second // 2, FEWEST_IN_FLIGHT), MOST_IN_FLIGHT)


@dataclass(slots=True)
class Limiter:
    """Times are seconds of a monotonic clock, as arguments; what a restart forgets, Telegram's 429 brings back.

    When Telegram counts a message is unknown: at some moment between `begin` and `end`. Each therefore takes up its
    place from its beginning until a full window after its end. (Less the time that every message spends on the way,
    there and back: that shifts them all alike.)
    """

    rates: Rates
    _sent: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _flying: Counter[int] = field(default_factory=Counter)
    _paused: dict[int | None, float] = field(default_factory=dict)
    _refused: dict[int, float] = field(default_factory=dict)
    _slice: tuple[int, int] = (0, 0)
    """The slice in which the wave has sent last, and how many."""
    _flights: int = 0
    _shortest: float = TRANSIT_AT_MOST

    @property
    def portion(self) -> int:
        """Messages of a wave in one slice."""
        return math.ceil(self.rates.per_second / SLICES)

    def begin(self, chat_id: int, now: float, *, in_wave: bool = False) -> None:
        """A message to this chat takes off."""
        self._flying[chat_id] += 1
        if in_wave:
            this = int(now * SLICES)
            self._slice = (this, self._slice[1] + 1 if self._slice[0] == this else 1)

    def end(self, chat_id: int, now: float, *, took: float | None = None) -> None:
        """Its answer is here, from Telegram after so many seconds, or will not come any more."""
        self._flying -= Counter({chat_id: 1})
        if took is not None:
            self._flights += 1
            self._shortest = min(self._shortest, took)
        counted = now - (max(self._shortest - HANDLING, 0.0) if self._flights >= FLIGHTS_TO_TRUST else 0.0)
        self._sent.append(counted)
        self._chats.setdefault(chat_id, deque(maxlen=64)).append(counted)

    def refuse(self, chat_id: int, now: float, *, seconds: float) -> None:
        """Obey a 429, which does not say what it is about: the chat, when that is a group or has just had a burst;
        else the whole bot. Several chats refused at once show that it is the bot after all.
        """
        self._refused = {chat: at for chat, at in self._refused.items() if at > now - 1} | {chat_id: now}
        by_itself = chat_id < 0 or self._lately(chat_id, now) > 1
        self.pause(chat_id if by_itself and len(self._refused) < CHATS_ARE_THE_BOT else None, now + seconds)

    def pause(self, chat_id: int | None, until: float) -> None:
        """Hold one chat, or (None) the whole bot."""
        self._paused[chat_id] = max(self._paused.get(chat_id, 0.0), until)

    def is_paused(self, now: float) -> bool:
        """Whether the whole bot has to pause."""
        return self._paused.get(None, 0.0) > now

    def room(self, now: float) -> int:
        """How many messages the bot may send right now."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if self.is_paused(now):
            return 0
        return max(self.rates.per_second - len(self._sent) - self._flying.total(), 0)

    def wave_room(self, now: float) -> int:
        """How many of them may belong to a wave."""
        last, count = self._slice
        left = self.portion - (count if last == int(now * SLICES) else 0)
        return max(min(left, self.room(now)), 0)

    def wait(self, now: float) -> float:
        """Seconds until the bot may send again; 0 too when only an answer still under way can make room."""
        pause = self._paused.get(None, 0.0) - now
        full = self.room(now) == 0 and len(self._sent) > 0
        return max(self._sent[0] + 1 - now if full else 0.0, pause, 0.0)

    def wave_wait(self, now: float) -> float:
        """Seconds until a wave may go on, as far as the slice matters."""
        this = int(now * SLICES)
        full = self._slice[0] == this and self._slice[1] >= self.portion
        return (this + 1) / SLICES - now if full else 0.0

    def chat_wait(self, chat_id: int, now: float) -> float:
        """Seconds until this chat may be written to, leaving aside what is on its way there."""
        sent = self._chats.get(chat_id, deque())
        burst = self.rates.chat_burst
        last = sent[-burst] + self._burst_seconds - now if len(sent) >= burst else 0.0
        minute = [moment for moment in sent if moment > now - MINUTE] if chat_id < 0 else []
        most = self.rates.group_per_minute
        full = minute[-most] + MINUTE - now if len(minute) >= most else 0.0
        return max(last, full, self._paused.get(chat_id, 0.0) - now, 0.0)

    def busy(self, now: float) -> dict[int, float]:
        """Chats that have to wait, and for how many seconds; what can no longer matter is forgotten."""
        for chat_id in [c for c, sent in self._chats.items() if self._is_over(c, sent[-1], now)]:
            del self._chats[chat_id]
        self._paused = {chat_id: until for chat_id, until in self._paused.items() if until > now}
        often = min(self.rates.chat_burst, self.rates.group_per_minute)
        known = {chat_id for chat_id, sent in self._chats.items() if len(sent) >= often}
        known |= {chat_id for chat_id in self._paused if chat_id is not None}
        return {chat_id: wait for chat_id in known if (wait := self.chat_wait(chat_id, now)) > 0}

    @property
    def _burst_seconds(self) -> float:
        return self.rates.chat_burst * self.rates.chat_seconds

    def _lately(self, chat_id: int, now: float) -> int:
        """How many messages of the chat's burst are still counted."""
        return sum(moment > now - self._burst_seconds for moment in self._chats.get(chat_id, ()))

    def _is_over(self, chat_id: int, last: float, now: float) -> bool:
        return last < now - (MINUTE if chat_id < 0 else self._burst_seconds)
