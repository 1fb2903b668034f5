"""`copy-database`: every row of every table, from SQLite to PostgreSQL and back, and the bot goes on with it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from pydantic import SecretStr
from sqlalchemy import JSON, Boolean, Column, Date, Integer, Numeric, Table, Time, create_engine, select, text, update
from sqlalchemy import insert as insert_into
from sqlalchemy.pool import NullPool
from typer.testing import CliRunner

from bot import holder
from bot.cli import app
from bot.copying import tables, whole
from bot.copying.tables import carriers, own_references
from bot.migrating import config, plain_url
from bot.process import Process
from models.database import Database, UtcDateTime
from tests import databases
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.stage import UNLIMITED, Stage, staged

KEY = "3f7c0a9be1d24c55"
MOMENT = datetime(2026, 11, 24, 9, 0, 0, 123456, UTC)
JSONS = ('{"b": 1.50, "a": [null, true, "📊 “é” \\u0000"]}', "null", "[]")


@pytest.fixture
def other_url(database_url: str) -> Iterator[str]:
    """A database of the other kind, with tables and without rows."""
    kind = databases.postgresql if database_url.startswith("sqlite") else databases.sqlite
    with kind() as url:
        yield url


@pytest.fixture
def third_url(database_url: str) -> Iterator[str]:
    """A database of the same kind, without tables."""
    kind = databases.sqlite if database_url.startswith("sqlite") else databases.postgresql
    with kind(empty=True) as url:
        yield url


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", KEY)
    return tmp_path


def harian(*arguments: str, url: str = "") -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, arguments, env={"DATABASE_URL": url} if url else {})
    return ended.exit_code, ended.stdout, ended.stderr


def everything(url: str) -> dict[str, list[str]]:
    """Every row of every table, as Python sees it."""
    engine = create_engine(plain_url(url))
    with engine.connect() as connection:
        found = {one.name: sorted(repr(tuple(row)) for row in connection.execute(select(one))) for one in carriers()}
    engine.dispose()
    return found


def run(url: str, *statements: Any) -> list[Any]:
    engine, rows = create_engine(plain_url(url)), []
    with engine.begin() as connection:
        for statement in statements:
            ended = connection.execute(statement if not isinstance(statement, str) else text(statement))
            rows = [tuple(row) for row in ended] if ended.returns_rows else []
    engine.dispose()
    return rows


def value(table: Table, column: Column[Any], n: int) -> Any:
    """Something that is easily lost on the way; the n-th row of a table has other values than the first."""
    if column.primary_key or column.foreign_keys:
        return n
    kinds: dict[type[Any], Any] = {
        Boolean: n % 2 == 0,
        Integer: n if not column.name.endswith(("chat_id", "telegram_id")) else -(10**12) - n,
        Numeric: (Decimal("0.0001"), Decimal("99999999999.9999"), Decimal("1200"))[n % 3],
        UtcDateTime: MOMENT + timedelta(microseconds=n),
        Date: date(2026, 1, 1) + timedelta(days=n),
        Time: time(16, n, 59, 999999),
        JSON: JSONS[n % 3],
    }
    found = next((given for kind, given in kinds.items() if isinstance(column.type, kind)), None)
    if found is None:
        return f"{column.name} {n} “ÿ 報告 📊”\n"
    return None if column.nullable and n == 2 else found


def fill(url: str) -> None:
    """Three rows in every table, the first of which points to the last where it can point to one of its own."""
    tables.gather_tables()
    with create_engine(plain_url(url), poolclass=NullPool).begin() as connection:
        for carrier in carriers():
            table, inner = tables.SQLModel.metadata.tables[carrier.name], own_references(carrier)
            rows = [{one.name: value(table, one, n) for one in table.columns} for n in (1, 2, 3)]
            for row in rows:
                row.update(dict.fromkeys(inner))
                if table.name == "target":
                    row["unit_id"] = None
            connection.execute(insert_into(carrier), rows)
            if inner:
                connection.execute(update(carrier).where(carrier.c.id == 1).values(dict.fromkeys(inner, 3)))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), 3)"))


def test_every_row_of_every_table_there_and_back(
    database_url: str, other_url: str, third_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In slices smaller than a table, with values that databases like to change."""
    monkeypatch.setattr(whole, "SLICE", 2)
    fill(database_url)
    code, said, why = harian("copy-database", database_url, other_url)
    assert (code, why) == (0, "")
    lines = said.splitlines()
    assert lines[0] == "agency: 3"
    assert "audit_entry: 6" in lines
    assert lines[-2] == f"Copied: {len(carriers())} tables, {3 * len(carriers()) + 3} rows, all counted and compared."
    original = everything(database_url)
    assert everything(other_url) == original
    assert all(original.values())
    assert harian("copy-database", other_url, third_url)[0] == 0
    first, last = everything(database_url), everything(third_url)
    for noted in ("audit_entry", "audit_head"):
        first.pop(noted), last.pop(noted)
    assert first == last
    for url in (other_url, third_url):
        command.check(config(url))
        run(url, "INSERT INTO holiday (agency_id, held_on, name, kind) VALUES (1, '2030-01-01', 'x', 'y')")
        assert run(url, "SELECT max(id) FROM holiday") == [(4,)]
        assert run(url, "SELECT superior_id FROM employee WHERE id = 1") == [(3,)]


@ON_SQLITE
async def test_the_bot_goes_on_with_the_copy(database_url: str, other_url: str, third_url: str) -> None:
    """What stood on the phones before can be tapped after; the audit is sound to its end; and so the way back."""
    async with staged(database_url, secret_key=SecretStr(KEY)) as stage:
        await stage.ani.says("A3 rapat koordinasi 2 jam")
        await stage.time("2026-11-24 17:00")
        await moved(stage, database_url, other_url)
        assert await stage.budi.taps("✅ Setujui semua (1)") == "1 kegiatan disetujui."
        await moved(stage, other_url, third_url)
        assert await stage.budi.taps("↶ Urungkan (1) s.d. 17.10") == "1 persetujuan diurungkan."
        assert "laporan" in await stage.ani.tells("A2 menyusun laporan evaluasi 1 jam lagi")
        await stage.process.__aexit__(None, None, None)


async def moved(stage: Stage, here: str, there: str) -> None:
    """Harian is stopped, its database copied, and started on the copy."""
    await stage.process.__aexit__(None, None, None)
    assert (await asyncio.to_thread(harian, "copy-database", here, there))[::2] == (0, "")
    assert await asyncio.to_thread(everything, there) == await asyncio.to_thread(everything, here)
    assert (await asyncio.to_thread(harian, "audit", "verify", url=there))[1].endswith("rows, all sound.\n")
    settings = stage.process.settings.model_copy(update={"database_url": SecretStr(there)})
    stage.process = await Process(settings, clock=stage.clock, rates=UNLIMITED).__aenter__()


def test_what_may_not_be_copied_and_where_nothing_may_go(database_url: str, other_url: str, third_url: str) -> None:
    def refused(source: str, target: str) -> str:
        code, said, why = harian("copy-database", source, target)
        assert (code, said) == (1, "")
        return why

    assert refused(database_url, other_url) == "The source holds no agency: there is nothing to copy.\n"
    fill(database_url)
    run(other_url, "CREATE TABLE poem (id INTEGER)")
    assert refused(database_url, other_url) == "The target holds tables of something else: name an empty database.\n"
    run(other_url, "DROP TABLE poem")
    lost = "INSERT INTO inbox (update_id, chat_id, payload, received_at, tries) VALUES (1, 1, '{}', '2026-11-24', 0)"
    run(other_url, lost)
    assert refused(database_url, other_url) == "The target holds data already (inbox): name an empty database.\n"
    run(other_url, "DELETE FROM inbox")
    lease = text("INSERT INTO lease (name, holder, expires_at) VALUES ('sender', :holder, '2099-01-01 00:00:00')")
    run(database_url, lease.bindparams(holder=holder.new()))
    assert refused(database_url, other_url) == (
        "Harian is running on this database: stop it first (or wait 15 seconds after a crash).\n"
    )
    run(database_url, "DELETE FROM lease", "UPDATE alembic_version SET version_num = '0007'")
    assert refused(database_url, other_url).startswith("The source is of migration 0007, this Harian of ")
    assert refused(third_url, other_url) in (
        "The source holds no tables of Harian.\n",
        f"There is no database at {third_url.removeprefix('sqlite:///')}.\n",
    )
    assert refused("mysql://x", other_url).startswith("A database is named as sqlite:///FILE or postgresql://")
    assert refused("@nowhere", other_url) == "nowhere cannot be read.\n"
    assert not any(everything(other_url).values())


@ON_SQLITE
def test_a_row_that_does_not_fit_leaves_both_as_they_were(database_url: str, other_url: str, folder: Path) -> None:
    """PostgreSQL takes no zero byte in a text: the table is named, never the text. And the file may name the target."""
    fill(database_url)
    run(database_url, text("UPDATE reply SET text = :words WHERE id = 3").bindparams(words="rahasia\0"))
    before = everything(database_url)
    code, said, why = harian("copy-database", database_url, other_url)
    assert (code, why) == (1, "reply could not be copied (DataError). Nothing was changed.\n")
    assert "rahasia" not in said
    assert everything(database_url) == before
    assert not any(everything(other_url).values())
    run(database_url, "UPDATE reply SET text = 'rahasia' WHERE id = 3")
    (folder / "there").write_text(f"{other_url}\n")
    assert harian("copy-database", database_url, "@there")[0] == 0


@ON_POSTGRESQL
def test_a_value_that_the_other_kind_cannot_hold_is_noticed(database_url: str, other_url: str) -> None:
    """SQLite keeps numbers as floats of 15 digits. And whoever is still connected has to go first."""
    fill(database_url)
    run(database_url, "UPDATE target SET planned = 12345678901234.5678 WHERE id = 1")
    with psycopg.connect(database_url):
        assert harian("copy-database", database_url, other_url)[2] == (
            "Others are connected to the source as the same user: stop all processes of Harian first.\n"
        )
    assert harian("copy-database", database_url, other_url)[2] == (
        "target has not arrived as it was (other values). Nothing was changed.\n"
    )
    assert not any(everything(other_url).values())


@ON_SQLITE
async def test_nobody_writes_to_the_source_meanwhile(database_url: str, other_url: str) -> None:
    """A process that starts in the middle of it waits, and is refused in the end."""
    fill(database_url)
    path = database_url.removeprefix("sqlite:///")
    source, target, refused = Database(database_url), Database(other_url), []

    def tell(name: str, _rows: int) -> None:
        if name == "unit":
            with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError) as error:
                other.execute("DELETE FROM lease")
            refused.append(str(error.value))

    try:
        await whole.copy(source, target, tell=tell)
    finally:
        await source.close()
        await target.close()
    assert refused == ["database is locked"]


async def test_it_may_take_its_time(database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that does nothing is ended elsewhere; here one side waits for the other."""
    fill(database_url)
    monkeypatch.setattr("models.database.PATIENCE", {"idle_in_transaction_session_timeout": "300ms"})
    source, target = Database(database_url), Database(other_url)
    slow = other_url if other_url.startswith("postgresql") else database_url

    def tell(name: str, _rows: int) -> None:
        if name == "unit":
            run(slow, "SELECT pg_sleep(0.6)")

    try:
        copied = await whole.copy(source, target, tell=tell)
    finally:
        await source.close()
        await target.close()
    assert copied["unit"] == 3
