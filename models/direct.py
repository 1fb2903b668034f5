"""SQLite without a change of threads for each statement, which costs several times what the statement does."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

BUSY_MS = 10_000
"""How long a second process waits for SQLite's writer before it is refused."""
ENDS = frozenset({"commit", "rollback"})
"""What waits for the disk, when something was written."""
STATEMENTS = ("PRAGMA", "VACUUM")
"""What may wait for another process that writes."""
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
NOT_WAITING, WAITING = (f"PRAGMA busy_timeout={milliseconds}" for milliseconds in (0, BUSY_MS))


class Direct(aiosqlite.Connection):
    """Runs a statement right here: SQLite answers in microseconds. What may wait goes to the driver's thread as ever,
    and so does everything while `patient`, for long work such as sweeps, during which the event loop goes on.
    """

    patient = False
    _changes_before = 0
    """Rows that the connection had written when its transaction began."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        statement = args[0] if args and isinstance(args[0], str) else ""
        if statement in (READ, WRITE) and self._connection is not None:
            self._changes_before = self._connection.total_changes
        if self.patient or self._may_wait(fn, statement):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        if statement != WRITE:
            return fn(*args, **kwargs)
        try:
            return self._at_once(partial(fn, *args, **kwargs))
        except sqlite3.OperationalError:  # another process writes
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

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

    def _may_wait(self, fn: Callable[..., Any], statement: str) -> bool:
        connection = self._connection
        if not self._running or connection is None:
            return True
        has_written: bool = connection.total_changes != self._changes_before
        if getattr(fn, "__self__", None) is not connection:
            return statement.startswith(STATEMENTS)
        return fn.__name__ == "close" or (fn.__name__ in ENDS and has_written)

    def _at_once(self, begin: Callable[[], Any]) -> Any:
        """Raises: sqlite3.OperationalError when it would have to wait."""
        assert self._connection is not None
        self._connection.execute(NOT_WAITING)
        try:
            return begin()
        finally:
            self._connection.execute(WAITING)


def _roll_back(connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        connection.rollback()


def connect(path: str, **given: Any) -> Direct:
    """As `aiosqlite.connect`; its thread does not keep the process alive."""
    given["check_same_thread"] = False
    connection = Direct(partial(sqlite3.connect, path, **given), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
