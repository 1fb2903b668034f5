"""The sandbox as one web application, and a server for it inside the running event loop."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox import api
from bot.sandbox.people import routes as people
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
SHUTDOWN_SECONDS = 2
CLOSING_STEP = 0.002


def create_app(world: World) -> Starlette:
    """The Bot API, the people side and the page; callers may append routes of their own."""

    async def index(request: Request) -> Response:
        return FileResponse(PAGE / "index.html")

    return Starlette(
        routes=[
            *api.routes(world),
            *people.routes(world),
            Route("/", index),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        ],
    )


@asynccontextmanager
async def running(
    world: World, port: int = 0, *, app: Starlette | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[str]:
    """Serve the world until the block ends; yields the base URL. Port 0 takes a free one, ``app`` a prepared one.

    The same world can be served again later: Telegram was away, and nothing is forgotten.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        app or create_app(world),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    world.updates.open, world.cut = True, server.cut
    world.delivery.resume()
    try:
        await server.ready.wait()
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.end()
        await world.delivery.pause()
        world.events.close()
        world.updates.open = False
        world.updates.interrupt(None)
        await serving
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    """Names TCP outright: asyncio sets TCP_NODELAY only then, and without it every answer waits 40 ms."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


class _Server(uvicorn.Server):
    """Says when it is ready, and leaves signals to whoever owns the event loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._ending = asyncio.Event()

    def end(self) -> None:
        self.should_exit = True
        self._ending.set()

    def cut(self, client: object) -> None:
        """Reset a connection: its peer hears nothing any more, and learns so at once."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == client:
                transport = connection.transport
                own = transport.get_extra_info("socket")
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                transport.abort()

    async def main_loop(self) -> None:
        """As inherited, but it ends at once when told to, not at the next tenth of a second."""
        ticks = 0
        while not await self.on_tick(ticks):
            ticks = (ticks + 1) % 864_000
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As inherited, but in steps of a few milliseconds instead of tenths of a second; there is no lifespan."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - uvicorn's own sets
                    await asyncio.sleep(CLOSING_STEP)
        for task in self.server_state.tasks:
            task.cancel()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield
