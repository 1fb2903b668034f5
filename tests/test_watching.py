"""For those who watch from outside: does it live, is it ready, its figures; and strangers learn two words."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlmodel import select
from starlette.applications import Starlette

from bot.meters import Meters
from bot.migrating import wanted
from bot.process import Process
from bot.sandbox.faults import Fault
from bot.sandbox.people.speech import send
from bot.watching import Watch
from bot.webserver import PortTaken
from models import inbox, leases, pulses
from models.database import Database
from models.outbox import Message
from tests import crowd
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY, UNLIMITED, FixedClock
from tests.test_service import until

NOW = FixedClock(TUESDAY)()


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def asking(app: object) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as client:  # type: ignore[arg-type]
        yield client


def figures(page: str) -> dict[str, float]:
    """By name, with its label if it has one."""
    return {
        " ".join([one.name, *one.labels.values()]): one.value
        for family in text_string_to_metric_families(page)
        for one in family.samples
    }


async def execute(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await (await session.connection()).execute(text(statement))


async def test_it_is_ready_when_all_goes_on_and_says_what_does_not(database: Database) -> None:
    clock, seconds = FixedClock(TUESDAY), Seconds()
    meters = Meters(seconds)
    watch = Watch(database, meters, senders=["sender:42"], clock=clock, real_clock=clock, monotonic=seconds)
    async with asking(watch.private()) as client:

        async def says() -> tuple[int, list[str]]:
            answer = await client.get("/readyz")
            return answer.status_code, answer.text.splitlines()

        assert await says() == (503, ["no sweep has run since the beginning", "nobody sends"])
        async with database.transaction() as session:
            await pulses.beat(session, pulses.SWEEPS, now=clock())
            await leases.hold(session, "sender:42", holder="a", now=clock())
        assert await says() == (200, ["ready"])
        meters.goes_round("worker")
        seconds.now = 121
        assert await says() == (503, ["the worker of this process is stuck"])
        meters.goes_round("worker")
        async with database.transaction() as session:
            about = {"chat_id": 5, "kind": "say", "due_at": NOW}
            session.add_all([Message(key="a", **about), Message(key="b", **about)])
            session.add(inbox.Update(update_id=7, chat_id=5, payload={}, received_at=NOW - timedelta(hours=1)))
            session.add(
                inbox.Update(update_id=8, chat_id=5, payload={}, received_at=NOW, handled_at=NOW, tries=inbox.TRIES)
            )
        clock.forward(minutes=6)
        assert await says() == (503, [f"no sweep has run since {NOW}", "nobody sends"])
        clock.forward(minutes=4)
        assert (await says())[1][2:] == [f"the outbox stands still: 2 due, the oldest since {NOW}"]
        page = figures((await client.get("/metrics")).text)
        assert {name: value for name, value in page.items() if name.startswith("harian_") and value != 0} == {
            "harian_waiting_updates": 1,
            "harian_oldest_waiting_update_age_seconds": 4200,
            "harian_parked_updates": 1,
            "harian_oldest_parked_update_age_seconds": 600,
            "harian_due_messages": 2,
            "harian_oldest_due_message_age_seconds": 600,
            "harian_sweep_age_seconds": 600,
            "harian_send_age_seconds": pytest.approx(float("nan"), nan_ok=True),
            **{name: value for name, value in page.items() if name.endswith("_created")},
        }
        assert page["process_resident_memory_bytes"] > 1e7
        await execute(database, "UPDATE alembic_version SET version_num = '0001'")
        assert await says() == (503, [f"the schema is at 0001, this program wants {wanted()}"])
        await execute(database, "ALTER TABLE alembic_version RENAME TO elsewhere")
        assert (await says())[1][0].startswith("the database does not answer (")
        page = figures((await client.get("/metrics")).text)
        assert (page["harian_ready"], page["harian_due_messages"]) == (0, pytest.approx(float("nan"), nan_ok=True))
        assert (await client.get("/healthz")).text == "ok"


@ON_SQLITE
async def test_strangers_learn_two_words_and_cannot_keep_the_database_busy(database: Database) -> None:
    clock, seconds = FixedClock(TUESDAY), Seconds()
    watch = Watch(database, Meters(), senders=[], clock=clock, real_clock=clock, monotonic=seconds)
    async with asking(Starlette(routes=watch.public())) as client:
        assert [(await client.get(path)).text for path in ("/healthz", "/readyz")] == ["ok", "not ready"]
        async with database.transaction() as session:
            await pulses.beat(session, pulses.SWEEPS, now=clock())
        assert (await client.get("/readyz")).status_code == 503, "as it was known a moment ago"
        seconds.now += 2.1
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.text) == (200, "ready")
        assert (await client.get("/metrics")).status_code == 404


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@ON_SQLITE
async def test_a_polling_process_shows_its_figures_on_a_port_inside(database_url: str) -> None:
    """Two replies are answered, one send is refused, one told to wait; a taken port is said at once."""
    async with crowd.gathered(database_url, 2) as (world, url, database, _):
        settings = crowd.settings(url, database_url, health_port=free_port())
        inside = f"http://127.0.0.1:{settings.health_port}"
        async with Process(settings, rates=UNLIMITED) as process, httpx.AsyncClient(base_url=inside) as client:
            assert (await client.get("/healthz")).text == "ok"
            assert (await client.get("/readyz")).status_code == 503, "it has not begun"
            with pytest.raises(PortTaken, match="of HEALTH_PORT cannot be used"):
                await Process(settings).__aenter__()
            running = asyncio.create_task(process.run())
            world.faults.plan(Fault("sendMessage", "429", times=1, seconds=1))
            for n in range(2):
                person = world.person(crowd.FIRST + n)
                send(world, person, world.chat(person.id), "Menyusun laporan bulanan")

            async def goes_on() -> bool:
                page = figures((await client.get("/metrics")).text)
                return page.get("harian_sends_total arrived", 0) >= 2 and page["harian_ready"] == 1

            await until(goes_on)
            page = figures((await client.get("/metrics")).text)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        assert page["harian_updates_stored_total"] == page["harian_updates_handled_total"] == 2
        assert page["harian_sends_total 429"] == 1
        assert page["harian_send_age_seconds"] < 60
        assert page["harian_sweep_age_seconds"] < 60
        async with database.reading() as session:
            assert {one.name for one in (await session.exec(select(pulses.Pulse))).all()} == {
                "polled:0",
                "sent:0",
                "sweeps",
            }
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", settings.health_port), timeout=1)
