"""SQLite without a change of threads for each statement, which costs several times what the statement does."""

import asyncio
import contextlib
import sqlite3
import time
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
PRAGMAS = (f"busy_timeout={BUSY_MS}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""`secure_delete` writes zeros over what is deleted."""
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
            return await self._beside(fn, *args, **kwargs)
        if statement != WRITE:
            return fn(*args, **kwargs)
        try:
            return self._at_once(partial(fn, *args, **kwargs))
        except sqlite3.OperationalError:  # another process writes
            return await self._beside(fn, *args, **kwargs)

    async def _beside(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """In the driver's thread."""
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Rolled back first. A connection that is closed in the midst of a statement, because its task was cancelled,
        would live on with its transaction, and nobody else could write.
        """
        if self._connection is not None:
            await self._beside(_roll_back, self._connection)
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


def prepare(connection: Any, _record: Any) -> None:
    """A new connection of the engine's, before anything is asked by it."""
    connection.isolation_level = None  # the driver begins nothing by itself; `database` does
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone() != ("wal",):
        _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """A file is changed to it once and stays so. Nobody else may have it open in that moment, and SQLite does not wait
    for that by itself: of two processes that start together one would be refused.
    """
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
