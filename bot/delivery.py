"""One message to Telegram, and what its answer means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.request import Unreached, call
from handlers.screens import Screen
from models.outbox import Message

LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")
GONE = ("chat not found", "user is deactivated", "bot was kicked", "user not found")
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Delivered:
    """How it ended. Exactly one of these, or nothing but `failure`: it may or may not have arrived, try again."""

    done: bool = False
    message_id: int | None = None
    """Where it stands, when `done`; None for a menu."""
    lost_message: bool = False
    """The message to be edited is gone."""
    moved_to: int | None = None
    """The group has become this supergroup."""
    refused: bool = False
    """For good; `unreachable` when the whole chat is."""
    unreachable: bool = False
    pause: float | None = None
    """Seconds to wait (429), for the chat when it is a group, else for the whole bot."""
    unreached: bool = False
    """Telegram has not heard of it: no network."""
    failure: str | None = None


async def deliver(bot: Bot, row: Message, screen: Screen, revision: int, picture: bytes | None) -> Delivered:
    """Send, or edit when there is a message already.

    Raises: InvalidToken, and nothing else that Telegram or the network may answer.
    """
    try:
        return Delivered(done=True, message_id=await _put(bot, row, screen, revision, picture))
    except InvalidToken:
        raise
    except RetryAfter as error:
        return Delivered(pause=seconds(error), failure="429")
    except ChatMigrated as error:
        return Delivered(moved_to=error.new_chat_id)
    except Forbidden as error:
        return Delivered(refused=True, unreachable=True, failure=_without_quotes(error))
    except BadRequest as error:
        return _refused(row, error)
    except Unreached:
        return Delivered(unreached=True, failure="no network")
    except Exception as error:  # timeout, 5xx, a broken answer
        return Delivered(failure=type(error).__name__)


def seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def _refused(row: Message, error: BadRequest) -> Delivered:
    words = error.message.lower()
    if "message is not modified" in words:
        return Delivered(done=True, message_id=row.message_id)
    if row.message_id is not None and any(part in words for part in LOST):
        return Delivered(lost_message=True)
    return Delivered(refused=True, unreachable=any(part in words for part in GONE), failure=_without_quotes(error))


def _without_quotes(error: TelegramError) -> str:
    """Telegram's reason, for row and log; it may quote what somebody wrote."""
    return QUOTED.sub('"…"', error.message)[:200]


async def _put(bot: Bot, row: Message, screen: Screen, revision: int, picture: bytes | None) -> int | None:
    if screen.menu is not None:
        await set_menu(bot, row.chat_id, screen.menu)
        return None
    markup = screen.markup(row.id, revision)
    if row.message_id is None:
        return await _send(bot, row.chat_id, screen, markup, picture)
    keys = markup if isinstance(markup, InlineKeyboardMarkup) else None
    here, which = row.chat_id, row.message_id
    if picture is not None and screen.document is None:
        media = InputMediaPhoto(picture, caption=screen.text, parse_mode=ParseMode.HTML)
        await bot.edit_message_media(media, here, which, reply_markup=keys)
    elif row.is_picture or screen.document is not None:
        await bot.edit_message_caption(here, which, caption=screen.text, parse_mode=ParseMode.HTML, reply_markup=keys)
    else:
        what = {
            "text": screen.text,
            "parse_mode": ParseMode.HTML.value,
            "reply_markup": keys.to_dict() if keys else None,
        }
        await call(bot, "editMessageText", chat_id=here, message_id=which, **what)
    return which


async def _send(bot: Bot, chat_id: int, screen: Screen, markup: Any, picture: bytes | None) -> int:
    if picture is None:
        return await _send_text(bot, chat_id, screen, markup)
    reply = None
    if screen.reply_to is not None:
        reply = ReplyParameters(screen.reply_to, allow_sending_without_reply=True)
    how: dict[str, Any] = {
        "caption": screen.text,
        "parse_mode": ParseMode.HTML,
        "reply_markup": markup,
        "reply_parameters": reply,
        "disable_notification": screen.silent,
    }
    if screen.document is not None:
        return (await bot.send_document(chat_id, picture, filename=screen.file_name, **how)).message_id
    return (await bot.send_photo(chat_id, picture, **how)).message_id


async def _send_text(bot: Bot, chat_id: int, screen: Screen, markup: Any) -> int:
    reply = None
    if screen.reply_to is not None:
        reply = {"message_id": screen.reply_to, "allow_sending_without_reply": True}
    sent = await call(
        bot,
        "sendMessage",
        chat_id=chat_id,
        text=screen.text,
        parse_mode=ParseMode.HTML.value,
        reply_markup=markup.to_dict() if markup else None,
        reply_parameters=reply,
        disable_notification=screen.silent or None,
    )
    return int(sent["message_id"])


async def set_menu(bot: Bot, chat_id: int, menu: Sequence[tuple[str, str]]) -> None:
    """The commands of one private chat; without any, those for strangers show again."""
    scope = BotCommandScopeChat(chat_id)
    if menu:
        await bot.set_my_commands([BotCommand(name, text) for name, text in menu], scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


async def strip(bot: Bot, chat_id: int, message_id: int) -> float | None:
    """Take the buttons off an older copy; when that fails, its taps are refused all the same.

    Seconds to pause, when Telegram says so.
    """
    try:
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=None)
    except RetryAfter as error:
        return seconds(error)
    except TelegramError:
        pass
    return None
