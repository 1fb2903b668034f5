"""The people side over HTTP, for the page and for tests."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.answers import json_response, people_call
from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import Json, PeopleError
from bot.sandbox.faults import Fault
from bot.sandbox.params import Params
from bot.sandbox.people import groups, phones, speech
from bot.sandbox.people.stream import event_stream
from bot.sandbox.state import chat_card, state
from bot.sandbox.world import World

Act = Callable[[World, Params], Json]


def routes(world: World) -> list[Route]:
    acts = [Route(f"/people/{name}", people_call(world, act), methods=["POST"]) for name, act in ACTS.items()]

    async def see(request: Request) -> Response:
        return json_response(state(world))

    async def download(request: Request) -> Response:
        stored = world.files.get(request.path_params["file_id"])
        if stored is None:
            return json_response({"error": "there is no such file"}, 404)
        return Response(stored.data, media_type=stored.mime)

    async def watch(request: Request) -> Response:
        return event_stream(world)

    return [
        *acts,
        Route("/people/state", see),
        Route("/people/events", watch),
        Route("/people/file/{file_id}", download),
    ]


def _who(world: World, given: Params) -> tuple[Person, Chat]:
    return world.person(given.integer("person")), world.chat(given.integer("chat"))


def _new(world: World, given: Params) -> Json:
    person = phones.new_person(
        world,
        given.text("first_name"),
        username=given.text("username") or None,
        language_code=given.text("language_code") or "id",
        id=given.integer("id") or None,
    )
    return person.card()


def _group(world: World, given: Params) -> Json:
    creator = world.person(given.integer("creator"))
    chat = groups.new_group(world, given.text("title"), creator, type=given.text("type") or "group")
    return chat_card(world, chat)


def _send(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    return speech.send(world, person, chat, given.text("text"), reply_to=given.integer("reply_to") or None).view()


def _edit(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    return speech.edit(world, person, chat, given.integer("message_id"), given.text("text")).view()


def _tap(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    return {"callback_query_id": speech.tap(world, person, chat, given.integer("message_id"), given.text("data"))}


def _attach(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    uploads = given.uploads("file")
    kept = speech.attach(world, person, chat, given.text("kind"), uploads, caption=given.text("caption"))
    return {"messages": [one.view() for one in kept]}


def _location(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    try:
        latitude, longitude = float(given.text("latitude")), float(given.text("longitude"))
    except ValueError:
        raise PeopleError("a location has a latitude and a longitude, in degrees") from None
    return speech.send_location(world, person, chat, latitude, longitude).view()


def _sticker(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    return speech.send_sticker(world, person, chat, given.text("emoji") or "👍").view()


def _join(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    groups.join(world, person, chat)
    return chat_card(world, chat)


def _leave(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    groups.leave(world, person, chat)
    return chat_card(world, chat)


def _promote(world: World, given: Params) -> Json:
    chat = world.chat(given.integer("chat"))
    groups.promote(world, chat, given.integer("person"), anonymous=given.flag("anonymous"))
    return chat_card(world, chat)


def _add_bot(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    groups.add_bot(world, person, chat, startgroup=given.text("startgroup") or None)
    return chat_card(world, chat)


def _remove_bot(world: World, given: Params) -> Json:
    person, chat = _who(world, given)
    groups.remove_bot(world, person, chat)
    return chat_card(world, chat)


def _migrate(world: World, given: Params) -> Json:
    return chat_card(world, groups.migrate(world, world.chat(given.integer("chat"))))


def _block(world: World, given: Params) -> Json:
    person = world.person(given.integer("person"))
    phones.block(world, person)
    return person.card()


def _unblock(world: World, given: Params) -> Json:
    person = world.person(given.integer("person"))
    phones.unblock(world, person)
    return person.card()


def _misbehave(world: World, given: Params) -> Json:
    fault = Fault(
        given.text("method") or "*",
        given.text("how"),
        times=given.integer("times", 1),
        chat=given.integer("chat") or None,
        retry_after=given.integer("retry_after", 3),
        seconds=float(given.text("seconds") or 1),
    )
    world.faults.plan(fault)
    return {"planned": True}


def _behave(world: World, given: Params) -> Json:
    world.faults.clear()
    return {"planned": False}


def _enforce(world: World, given: Params) -> Json:
    world.limits.enforced = given.flag("limits")
    return {"limits": world.limits.enforced}


ACTS: dict[str, Act] = {
    "new": _new,
    "group": _group,
    "send": _send,
    "edit": _edit,
    "tap": _tap,
    "attach": _attach,
    "location": _location,
    "sticker": _sticker,
    "join": _join,
    "leave": _leave,
    "promote": _promote,
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "migrate": _migrate,
    "block": _block,
    "unblock": _unblock,
    "misbehave": _misbehave,
    "behave": _behave,
    "enforce": _enforce,
}
