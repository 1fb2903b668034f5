"""The web application Telegram posts to: 200 means stored, anything else makes it come again."""

import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.logs import where
from bot.posting import Posting
from bot.receiver import Receiver, is_update
from bot.request import AiohttpRequest
from models.bots import DEFAULT

log = structlog.get_logger()

BODY_AT_MOST = 1024 * 1024
"""Bytes of an update; the largest that Telegram sends are a tenth of it."""
OF_BOT = re.compile(r"(?:^|/)bot(\d{1,18})$")
"""How the path ends for a bot of an agency's own."""


def address(url: str, number: int) -> str:
    """Where a bot's updates are posted; `number` is as in `models.bots`."""
    return url if number == DEFAULT else f"{url.rstrip('/')}/bot{number}"


def webhook(receivers: Mapping[int, Receiver], secret: str, beside: Sequence[Route] = ()) -> Starlette:
    """`receivers` by their bots' numbers; `beside` is what strangers may ask.

    For the default bot any path will do: it is the choice of the operator and their proxy, and the secret is what
    counts. A bot that has no token here (any more) takes nothing.
    """
    posts = {number: Posting(receiver.store) for number, receiver in receivers.items()}

    async def receive(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("wrong secret", status_code=403)
        named = OF_BOT.search(request.path_params["path"])
        posting = posts.get(int(named[1]) if named else DEFAULT)
        if posting is None:
            return PlainTextResponse("no such bot", status_code=404)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        payload = _parsed(body)
        if not is_update(payload):
            return PlainTextResponse("not an update", status_code=400)
        try:
            await posting.take(payload)
        except Exception as error:
            log.error("storing an update failed", error=type(error).__name__, where=where(error))
            return PlainTextResponse("not stored", status_code=503)
        return PlainTextResponse("stored")

    return Starlette(routes=[*beside, Route("/{path:path}", receive, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    """None when there is more of it than any update has; the rest is not read."""
    received = bytearray()
    async for part in request.stream():
        received += part
        if len(received) > BODY_AT_MOST:
            return None
    return bytes(received)


def _parsed(body: bytes) -> Any:
    try:
        return AiohttpRequest.parse_json_payload(body)
    except TelegramError:
        return None
