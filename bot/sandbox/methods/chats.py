"""Who the bot is, where it is, and who is there."""

from bot.sandbox.access import present
from bot.sandbox.chats import Member
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.membership import change
from bot.sandbox.params import Params
from bot.sandbox.world import World

NO_GIFTS: Json = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
PERMISSIONS: Json = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_invite_users",
    ),
    True,
) | {"can_change_info": False, "can_pin_messages": False, "can_manage_topics": False}


def get_me(world: World, params: Params) -> Json:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def get_chat(world: World, params: Params) -> Json:
    chat = present(world, params)
    full = chat.brief() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }
    if not chat.private:
        full["permissions"] = PERMISSIONS
    top = chat.history.get(chat.pinned[-1]) if chat.pinned else None
    return full | ({"pinned_message": top.quoted()} if top else {})


def get_chat_member(world: World, params: Params) -> Json:
    chat = present(world, params)
    user_id = params.integer("user_id")
    if world.user(user_id) is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return world.member_json(chat.member(user_id))


def get_chat_member_count(world: World, params: Params) -> int:
    return len(present(world, params).present())


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = present(world, params)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    people = [chat.members[user_id] for user_id in chat.admins() if user_id != world.bot_id]
    return [world.member_json(member) for member in people]


def leave_chat(world: World, params: Params) -> bool:
    chat = present(world, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    change(world, chat, Member(world.bot_id, "left"), actor=world.bot)
    return True
