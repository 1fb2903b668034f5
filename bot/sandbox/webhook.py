"""Updates posted to the bot: one after the other, each until it is accepted with a 2xx."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import aiohttp
import orjson

from bot.sandbox.errors import Json
from bot.sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
DELAYS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
REPLY_TIMEOUT = 60.0


@dataclass
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: int | None = None
    last_error_message: str | None = None

    def info(self) -> Json:
        optional: Json = {
            "ip_address": self.ip_address,
            "last_error_date": self.last_error_date,
            "last_error_message": self.last_error_message,
            "max_connections": self.max_connections if self.url else None,
        }
        return {"url": self.url, "has_custom_certificate": False} | {k: v for k, v in optional.items() if v is not None}


class Delivery:
    """The task behind an active webhook. ``delays`` are the seconds before each further try; the last one repeats."""

    def __init__(self, queue: UpdateQueue, now: Callable[[], int], delays: Sequence[float] = DELAYS) -> None:
        self.webhook = Webhook("")
        self._queue = queue
        self._now = now
        self._delays = delays
        self._task: asyncio.Task[None] | None = None

    async def start(self, webhook: Webhook) -> None:
        await self.pause()
        self.webhook = webhook
        self._queue.webhook_active = True
        self.resume()

    async def stop(self) -> None:
        await self.pause()
        self.webhook = Webhook("")
        self._queue.webhook_active = False

    def resume(self) -> None:
        """Go on where ``pause`` has ended; nothing without a webhook."""
        if self.webhook.url:
            self._task = asyncio.create_task(self._run())

    async def pause(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=REPLY_TIMEOUT)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._queue.wait(None)
                self._queue.forget_old()
                if not self._queue.pending:
                    continue
                update = self._queue.pending[0]
                await self._until_accepted(session, update)
                self._queue.confirm(update["update_id"] + 1)

    async def _until_accepted(self, session: aiohttp.ClientSession, update: Json) -> None:
        for delay in self._waits():
            problem = await self._post(session, update)
            if problem is None:
                return
            self.webhook.last_error_date = self._now()
            self.webhook.last_error_message = problem
            await asyncio.sleep(delay)

    def _waits(self) -> Iterator[float]:
        return itertools.chain(self._delays, itertools.repeat(self._delays[-1]))

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str | None:
        """What went wrong, in Telegram's words, or None."""
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers[SECRET_HEADER] = self.webhook.secret
        try:
            async with session.post(self.webhook.url, data=orjson.dumps(update), headers=headers) as response:
                if 200 <= response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection closed"
