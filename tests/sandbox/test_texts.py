"""What the bot may send, and what Telegram refuses of it, in Telegram's words."""

from typing import Any

import pytest

from tests.sandbox.conftest import ANI, Sandbox


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


ONE_ACTION = "can't parse inline keyboard button: exactly one action must be specified"
TEXT_BUTTON = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
NO_TEXT = "can't parse inline keyboard button: Can't find field \"text\""


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "html"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "can't parse entities: this server does not read MarkdownV2, only HTML and entities",
        ),
        (
            {"text": "x", "entities": [{"type": "shout", "offset": 0, "length": 1}]},
            "can't parse entities: unsupported MessageEntity type specified",
        ),
        (
            {"text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "@x"}]},
            "entity URL '@x' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"what": 1}}, "can't parse reply keyboard markup JSON object"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": ["x"]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays',
        ),
        ({"text": "x", "reply_markup": keyboard({"callback_data": "x"})}, NO_TEXT),
        (
            {"text": "x", "reply_markup": keyboard({"text": "", "callback_data": "x"})},
            "inline keyboard button text must be non-empty",
        ),
        ({"text": "x", "reply_markup": keyboard({"text": "x"})}, TEXT_BUTTON),
        (
            {"text": "x", "reply_markup": keyboard({"text": "x", "url": "https://a.id", "callback_data": "x"})},
            ONE_ACTION,
        ),
        ({"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "x" * 65})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "é" * 33})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": ""})}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": keyboard({"text": "x", "copy_text": {"text": "x" * 257}})},
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "x", "url": "http://localhost/x"})},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": keyboard(*[{"text": "x", "callback_data": "x"}] * 101)},
            "reply markup is too long",
        ),
        ({"text": "x", "reply_markup": {"keyboard": [[{"text": " "}]]}}, "keyboard button text must be non-empty"),
    ],
)
async def test_send_message(ani: Sandbox, params: dict[str, Any], words: str) -> None:
    assert await ani.refusal("sendMessage", chat_id=ANI, **params) == (400, f"Bad Request: {words}")
    assert await ani.shown(ANI) == ["/start"]


@pytest.mark.parametrize(
    "params",
    [
        {"text": "a" * 4096},
        {"text": "😀" * 2048},
        {"text": "&lt;" * 4096, "parse_mode": "HTML"},
        {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "x" * 64})},
        {"text": "x", "reply_markup": keyboard({"text": "x", "copy_text": {"text": "x" * 256}})},
        {"text": "x", "reply_markup": keyboard(*[{"text": "x", "callback_data": "x"}] * 100)},
        {"text": "x", "reply_markup": keyboard({"text": "x", "url": f"tg://user?id={ANI}"})},
        {"text": "x", "reply_markup": {"inline_keyboard": []}},
        {"text": "x", "reply_markup": {"force_reply": True, "input_field_placeholder": "Alasannya…"}},
        {"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"text": "x", "reply_parameters": {"message_id": 1}},
        {"text": "x", "reply_to_message_id": "1"},
    ],
)
async def test_what_is_just_allowed(ani: Sandbox, params: dict[str, Any]) -> None:
    sent = await ani.result("sendMessage", chat_id=ANI, **params)
    assert (sent["message_id"], sent["from"]["username"]) == (2, "HarianBot")
