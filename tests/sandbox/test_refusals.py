"""What Telegram refuses of every other method, and of wrong addresses and bodies."""

from typing import Any

import pytest

from tests.sandbox.conftest import ANI, TOKEN, Sandbox, picture


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"message_id": 4, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"message_id": 2, "text": ""}, "message text is empty"),
        ("editMessageText", {"message_id": 2, "text": "a" * 4097}, "MESSAGE_TOO_LONG"),
        (
            "editMessageText",
            {"message_id": 2, "text": "x", "reply_markup": {"force_reply": True}},
            "inline keyboard expected",
        ),
        ("editMessageText", {"message_id": 3, "text": "x"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"message_id": 2, "caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageCaption", {"message_id": 3, "caption": "a" * 1025}, "MEDIA_CAPTION_TOO_LONG"),
        ("editMessageMedia", {"message_id": 3}, "can't parse InputMedia: expected an Object"),
        ("editMessageMedia", {"message_id": 3, "media": {"type": "poll"}}, "unsupported InputMedia type specified"),
        (
            "editMessageMedia",
            {"message_id": 3, "media": {"type": "photo", "media": "attach://nowhere"}},
            "wrong file identifier/HTTP URL specified",
        ),
        ("editMessageReplyMarkup", {"message_id": 99}, "message to edit not found"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]}, "REACTION_INVALID"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
            "REACTIONS_TOO_MANY",
        ),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "https://contoh.id/a.png"}, "failed to get HTTP URL content"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendMediaGroup", {"media": "x"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": [{"type": "photo"}]}, "there are too many or too few media in the album"),
        (
            "sendMediaGroup",
            {"media": [{"type": "photo"}, {"type": "document"}]},
            "documents and photos can't be mixed in an album",
        ),
        ("getChatMember", {"user_id": 5}, "PARTICIPANT_ID_INVALID"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "5"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("answerCallbackQuery", {"callback_query_id": "5", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
        ("setMyCommands", {}, 'can\'t find field "commands"'),
        ("setMyCommands", {"commands": [{"command": "Lapor", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "lapor", "description": ""}]},
            "command description must be non-empty",
        ),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [], "language_code": "indonesia"}, "LANG_CODE_INVALID"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ("setWebhook", {"url": "ftp://contoh.id"}, "bad webhook: invalid webhook URL specified"),
        (
            "setWebhook",
            {"url": "https://contoh.id", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("getUpdates", {"limit": "banyak"}, "invalid limit specified"),
    ],
)
async def test_everything_else(ani: Sandbox, method: str, params: dict[str, Any], words: str) -> None:
    """Message 1 is Ani's, 2 the bot's text, 3 its photo, 4 a question that forces a reply."""
    await ani.result("sendMessage", chat_id=ANI, text="Halo")
    photo = {"photo": ("a.png", picture(), "image/png")}
    await ani.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": str(ANI)}, files=photo)
    await ani.result("sendMessage", chat_id=ANI, text="Mengapa?", reply_markup={"force_reply": True})
    assert await ani.refusal(method, **{"chat_id": ANI, **params}) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        (f"/bot{TOKEN}/sendPigeon", 404, "Not Found: method not found"),
        ("/bot123456:wrong/getMe", 401, "Unauthorized"),
        (f"/file/bot{TOKEN}/photos/none.jpg", 404, "Not Found"),
        ("/file/bot1:x/photos/none.jpg", 401, "Unauthorized"),
    ],
)
async def test_wrong_addresses(sandbox: Sandbox, path: str, status: int, description: str) -> None:
    response = await sandbox.http.get(path)
    assert (response.status_code, response.json()) == (
        status,
        {"ok": False, "error_code": status, "description": description},
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [("{", "can't parse request JSON object"), ("[]", "expected JSON object in the request")],
)
async def test_a_body_that_is_no_object(sandbox: Sandbox, body: str, words: str) -> None:
    headers = {"Content-Type": "application/json"}
    response = await sandbox.http.post(f"/bot{TOKEN}/getMe", content=body, headers=headers)
    assert (response.status_code, response.json()["description"]) == (400, f"Bad Request: {words}")


async def test_every_way_of_sending_parameters_counts(ani: Sandbox) -> None:
    path, said = f"/bot{TOKEN}/SENDmessage", {"chat_id": str(ANI), "text": "Halo"}
    for response in (
        await ani.http.get(path, params=said),
        await ani.http.post(path, params=said),
        await ani.http.post(path, data=said),
        await ani.http.post(path, data=said, files={"unused": b"x"}),
        await ani.http.post(path, json=said),
    ):
        assert response.json()["result"]["text"] == "Halo"
    assert await ani.shown(ANI) == ["/start", *["Halo"] * 5]
