"""May the bot read or write here? Telegram's answers."""

import re

from bot.sandbox.chats import Chat, Kept
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.params import Params
from bot.sandbox.world import World

_NUMBER = re.compile(r"-?[0-9]{1,18}")


def readable(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that ``chat_id`` names, if the bot has ever met it."""
    given = params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    chat = world.chats.get(int(given)) if _NUMBER.fullmatch(given) else None
    if chat is None or not _met(world, chat):
        raise bad_request("chat not found")
    return chat


def present(world: World, params: Params) -> Chat:
    """The chat, if the bot is in it."""
    chat = readable(world, params)
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    status = chat.member(world.bot_id).status
    if not chat.private and status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not chat.private and status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def writable(world: World, params: Params) -> Chat:
    """The chat, if the bot may send to it now."""
    chat = present(world, params)
    if chat.person and chat.person.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.person and not chat.person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def message_in(chat: Chat, params: Params, refusal: str) -> Kept:
    """The message that ``message_id`` names; ``refusal`` says what Telegram answers when there is none."""
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    kept = chat.history.get(params.integer("message_id"))
    if kept is None:
        raise bad_request(refusal)
    return kept


def _met(world: World, chat: Chat) -> bool:
    if chat.person:
        return chat.person.started or chat.person.known
    return world.bot_id in chat.members
