"""What a message looks like: text, buttons, a picture; and how a button's data is written."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import unescape
from typing import TypeAlias

from telegram import CopyTextButton, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from models.database import Session
from models.outbox import Message

TEXT_AT_MOST = 4096
CAPTION_AT_MOST = 1024
ROOM = 3400
"""Units of a list on a card; what is left is for its heading, its question and hints."""
BUTTON_AT_MOST = 40
"""Characters of a button's words; longer ones do not fit a phone."""
TAG = re.compile(r"</?[a-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Button:
    """Words, and either a verb of `handlers.buttons.TAPS` with an argument, or an address, or text to copy."""

    words: str
    verb: str = ""
    argument: str = ""
    url: str | None = None
    copy: str | None = None


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`seen` are (id, revision) of what it shows; `picture` makes PNG bytes and runs in another process, and so does
    `document`, a file called `file_name` that is sent once: later only the words under it change.
    """

    text: str
    rows: Rows = ()
    seen: tuple[tuple[int, int], ...] = ()
    picture: partial[bytes] | None = None
    silent: bool = False
    document: partial[bytes] | None = None
    file_name: str = ""
    reply_to: int | None = None
    asks: str | None = None
    """Placeholder of a forced reply; such a message cannot be edited."""
    menu: tuple[tuple[str, str], ...] | None = None
    """Not a message but the chat's menu: command and what it does; empty takes the menu away."""

    def __post_init__(self) -> None:
        most = TEXT_AT_MOST if self.picture is None and self.document is None else CAPTION_AT_MOST
        if length(self.text) > most:  # Telegram would refuse it
            lines = self.text.split("\n")
            object.__setattr__(self, "text", "\n".join([*lines[: fitting(lines, room=most - 2)], "…"]))

    def content_hash(self) -> str:
        """Equal for screens that look and act the same; the card's own revision is left out."""
        buttons = [[(b.words, b.verb, b.argument, b.url, b.copy) for b in row] for row in self.rows]
        picture = repr(self.picture.args) if self.picture is not None else None
        content = json.dumps(
            [self.text, buttons, self.seen, picture, self.asks, self.menu, self.file_name],
            ensure_ascii=False,
            default=str,
        )
        return hashlib.sha256(content.encode()).hexdigest()

    def markup(self, row_id: int, revision: int) -> InlineKeyboardMarkup | ForceReply | None:
        if self.asks is not None:
            return ForceReply(input_field_placeholder=self.asks[:64] or None)
        if not self.rows:
            return None
        return InlineKeyboardMarkup([[_key(button, row_id, revision) for button in row] for row in self.rows])


Renderer: TypeAlias = Callable[[Session, Message, datetime], Awaitable[Screen | None]]
RendererOfMany: TypeAlias = Callable[[Session, Sequence[Message], datetime], Awaitable[dict[int, Screen | None]]]
"""Draws all messages of a kind that are sent together, by their ids."""


def _key(button: Button, row_id: int, revision: int) -> InlineKeyboardButton:
    words = button.words if len(button.words) <= BUTTON_AT_MOST else button.words[: BUTTON_AT_MOST - 1] + "…"
    if button.url is not None:
        return InlineKeyboardButton(words, url=button.url)
    if button.copy is not None:
        return InlineKeyboardButton(words, copy_text=CopyTextButton(button.copy[:256]))
    return InlineKeyboardButton(words, callback_data=f"{button.verb}:{row_id}:{revision}:{button.argument}")


def length(text: str) -> int:
    """How Telegram counts a text: UTF-16 units without the tags."""
    return len(unescape(TAG.sub("", text)).encode("utf-16-le")) // 2


def fitting(parts: Iterable[str], *, room: int = ROOM) -> int:
    """How many of the parts, from the first, have room when each begins a new line."""
    count = 0
    for part in parts:
        room -= length(part) + 1
        if room < 0:
            break
        count += 1
    return count


def in_rows(buttons: list[Button], *, each: int) -> Rows:
    """Buttons laid out with so many in each row."""
    return tuple(tuple(buttons[n : n + each]) for n in range(0, len(buttons), each))
