"""Keyboards under messages: what Telegram takes, and its refusals."""

from typing import Any

from bot.sandbox.entities import units
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.links import telegram_link, user_of_link
from bot.sandbox.params import Params

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_DATA_BYTES = 64
MAX_COPY_TEXT = 256
MAX_PLACEHOLDER = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def inline_markup(params: Params) -> Json | None:
    """``reply_markup`` of an edit: an inline keyboard or nothing."""
    markup = _markup(params)
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return _inline(markup["inline_keyboard"])


def any_markup(params: Params) -> tuple[Json | None, Json]:
    """``reply_markup`` of a sent message: the inline keyboard that becomes part of it, and what only people see."""
    markup = _markup(params)
    if not markup:
        return None, {}
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"]), {}
    if "keyboard" in markup:
        _check_rows(markup["keyboard"], "ReplyKeyboardMarkup", _reply_button)
    elif not (markup.get("force_reply") or markup.get("remove_keyboard")):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if units(str(markup.get("input_field_placeholder") or "")) > MAX_PLACEHOLDER:
        raise bad_request("can't parse reply markup: input_field_placeholder is too long")
    return None, {"reply_markup": markup}


def _markup(params: Params) -> Json:
    markup = params.structure("reply_markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return markup


def _inline(rows: Any) -> Json | None:
    checked = [row for row in _check_rows(rows, "InlineKeyboardMarkup", _inline_button) if row]
    return {"inline_keyboard": checked} if checked else None


def _check_rows(rows: Any, kind: str, check: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        name = "inline_keyboard" if kind.startswith("Inline") else "keyboard"
        raise bad_request(f'field "{name}" of the {kind} should be an Array of Arrays')
    checked = [[check(button) for button in row] for row in rows]
    if sum(map(len, checked)) > MAX_BUTTONS or max(map(len, checked), default=0) > MAX_ROW:
        raise bad_request("reply markup is too long")
    return checked


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return dict(button)


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be specified")
    return {"text": text} | _style(button) | {actions[0]: _action(actions[0], button[actions[0]])}


def _style(button: Json) -> Json:
    style = button.get("style")
    if style is None:
        return {}
    if style not in ("danger", "success", "primary"):
        raise bad_request("can't parse inline keyboard button: unsupported button style specified")
    return {"style": style}


def _action(name: str, value: Any) -> Any:
    if name == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif name == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= units(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": text}
    elif name == "url":
        return _url(str(value))
    return value


def _url(value: str) -> str:
    link = value if user_of_link(value) else telegram_link(value)
    if link is None:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return link
