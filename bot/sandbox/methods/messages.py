"""Sending texts, and small acts upon messages."""

from bot.sandbox.access import message_in, present, writable
from bot.sandbox.chats import Chat, Kept
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.markup import any_markup
from bot.sandbox.methods import texts
from bot.sandbox.params import Params
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, params: Params) -> Json:
    chat = writable(world, params)
    body = texts.message_text(world, params) | _preview(params)
    return send(world, chat, params, body).body


def send(world: World, chat: Chat, params: Params, body: Json, *, counted: bool = True) -> Kept:
    """Post the bot's message with what every kind of message can carry: a reply, a keyboard, silence."""
    keyboard, extra = any_markup(params)
    replied = reply_target(chat, params)
    if params.integer("message_thread_id"):
        raise bad_request("message thread not found")
    if counted:
        world.limits.check(chat)
    head: Json = {"from": world.bot}
    if replied:
        head["reply_to_message"] = replied.quoted()
    if params.flag("protect_content"):
        head["has_protected_content"] = True
    if keyboard:
        body = body | {"reply_markup": keyboard}
    if params.flag("disable_notification"):
        extra = extra | {"silent": True}
    return world.post(chat, head | body, from_bot=True, extra=extra)


def reply_target(chat: Chat, params: Params) -> Kept | None:
    given = params.structure("reply_parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("can't parse reply parameters: expected an Object")
    message_id = given.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return None
    replied = chat.history.get(int(message_id))
    optional = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if replied is None and not optional:
        raise bad_request("message to be replied not found")
    return replied


def send_chat_action(world: World, params: Params) -> bool:
    chat = writable(world, params)
    if params.text("action").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.publish({"type": "typing", "chat": chat.id})
    return True


def delete_message(world: World, params: Params) -> bool:
    chat = present(world, params)
    kept = message_in(chat, params, "message to delete not found")
    admin = chat.member(world.bot_id).admin
    if not (kept.from_bot or chat.private or admin):
        raise bad_request("message can't be deleted")
    if world.now() - kept.body["date"] > DELETABLE_SECONDS and not (admin and chat.type == "supergroup"):
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, kept.id)
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    chat = _pinnable(world, params)
    kept = message_in(chat, params, "message to pin not found")
    if chat.pinned[-1:] != [kept.id]:
        world.pin(chat, kept.id)
        service = world.post(chat, {"from": world.bot, "pinned_message": kept.quoted()}, from_bot=True)
        world.updates.push("message", service.body)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    chat = _pinnable(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    world.unpin(chat, message_id)
    return True


def _pinnable(world: World, params: Params) -> Chat:
    chat = writable(world, params)
    if not chat.private and not chat.member(world.bot_id).admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _preview(params: Params) -> Json:
    options = params.structure("link_preview_options")
    return {"link_preview_options": options} if isinstance(options, dict) else {}
