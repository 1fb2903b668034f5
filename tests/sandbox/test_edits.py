"""Messages after they have been sent: edited, deleted, pinned."""

from typing import Any

from tests.sandbox.conftest import ANI, Sandbox


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_an_edit_that_changes_nothing(ani: Sandbox) -> None:
    buttons = keyboard({"text": "Ubah", "callback_data": "ubah:1"})
    await ani.result("sendMessage", chat_id=ANI, text="<b>Halo</b>", parse_mode="HTML", reply_markup=buttons)
    edit = {"chat_id": ANI, "message_id": 2, "text": "<strong>Halo</strong> ", "parse_mode": "HTML"}
    assert await ani.refusal("editMessageText", **edit, reply_markup=buttons) == (400, SAME)
    assert await ani.refusal("editMessageReplyMarkup", chat_id=ANI, message_id=2, reply_markup=buttons) == (400, SAME)
    bare = await ani.result("editMessageText", **edit)
    assert ("reply_markup" in bare, bare["edit_date"]) == (False, bare["date"])
    assert await ani.refusal("editMessageReplyMarkup", chat_id=ANI, message_id=2) == (400, SAME)


async def test_old_messages_stay_and_still_can_be_edited(ani: Sandbox) -> None:
    sent = await ani.result("sendMessage", chat_id=ANI, text="Halo")
    ani.time.pass_by(49 * 3600)
    old = {"chat_id": ANI, "message_id": sent["message_id"]}
    assert await ani.refusal("deleteMessage", **old) == (400, "Bad Request: message can't be deleted for everyone")
    edited = await ani.result("editMessageText", **old, text="Dua hari kemudian")
    assert edited["edit_date"] - edited["date"] == 49 * 3600


async def test_pinning_in_a_group_takes_an_admin(ani: Sandbox) -> None:
    group = await ani.group()
    sent = await ani.result("sendMessage", chat_id=group, text="Papan")
    pin = {"chat_id": group, "message_id": sent["message_id"]}
    refused = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    assert await ani.refusal("pinChatMessage", **pin) == refused
    await ani.people("promote", person=ani.world.bot_id, chat=group)
    assert await ani.result("pinChatMessage", **pin) is True
    assert (await ani.result("getChat", chat_id=group))["pinned_message"]["text"] == "Papan"
    assert (await ani.chat(group))["pinned"] == sent["message_id"]
    assert await ani.result("unpinChatMessage", chat_id=group) is True
    assert (await ani.chat(group))["pinned"] is None


async def test_other_peoples_messages_in_a_group_are_not_the_bots_to_delete(ani: Sandbox) -> None:
    group = await ani.group()
    said = await ani.people("send", person=ANI, chat=group, text="Halo semua")
    delete = {"chat_id": group, "message_id": said["message_id"]}
    assert await ani.refusal("deleteMessage", **delete) == (400, "Bad Request: message can't be deleted")
    await ani.people("promote", person=ani.world.bot_id, chat=group)
    assert await ani.result("deleteMessage", **delete) is True
    assert "Halo semua" not in await ani.shown(group)
