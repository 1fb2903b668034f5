"""Files with personal data: for their owner alone."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

OWNER_ONLY = 0o600
OTHERS = 0o077
BESIDE = ("", "-wal", "-shm", "-journal")
"""SQLite's files of one database, by what is added to its name."""


def database_file(url: str) -> Path | None:
    """Where a SQLite database stands; None for PostgreSQL and for one in memory."""
    parsed = make_url(url)
    named = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" and not named.startswith("file:") else None


def keep_private(url: str) -> None:
    """A SQLite database with mode 0600, also one that is yet to be made; what belongs to somebody else stays."""
    path = database_file(url)
    if path is None:
        return
    with suppress(OSError):  # a folder that is missing is told by the database itself
        make_private(path)
    for one in _open_to_others(path):
        with suppress(PermissionError):
            one.chmod(OWNER_ONLY)


def is_private(url: str) -> bool:
    path = database_file(url)
    return path is None or not _open_to_others(path)


def make_private(path: Path) -> None:
    """An empty file with mode 0600 unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))


def _open_to_others(path: Path) -> list[Path]:
    files = (path.with_name(path.name + ending) for ending in BESIDE)
    return [one for one in files if one.exists() and one.stat().st_mode & OTHERS]
