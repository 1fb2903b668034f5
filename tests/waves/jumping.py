"""An event loop whose time jumps to the next moment at which something happens, and SQLite without threads."""

import asyncio
import selectors
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

import aiosqlite.core

T = TypeVar("T")


class JumpingLoop(asyncio.SelectorEventLoop):
    """Seconds from 0. Waiting takes none of the machine's time; working takes none of the loop's until it has to
    `count_work`: from then on the processor's seconds of this process pass here too.
    """

    def __init__(self) -> None:
        self._jumped = 0.0
        self._counts_from: float | None = None
        super().__init__(_NeverWaiting(self))

    def time(self) -> float:
        return self._jumped + (time.process_time() - self._counts_from if self._counts_from is not None else 0.0)

    def count_work(self) -> None:
        self._counts_from = time.process_time()

    def jump(self, seconds: float) -> None:
        self._jumped += seconds


class _NeverWaiting(selectors.SelectSelector):
    def __init__(self, loop: JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if timeout is None and not found:
            raise RuntimeError("nothing would ever happen again")
        if not found and timeout:
            self._loop.jump(timeout)
        return found


class _AtOnce:
    """In place of the queue to a connection's thread: the work is done here and now."""

    def put_nowait(self, item: tuple[asyncio.Future[Any] | None, Any]) -> None:
        future, work = item
        try:
            result = work()
        except BaseException as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)

    def get(self) -> tuple[None, Any]:
        """For the thread, which ends at once."""
        return None, lambda: aiosqlite.core._STOP_RUNNING_SENTINEL


@contextmanager
def without_threads() -> Iterator[None]:
    with patch.object(aiosqlite.core, "SimpleQueue", _AtOnce):
        yield


def run(work: Coroutine[Any, Any, T]) -> T:
    with without_threads(), asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(work)
