"""A sandbox over real HTTP, a clock that the test turns, and Ani with her phone."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
from PIL import Image

from bot.sandbox.server import running
from bot.sandbox.world import World

TOKEN = "123456:sandbox-token"
ANI = 700000100
BUDI = 700000200


@dataclass
class Time:
    """The sandbox's calendar and its stopwatch, both standing still until moved."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    seconds: float = 1000.0

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass
class Sandbox:
    world: World
    time: Time
    base_url: str
    http: httpx.AsyncClient
    confirmed: int = field(default=0)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        response = await self.http.post(f"/bot{TOKEN}/{method}", json=params)
        answer: dict[str, Any] = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return answer

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def people(self, act: str, **given: Any) -> Any:
        response = await self.http.post(f"/people/{act}", json=given)
        assert response.status_code == 200, response.text
        return response.json()

    async def attach(self, *files: tuple[str, bytes, str], **given: Any) -> Any:
        parts = [("file", file) for file in files]
        data = {key: str(value) for key, value in given.items()}
        response = await self.http.post("/people/attach", data=data, files=parts)
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    async def chat(self, chat_id: int) -> dict[str, Any]:
        state = (await self.http.get("/people/state")).json()
        return next(chat for chat in state["chats"] if chat["id"] == chat_id)

    async def shown(self, chat_id: int) -> list[str]:
        """What the chat's messages say, oldest first."""
        return [message.get("text", "") for message in (await self.chat(chat_id))["messages"]]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What has arrived since the last look, confirmed at once and without the update ids."""
        found = await self.result("getUpdates", offset=self.confirmed, **params)
        if found:
            self.confirmed = found[-1]["update_id"] + 1
            await self.result("getUpdates", offset=self.confirmed)
        return [{key: value for key, value in update.items() if key != "update_id"} for update in found]

    async def group(self, title: str = "Unit Arsip", type: str = "group", bot: bool = True) -> int:
        """A group that Ani made, with the bot in it and nothing left to read."""
        chat = await self.people("group", title=title, creator=ANI, type=type)
        if bot:
            await self.people("add_bot", person=ANI, chat=chat["id"])
            await self.updates()
        return int(chat["id"])


@asynccontextmanager
async def watching(sandbox: Sandbox) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    """The events of a page that has just opened."""
    async with sandbox.http.stream("GET", "/people/events") as response:
        lines = response.aiter_lines()
        assert await anext(lines) == ": open"
        async with asyncio.timeout(5):
            yield _events(lines)


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[dict[str, Any]]:
    async for line in lines:
        if line.startswith("data: "):
            yield orjson.loads(line.removeprefix("data: "))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def sandbox(time: Time) -> AsyncIterator[Sandbox]:
    world = World(
        clock=lambda: time.now,
        token=TOKEN,
        monotonic=lambda: time.seconds,
        webhook_delays=(0.01, 0.02),
    )
    async with running(world) as base_url, httpx.AsyncClient(base_url=base_url, timeout=10) as http:
        yield Sandbox(world, time, base_url, http)


@pytest.fixture
async def ani(sandbox: Sandbox) -> Sandbox:
    """The sandbox once Ani has pressed Start and the bot has read it."""
    await sandbox.people("new", first_name="Ani", username="ani_arsip", id=ANI)
    await sandbox.people("send", person=ANI, chat=ANI, text="/start")
    await sandbox.updates()
    return sandbox


def picture(width: int = 40, height: int = 30) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return buffer.getvalue()
