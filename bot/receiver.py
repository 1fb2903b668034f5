"""Telegram → inbox, as raw JSON. Telegram is told that we have an update only when it is committed here."""

import asyncio
import hmac
import warnings
from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.clock import Clock
from models import inbox
from models.database import Database

log = structlog.get_logger()

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
LONGEST_PAUSE = 30.0


class Receiver:
    """Polls, or serves the webhook; wakes the worker after each commit."""

    def __init__(self, database: Database, bot: Bot, clock: Clock, wake: asyncio.Event) -> None:
        self._database, self._bot, self._clock, self._wake = database, bot, clock, wake

    async def store(self, payloads: Sequence[dict[str, Any]]) -> int:
        async with self._database.transaction() as session:
            stored = await inbox.store(session, payloads, now=self._clock())
        if stored:
            self._wake.set()
        return stored

    async def poll_once(self, *, seconds: float = POLL_SECONDS) -> int:
        """Fetch what waits after the last stored update (which confirms that one), and store it; how many came."""
        async with self._database.reading() as session:
            offset = await inbox.next_offset(session)
        question: dict[str, Any] = {"timeout": int(seconds), "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            question["offset"] = offset
        with warnings.catch_warnings():
            # The library would rather be asked by its own method, which parses: one odd update would then block all.
            warnings.simplefilter("ignore", PTBUserWarning)
            payloads = await self._bot.do_api_request("getUpdates", question, read_timeout=seconds + 10)
        await self.store(payloads)
        return len(payloads)

    async def poll(self) -> None:
        """Poll for ever. Faults of the network or the database are waited out; a wrong token ends it.

        Raises: InvalidToken.
        """
        pause = 1.0
        while True:
            try:
                await self.poll_once()
                pause = 1.0
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except Conflict:
                log.warning("another process polls with this token")
                pause = await self._wait(pause)
            except (NetworkError, TelegramError) as error:
                log.warning("polling failed", error=type(error).__name__)
                pause = await self._wait(pause)
            except Exception as error:  # the database: what was fetched is not confirmed, so it comes again
                log.error("storing updates failed", error=type(error).__name__)
                pause = await self._wait(pause)

    @staticmethod
    async def _wait(pause: float) -> float:
        await asyncio.sleep(pause)
        return min(pause * 2, LONGEST_PAUSE)

    def webhook(self, secret: str) -> Starlette:
        """The web application Telegram posts to; 200 means stored, anything else makes it come again."""

        async def receive(request: Request) -> Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                return PlainTextResponse("wrong secret", status_code=403)
            try:
                payload = orjson.loads(await request.body())
                known = isinstance(payload, dict) and isinstance(payload.get("update_id"), int)
            except orjson.JSONDecodeError:
                known = False
            if not known:
                return PlainTextResponse("not an update", status_code=400)
            await self.store([payload])
            return PlainTextResponse("stored")

        async def health(_request: Request) -> Response:
            async with self._database.reading() as session:
                return PlainTextResponse(f"ok, {await inbox.waiting(session)} waiting")

        return Starlette(routes=[Route("/telegram", receive, methods=["POST"]), Route("/health", health)])


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
