"""The webhook: 200 means stored. Posted by hand, and by the sandbox as Telegram does."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlmodel import col, select

from bot.application import close_connections, make_bot
from bot.process import Process
from bot.receiver import ALLOWED_UPDATES, Receiver
from bot.sandbox.people.speech import send
from bot.settings import Settings
from bot.webhook import BODY_AT_MOST, address, webhook
from models import inbox
from models.bots import DEFAULT
from models.database import Database
from models.replies import Reply
from tests import crowd
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY, UNLIMITED, FixedClock

SECRET = "kata-rahasia"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "date": 0}}


@pytest.fixture
async def door(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The web application, with the right secret by default."""
    bot = make_bot(crowd.settings("http://127.0.0.1:1", "sqlite://"), SecretStr(crowd.TOKEN))
    receiver = Receiver(database, bot, FixedClock(TUESDAY), asyncio.Event())
    app = webhook({DEFAULT: receiver}, SECRET)
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot", headers=headers) as client:
        yield client
    await close_connections(bot)


async def stored(database: Database) -> list[int]:
    async with database.reading() as session:
        return list((await session.exec(select(inbox.Update.update_id))).all())


async def test_what_is_stored_is_accepted_once(door: httpx.AsyncClient, database: Database) -> None:
    for _ in range(2):
        assert (await door.post("/telegram", json=UPDATE)).status_code == 200
        assert await stored(database) == [7]
    assert (await door.post("/any/path", json={"update_id": 8})).status_code == 200
    assert await stored(database) == [7, 8]


@ON_SQLITE
async def test_only_posts_are_heard_and_strangers_are_told_nothing(door: httpx.AsyncClient, database: Database) -> None:
    """Whatever they ask for, and however: no word of what waits, of who uses it, or of what answers."""
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        for path in ("/", "/telegram", "/health", "/metrics", "/healthz/x", "/docs"):
            answer = await door.request(method, path, json=UPDATE)
            assert (answer.status_code, answer.text) in ((405, "Method Not Allowed"), (405, ""))
            assert set(answer.headers) <= {"content-length", "content-type", "allow"}
    assert await stored(database) == []


@pytest.mark.parametrize("secret", ["", "kata", "kata-rahasia ", "é"])
async def test_a_wrong_secret_is_turned_away(door: httpx.AsyncClient, database: Database, secret: str) -> None:
    headers = {b"x-telegram-bot-api-secret-token": secret.encode()}
    answer = await door.post("/telegram", json=UPDATE, headers=headers)
    assert (answer.status_code, await stored(database)) == (403, [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"message":{}}', b'{"update_id":"7"}', b"\xff\xfe"])
async def test_what_is_no_update_is_a_bad_request(door: httpx.AsyncClient, database: Database, body: bytes) -> None:
    answer = await door.post("/telegram", content=body)
    assert (answer.status_code, await stored(database)) == (400, [])


@ON_SQLITE
@pytest.mark.parametrize(("more", "code", "kept"), [(0, 200, [7]), (1, 413, [])])
async def test_what_is_larger_than_any_update_is_not_read(
    door: httpx.AsyncClient, database: Database, more: int, code: int, kept: list[int]
) -> None:
    body = b'{"update_id":7}'
    answer = await door.post("/telegram", content=body.ljust(BODY_AT_MOST + more))
    assert (answer.status_code, await stored(database)) == (code, kept)


async def test_half_a_character_is_stored_all_the_same(door: httpx.AsyncClient, database: Database) -> None:
    body = b'{"update_id":7,"message":{"text":"\\ud83d"}}'
    assert (await door.post("/telegram", content=body)).status_code == 200
    assert await stored(database) == [7]


async def test_what_is_not_stored_is_not_accepted(door: httpx.AsyncClient, database: Database) -> None:
    async def rename(old: str, new: str) -> None:
        async with database.transaction() as session:
            await (await session.connection()).execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    await rename("inbox", "elsewhere")
    assert (await door.post("/telegram", json=UPDATE)).status_code == 503
    await rename("elsewhere", "inbox")
    assert (await door.post("/telegram", json=UPDATE)).status_code == 200
    assert await stored(database) == [7]


@ON_SQLITE
async def test_what_comes_at_once_is_stored_together_and_one_alone_may_fail(
    door: httpx.AsyncClient, database: Database
) -> None:
    begun: list[object] = []
    event.listen(database.engine.sync_engine, "begin", begun.append)

    async def post(*numbers: int) -> list[int]:
        answers = await asyncio.gather(*(door.post("/", json={"update_id": number}) for number in numbers))
        return [answer.status_code for answer in answers]

    assert await post(*range(1, 21)) == [200] * 20
    assert len(begun) <= 3, "the first by itself, and what has come meanwhile"
    async with database.transaction() as session:
        refuse = "BEFORE INSERT ON inbox WHEN NEW.update_id = 23 BEGIN SELECT RAISE(ABORT, 'odd'); END"
        await (await session.connection()).execute(text(f"CREATE TRIGGER refuse {refuse}"))
    assert await post(21, 22, 23, 24) == [200, 200, 503, 200]
    assert sorted(await stored(database)) == [*range(1, 23), 24]


async def recorded(database: Database, count: int) -> None:
    """Wait until so many replies are recorded."""
    async with asyncio.timeout(15):
        while True:
            async with database.reading() as session:
                if len((await session.exec(select(Reply.id))).all()) == count:
                    return
            await asyncio.sleep(0.02)


async def test_telegram_posts_and_posts_again_what_was_not_taken(database_url: str) -> None:
    """Two replies while the process runs, two while it is away: each is recorded once."""
    async with crowd.gathered(database_url, 2, webhook_delays=(0.05,)) as (world, url, database, _):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = crowd.settings(
            url,
            database_url,
            webhook_url=f"http://127.0.0.1:{port}/telegram",
            webhook_secret=SecretStr(SECRET),
            webhook_port=port,
        )

        def write(text_: str) -> None:
            for n in range(2):
                person = world.person(crowd.FIRST + n)
                send(world, person, world.chat(person.id), text_)

        async with ended(settings):
            write("Menyusun laporan bulanan")
            await recorded(database, 2)
        write("Memeriksa berkas arsip")
        async with asyncio.timeout(5):
            while world.delivery.webhook.last_error_message != "Connection refused":  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert len(world.updates.pending) == 2
        async with ended(settings):
            await recorded(database, 4)
        assert (world.delivery.webhook.secret, world.updates.allowed) == (SECRET, ALLOWED_UPDATES)
        assert world.calls["getupdates"] == 0
        assert not world.updates.pending


@ON_SQLITE
async def test_each_bot_has_its_own_path(database: Database) -> None:
    """Two bots may count alike; what comes for a bot that has no token here is not taken for another's."""
    receivers, bots = {}, []
    for number, token in ((DEFAULT, crowd.TOKEN), (77, "77:another-token")):
        bots.append(make_bot(crowd.settings("http://127.0.0.1:1", "sqlite://"), SecretStr(token)))
        receivers[number] = Receiver(database, bots[-1], FixedClock(TUESDAY), asyncio.Event(), number=number)
    transport = httpx.ASGITransport(app=webhook(receivers, SECRET))
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx.AsyncClient(transport=transport, base_url="http://bot", headers=headers) as client:
        for number, code in ((DEFAULT, 200), (77, 200), (78, 404)):
            path = address("http://bot/telegram", number).removeprefix("http://bot")
            assert (await client.post(path, json=UPDATE)).status_code == code
    for bot in bots:
        await close_connections(bot)
    async with database.reading() as session:
        kept = (await session.exec(select(inbox.Update.bot_id, inbox.Update.update_id))).all()
    assert set(kept) == {(43, 7), (77, 7)}


@ON_SQLITE
async def test_switching_between_polling_and_webhook_loses_nothing(database_url: str) -> None:
    """Written while the one runs, while nobody does, and while the other runs; and back again."""
    async with crowd.gathered(database_url, 1, webhook_delays=(0.05,)) as (world, url, database, _):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        posts = {
            "webhook_url": f"http://127.0.0.1:{port}/telegram",
            "webhook_secret": SecretStr(SECRET),
            "webhook_port": port,
        }
        person, count = world.person(crowd.FIRST), 0
        for more in ({}, posts, {}, posts):
            send(world, person, world.chat(person.id), f"Memeriksa berkas arsip nomor {count}")
            async with ended(crowd.settings(url, database_url, **more)):
                await recorded(database, count + 1)
                send(world, person, world.chat(person.id), f"Memeriksa berkas arsip nomor {count + 1}")
                await recorded(database, count + 2)
            count += 2
        async with database.reading() as session:
            messages = (await session.exec(select(Reply.message_id).order_by(col(Reply.id)))).all()
        assert len(set(messages)) == count
        assert list(messages) == sorted(messages)
        assert (world.calls["setwebhook"], world.calls["deletewebhook"]) == (2, 2)


@asynccontextmanager
async def ended(settings: Settings) -> AsyncIterator[None]:
    """The process at work, and ended in order."""
    async with Process(settings, rates=UNLIMITED) as process:
        running = asyncio.create_task(process.run())
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@ON_SQLITE
async def test_a_webhook_without_a_secret_would_take_messages_from_anybody(database_url: str) -> None:
    async with crowd.gathered(database_url, 0) as (_, url, _, _):
        settings = crowd.settings(url, database_url, webhook_url="http://127.0.0.1:1/", webhook_port=0)
        async with Process(settings) as process:
            with pytest.raises(ExceptionGroup) as refused:
                await process.run()
    assert refused.group_contains(ValueError, match="without a secret")
