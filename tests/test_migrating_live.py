"""Migrations while others are at work: nobody waits long, and of those that start together one migrates."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy.engine import make_url

from bot import migrating
from bot.clock import system
from bot.migrating import Refused, config, revision_of, upgrade, wanted
from bot.sandbox.server import running
from bot.sandbox.world import World
from tests import crowd, databases
from tests.kills.nursery import Harian, begin

OLD = "0005"
QUEUED, BOUND = 0.5, 5.0
"""Seconds: who waits longer has queued behind a migration; a lock is waited for three, and the machine may be busy."""
LONGER_THAN_SQLITES_OWN = 6.0
"""Seconds; without being told otherwise it waits for five."""
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def older() -> Iterator[str]:
    """A PostgreSQL database at a migration of long ago."""
    with databases.postgresql(empty=True) as url:
        command.upgrade(config(url), OLD)
        yield url


@contextmanager
def connected(url: str, *, autocommit: bool = False) -> Iterator[Connection]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=autocommit) as connection:
        yield connection


@contextmanager
def another_migrates(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    run = "import sys; from bot.migrating import upgrade; upgrade(sys.argv[1])"
    process = subprocess.Popen([sys.executable, "-c", run, url], cwd=crowd.ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_long_transaction_holds_up_the_migration_and_nobody_else(older: str) -> None:
    """Each try is given up after three seconds, and whoever has queued behind it goes on; in the end it succeeds."""
    with connected(older) as long, connected(older, autocommit=True) as others, another_migrates(older) as process:
        long.execute("SELECT count(*) FROM employee")  # its transaction goes on
        waits = []
        until = time.monotonic() + 90
        while len(waits) < 2 and time.monotonic() < until:
            began = time.monotonic()
            others.execute("SELECT count(*) FROM employee")
            if (took := time.monotonic() - began) > QUEUED:
                waits.append(took)
        assert len(waits) == 2, "it was never tried again"
        assert max(waits) < BOUND
        assert process.poll() is None
        assert revision_of(older) == OLD
        long.rollback()
        assert process.wait(timeout=60) == 0
    assert revision_of(older) == wanted()


def test_it_is_not_tried_for_ever(older: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "TRIES", 2)
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0.0)
    with connected(older) as long:
        long.execute("SELECT count(*) FROM employee")
        with pytest.raises(Refused, match=r"^The database could not be .* a long transaction .* Nothing was changed"):
            upgrade(older)
    assert revision_of(older) == OLD
    upgrade(older)
    command.check(config(older))


def test_on_sqlite_it_waits_for_a_writer_and_says_when_it_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "WAITS_SECONDS", 0.1)
    with databases.sqlite(empty=True) as url:
        command.upgrade(config(url), OLD)
        with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            with pytest.raises(Refused, match=r"^Another process has been writing .* Nothing was changed"):
                upgrade(url)
        assert revision_of(url) == OLD


@pytest.mark.timeout(200)
async def test_of_two_processes_on_one_file_one_migrates_and_both_go_on(tmp_path: Path) -> None:
    file = tmp_path / "harian.db"
    url = f"sqlite:///{file}"
    await asyncio.to_thread(command.upgrade, config(url), OLD)
    with ExitStack() as held, closing(sqlite3.connect(file, isolation_level=None)) as writer:
        world = World(clock=system, token=crowd.TOKEN)
        async with running(world) as server:
            writer.execute("BEGIN IMMEDIATE")
            logs = [tmp_path / "first.log", tmp_path / "second.log"]
            both = [begin(crowd.environment(server, url), log) for log in logs]
            for one in both:
                held.callback(one.kill)
            await until_both(both, lambda one: has_open(one, file))
            waiting_since = time.monotonic()
            await until_both(both, lambda one: time.monotonic() - waiting_since > LONGER_THAN_SQLITES_OWN)
            assert [one.is_ready for one in both] == [False, False]
            writer.execute("ROLLBACK")
            await until_both(both, lambda one: one.is_ready)
            for one in both:
                one.terminate()
            assert [await one.wait() for one in both] == [0, 0]
            assert [log.read_text() for log in logs] == ["", ""]
        assert writer.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    await asyncio.to_thread(command.check, config(url))
    assert revision_of(url) == wanted()


def has_open(harian: Harian, file: Path) -> bool:
    links = Path(f"/proc/{harian.pid}/fd").iterdir()
    return any(link.resolve() == file for link in links)


async def until_both(both: list[Harian], condition: Callable[[Harian], bool]) -> None:
    async with asyncio.timeout(90):
        while not all(condition(one) for one in both):
            assert [one.code for one in both] == [None, None]
            await asyncio.sleep(0.02)
