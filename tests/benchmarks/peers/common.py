"""What the clients in Python share: orders come in by lines, figures go out as JSON."""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

TOKEN = "43:harian-crowd-token"
TEXT = "<b>Selamat sore.</b> Apa yang Anda kerjakan hari ini? Tulis saja dengan kata-kata Anda sendiri."
Send = Callable[[int], Awaitable[Any]]
"""Send one message to this chat."""
Answer = Callable[[int], Awaitable[None]]
"""Poll until so many updates have been answered, then stop."""


async def many(send: Send, count: int, at_once: int) -> None:
    """Keep so many in flight until all are sent."""
    numbers = itertools.count()

    async def one_after_another() -> None:
        while (n := next(numbers)) < count:
            await send(6001 + n % 1000)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))


async def obey(send: Send, answer: Answer) -> None:
    loop = asyncio.get_running_loop()
    print("ready", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order, *numbers = line.split()
        cpu, began = time.process_time(), time.perf_counter()
        if order == "send":
            await many(send, int(numbers[0]), int(numbers[1]))
        else:
            await answer(int(numbers[0]))
        seconds = time.perf_counter() - began
        print(json.dumps({"seconds": seconds, "cpu": time.process_time() - cpu}), flush=True)


class Countdown:
    """Counts answers; `done` is set by the last."""

    def __init__(self, count: int) -> None:
        self.left, self.done = count, asyncio.Event()

    def one(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.done.set()
