"""What is copied from and to: looked at before anything is touched."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.backups import Failed
from bot.backups.stopped import refuse_while_running
from bot.copying.tables import carriers
from bot.migrating import is_known, plain_url, upgrade, wanted
from bot.private_files import database_file

VERSIONS = "alembic_version"
COMPANY = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
LINGERS, BETWEEN_LOOKS = 10, 0.2
"""Looks, and seconds between them: a connection that was closed may be listed for a moment."""


def url_of(given: str) -> str:
    """A database's URL, or `@FILE` for what stands in a file: others on the machine see arguments. Raises: Failed."""
    url = given
    if given.startswith("@"):
        try:
            url = Path(given[1:]).read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise Failed(f"{given[1:]} cannot be read.") from None
    try:
        plain_url(url)
    except (ValueError, SQLAlchemyError):
        raise Failed("A database is named as sqlite:///FILE or postgresql://…, or by @FILE that holds it.") from None
    return url


def check_source(url: str) -> None:
    """Raises: Failed unless it is Harian's, up to date, not in use, and holds something."""
    path = database_file(url)
    if path is not None and not path.exists():
        raise Failed(f"There is no database at {path}.")
    with _connected(url, "The source") as connection:
        if not {VERSIONS, "agency"} <= set(inspect(connection).get_table_names()):
            raise Failed("The source holds no tables of Harian.")
        revision = _revision(connection)
        if revision is not None and not is_known(revision):
            raise Failed(f"The source is of a newer Harian (migration {revision}): install that version first.")
        if revision != wanted():
            raise Failed(f"The source is of migration {revision}, this Harian of {wanted()}: start it there once.")
        refuse_while_running(connection)
        _refuse_company(connection)
        if not connection.execute(text("SELECT count(*) FROM agency")).scalar():
            raise Failed("The source holds no agency: there is nothing to copy.")


def _refuse_company(connection: Connection) -> None:
    """On PostgreSQL a process that only handles or takes in holds no lease, but it is connected."""
    if connection.dialect.name != "postgresql":
        return
    for _ in range(LINGERS):
        if not connection.execute(text(COMPANY)).scalar():
            return
        time.sleep(BETWEEN_LOOKS)
    raise Failed("Others are connected to the source as the same user: stop all processes of Harian first.")


def prepare_target(url: str) -> None:
    """Bring an empty database's schema up to date. Raises: Failed when it is not empty."""
    with _connected(url, "The target") as connection:
        there = set(inspect(connection).get_table_names())
        tables = carriers()
        foreign = there - {table.name for table in tables} - {VERSIONS, "lease"}
        if foreign or (there and VERSIONS not in there):
            raise Failed("The target holds tables of something else: name an empty database.")
        revision = _revision(connection) if there else None
        if revision is not None and not is_known(revision):
            raise Failed(f"The target is of a newer Harian (migration {revision}): install that version first.")
        for table in tables:
            if table.name in there and connection.execute(select(text("1")).select_from(table).limit(1)).first():
                raise Failed(f"The target holds data already ({table.name}): name an empty database.")
    try:
        upgrade(url)
    except Exception as error:  # the migrations may raise anything
        raise Failed(f"The target's tables could not be made ({type(error).__name__}).") from None


def _revision(connection: Connection) -> str | None:
    return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()


@contextmanager
def _connected(url: str, which: str) -> Iterator[Connection]:
    try:
        with create_engine(plain_url(url), poolclass=NullPool).connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise Failed(f"{which} cannot be used ({type(error).__name__}).") from None
