"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import hmac
import inspect
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.answers import Endpoint, json_response, refusal
from bot.sandbox.errors import AnswerDrips, AnswerLost, ApiError, ConnectionCut
from bot.sandbox.lost import CutResponse, DrippingResponse, LostResponse
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

logger = logging.getLogger(__name__)


def routes(world: World) -> list[Route]:
    return [
        Route("/bot{token}/{method}", _method_endpoint(world), methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", _file_endpoint(world), methods=["GET"]),
    ]


def _method_endpoint(world: World) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            _authorise(world, request)
            params = await read_params(request)
            result = await call(world, request.path_params["method"], params)
        except ApiError as error:
            world.refusals[error.description] += 1
            return refusal(error)
        except AnswerLost:
            return LostResponse()
        except AnswerDrips as answer:
            return DrippingResponse(json_response({"ok": True, "result": answer.result}), answer.seconds)
        except ConnectionCut:
            return CutResponse(world.cut)
        except Exception:
            logger.exception("the sandbox failed in %s", request.path_params["method"])
            return refusal(ApiError(500, "Internal Server Error"))
        return json_response({"ok": True, "result": result})

    return endpoint


def _file_endpoint(world: World) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            _authorise(world, request)
        except ApiError as error:
            return refusal(error)
        stored = world.files.at(request.path_params["path"])
        if stored is None:
            return refusal(ApiError(404, "Not Found"))
        return Response(stored.data, media_type="application/octet-stream")

    return endpoint


async def call(world: World, name: str, params: Params) -> Any:
    """Carry out one method, misbehaving if told to; raises ApiError, AnswerLost, AnswerDrips, ConnectionCut."""
    name = name.lower()
    if name not in METHODS:
        raise ApiError(404, "Not Found: method not found")
    world.calls[name] += 1
    fault = world.faults.take(name, params.text("chat_id"))
    if fault:
        await fault.before()
    result = METHODS[name](world, params)
    if inspect.isawaitable(result):
        result = await result
    if fault and fault.how == "lost":
        raise AnswerLost
    if fault and fault.how == "drip":
        raise AnswerDrips(result, fault.seconds)
    return result


def _authorise(world: World, request: Request) -> None:
    if not hmac.compare_digest(request.path_params["token"].encode(), world.token.encode()):
        raise ApiError(401, "Unauthorized")
