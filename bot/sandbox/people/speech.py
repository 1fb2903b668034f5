"""Writing, editing, tapping and attaching."""

from collections.abc import Sequence

from bot.sandbox import entities
from bot.sandbox.chats import ANONYMOUS_ADMIN, Chat, Kept, Person
from bot.sandbox.errors import Json, PeopleError
from bot.sandbox.files import Upload
from bot.sandbox.privacy import deliver
from bot.sandbox.world import World

KINDS = ("photo", "document", "voice", "video")


def send(world: World, person: Person, chat: Chat, text: str, *, reply_to: int | None = None) -> Kept:
    return _say(world, person, chat, _text(text), reply_to=reply_to)


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> Kept:
    """Change the text, or the caption, of one's own message; its date stays, ``edit_date`` is now."""
    _enter(person, chat)
    kept = chat.history.get(message_id)
    if kept is None or kept.extra.get("by", kept.body["from"]["id"]) != person.id:
        raise PeopleError("only one's own messages can be edited")
    old = {"text", "entities", "caption", "caption_entities"}
    said = _text(text) if "text" in kept.body else _caption(text)
    rest = {key: value for key, value in kept.body.items() if key not in old}
    changed = Kept(rest | said | {"edit_date": world.now()}, False, kept.extra)
    world.replace(chat, changed)
    deliver(world, chat, "edited_message", changed.body)
    return changed


def tap(world: World, person: Person, chat: Chat, message_id: int, data: str) -> str:
    """Press a button; ``data`` may be forged, and the message long gone. Returns the callback query's id."""
    _enter(person, chat)
    if not chat.member(world.bot_id).present:
        raise PeopleError("the bot is not in this chat")
    kept = chat.history.get(message_id)
    query_id = world.queries.ask(person.id)
    query: Json = {
        "id": query_id,
        "from": person.user(),
        "message": kept.body if kept else {"chat": chat.brief(), "message_id": message_id, "date": 0},
        "chat_instance": str(abs(chat.id) * 1_000_003),
        "data": data,
    }
    world.updates.push("callback_query", query)
    return query_id


def attach(
    world: World, person: Person, chat: Chat, kind: str, uploads: Sequence[Upload], *, caption: str = ""
) -> list[Kept]:
    """One file, or an album of up to ten with the caption under its first."""
    if kind not in KINDS:
        raise PeopleError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    if not 1 <= len(uploads) <= 10:
        raise PeopleError("attach one to ten files")
    bodies = [_file(world, kind, upload) for upload in uploads]
    album = {"media_group_id": str(10**16 + world.serial())} if len(bodies) > 1 else {}
    bodies[0] |= _caption(caption)
    return [_say(world, person, chat, body | album) for body in bodies]


def send_location(world: World, person: Person, chat: Chat, latitude: float, longitude: float) -> Kept:
    return _say(world, person, chat, {"location": {"latitude": latitude, "longitude": longitude}})


def send_sticker(world: World, person: Person, chat: Chat, emoji: str) -> Kept:
    stored = world.files.keep("sticker", Upload(f"{emoji}.webp", "image/webp", emoji.encode()))
    shape: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return _say(world, person, chat, {"sticker": stored.head() | shape | {"emoji": emoji}})


def _say(world: World, person: Person, chat: Chat, body: Json, *, reply_to: int | None = None) -> Kept:
    _enter(person, chat)
    if chat.private:
        person.started = person.known = True
    head = _signed(person, chat)
    if reply_to:
        replied = chat.history.get(reply_to)
        if replied is None:
            raise PeopleError(f"there is no message {reply_to} to reply to")
        head["reply_to_message"] = replied.quoted()
    kept = world.post(chat, head | body, extra={"by": person.id} if "sender_chat" in head else {})
    deliver(world, chat, "message", kept.body)
    return kept


def _enter(person: Person, chat: Chat) -> None:
    if chat.migrated_to is not None:
        raise PeopleError("this group has become a supergroup")
    if not chat.member(person.id).present:
        raise PeopleError(f"{person.first_name} is not in this chat")
    if chat.private and person.blocked:
        raise PeopleError(f"{person.first_name} has blocked the bot")


def _signed(person: Person, chat: Chat) -> Json:
    """An anonymous admin speaks as the group."""
    if chat.member(person.id).anonymous:
        return {"from": ANONYMOUS_ADMIN, "sender_chat": chat.brief()}
    return {"from": person.user()}


def _text(source: str) -> Json:
    text, found = entities.finish(source, [])
    if not text:
        raise PeopleError("there is nothing to send")
    if entities.units(text) > entities.MAX_TEXT:
        raise PeopleError(f"a message holds at most {entities.MAX_TEXT} characters")
    return {"text": text} | ({"entities": found} if found else {})


def _caption(source: str) -> Json:
    text, found = entities.finish(source, [])
    if entities.units(text) > entities.MAX_CAPTION:
        raise PeopleError(f"a caption holds at most {entities.MAX_CAPTION} characters")
    return ({"caption": text} if text else {}) | ({"caption_entities": found} if found else {})


def _file(world: World, kind: str, upload: Upload) -> Json:
    if not upload.data:
        raise PeopleError("the file is empty")
    if kind == "photo":
        return {"photo": world.files.photo(upload)}
    if kind == "document":
        return {"document": world.files.document(upload)}
    about: Json = world.files.keep(kind, upload).head() | {"duration": 3, "mime_type": upload.mime}
    return {kind: about if kind == "voice" else about | {"width": 640, "height": 360}}
