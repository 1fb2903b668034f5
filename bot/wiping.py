"""What was deleted is taken out of the files too, so that nobody finds it there with an editor."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from bot.private_files import database_file

BUSY_SECONDS = 10.0


def wipe(url: str) -> bool:
    """Whether it has worked; else another process holds the database, and it has to be done once more.

    SQLite: the file is written anew without what is free in it, and its log emptied. PostgreSQL: VACUUM makes the room
    of deleted rows free for others; its bytes stay in the files until something is written over them.
    """
    path = database_file(url)
    if path is None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
        return True
    return _sqlite(path)


def _sqlite(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA secure_delete=ON")
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError:
            return False
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
