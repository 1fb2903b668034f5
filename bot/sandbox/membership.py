"""Who is in a group, and what everybody hears when that changes."""

from bot.sandbox.chats import Chat, Member, Person
from bot.sandbox.errors import Json
from bot.sandbox.privacy import deliver
from bot.sandbox.state import publish_chat
from bot.sandbox.world import World


def change(world: World, chat: Chat, member: Member, *, actor: Json) -> None:
    """Put a new membership in place. The bot hears of its own, and of people's where it is an admin."""
    shown: Json = {"old_chat_member": world.member_json(chat.member(member.user_id))}
    chat.members[member.user_id] = member
    shown["new_chat_member"] = world.member_json(member)
    if member.user_id == world.bot_id:
        world.updates.push("my_chat_member", _head(world, chat, actor) | shown)
    elif chat.member(world.bot_id).admin:
        world.updates.push("chat_member", _head(world, chat, actor) | shown)
    publish_chat(world, chat)


def announce(world: World, chat: Chat, actor: Json, fields: Json) -> None:
    """A service message, such as somebody having joined."""
    kept = world.post(chat, {"from": actor} | fields)
    deliver(world, chat, "message", kept.body)


def tell_blocked(world: World, person: Person) -> None:
    """A private chat has just been closed or opened to the bot by its person."""
    shown = [world.member_json(Member(world.bot_id, status)) for status in ("member", "kicked")]
    old, new = shown if person.blocked else reversed(shown)
    head = _head(world, world.chats[person.id], person.user())
    world.updates.push("my_chat_member", head | {"old_chat_member": old, "new_chat_member": new})


def _head(world: World, chat: Chat, actor: Json) -> Json:
    person = world.people.get(int(actor["id"]))
    if person:
        person.known = True
    return {"chat": chat.brief(), "from": actor, "date": world.now()}
