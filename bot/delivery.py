"""One message to Telegram, and what its answer means."""

from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from handlers.screens import Screen
from models.outbox import Message

LOST = ("message to edit not found", "message can't be edited")
GONE = ("chat not found", "user is deactivated", "bot was kicked", "not enough rights", "have no rights")


@dataclass(frozen=True, slots=True)
class Delivered:
    """How it ended: done, lost message, moved, final refusal, ordered pause (seconds), or simply to be tried again."""

    done: bool = False
    message_id: int | None = None
    lost_message: bool = False
    moved_to: int | None = None
    final: bool = False
    unreachable: bool = False
    pause: float | None = None
    pause_chat: int | None = None
    failure: str | None = None


async def deliver(bot: Bot, row: Message, screen: Screen, revision: int, picture: bytes | None) -> Delivered:
    """Send, or edit when there is a message already. Never raises for what Telegram may answer."""
    try:
        message_id = await _put(bot, row, screen, revision, picture)
    except RetryAfter as error:
        wait = error.retry_after
        seconds = float(wait) if isinstance(wait, int | float) else wait.total_seconds()
        return Delivered(pause=seconds, pause_chat=row.chat_id if row.chat_id < 0 else None, failure="429")
    except ChatMigrated as error:
        return Delivered(moved_to=error.new_chat_id)
    except Forbidden as error:
        return Delivered(final=True, unreachable=True, failure=error.message)
    except BadRequest as error:
        return _refused(row, error)
    except InvalidToken:
        raise
    except TelegramError as error:  # network, timeout, 5xx: it may or may not have arrived
        return Delivered(failure=type(error).__name__)
    if row.former_message_id is not None and row.former_message_id != message_id:
        await _strip(bot, row.chat_id, row.former_message_id)
    return Delivered(done=True, message_id=message_id)


def _refused(row: Message, error: BadRequest) -> Delivered:
    words = error.message.lower()
    if "message is not modified" in words:
        return Delivered(done=True, message_id=row.message_id)
    if row.message_id is not None and any(part in words for part in LOST):
        return Delivered(lost_message=True)
    unreachable = any(part in words for part in GONE)
    return Delivered(final=True, unreachable=unreachable, failure=error.message)


async def _put(bot: Bot, row: Message, screen: Screen, revision: int, picture: bytes | None) -> int:
    markup = screen.markup(row.id, revision)
    if row.message_id is None:
        reply = None
        if screen.reply_to is not None:
            reply = ReplyParameters(screen.reply_to, allow_sending_without_reply=True)
        if picture is not None:
            sent = await bot.send_photo(
                row.chat_id,
                picture,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=reply,
                disable_notification=screen.silent,
            )
        else:
            sent = await bot.send_message(
                row.chat_id,
                screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=reply,
                disable_notification=screen.silent,
            )
        return sent.message_id
    keys = markup if isinstance(markup, InlineKeyboardMarkup) else None
    here, which = row.chat_id, row.message_id
    if picture is not None:
        media = InputMediaPhoto(picture, caption=screen.text, parse_mode=ParseMode.HTML)
        await bot.edit_message_media(media, here, which, reply_markup=keys)
    elif row.is_picture:
        await bot.edit_message_caption(here, which, caption=screen.text, parse_mode=ParseMode.HTML, reply_markup=keys)
    else:
        await bot.edit_message_text(screen.text, here, which, parse_mode=ParseMode.HTML, reply_markup=keys)
    return row.message_id


async def _strip(bot: Bot, chat_id: int, message_id: int) -> None:
    """Take the buttons off an older copy; when that fails, its taps are refused all the same."""
    try:
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=None)
    except TelegramError:
        return
