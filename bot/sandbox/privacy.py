"""Which messages of people reach the bot: https://core.telegram.org/bots/features#privacy-mode."""

import re

from bot.sandbox.chats import Chat
from bot.sandbox.errors import Json
from bot.sandbox.world import World

SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "group_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
}
_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@([A-Za-z0-9_]+))?(?!\S)")


def deliver(world: World, chat: Chat, kind: str, body: Json) -> None:
    """Queue a ``message`` or ``edited_message`` for the bot, if it may see it."""
    if not _visible(world, chat, body):
        return
    author = world.people.get(int(body["from"]["id"]))
    if author:
        author.known = True
    world.updates.push(kind, body)


def _visible(world: World, chat: Chat, body: Json) -> bool:
    if chat.person:
        return not chat.person.blocked
    bot = chat.member(world.bot_id)
    if not bot.present:
        return False
    return bot.admin or bool(SERVICE & body.keys()) or _answers_bot(world, body) or _commands_bot(world, body)


def _answers_bot(world: World, body: Json) -> bool:
    replied = body.get("reply_to_message", {})
    return bool(replied.get("from", {}).get("id") == world.bot_id)


def _commands_bot(world: World, body: Json) -> bool:
    """A command without a name counts too, as it does for a group's only bot."""
    match = _COMMAND.match(body.get("text") or body.get("caption") or "")
    if match is None:
        return False
    return match.group(1) is None or match.group(1).lower() == str(world.bot["username"]).lower()
