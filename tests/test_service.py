"""`run`, `tick` and `check` as real processes: how they begin, what they say, and how they end."""

import asyncio
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlmodel import select

from bot.clock import system
from bot.commands.service import REJECTED
from bot.migrating import wanted
from bot.sandbox.faults import Fault
from bot.sandbox.people.speech import send
from bot.sandbox.server import running
from bot.sandbox.world import World
from models.database import Database
from models.leases import Lease
from tests import crowd
from tests.databases import ON_SQLITE

TUESDAY = "2027-01-12T16:05+07:00"
NO_TOKEN = "TELEGRAM_BOT_TOKEN is not set. Get one from @BotFather, or try `harian demo`."
PASSWORD = "sandi-basis-data"
NO_ADMIN = "ok  admins (nobody can use /admin in SETDA: import somebody with peran admin)"
UNSEALED = "ok  audit (chained, but not sealed: SECRET_KEY is not set)"
NOWHERE = "http://127.0.0.1:1"


async def harian(*arguments: str, folder: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command to its end; its exit code and what it has said."""
    async with crowd.harian(*arguments, environment=environment, folder=folder) as process, asyncio.timeout(30):
        code = await process.wait()
    said = (folder / "log").read_text()
    (folder / "log").unlink()
    assert "Traceback" not in said
    assert crowd.TOKEN not in said
    return code, said.splitlines()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(15):
        while not await condition():  # noqa: ASYNC110 - it is seen from outside
            await asyncio.sleep(0.01)


def heard(world: World) -> int:
    """How many messages people have had from the bot."""
    return sum(kept.from_bot for chat in world.chats.values() for kept in chat.history.recent())


def write(world: World, text: str = "Memeriksa berkas arsip 2 jam") -> None:
    person = world.person(crowd.FIRST)
    send(world, person, world.chat(person.id), text)


HELD = ["clock", "receive:43", "sender:43"]
SOON, PROMISED = 5.0, 10.0
"""Seconds within which a process ends that was asked to: what has nothing under way sooner than promised."""


async def leases(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted(lease.name for lease in (await session.exec(select(Lease))).all())


@ON_SQLITE
async def test_tick_asks_everybody_once_as_of_a_moment(database_url: str, tmp_path: Path) -> None:
    async with crowd.gathered(database_url, 3) as (world, url, database, _):
        environment = crowd.environment(url, database_url)
        for asked, worked_off in ((3, 6), (0, 0)):  # each gets a menu of commands too
            code, said = await harian("tick", "--at", TUESDAY, folder=tmp_path, environment=environment)
            assert (code, heard(world)) == (0, 3)
            assert f"ask for reports: {asked}" in said
            assert said[-1] == f"messages worked off: {worked_off}"
        assert await leases(database) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("arguments", "more", "code", "words"),
    [
        (("tick", "--at", "2027-01-12T16:05"), {}, 2, "needs an offset, such as 2027-01-12T16:05+07:00"),
        (("tick", "--at", "besok"), {}, 2, "“besok” is not a moment such as 2026-11-24T16:00+07:00"),
        (("tick",), {}, 1, "Telegram does not answer at TELEGRAM_API_URL (Unreached). Nothing was sent."),
        (("tick",), {"TELEGRAM_BOT_TOKEN": ""}, 2, NO_TOKEN),
        (("run",), {"TELEGRAM_BOT_TOKEN": ""}, 2, NO_TOKEN),
        (("run", "--roles", "send,nap"), {}, 2, "There is no role nap. Roles are receive, work, send, clock."),
        (("run",), {"WEBHOOK_URL": "https://x.example/"}, 2, "WEBHOOK_URL is set, so WEBHOOK_SECRET is needed"),
        (
            ("run",),
            {"DATABASE_URL": f"postgresql://harian:{PASSWORD}@127.0.0.1:1/x"},
            1,
            "DATABASE_URL cannot be used (OperationalError)",
        ),
        (("run",), {"DATABASE_URL": f"mysql://harian:{PASSWORD}@h/x"}, 1, "DATABASE_URL cannot be used (ValueError)"),
    ],
)
async def test_one_clear_sentence_when_it_cannot_begin(
    database_url: str, tmp_path: Path, arguments: tuple[str, ...], more: dict[str, str], code: int, words: str
) -> None:
    environment = crowd.environment(NOWHERE, database_url, **more)
    ended, said = await harian(*arguments, folder=tmp_path, environment=environment)
    unboxed = " ".join(" ".join(said).replace("│", " ").split())
    assert (ended, words in unboxed, PASSWORD in unboxed) == (code, True, False), said


@ON_SQLITE
async def test_a_database_without_tables_is_told_in_one_line(database_url: str, tmp_path: Path) -> None:
    environment = crowd.environment("http://127.0.0.1:9", f"sqlite:///{tmp_path}/new.db")
    assert await harian("audit", "verify", folder=tmp_path, environment=environment) == (
        1,
        ["The database cannot be used (OperationalError): `harian check` says why."],
    )


@ON_SQLITE
@pytest.mark.parametrize("command", ["run", "tick"])
async def test_a_wrong_token_ends_it(database_url: str, tmp_path: Path, command: str) -> None:
    async with crowd.gathered(database_url, 0) as (_, url, _, _):
        environment = crowd.environment(url, database_url, TELEGRAM_BOT_TOKEN="43:another")
        assert await harian(command, folder=tmp_path, environment=environment) == (2, [REJECTED])


@ON_SQLITE
async def test_a_token_that_is_taken_back_ends_it(database_url: str, tmp_path: Path) -> None:
    async with crowd.gathered(database_url, 1) as (world, url, database, _):
        ended = asyncio.create_task(harian("run", folder=tmp_path, environment=crowd.environment(url, database_url)))
        await until(lambda: is_polling(world))
        world.token = "43:new"
        world.updates.interrupt(None)
        assert await ended == (2, [REJECTED])
        assert await leases(database) == []


async def is_polling(world: World) -> bool:
    return world.updates.awaited.is_set()


@pytest.mark.parametrize(
    ("database_url", "number"),
    [("sqlite", signal.SIGTERM), ("sqlite", signal.SIGINT), ("postgresql", signal.SIGTERM)],
    indirect=["database_url"],
)
async def test_it_ends_in_order_and_soon(database_url: str, tmp_path: Path, number: signal.Signals) -> None:
    """Idle, with a poll open: it ends within two seconds, silently, and gives the lease back."""
    async with crowd.gathered(database_url, 1) as (world, url, database, _):
        environment = crowd.environment(url, database_url)
        async with crowd.harian("run", environment=environment, folder=tmp_path) as process:
            write(world)

            async def is_idle() -> bool:
                return heard(world) > 0 and await is_polling(world) and await leases(database) == HELD

            await until(is_idle)
            asked = time.monotonic()
            process.send_signal(number)
            assert await process.wait() == 0
            assert time.monotonic() - asked < SOON
        assert (tmp_path / "log").read_text() == ""
        assert await leases(database) == []


@ON_SQLITE
async def test_it_ends_soon_though_telegram_does_not_answer(database_url: str, tmp_path: Path) -> None:
    """Ten messages are on their way when it is told to end; they are given their time, and no more."""
    async with crowd.gathered(database_url, 10) as (world, url, database, people):
        world.faults.plan(Fault("sendMessage", "slow", times=10, seconds=30))
        environment = crowd.environment(url, database_url)
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=system())
        async with crowd.harian("run", environment=environment, folder=tmp_path) as process:

            async def are_flying() -> bool:
                return world.calls["sendmessage"] == 10

            await until(are_flying)
            asked = time.monotonic()
            process.terminate()
            assert await process.wait() == 0
            assert time.monotonic() - asked < PROMISED
        assert await leases(database) == []
        world.faults.clear()


@ON_SQLITE
async def test_it_waits_for_the_network_and_comes_up(database_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with crowd.gathered(database_url, 1) as (world, _, _, _):
        environment = crowd.environment(f"http://127.0.0.1:{port}", database_url, LOG_FORMAT="json")
        async with crowd.harian("run", environment=environment, folder=tmp_path) as process:

            async def has_tried() -> bool:
                return "Telegram does not answer, trying again" in (tmp_path / "log").read_text()

            await until(has_tried)
            async with running(world, port):
                write(world)

                async def has_answered() -> bool:
                    return heard(world) > 0

                await until(has_answered)
                process.terminate()
                assert await process.wait() == 0
        said = (tmp_path / "log").read_text()
        assert "Traceback" not in said
        assert crowd.TOKEN not in said


@ON_SQLITE
async def test_check_says_what_is_in_order_and_what_to_do(database_url: str, tmp_path: Path) -> None:
    async with crowd.gathered(database_url, 0) as (_, url, _, _):

        async def check(**more: str) -> tuple[int, list[str]]:
            environment = crowd.environment(more.pop("TELEGRAM_API_URL", url), database_url, **more)
            return await harian("check", folder=tmp_path, environment=environment)

        database = [
            f"ok  database (schema {wanted()})",
            NO_ADMIN,
            "ok  inbox (0 wait)",
            "ok  outbox (0 are due)",
            "ok  sweeps (none has run yet: `harian run` does)",
            "ok  sender (none yet: `harian run` is one)",
            "ok  failing sends (last hour none; last day none)",
        ]
        answers = ["ok  Telegram answers as @HarianBot (0 updates wait there)", "ok  clock (agrees with Telegram's)"]
        code, said = await check()
        assert (code, [line for line in said if " disk " not in line]) == (
            0,
            ["ok  token", UNSEALED, *database, *answers],
        )
        assert await check(
            TELEGRAM_BOT_TOKEN="43:another",
            DATABASE_URL=f"postgresql://harian:{PASSWORD}@127.0.0.1:1/x",
            WEBHOOK_URL="https://x.example/",
            TRANSCRIBE_COMMAND="/no/such/program --id",
            SECRET_KEY="a long random text",
        ) == (
            1,
            [
                "ok  token",
                "NO  webhook: set WEBHOOK_SECRET",
                "NO  speech to text: there is no program /no/such/program",
                "NO  database: DATABASE_URL cannot be used (OperationalError)",
                "NO  Telegram: it does not know this token",
            ],
        )
        code, said = await check(TELEGRAM_BOT_TOKEN="")
        assert (code, said[0]) == (1, "NO  token: set TELEGRAM_BOT_TOKEN to what @BotFather gave you")
        code, said = await check(TELEGRAM_API_URL=NOWHERE)
        assert (code, said[-1]) == (1, "NO  Telegram: no answer from TELEGRAM_API_URL (Unreached)")
