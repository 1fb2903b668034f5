"""Answers that do not arrive as they should: broken off, in drops, or cut off by a reset connection."""

import asyncio
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PROMISED, DROPS = 1000, 10


class LostResponse(Response):
    """Announces a body and ends without it, so that the server cuts the connection and the client is left guessing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", str(PROMISED).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class DrippingResponse(Response):
    """The answer of another response in ten drops."""

    def __init__(self, answer: Response, seconds: float) -> None:
        super().__init__(answer.body, answer.status_code, media_type=answer.media_type)
        self._pause = seconds / DROPS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        size = -(-len(self.body) // DROPS)
        for n in range(DROPS):
            await asyncio.sleep(self._pause)
            await send({"type": "http.response.body", "body": self.body[n * size : (n + 1) * size], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class CutResponse(Response):
    """None at all: the connection is reset."""

    def __init__(self, cut: Callable[[object], None]) -> None:
        super().__init__()
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._cut(scope.get("client"))
        await receive()  # until the server has noticed
