"""The limiter by itself, against ways to Telegram of many kinds: whatever the moment at which a message is counted, no
second holds more than 30, and places are free again as soon as that is certain.
"""

import random
from collections.abc import Callable
from heapq import heappop, heappush

import pytest

from bot.limits import FLIGHTS_TO_TRUST, HANDLING, SLICES, Limiter, Rates
from tests.waves.telegram import PER_BOT

WAY = 0.18
"""Seconds to Telegram and back that no message is spared; two thirds of them there."""
MESSAGES = 3_000
Delay = Callable[[random.Random], tuple[float, float]]
"""Seconds more, before a message is counted and after it."""


def anywhere_in_ten_milliseconds(chance: random.Random) -> tuple[float, float]:
    before = chance.uniform(0, 0.01)
    return before, 0.01 - before


def mostly_short(chance: random.Random) -> tuple[float, float]:
    whole = chance.expovariate(1 / 0.012)
    before = chance.uniform(0, whole)
    return before, whole - before


def of_two_parts(chance: random.Random) -> tuple[float, float]:
    return chance.gammavariate(2, 0.003), chance.gammavariate(2, 0.003)


def around_fifty(chance: random.Random) -> tuple[float, float]:
    return max(chance.gauss(0.05, 0.01), 0.0), max(chance.gauss(0.05, 0.01), 0.0)


def counted(delay: Delay) -> list[float]:
    """The moments at which Telegram counts a wave that is sent as fast as the limiter allows."""
    limiter, chance = Limiter(Rates()), random.Random(7)
    flying: list[tuple[float, int, float]] = []
    moments: list[float] = []
    now = 0.0
    while len(moments) < MESSAGES:
        while flying and flying[0][0] <= now:
            landed, chat, took = heappop(flying)
            limiter.end(chat, landed, took=took)
        limiter.busy(now)
        while limiter.wave_room(now) > 0:
            before, after = delay(chance)
            chat, took = len(moments), WAY + before + after
            limiter.begin(chat, now, in_wave=True)
            moments.append(now + WAY * 2 / 3 + before)
            heappush(flying, (now + took, chat, took))
        wait = limiter.wait(now) or limiter.wave_wait(now) or 1 / SLICES
        now = min([now + wait, *(landed for landed, _, _ in flying[:1])])
    return sorted(moments)


@pytest.mark.parametrize(
    ("delay", "mean"),  # seconds that all this takes on average
    [(anywhere_in_ten_milliseconds, 0.01), (mostly_short, 0.012), (of_two_parts, 0.012), (around_fifty, 0.1)],
)
def test_no_second_holds_too_many_however_uneven_the_way(delay: Delay, mean: float) -> None:
    most, seconds = PER_BOT
    moments = counted(delay)
    over = [n for n, first in enumerate(moments[:-most]) if moments[n + most] - first < seconds - 1e-6]
    assert over == []
    later = moments[2 * FLIGHTS_TO_TRUST :]
    assert later[-1] - later[0] < len(later) / most * (seconds + mean + HANDLING + 0.005), "slower than it need be"
