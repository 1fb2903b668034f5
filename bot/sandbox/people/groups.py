"""Groups: made, joined, left, led, and turned into supergroups."""

from dataclasses import replace

from bot.sandbox.chats import Chat, Member, Person
from bot.sandbox.errors import PeopleError
from bot.sandbox.membership import announce, change
from bot.sandbox.people.speech import send
from bot.sandbox.state import publish_chat
from bot.sandbox.world import World

FIRST_GROUP = 4_000_000
FIRST_SUPERGROUP = 1_000_000_000_000 + 2_000_000_000


def new_group(world: World, title: str, creator: Person, *, type: str = "group") -> Chat:
    if type not in ("group", "supergroup"):
        raise PeopleError("a group is a group or a supergroup")
    if not title.strip():
        raise PeopleError("a group needs a title")
    members = {creator.id: Member(creator.id, "creator")}
    chat = Chat(_new_id(world, type), type, title=title.strip(), members=members)
    world.chats[chat.id] = chat
    publish_chat(world, chat)
    return chat


def join(world: World, person: Person, chat: Chat) -> None:
    _group(chat)
    if chat.member(person.id).present:
        raise PeopleError(f"{person.first_name} is already in {chat.title}")
    change(world, chat, Member(person.id), actor=person.user())
    announce(world, chat, person.user(), {"new_chat_members": [person.user()]})


def leave(world: World, person: Person, chat: Chat) -> None:
    _inside(person, chat)
    announce(world, chat, person.user(), {"left_chat_member": person.user()})
    change(world, chat, Member(person.id, "left"), actor=person.user())


def promote(world: World, chat: Chat, user_id: int, *, anonymous: bool = False) -> None:
    """Make a person, or the bot, an admin; done by the group's creator, who stays creator."""
    _group(chat)
    member = chat.member(user_id)
    if not member.present:
        raise PeopleError("only members can be promoted")
    actor = world.person(next(m.user_id for m in chat.members.values() if m.status == "creator")).user()
    status = "creator" if member.status == "creator" else "administrator"
    change(world, chat, replace(member, status=status, anonymous=anonymous), actor=actor)


def add_bot(world: World, person: Person, chat: Chat, *, startgroup: str | None = None) -> None:
    """Add the bot, by a ``?startgroup=`` link when there is a token: the client then sends /start with it."""
    _inside(person, chat)
    if not chat.member(world.bot_id).present:
        change(world, chat, Member(world.bot_id), actor=person.user())
        announce(world, chat, person.user(), {"new_chat_members": [world.bot]})
    if startgroup:
        send(world, person, chat, f"/start@{world.bot['username']} {startgroup}")


def remove_bot(world: World, person: Person, chat: Chat) -> None:
    _inside(person, chat)
    if not chat.member(world.bot_id).present:
        raise PeopleError("the bot is not in this chat")
    announce(world, chat, person.user(), {"left_chat_member": world.bot})
    change(world, chat, Member(world.bot_id, "kicked"), actor=person.user())


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a group into a supergroup: a new id, new message ids, and a service message on either side."""
    _group(chat)
    if chat.type != "group":
        raise PeopleError("only a group can become a supergroup")
    creator = world.person(chat.admins()[0]).user()
    members = {user_id: replace(member) for user_id, member in chat.members.items()}
    successor = Chat(_new_id(world, "supergroup"), "supergroup", title=chat.title, members=members)
    world.chats[successor.id] = successor
    announce(world, chat, creator, {"migrate_to_chat_id": successor.id})
    chat.migrated_to = successor.id
    announce(world, successor, creator, {"migrate_from_chat_id": chat.id})
    publish_chat(world, chat)
    publish_chat(world, successor)
    return successor


def _new_id(world: World, type: str) -> int:
    return -(world.serial() + (FIRST_GROUP if type == "group" else FIRST_SUPERGROUP))


def _group(chat: Chat) -> None:
    if chat.private:
        raise PeopleError("this is a private chat")
    if chat.migrated_to is not None:
        raise PeopleError("this group has become a supergroup")


def _inside(person: Person, chat: Chat) -> None:
    _group(chat)
    if not chat.member(person.id).present:
        raise PeopleError(f"{person.first_name} is not in this chat")
