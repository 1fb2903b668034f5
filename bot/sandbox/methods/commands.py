"""The bot's menu of commands."""

from bot.sandbox.access import readable
from bot.sandbox.commands import PLAIN_SCOPES, Scope
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.params import Params
from bot.sandbox.state import publish_menus
from bot.sandbox.world import World


def set_my_commands(world: World, params: Params) -> bool:
    if "commands" not in params:
        raise bad_request('can\'t find field "commands"')
    world.commands.set(_scope(world, params), params.text("language_code"), params.structure("commands"))
    publish_menus(world)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_scope(world, params), params.text("language_code"))


def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.delete(_scope(world, params), params.text("language_code"))
    publish_menus(world)
    return True


def _scope(world: World, params: Params) -> Scope:
    given = params.structure("scope") or {"type": "default"}
    kind = given.get("type") if isinstance(given, dict) else None
    if kind in PLAIN_SCOPES:
        return str(kind), 0, 0
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    details = Params(given)
    chat = readable(world, details)
    if kind != "chat" and chat.private:
        raise bad_request(f"can't use {kind} scope in a private chat")
    user_id = details.integer("user_id") if kind == "chat_member" else 0
    if kind == "chat_member" and world.user(user_id) is None:
        raise bad_request("user not found")
    return str(kind), chat.id, user_id
