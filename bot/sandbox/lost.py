"""An answer that breaks off on the way."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PROMISED = 1000


class LostResponse(Response):
    """Announces a body and ends without it, so that the server cuts the connection and the client is left guessing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", str(PROMISED).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
