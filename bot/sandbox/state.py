"""What people see, as the page and tests read it."""

from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import Json
from bot.sandbox.world import World


def state(world: World) -> Json:
    return {
        "now": world.clock().isoformat(),
        "bot": world.bot,
        "people": [person.card() for person in world.people.values()],
        "chats": [chat_card(world, chat) for chat in world.chats.values()],
    }


def chat_card(world: World, chat: Chat) -> Json:
    """A chat with its last messages. ``migrated_to`` names the supergroup that a group has become."""
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.person.first_name if chat.person else chat.title,
        "members": chat.present(),
        "admins": chat.admins(),
        "pinned": chat.pinned[-1] if chat.pinned else None,
        "migrated_to": chat.migrated_to,
        "commands": _menu(world, chat),
        "messages": [kept.view() for kept in chat.history.recent()],
    }


def publish_chat(world: World, chat: Chat) -> None:
    if world.events.watched:
        world.events.publish({"type": "chat", "chat": chat_card(world, chat)})


def publish_person(world: World, person: Person) -> None:
    world.events.publish({"type": "person", "person": person.card()})


def publish_menus(world: World) -> None:
    """Any chat's menu may have changed."""
    for chat in world.chats.values():
        publish_chat(world, chat)


def _menu(world: World, chat: Chat) -> list[Json]:
    """As the person sees it, in a group as a member who is no admin and speaks the default language."""
    person = chat.person
    return world.commands.shown(
        chat_id=chat.id,
        user_id=person.id if person else 0,
        private=chat.private,
        admin=False,
        language=(person.language_code or "") if person else "",
    )
