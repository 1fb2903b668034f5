"""A web server inside the running event loop, which leaves signals to whoever owns the loop."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

CLOSING_SECONDS = 1


class PortTaken(Exception):
    """A port cannot be used; its words say which, what for and why."""


def open_port(host: str, port: int, what: str) -> socket.socket:
    """Raises: PortTaken."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise PortTaken(f"The port {port} {what} cannot be used ({error.strerror or type(error).__name__}).") from None


async def serve(app: Starlette, listener: socket.socket) -> None:
    """Serve until cancelled; requests under way are answered first, for a moment."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=CLOSING_SECONDS
    )
    server = _Server(config)
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=CLOSING_SECONDS + 0.5)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
