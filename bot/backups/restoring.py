"""`restore`: everything is looked at before anything is touched."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.backups import Failed, postgresql, sqlite
from bot.backups.stopped import refuse_while_running
from bot.migrating import is_known, plain_url
from bot.private_files import database_file

KINDS = {sqlite.MAGIC: "SQLite", postgresql.MAGIC: "PostgreSQL"}
HELD = [f"SELECT count(*) FROM {name}" for name in ("agency", "employee", "activity")]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a database holds."""

    agencies: int = 0
    people: int = 0
    activities: int = 0


def check(file: Path, url: str, *, replace: bool) -> str:
    """The backup's migration, when it may be put into the database. Raises: Failed."""
    path = database_file(url)
    kind = _kind_of(file)
    wanted = "SQLite" if path else "PostgreSQL"
    if kind != wanted:
        raise Failed(f"{file} is a backup of {kind}, and DATABASE_URL names {wanted}.")
    revision = sqlite.revision_of(file) if path else postgresql.revision_of(file, url)
    if revision is None:
        raise Failed(f"{file} is a database, but not one of Harian.")
    if not is_known(revision):
        raise Failed(f"{file} was made by a newer Harian (migration {revision}): install that version first.")
    if path is None:
        postgresql.bring_back(url)
    _check_target(url, replace=replace)
    return revision


def _kind_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            beginning = opened.read(16)
    except OSError as error:
        raise Failed(f"{file} cannot be read: {error.strerror}.") from None
    for magic, kind in KINDS.items():
        if beginning.startswith(magic):
            return kind
    raise Failed(f"{file} is no backup that `harian backup` has written.")


def _check_target(url: str, *, replace: bool) -> None:
    path = database_file(url)
    if path is not None and (not path.exists() or not path.stat().st_size):
        return
    try:
        engine = create_engine(plain_url(url), poolclass=NullPool)
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            if tables:
                _check_ours(connection, tables, replace=replace)
    except SQLAlchemyError as error:
        raise Failed(f"DATABASE_URL cannot be used ({type(error).__name__}).") from None


def _check_ours(connection: Connection, tables: set[str], *, replace: bool) -> None:
    if not {"alembic_version", "agency"} <= tables:
        raise Failed("The database holds tables of something else: name an empty one in DATABASE_URL.")
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and not is_known(revision):
        raise Failed(f"The database is of a newer Harian (migration {revision}): install that version first.")
    refuse_while_running(connection)
    people = connection.execute(text("SELECT count(*) FROM agency")).scalar()
    if people and not replace:
        raise Failed("The database holds data: with --replace it gives way to the backup. Make a backup of it first.")


def put_back(file: Path, url: str) -> Holding:
    """After `check`. Raises: Failed; the database is then what it was."""
    path = database_file(url)
    if path is not None:
        sqlite.put_back(file, path)
    else:
        postgresql.put_back(file, url)
    with create_engine(plain_url(url), poolclass=NullPool).connect() as connection:
        counts = [int(connection.execute(text(query)).scalar() or 0) for query in HELD]
    return Holding(*counts)
