"""The database's schema: which one it has, which one this program wants, and how it gets there.

Alembic weighs 10 MiB and is loaded only when something has to be migrated: what a database is at is one SELECT, and
what this program wants are the names of its migrations' files.
"""

import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

import models
from bot.private_files import database_file, keep_private
from models.database import driver_url

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(models.__file__).parent / "migrations"
WAITS_SECONDS = 600
"""For another process that migrates the same database."""
TRIES, PAUSE_SECONDS = 6, 4.0
"""On PostgreSQL, when a long transaction holds a table; between tries everybody who queued behind us goes on."""
NOT_TO_BE_HAD = ("55P03", "40P01")
"""PostgreSQL's codes of a lock that was not to be had in time, and of two that stood in each other's way."""
LOCKED = "database is locked"
"""SQLite's words."""


class Refused(Exception):
    """The database cannot be brought up to date, and is as it was; says why and what to do."""


def plain_url(url: str) -> str:
    """The same database by a driver that is not asynchronous."""
    parsed = make_url(driver_url(url))
    plain = parsed.set(drivername="sqlite") if parsed.get_backend_name() == "sqlite" else parsed
    return plain.render_as_string(hide_password=False)


@cache
def _ours() -> tuple[str, ...]:
    """Our migrations in their order: the beginnings of their files' names."""
    return tuple(sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def is_known(revision: str) -> bool:
    """Whether a migration is one of ours; else it is of a newer Harian."""
    return revision in _ours()


def wanted() -> str:
    """The newest migration, which this program needs."""
    return _ours()[-1]


def revision_of(url: str) -> str | None:
    """At which migration a database is; None for one without tables of ours, which is not made by looking.

    Raises: SQLAlchemyError.
    """
    path = database_file(url)
    if path is not None and not (path.exists() and path.stat().st_size):
        return None
    engine = create_engine(plain_url(url), poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def refuse_newer(url: str) -> str | None:
    """At which migration a database is. Raises: Refused for one of a newer Harian; SQLAlchemyError."""
    found = revision_of(url)
    if found is not None and not is_known(found):
        raise Refused(
            f"The database is of a newer Harian (migration {found}, and this one knows none after {wanted()}): install "
            "that version again, or restore a backup from before the upgrade elsewhere. Nothing was changed."
        )
    return found


def config(url: str) -> "Config":
    """Alembic's configuration for a database, with the driver that is not asynchronous."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["url"] = plain_url(url)
    made.attributes["waits_seconds"] = WAITS_SECONDS
    return made


def upgrade(url: str) -> None:
    """Bring the schema up to date, and keep a database that is a file from the eyes of others.

    Of processes that start together one migrates, and the others wait for it. On PostgreSQL nobody waits for us longer
    than a lock may take (`migrations/env.py`). Raises: Refused, and what a migration that fails raises; in either case
    nothing has changed.
    """
    keep_private(url)
    if refuse_newer(url) == wanted():
        return
    from alembic import command

    for left in reversed(range(TRIES)):
        try:
            command.upgrade(config(url), "head")
            return
        except OperationalError as error:
            _refuse_waiting(error, left)
        time.sleep(PAUSE_SECONDS)


def _refuse_waiting(error: OperationalError, left: int) -> None:
    """Raises: Refused when there was no lock to be had and no try is left; any other error again."""
    if LOCKED in str(error.orig):
        raise Refused(
            "Another process has been writing to the database for ten minutes, perhaps migrating it. Nothing was "
            "changed: start again when it has ended."
        ) from None
    if getattr(error.orig, "sqlstate", None) not in NOT_TO_BE_HAD:
        raise error
    if not left:
        raise Refused(
            "The database could not be brought up to date: a long transaction holds one of its tables (PostgreSQL's "
            "pg_stat_activity shows which). Nothing was changed: start again when it has ended."
        ) from None


def write_migration(what: str) -> None:
    """Compare the tables in the code with the newest migration, and write the difference as a new one."""
    from alembic import command

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/schema.db"
        upgrade(url)
        command.revision(config(url), message=what, autogenerate=True, rev_id=f"{len(_ours()) + 1:04}")


if __name__ == "__main__":
    write_migration(sys.argv[1])
