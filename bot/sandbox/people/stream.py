"""Server-Sent Events."""

from collections.abc import AsyncIterator

import orjson
from starlette.responses import StreamingResponse

from bot.sandbox.world import World


def event_stream(world: World) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(world), media_type="text/event-stream", headers=headers)


async def _lines(world: World) -> AsyncIterator[bytes]:
    with world.events.listening() as events:
        yield b": open\n\n"
        async for event in events:
            yield b": quiet\n\n" if event is None else b"data: " + orjson.dumps(event) + b"\n\n"
