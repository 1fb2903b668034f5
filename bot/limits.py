"""Telegram's limits, kept on our side: per bot, per chat and per group; and the pauses a 429 orders."""

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second for the bot and a chat (with a short burst), and a minute for a group."""

    per_second: float = 28
    chat_burst: int = 3
    chat_seconds: float = 1.0
    group_per_minute: int = 19


@dataclass(slots=True)
class Limiter:
    """Times are seconds of a monotonic clock, as arguments; what a restart forgets, Telegram's 429 brings back."""

    rates: Rates
    _sent: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _paused: dict[int | None, float] = field(default_factory=dict)

    def wait(self, now: float) -> float:
        """Seconds until the bot may send at all."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        full = len(self._sent) >= self.rates.per_second
        return max(self._sent[0] + 1 - now if full else 0.0, self._paused.get(None, 0.0) - now, 0.0)

    def room(self, now: float) -> int:
        """How many messages the bot may send right now."""
        return 0 if self.wait(now) > 0 else max(math.floor(self.rates.per_second) - len(self._sent), 0)

    def chat_wait(self, chat_id: int, now: float) -> float:
        """Seconds until this chat may be written to."""
        sent = self._chats.get(chat_id, deque())
        pause = self._paused.get(chat_id, 0.0) - now
        if chat_id < 0:
            window, most = 60.0, self.rates.group_per_minute
        else:
            window, most = self.rates.chat_burst * self.rates.chat_seconds, self.rates.chat_burst
        recent = [moment for moment in sent if moment > now - window]
        return max(recent[-most] + window - now if len(recent) >= most else 0.0, pause, 0.0)

    def busy(self, now: float) -> frozenset[int]:
        """Chats that have to wait; chats that have been quiet for a minute are forgotten."""
        for chat_id in [c for c, sent in self._chats.items() if not sent or sent[-1] < now - 60]:
            del self._chats[chat_id]
        known = self._chats.keys() | {c for c in self._paused if c is not None}
        return frozenset(chat for chat in known if self.chat_wait(chat, now) > 0)

    def count(self, chat_id: int, now: float) -> None:
        self._sent.append(now)
        self._chats.setdefault(chat_id, deque(maxlen=64)).append(now)

    def pause(self, chat_id: int | None, until: float) -> None:
        """Obey a 429: for one chat, or (None) for the whole bot."""
        self._paused[chat_id] = max(self._paused.get(chat_id, 0.0), until)
