"""Changing what the bot has said before."""

from bot.sandbox.access import message_in, writable
from bot.sandbox.chats import Chat, Kept
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.markup import inline_markup
from bot.sandbox.methods import texts
from bot.sandbox.methods.media import input_media
from bot.sandbox.params import Params
from bot.sandbox.world import World

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CONTENT = {
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "photo",
    "document",
    "reply_markup",
}
MEDIA = ("photo", "document", "video", "voice")


def edit_message_text(world: World, params: Params) -> Json:
    chat, kept = _own(world, params)
    if "text" not in kept.body:
        raise bad_request("there is no text in the message to edit")
    said = texts.message_text(world, params, too_long="MESSAGE_TOO_LONG")
    options = params.structure("link_preview_options")
    if isinstance(options, dict):
        said["link_preview_options"] = options
    return _replace(world, chat, kept, said | _keyboard(params))


def edit_message_caption(world: World, params: Params) -> Json:
    chat, kept = _own(world, params)
    if not any(kind in kept.body for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    said = texts.caption(world, params, too_long="MEDIA_CAPTION_TOO_LONG")
    return _replace(world, chat, kept, _attached(kept) | said | _keyboard(params))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, kept = _own(world, params)
    content = {key: value for key, value in kept.body.items() if key in CONTENT - {"reply_markup"}}
    return _replace(world, chat, kept, content | _keyboard(params))


def edit_message_media(world: World, params: Params) -> Json:
    """A text becomes a photo or document; an album's photo stays a photo, its document a document."""
    chat, kept = _own(world, params)
    if "media" not in params:
        raise bad_request("can't parse InputMedia: expected an Object")
    content = input_media(world, params, params.structure("media"))
    if "media_group_id" in kept.body and not _attached(kept).keys() & content.keys():
        raise bad_request("can't change media type in the album")
    return _replace(world, chat, kept, content | _keyboard(params))


def _own(world: World, params: Params) -> tuple[Chat, Kept]:
    """The message to edit: the bot's, and not one that asked for a reply or showed a reply keyboard."""
    chat = writable(world, params)
    kept = message_in(chat, params, "message to edit not found")
    if not kept.from_bot or "reply_markup" in kept.extra or "pinned_message" in kept.body:
        raise bad_request("message can't be edited")
    return chat, kept


def _keyboard(params: Params) -> Json:
    """An edit that names no keyboard takes the old one away."""
    keyboard = inline_markup(params)
    return {"reply_markup": keyboard} if keyboard else {}


def _attached(kept: Kept) -> Json:
    return {kind: kept.body[kind] for kind in MEDIA if kind in kept.body}


def _replace(world: World, chat: Chat, kept: Kept, content: Json) -> Json:
    unchanged = {key: value for key, value in kept.body.items() if key in CONTENT}
    if unchanged == content:
        raise bad_request(SAME)
    world.limits.check(chat)
    rest = {key: value for key, value in kept.body.items() if key not in CONTENT}
    body = rest | content | {"edit_date": world.now()}
    world.replace(chat, Kept(body, kept.from_bot, kept.extra))
    return body
