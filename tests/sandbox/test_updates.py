"""How updates reach the bot: once confirmed they are gone, until then they come again."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from aiohttp import web

from bot.sandbox.people import phones, speech
from bot.sandbox.server import running
from bot.sandbox.world import World
from tests.sandbox.conftest import ANI, TOKEN, Sandbox, Time

WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def say(sandbox: Sandbox, *texts: str) -> None:
    for text in texts:
        await sandbox.people("send", person=ANI, chat=ANI, text=text)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_the_offset_confirms(ani: Sandbox) -> None:
    await say(ani, "satu", "dua", "tiga")
    first = await ani.result("getUpdates", offset=ani.confirmed)
    assert texts(first) == ["satu", "dua", "tiga"]
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]
    assert await ani.result("getUpdates") == first
    assert await ani.result("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await ani.result("getUpdates") == first[1:]
    assert await ani.result("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert await ani.result("getUpdates", offset=first[0]["update_id"]) == []


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"limit": 2}, ["satu", "dua"]),
        ({"limit": 0}, ["satu"]),
        ({"limit": 500}, ["satu", "dua", "tiga"]),
        ({"offset": -1}, ["tiga"]),
        ({"offset": -2}, ["dua", "tiga"]),
        ({"offset": -9}, ["satu", "dua", "tiga"]),
    ],
)
async def test_limit_and_negative_offset(ani: Sandbox, params: dict[str, int], expected: list[str]) -> None:
    await ani.result("getUpdates", offset=ani.confirmed)
    await say(ani, "satu", "dua", "tiga")
    assert texts(await ani.result("getUpdates", **params)) == expected


async def test_a_long_poll_ends_when_something_is_said(ani: Sandbox) -> None:
    poll = asyncio.create_task(ani.result("getUpdates", offset=ani.confirmed, timeout=30))
    await ani.world.updates.awaited.wait()
    await say(ani, "akhirnya")
    assert texts(await poll) == ["akhirnya"]


async def test_a_long_poll_ends_empty_after_its_time(ani: Sandbox) -> None:
    assert await ani.result("getUpdates", offset=ani.confirmed, timeout=1) == []


async def test_the_older_poller_is_refused(ani: Sandbox) -> None:
    older = asyncio.create_task(ani.refusal("getUpdates", offset=ani.confirmed, timeout=30))
    await ani.world.updates.awaited.wait()
    newer = asyncio.create_task(ani.result("getUpdates", timeout=30))
    assert await older == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await say(ani, "Halo")
    assert texts(await newer) == ["Halo"]


async def test_allowed_updates_are_remembered(ani: Sandbox) -> None:
    group = await ani.group()
    await ani.people("promote", person=ani.world.bot_id, chat=group)
    await ani.people("new", first_name="Citra", id=5)
    await ani.updates()
    await ani.people("join", person=5, chat=group)
    assert [list(update) for update in await ani.updates()] == [["message"]]
    await ani.updates(allowed_updates=["chat_member"])
    await ani.people("leave", person=5, chat=group)
    await ani.people("join", person=5, chat=group)
    changes = [update["chat_member"]["new_chat_member"]["status"] for update in await ani.updates()]
    assert changes == ["left", "member"]
    await ani.updates(allowed_updates=[])
    await ani.people("leave", person=5, chat=group)
    assert [list(update) for update in await ani.updates()] == [["message"]]


async def test_a_webhook_gets_every_update_in_order_until_it_accepts(ani: Sandbox) -> None:
    await say(ani, "sebelum")
    async with receiver(lambda tries: 503 if tries in (1, 2) else 200) as (url, received):
        assert await ani.result("setWebhook", url=url, secret_token="rahasia_1") is True
        await say(ani, "satu", "dua")
        posted = [await received.get() for _ in range(5)]
        assert texts([body for _, body in posted]) == ["sebelum"] * 3 + ["satu", "dua"]
        assert {secret for secret, _ in posted} == {"rahasia_1"}
        assert await ani.refusal("getUpdates") == (409, f"Conflict: {WEBHOOK_ACTIVE}")
        await ani.world.updates.awaited.wait()
        assert await ani.result("getWebhookInfo") == {
            "url": url,
            "has_custom_certificate": False,
            "max_connections": 40,
            "pending_update_count": 0,
            "last_error_date": ani.world.now(),
            "last_error_message": "Wrong response from the webhook: 503 Service Unavailable",
        }


async def test_deleting_the_webhook_brings_polling_back(ani: Sandbox) -> None:
    async with receiver(lambda tries: 500) as (url, received):
        await ani.result("setWebhook", url=url, allowed_updates=["message"])
        await say(ani, "Halo")
        assert await received.get() == await received.get()
        info = await ani.result("getWebhookInfo")
        words = "Wrong response from the webhook: 500 Internal Server Error"
        assert (info["last_error_message"], info["pending_update_count"]) == (words, 1)
        assert await ani.result("deleteWebhook") is True
    assert texts(await ani.updates()) == ["Halo"]
    assert await ani.result("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "allowed_updates": ["message"],
    }


async def test_a_webhook_outlives_the_server(time: Time) -> None:
    world = World(clock=lambda: time.now, token=TOKEN)
    ani = phones.new_person(world, "Ani", id=ANI)
    async with receiver(lambda tries: 200) as (url, received), httpx.AsyncClient() as http:
        async with running(world) as base_url:
            await http.post(f"{base_url}/bot{TOKEN}/setWebhook", json={"url": url})
        speech.send(world, ani, world.chat(ANI), "selagi mati")
        async with running(world):
            _, body = await received.get()
        assert body["message"]["text"] == "selagi mati"


async def test_setting_a_webhook_ends_the_poll(ani: Sandbox) -> None:
    poll = asyncio.create_task(ani.refusal("getUpdates", offset=ani.confirmed, timeout=30))
    await ani.world.updates.awaited.wait()
    await ani.result("setWebhook", url="http://127.0.0.1:9/nobody")
    assert await poll == (409, "Conflict: terminated by setWebhook request")


async def test_pending_updates_are_dropped_on_request(ani: Sandbox) -> None:
    await say(ani, "Halo")
    await ani.result("deleteWebhook", drop_pending_updates=True)
    assert await ani.updates() == []


Received = asyncio.Queue[tuple[str | None, dict[str, Any]]]


@asynccontextmanager
async def receiver(status: Callable[[int], int]) -> AsyncIterator[tuple[str, Received]]:
    """A bot's webhook: keeps what it is sent, and answers the n-th request with ``status(n)``."""
    received: Received = asyncio.Queue()
    tries = itertools.count(1)

    async def receive(request: web.Request) -> web.Response:
        received.put_nowait((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=status(next(tries)))

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", received
    finally:
        await runner.cleanup()
