"""A hundred invented people in one unit, and the real process (`python -m bot …`) that works for them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.clock import system
from bot.sandbox.people.phones import new_person
from bot.sandbox.people.speech import send
from bot.sandbox.server import running
from bot.sandbox.world import World
from bot.settings import Settings
from models import cards, kinds, outbox
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.workdays import Holiday, calendar_of
from tests import leaks

TOKEN = "43:harian-crowd-token"
ROOT = Path(__file__).parent.parent
FIRST = 6001
LOGGING = ("run", "tick", "check")
"""Commands that speak of the process; what the others print is meant for the operator."""


async def furnish(session: Session, count: int, *, now: datetime) -> list[Employee]:
    """An office of `count` people who have joined; everybody's account is FIRST + n."""
    agency = Agency(code="SETDA", name="Sekretariat Contoh")
    session.add(agency)
    await session.flush()
    unit = Unit(agency_id=agency.id, code="UMU", name="Bagian Umum")
    session.add(unit)
    await session.flush()
    people = [
        Employee(
            agency_id=agency.id,
            nip=f"19900101{n:010}",
            name=f"Pegawai {n}",
            unit_id=unit.id,
            telegram_id=FIRST + n,
            joined_at=now - timedelta(days=1),
        )
        for n in range(count)
    ]
    session.add_all(people)
    for days in (-1, 0, 1):  # off, by the agency's own dates: only what a test wants is sent, at whatever hour it runs
        session.add(Holiday(agency_id=agency.id, held_on=now.date() + timedelta(days=days), name="Libur contoh"))
    await session.flush()
    return people


async def want_prompts(session: Session, people: list[Employee], *, now: datetime) -> None:
    """Prompts due now, about the next workday of this office: no sweep sends any of its own at this hour."""
    on = (await calendar_of(session, people[0].agency_id)).ahead(now.date() + timedelta(days=1), 5)
    for person in people:
        await outbox.show_once(
            session,
            key=cards.prompt(person.id, on),
            chat_id=person.telegram_id or 0,
            kind=kinds.PROMPT,
            agency_id=person.agency_id,
            employee_id=person.id,
            arguments={"day": on.isoformat()},
            due_at=now,
        )


def write_replies(world: World, count: int, people: int) -> list[tuple[int, int, str]]:
    """A backlog before anybody reads it: (chat, message, text) of each."""
    written = []
    for n in range(count):
        person = world.person(FIRST + n % people)
        said = send(world, person, world.chat(person.id), f"Menyusun laporan bulanan nomor {n}")
        written.append((person.id, said.id, str(said.body["text"])))
    return written


@asynccontextmanager
async def gathered(
    database_url: str, count: int, *, kind: type[World] = World, **sandbox: Any
) -> AsyncIterator[tuple[World, str, Database, list[Employee]]]:
    """The sandbox in this event loop, a furnished database, and everybody with their phones."""
    world = kind(clock=system, token=TOKEN, **sandbox)
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            people = await furnish(session, count, now=system())
        for person in people:
            new_person(world, person.name, id=person.telegram_id).started = True
        async with running(world) as url:
            yield world, url, database, people
    finally:
        await database.close()


def settings(url: str, database_url: str, **more: Any) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        database_url=SecretStr(database_url),
        **more,
        _env_file=None,  # type: ignore[call-arg]
    )


def environment(url: str, database_url: str, **more: str) -> dict[str, str]:
    """The settings of a process, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "DATABASE_URL": database_url}
    return {**kept, "PYTHONPATH": str(ROOT), **given, **more}


@asynccontextmanager
async def harian(
    *arguments: str, environment: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real process; whatever it writes goes to `log` in the folder. Killed at the end, should it still live."""
    with (folder / "log").open("ab") as log:
        command = (sys.executable, "-m", "bot", *arguments)
        process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        if arguments[0] in LOGGING and "--targets" not in arguments:
            leaks.add((folder / "log").read_text(errors="replace"))
