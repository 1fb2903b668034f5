"""What people do on their phones, and what the bot hears of it."""

from typing import Any

import pytest

from bot.sandbox.faults import HOWS
from tests.sandbox.conftest import ANI, BUDI, Sandbox, watching

ANI_USER = {"id": ANI, "is_bot": False, "first_name": "Ani", "username": "ani_arsip", "language_code": "id"}
ANI_CHAT = {"id": ANI, "type": "private", "first_name": "Ani", "username": "ani_arsip"}
BOT_USER = {"id": 123456, "is_bot": True, "first_name": "Harian", "username": "HarianBot"}


async def test_start_with_a_token(sandbox: Sandbox) -> None:
    await sandbox.people("new", first_name="Ani", username="ani_arsip", id=ANI)
    await sandbox.people("send", person=ANI, chat=ANI, text="/start kode_1")
    assert await sandbox.updates() == [
        {
            "message": {
                "message_id": 1,
                "date": sandbox.world.now(),
                "chat": ANI_CHAT,
                "from": ANI_USER,
                "text": "/start kode_1",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            }
        }
    ]


async def test_an_edit_keeps_the_date(ani: Sandbox) -> None:
    said = await ani.people("send", person=ANI, chat=ANI, text="Rapat")
    ani.time.pass_by(90)
    await ani.people("edit", person=ANI, chat=ANI, message_id=said["message_id"], text="Rapat 2 jam")
    _, update = await ani.updates()
    edited = update["edited_message"]
    assert (edited["message_id"], edited["text"], edited["edit_date"] - edited["date"]) == (2, "Rapat 2 jam", 90)
    assert await ani.shown(ANI) == ["/start", "Rapat 2 jam"]


async def test_a_tap_is_answered_once_and_in_time(ani: Sandbox) -> None:
    buttons = {"inline_keyboard": [[{"text": "Setujui", "callback_data": "ok:1"}]]}
    sent = await ani.result("sendMessage", chat_id=ANI, text="Kartu", reply_markup=buttons)
    tap = {"person": ANI, "chat": ANI, "message_id": sent["message_id"]}
    first = await ani.people("tap", **tap, data="ok:1")
    forged = await ani.people("tap", **tap, data="ok:999")
    queries = [update["callback_query"] for update in await ani.updates()]
    assert [(query["id"], query["data"]) for query in queries] == [
        (first["callback_query_id"], "ok:1"),
        (forged["callback_query_id"], "ok:999"),
    ]
    assert (queries[0]["from"], queries[0]["message"]) == (ANI_USER, sent)
    async with watching(ani) as events:
        answer = {"callback_query_id": first["callback_query_id"], "text": "Disetujui", "show_alert": True}
        assert await ani.result("answerCallbackQuery", **answer) is True
        assert await anext(events) == {"type": "toast", "person": ANI, "text": "Disetujui", "alert": True}
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert await ani.refusal("answerCallbackQuery", **answer) == too_old
    ani.time.pass_by(31)
    assert await ani.refusal("answerCallbackQuery", callback_query_id=forged["callback_query_id"]) == too_old


async def test_a_tap_on_a_deleted_message(ani: Sandbox) -> None:
    await ani.people("tap", person=ANI, chat=ANI, message_id=99, data="x")
    (update,) = await ani.updates()
    assert update["callback_query"]["message"] == {"chat": ANI_CHAT, "message_id": 99, "date": 0}


async def test_blocking_is_told(ani: Sandbox) -> None:
    await ani.people("block", person=ANI)
    await ani.people("block", person=ANI)
    await ani.people("unblock", person=ANI)
    member = {"status": "member", "user": BOT_USER}
    kicked = {"status": "kicked", "user": BOT_USER, "until_date": 0}
    head = {"chat": ANI_CHAT, "from": ANI_USER, "date": ani.world.now()}
    assert [update["my_chat_member"] for update in await ani.updates()] == [
        head | {"old_chat_member": member, "new_chat_member": kicked},
        head | {"old_chat_member": kicked, "new_chat_member": member},
    ]


@pytest.mark.parametrize(
    ("act", "given", "sentence"),
    [
        ("new", {"first_name": " "}, "a person needs a first name"),
        ("new", {"first_name": "Ani", "id": ANI}, f"the id {ANI} is taken"),
        ("new", {"first_name": "Ani", "username": "ani_arsip"}, "the username ani_arsip is taken"),
        ("group", {"title": "", "creator": ANI}, "a group needs a title"),
        ("group", {"title": "x", "creator": ANI, "type": "channel"}, "a group is a group or a supergroup"),
        ("group", {"title": "x", "creator": 5}, "there is no person 5"),
        ("send", {"person": ANI, "chat": 5, "text": "x"}, "there is no chat 5"),
        ("send", {"person": ANI, "chat": ANI, "text": " "}, "there is nothing to send"),
        ("send", {"person": ANI, "chat": ANI, "text": "a" * 4097}, "a message holds at most 4096 characters"),
        ("send", {"person": ANI, "chat": ANI, "text": "x", "reply_to": 99}, "there is no message 99 to reply to"),
        ("send", {"person": ANI, "chat": BUDI, "text": "x"}, "Ani is not in this chat"),
        ("send", {"person": BUDI, "chat": BUDI, "text": "x"}, "Budi has blocked the bot"),
        ("edit", {"person": ANI, "chat": ANI, "message_id": 2, "text": "x"}, "only one's own messages can be edited"),
        ("tap", {"person": ANI, "chat": BUDI, "message_id": 2, "data": "x"}, "Ani is not in this chat"),
        ("attach", {"person": ANI, "chat": ANI, "kind": "photo"}, "attach one to ten files"),
        (
            "attach",
            {"person": ANI, "chat": ANI, "kind": "smell"},
            "unknown kind 'smell'; known are photo, document, voice, video",
        ),
        ("join", {"person": ANI, "chat": ANI}, "this is a private chat"),
        ("location", {"person": ANI, "chat": ANI}, "a location has a latitude and a longitude, in degrees"),
        (
            "misbehave",
            {"how": "badly"},
            f"unknown misbehaviour 'badly'; known are {', '.join(HOWS)}",
        ),
    ],
)
async def test_what_people_cannot_do(ani: Sandbox, act: str, given: dict[str, Any], sentence: str) -> None:
    await ani.result("sendMessage", chat_id=ANI, text="Halo")
    await ani.people("new", first_name="Budi", id=BUDI)
    await ani.people("block", person=BUDI)
    response = await ani.http.post(f"/people/{act}", json=given)
    assert (response.status_code, response.json()) == (400, {"error": sentence})
