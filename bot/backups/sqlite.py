"""SQLite's own online backup: one moment of the database, while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.backups import Failed
from bot.migrating import upgrade
from bot.private_files import BESIDE, make_private

MAGIC = b"SQLite format 3\0"
BUSY_SECONDS = 10.0


def copy_out(source: Path, target: Path) -> None:
    """Into a file that is there and empty. Raises: Failed."""
    if not source.exists():
        raise Failed(f"There is no database at {source}.")
    try:
        with closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
            _check(copy)
    except sqlite3.Error as error:
        raise Failed(f"The database could not be copied: {error}.") from None


def _check(copy: sqlite3.Connection) -> None:
    found = [row[0] for row in copy.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise Failed(f"The copy is damaged: {'; '.join(found)}.")
    if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Failed("The copy is damaged: rows point to others that are not there.")


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def revision_of(file: Path) -> str | None:
    """Which migration a backup is of; None when it is nobody's. Raises: Failed when it is damaged."""
    try:
        with closing(_reading(file)) as copy:
            _check(copy)
            row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            return None
        raise Failed(f"{file} is damaged, or no backup: {error}.") from None
    return str(row[0]) if row else None


def put_back(file: Path, target: Path) -> None:
    """Upgrade a copy of the backup beside the database, then copy it in as one transaction.

    Raises: Failed; the database is then what it was, also after a power cut in the middle.
    """
    with _staged(target) as stage:
        try:
            with closing(_reading(file)) as kept, closing(sqlite3.connect(stage)) as copy:
                kept.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            upgrade(f"sqlite:///{stage}")
            with closing(sqlite3.connect(stage)) as copy:
                _check(copy)
                copy.execute("DELETE FROM lease")  # whoever held it then is not there now
                copy.commit()
                make_private(target)
                with closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as live:
                    copy.backup(live)
                    live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except Exception as error:  # the migrations may raise anything
            why = str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
            raise Failed(f"It could not be put back: {why}. The database is as it was.") from None


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    stage = target.with_name(f"{target.name}.restoring")
    _remove(stage)
    try:
        make_private(stage)
        yield stage
    finally:
        _remove(stage)


def _remove(stage: Path) -> None:
    for ending in BESIDE:
        stage.with_name(stage.name + ending).unlink(missing_ok=True)
