"""Telegram's flood limits, kept only when asked: 1/s per chat with short bursts, 20/min per group, 30/s per bot."""

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterator

from bot.sandbox.chats import Chat
from bot.sandbox.errors import too_many_requests

PER_CHAT = (3, 3.0)
"""Telegram lets "short bursts" pass and does not say how long ones."""
PER_GROUP = (20, 60.0)
PER_BOT = (30, 1.0)


class Limits:
    """Counts sent and edited messages in real seconds (``monotonic``), whatever the sandbox's calendar says."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.enforced = False
        self._monotonic = monotonic
        self._sent: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)

    def check(self, chat: Chat) -> None:
        """Counts one message to ``chat``, or raises 429 with the seconds to wait."""
        if not self.enforced:
            return
        now = self._monotonic()
        rules = list(self._rules(chat))
        wait = max(self._wait(key, count, seconds, now) for key, count, seconds in rules)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for key, _, _ in rules:
            self._sent[key].append(now)

    def _rules(self, chat: Chat) -> Iterator[tuple[tuple[str, int], int, float]]:
        yield ("bot", 0), *PER_BOT
        yield ("chat", chat.id), *PER_CHAT
        if not chat.private:
            yield ("group", chat.id), *PER_GROUP

    def _wait(self, key: tuple[str, int], count: int, seconds: float, now: float) -> float:
        sent = self._sent[key]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[0] + seconds - now if len(sent) >= count else 0.0
