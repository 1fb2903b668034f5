"""What rows take of the disk, and what a process takes of the processor and of memory."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, create_engine, insert, select
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from bot.copying.tables import carriers
from bot.migrating import plain_url
from bot.private_files import database_file

PASSING = frozenset({"inbox", "outbox", "question", "lease"})
"""Tables of what is on its way or stands on screens; the others keep what happened."""
TICKS = os.sysconf("SC_CLK_TCK")
SQLITE = """
SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY m.tbl_name
"""
POSTGRESQL = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 2200"


def bytes_by_table(url: str) -> dict[str, int]:
    """With indexes."""
    path = database_file(url)
    if path is not None:
        with closing(sqlite3.connect(path)) as connection:
            return {str(name): int(size) for name, size in connection.execute(SQLITE)}
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute("VACUUM")
        found: list[tuple[str, int]] = connection.execute(POSTGRESQL.encode()).fetchall()  # type: ignore[assignment]
        return dict(found)


def multiply(url: str, names: Collection[str], times: int) -> None:
    """So many more of each row, with numbers and keys of their own: as if many more people had lived the same days."""
    engine = create_engine(plain_url(url))
    with engine.begin() as connection:
        for table in carriers():
            if table.name in names:
                rows = [dict(row) for row in connection.execute(select(table)).mappings()]
                keys = _keys(table)
                for n in range(1, times + 1):
                    connection.execute(insert(table), [_another(row, keys, n) for row in rows])
    engine.dispose()


def _keys(table: Table) -> set[str]:
    """Of the primary and each other unique key the last column: what may be changed to make another row."""
    original = SQLModel.metadata.tables[table.name]
    unique = [one for one in original.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    return {[column.name for column in one.columns][-1] for one in unique}


def _another(row: dict[str, Any], keys: set[str], n: int) -> dict[str, Any]:
    return {name: _shifted(value, n) if name in keys else value for name, value in row.items()}


def _shifted(value: Any, n: int) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=7 * n)
    return value + n * 1_000_000 if isinstance(value, int) else f"{value}:{n}"


def rows_by_table(url: str, names: list[str]) -> dict[str, int]:
    path, found = database_file(url), {}
    for name in names:
        query = f'SELECT count(*) FROM "{name}"'
        if path is not None:
            with closing(sqlite3.connect(path)) as file:
                found[name] = int(file.execute(query).fetchone()[0])
        else:
            with psycopg.connect(_plain(url)) as connection:
                found[name] = int((connection.execute(query.encode()).fetchone() or (0,))[0])
    return found


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def cpu_ms(pid: int) -> float:
    """Of the processor until now, by a process and by its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * 1000 / TICKS


def server_ms(url: str) -> float:
    """Of the processor until now, by PostgreSQL with all its processes; 0 for SQLite."""
    if database_file(url) is not None:
        return 0.0
    with psycopg.connect(_plain(url)) as connection:
        (text,) = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone() or ("",)
    first = int(text.split()[0])
    return sum(cpu_ms(pid) for pid in (first, *_children(first)))


def _children(parent: int) -> list[int]:
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(one.parent.name))
    return found


def memory(pid: int, name: str) -> float:
    """MiB of a process: `VmRSS` now, `VmHWM` at most until now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)
