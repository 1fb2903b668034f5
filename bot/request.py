"""HTTP under python-telegram-bot: aiohttp and orjson, several times the rate of its default."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import aiohttp
import orjson
from aiohttp.connector import Connection
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

TRANSFER_SECONDS = 30
"""For sending a file, beside the patience for the answer."""
JSON = {"Content-Type": "application/json"}
Timeout = DefaultValue[float] | float | DefaultValue[None] | None


MAY_SEND: ContextVar[Callable[[], bool]] = ContextVar("may_send", default=lambda: True)
"""Asked in the last moment before a request is written: its sender may have stood still since it was wanted."""


class Unreached(NetworkError):
    """There was no connection, so Telegram has certainly not heard of it."""


class TooLate(aiohttp.ClientConnectionError):
    """Nothing was written, since another process sends by now."""


class Connector(aiohttp.TCPConnector):
    """Between a connection and the writing to it, nobody else has a turn."""

    async def connect(self, *given: Any, **named: Any) -> Connection:
        connection = await super().connect(*given, **named)
        if MAY_SEND.get()():
            return connection
        connection.release()
        raise TooLate


class AiohttpRequest(BaseRequest):
    """One session per bot. Timeouts in seconds: `connect` to connect, `read` for the answer to go on."""

    def __init__(self, *, connect: float = 5, read: float = 15, connections: int = 256) -> None:
        self._connect, self._read, self._connections = connect, read, connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=Connector(limit=self._connections))

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Raises: TelegramError, without the payload."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            pass
        try:
            return json.loads(payload)  # laxer: half a surrogate pair in one message must not block all others
        except ValueError:
            raise TelegramError("Invalid server response") from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises: Unreached, TimedOut, NetworkError — without the address, which carries the token."""
        if self._session is None:
            raise RuntimeError("the request is not initialised")
        read = self._read if isinstance(read_timeout, DefaultValue) else read_timeout
        timeout = _timeout(self._connect, read)
        body = _body(request_data)
        headers = JSON if isinstance(body, bytes) else None
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, TooLate) as error:
            raise Unreached(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except Exception as error:
            raise NetworkError(type(error).__name__) from None


async def call(bot: Bot, method: str, **parameters: Any) -> Any:
    """The result of a method, as it comes: for what need not be parsed, since making the library's objects of a
    sent message takes longer than sending it. Values are JSON; those that are None stay out.

    Raises: TelegramError, as the library's own methods.
    """
    given = [RequestParameter(name, value, None) for name, value in parameters.items() if value is not None]
    return await bot.request.post(f"{bot.base_url}/{method}", RequestData(given))


@lru_cache(maxsize=64)
def _timeout(connect: float, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connect, sock_read=read, total=(read or 0) + TRANSFER_SECONDS)


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """JSON, or a form when there are files."""
    if data is None or not data.parameters:
        return None
    if not data.contains_files:
        return _json(data.parameters)
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _json(parameters: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(parameters)
    except TypeError:
        return json.dumps(parameters).encode()  # laxer: half a surrogate pair, which Telegram may judge by itself
