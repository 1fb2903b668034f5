"""SQLite without a change of threads for each statement, which costs several times what the statement does."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import aiosqlite

OF_CONNECTION = frozenset({"close", "commit", "rollback"})
"""What waits for the disk."""
STATEMENTS = ("BEGIN", "PRAGMA", "VACUUM")
"""What may wait for another process that writes."""


class Direct(aiosqlite.Connection):
    """Runs a statement right here: SQLite answers in microseconds. What may wait goes to the driver's thread as ever,
    and so does everything while `patient`, for long work such as sweeps, during which the event loop goes on.
    """

    patient = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.patient or self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    async def close(self) -> None:
        """Rolled back first. A connection that is closed in the midst of a statement, because its task was cancelled,
        would live on with its transaction, and nobody else could write.
        """
        if self._connection is not None:
            await super()._execute(_roll_back, self._connection)  # type: ignore[no-untyped-call]
        await super().close()

    def stop(self) -> asyncio.Future[Any] | None:
        """As `close`, without waiting for it."""
        if self._connection is not None:
            self._tx.put_nowait((None, partial(_roll_back, self._connection)))
        return super().stop()

    def _may_wait(self, fn: Callable[..., Any], args: Sequence[Any]) -> bool:
        if not self._running or self._connection is None:
            return True
        if getattr(fn, "__self__", None) is self._connection:
            return fn.__name__ in OF_CONNECTION
        return bool(args) and isinstance(args[0], str) and args[0].startswith(STATEMENTS)


def _roll_back(connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        connection.rollback()


def connect(path: str, **given: Any) -> Direct:
    """As `aiosqlite.connect`; its thread does not keep the process alive."""
    given["check_same_thread"] = False
    connection = Direct(partial(sqlite3.connect, path, **given), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
