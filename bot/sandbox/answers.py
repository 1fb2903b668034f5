"""How the sandbox answers over HTTP: as JSON, refusals included."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.errors import ApiError, Json, PeopleError
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def json_response(content: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def refusal(error: ApiError) -> Response:
    return json_response(error.body(), error.status)


def people_call(world: World, act: Callable[[World, Params], Json]) -> Endpoint:
    """An endpoint for one act of a person; what cannot be done is a 400 with a sentence."""

    async def endpoint(request: Request) -> Response:
        try:
            return json_response(act(world, await read_params(request)))
        except PeopleError as error:
            return json_response({"error": str(error)}, 400)
        except ApiError as error:
            return json_response({"error": error.description.removeprefix("Bad Request: ")}, 400)

    return endpoint
