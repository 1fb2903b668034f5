"""Telegram's limits, kept on our side: per bot, per chat and per group; and the pauses a 429 orders."""

from collections import Counter, deque
from dataclasses import dataclass, field

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second for the bot, seconds between two messages to a chat, and messages a minute for a group."""

    per_second: int = 28
    chat_seconds: float = 1.02
    group_per_minute: int = 19


@dataclass(slots=True)
class Limiter:
    """Times are seconds of a monotonic clock, as arguments; what a restart forgets, Telegram's 429 brings back.

    When Telegram counts a message is unknown: at some moment between `begin` and `end`. Each therefore takes up its
    place from its beginning until a full window after its end.
    """

    rates: Rates
    _sent: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _flying: Counter[int] = field(default_factory=Counter)
    _paused: dict[int | None, float] = field(default_factory=dict)

    def begin(self, chat_id: int) -> None:
        """A message to this chat takes off."""
        self._flying[chat_id] += 1

    def end(self, chat_id: int, now: float) -> None:
        """Its answer is here, or will not come any more."""
        self._flying -= Counter({chat_id: 1})
        self._sent.append(now)
        self._chats.setdefault(chat_id, deque(maxlen=64)).append(now)

    def pause(self, chat_id: int | None, until: float) -> None:
        """Obey a 429: for one chat, or (None) for the whole bot."""
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

    def wait(self, now: float) -> float:
        """Seconds until the bot may send again; 0 too when only an answer still under way can make room."""
        pause = self._paused.get(None, 0.0) - now
        full = self.room(now) == 0 and len(self._sent) > 0
        return max(self._sent[0] + 1 - now if full else 0.0, pause, 0.0)

    def chat_wait(self, chat_id: int, now: float) -> float:
        """Seconds until this chat may be written to, leaving aside what is on its way there."""
        sent = self._chats.get(chat_id, deque())
        last = sent[-1] + self.rates.chat_seconds - now if sent else 0.0
        minute = [moment for moment in sent if moment > now - MINUTE] if chat_id < 0 else []
        most = self.rates.group_per_minute
        full = minute[-most] + MINUTE - now if len(minute) >= most else 0.0
        return max(last, full, self._paused.get(chat_id, 0.0) - now, 0.0)

    def busy(self, now: float) -> dict[int, float]:
        """Chats that have to wait, and for how many seconds; what has been quiet for a minute is forgotten."""
        for chat_id in [c for c, sent in self._chats.items() if sent[-1] < now - MINUTE]:
            del self._chats[chat_id]
        self._paused = {chat_id: until for chat_id, until in self._paused.items() if until > now}
        known = self._chats.keys() | {c for c in self._paused if c is not None}
        return {chat_id: wait for chat_id in known if (wait := self.chat_wait(chat_id, now)) > 0}
