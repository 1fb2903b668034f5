"""Getting a phone, and closing it to the bot."""

from bot.sandbox.chats import Chat, Member, Person
from bot.sandbox.errors import PeopleError
from bot.sandbox.membership import tell_blocked
from bot.sandbox.state import publish_chat, publish_person
from bot.sandbox.world import World

FIRST_PERSON = 700_000_000


def new_person(
    world: World,
    first_name: str,
    *,
    username: str | None = None,
    language_code: str | None = "id",
    id: int | None = None,
) -> Person:
    """Somebody with a phone, whom the bot has never met. Raises PeopleError for an id or username already taken."""
    person_id = id or FIRST_PERSON + world.serial()
    if not first_name.strip():
        raise PeopleError("a person needs a first name")
    if person_id in world.chats or person_id == world.bot_id or person_id < 1:
        raise PeopleError(f"the id {person_id} is taken")
    if username and any(other.username == username for other in world.people.values()):
        raise PeopleError(f"the username {username} is taken")
    person = Person(person_id, first_name, username, language_code)
    world.people[person_id] = person
    members = {user_id: Member(user_id) for user_id in (person_id, world.bot_id)}
    chat = world.chats[person_id] = Chat(person_id, "private", person=person, members=members)
    publish_person(world, person)
    publish_chat(world, chat)
    return person


def block(world: World, person: Person) -> None:
    _set_blocked(world, person, blocked=True)


def unblock(world: World, person: Person) -> None:
    _set_blocked(world, person, blocked=False)


def _set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    if person.blocked == blocked:
        return
    person.blocked = blocked
    if person.started:
        tell_blocked(world, person)
    publish_person(world, person)
