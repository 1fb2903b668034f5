"""PostgreSQL by its own programs: `pg_dump` in the custom format, `pg_restore` back.

The way back sets our tables aside in a schema of their own first; so what was there comes back whole when the backup
cannot be put in, and also when the machine stops in the middle and `restore` is called again.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.engine import make_url

from bot.backups import Failed
from bot.migrating import upgrade
from models.gathering import table_names

MAGIC = b"PGDMP"
ASIDE = "harian_before_restore"
VERSION = re.compile(r"COPY public\.alembic_version .*\n(\S+)\n")
FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = %s AND (p.proname = 'refuse_audit_change' OR starts_with(p.proname, 'harian_'))
"""
"""Ours are called so."""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s"


def dump(url: str, target: Path) -> None:
    """Raises: Failed."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={target}")


def revision_of(file: Path, url: str) -> str | None:
    """Which migration a backup is of; None when it is nobody's. Raises: Failed when it cannot be read to its end."""
    _run("pg_restore", url, "--file=/dev/null", str(file), connects=False)
    written = _run("pg_restore", url, "--data-only", "--table=alembic_version", "--file=-", str(file), connects=False)
    found = VERSION.search(written)
    return found[1] if found else None


def put_back(file: Path, url: str) -> None:
    """Raises: Failed; the database is then what it was."""
    bring_back(url)
    with _connected(url) as connection, connection.transaction():
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(ASIDE)))
        _move(connection, "public", ASIDE)
    try:
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--schema=public")
        _run("pg_restore", url, *options, str(file))
        upgrade(url)
        with _connected(url) as connection, connection.transaction():
            connection.execute("DELETE FROM lease")
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))
    except Exception as error:
        bring_back(url)
        why = str(error) if isinstance(error, Failed) else f"It could not be put back ({type(error).__name__})."
        raise Failed(f"{why} The database is as it was.") from None


def bring_back(url: str) -> None:
    """What a restore that did not come to its end has set aside stands in its place again."""
    with _connected(url) as connection, connection.transaction():
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE]).fetchone() is None:
            return
        for name in _tables(connection, "public"):
            connection.execute(sql.SQL("DROP TABLE public.{} CASCADE").format(sql.Identifier(name)))
        for (function,) in connection.execute(FUNCTIONS, ["public"]).fetchall():
            connection.execute(f"DROP FUNCTION {function} CASCADE".encode())
        _move(connection, ASIDE, "public")
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))


def _tables(connection: "psycopg.Connection[tuple[str]]", schema: str) -> list[str]:
    ours = table_names() | {"alembic_version"}
    return [name for (name,) in connection.execute(TABLES, [schema]).fetchall() if name in ours]


def _move(connection: "psycopg.Connection[tuple[str]]", here: str, there: str) -> None:
    """Our tables, with all that hangs on them, and our functions."""
    source, target = sql.Identifier(here), sql.Identifier(there)
    for name in _tables(connection, here):
        statement = sql.SQL("ALTER TABLE {}.{} SET SCHEMA {}")
        connection.execute(statement.format(source, sql.Identifier(name), target))
    for (function,) in connection.execute(FUNCTIONS, [here]).fetchall():
        connection.execute(f"ALTER FUNCTION {function} SET SCHEMA {there}".encode())


@contextmanager
def _connected(url: str) -> "Iterator[psycopg.Connection[tuple[str]]]":
    try:
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            yield connection
    except psycopg.Error as error:
        raise Failed(f"PostgreSQL refused ({type(error).__name__}).") from None


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(name: str, url: str, *arguments: str, connects: bool = True) -> str:
    """What the program prints. The password goes by the environment: others on the machine see arguments."""
    program = shutil.which(name)
    if program is None:
        raise Failed(f"The program {name} is not there: install PostgreSQL's client programs (postgresql-client).")
    given = {name: str(value) for name, value in conninfo_to_dict(_plain(url)).items()}
    password = given.pop("password", None)
    place = [f"--dbname={make_conninfo('', **given)}"] if connects else []
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    ended = subprocess.run([program, *place, *arguments], env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if "error" in line] or [f"it ended with {ended.returncode}"]
        raise Failed(f"{name} failed: {lines[0].removeprefix(f'{name}: ')}.")
    return ended.stdout
