"""`harian check` for operators and monitors: each line says what it is, and what to do when it is not in order."""

import asyncio
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot import checkup
from bot.cli import app
from bot.clock import system
from bot.migrating import wanted
from models import inbox, leases, pulses
from models.database import Database
from models.outbox import Message
from tests.databases import ON_SQLITE

TOKEN = "42:abc"
NOWHERE = "http://127.0.0.1:1"
AGE = re.compile(r"\d+ (s|min|h|d)\b")
SKIPPED = ("ok  token", "ok  audit", "ok  disk", "NO  Telegram")


async def check(url: str, *arguments: str) -> tuple[int, list[str]]:
    """Its exit code, and what it says of the database, without ages."""
    environment = {"DATABASE_URL": url, "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": NOWHERE, "SECRET_KEY": ""}
    ended = await asyncio.to_thread(CliRunner().invoke, app, ["check", *arguments], env=environment)
    return ended.exit_code, [AGE.sub("#", line) for line in ended.output.splitlines() if not line.startswith(SKIPPED)]


async def test_it_tells_what_does_not_get_on_and_what_to_do(database_url: str, database: Database) -> None:
    now = system()
    ago, done = timedelta(minutes=20), {"handled_at": now, "tries": inbox.TRIES}
    async with database.transaction() as session:
        await pulses.beat(session, pulses.SWEEPS, now=now)
        await leases.hold(session, "sender:42", holder="server/boot/pid:[1] 77 abc", now=now + timedelta(hours=1))
    clock = [] if database.is_sqlite else ["ok  clock (agrees with the database's)"]
    fine = [
        f"ok  database (schema {wanted()})",
        *clock,
        "ok  inbox (0 wait)",
        "ok  outbox (0 are due)",
        "ok  sweeps (the last began # ago)",
        "ok  sender (server, process 77)",
        "ok  failing sends (last hour none; last day none)",
    ]
    assert (await check(database_url))[1] == fine
    about: dict[str, Any] = {"chat_id": 5, "kind": "say", "due_at": now - ago}
    shown: dict[str, Any] = {**about, "revision": 1, "shown_revision": 1}
    blocked = "Forbidden: bot was blocked by the user"
    async with database.transaction() as session:
        update = {"chat_id": 5, "payload": {"message": {"text": "rahasia"}}}
        session.add(inbox.Update(update_id=7, **update, received_at=now - ago))
        session.add(inbox.Update(update_id=8, **update, received_at=now - ago, **done))
        session.add(Message(key="due", **about))
        session.add_all([Message(key=f"f{n}", **shown, failure="TimedOut") for n in range(4)])
        session.add(Message(key="old", **{**shown, "due_at": now - timedelta(hours=3)}, failure=blocked))
        session.add(Message(key="blocked", **shown, failure=blocked))
        await pulses.beat(session, pulses.SWEEPS, now=now - ago)
        await pulses.beat(session, pulses.sent_by(0), now=now - ago)
        await leases.release(session, "sender:42", holder="server/boot/pid:[1] 77 abc")
    code, said = await check(database_url)
    assert code == 1
    assert said[len(clock) + 1 :] == [
        "NO  inbox (1 waits, the oldest for #): see whether `harian run` runs, and in its log why it does not get on",
        "NO  parked (1 is, the oldest for #): `harian inbox` lists them, `harian inbox replay CODE` tries again; "
        "kept for 7 days",
        "NO  outbox (1 is due, the oldest for #, the last arrived # ago): it stands still: see whether Telegram can be "
        "reached from here, and `harian outbox --failed`",
        "NO  sweeps (the last began # ago): start `harian run` (with the role clock)",
        "NO  sender: nobody sends: start `harian run` (with the role send)",
        f"NO  failing sends (last hour 4 × TimedOut, 1 × {blocked}; last day 4 × TimedOut, 2 × {blocked}): "
        "more fail than arrive: `harian outbox --failed`",
    ]
    async with database.transaction() as session:
        await (await session.connection()).execute(text("UPDATE alembic_version SET version_num = '0001'"))
    said = (await check(database_url))[1]
    assert said == [f"NO  database: its schema is 0001, this program wants {wanted()}: back up, then restart all of it"]


@ON_SQLITE
async def test_clocks_that_disagree(database_url: str, database: Database) -> None:
    async with database.transaction() as session:
        session.add(inbox.Update(update_id=7, chat_id=5, payload={}, received_at=system() + timedelta(minutes=5)))
    said = (await check(database_url))[1]
    assert said[1] == "NO  clock: an update was stored # in the future: set the clock right (NTP)"
    for ahead, line in ((31, "31 s behind"), (-40, "40 s ahead of")):
        found = checkup.skewed("Telegram", timedelta(seconds=ahead))
        assert found.line() == f"NO  clock: it is {line} Telegram's: set it right (NTP)"
    assert checkup.skewed("Telegram", timedelta(seconds=-30)).is_fine


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@ON_SQLITE
async def test_it_changes_nothing_and_speaks_to_machines(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no database none is made; a settings file that cannot be read leaves everything open."""
    nothing = tmp_path / "harian.db"
    assert (await check(f"sqlite:///{nothing}"))[1] == [f"ok  {checkup.EMPTY}"]
    assert not nothing.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, 5 * 1024**2))
    lines = (await check(database_url, "--json"))[1]
    found = {one["what"]: one for one in map(json.loads, lines)}
    disk = "disk (0.0 GiB free beside the database)"
    assert found[disk] == {"what": disk, "ok": False, "remedy": "make room: 1.0 GiB should be free"}
    assert found["inbox (0 wait)"]["ok"] is True
    monkeypatch.setenv("SECRET_KEY_FILE", "/no/such/file")
    code, said = await check(database_url)
    assert (code, len(said)) == (2, 1)
    assert said[0].startswith("??  settings: SECRET_KEY_FILE names /no/such/file, which cannot be read")
