"""The tags of Telegram's HTML, and the message entities they become."""

from dataclasses import dataclass

from bot.sandbox.errors import Json
from bot.sandbox.links import telegram_link, user_of_link

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}


@dataclass
class Open:
    """A tag waiting for its end: ``offset`` in UTF-16 units, ``start`` the index of its first piece of text."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def problem_with(tag: str, attributes: dict[str, str], begin: int) -> str | None:
    """Why Telegram refuses these attributes; ``begin`` is the tag's byte offset."""
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        return f'Tag "span" must have class "tg-spoiler" at byte offset {begin}'
    if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
        return "Invalid custom emoji identifier specified"
    if tag == "tg-time" and not attributes.get("unix", "").isdigit():
        return f'Tag "tg-time" must have an integer attribute "unix" at byte offset {begin}'
    return None


def entity_of(opened: Open, length: int, inner: str) -> Json | None:
    """The entity, or None where Telegram keeps only the text: nothing inside, or a link that leads nowhere."""
    details = _link(opened, inner) if opened.tag == "a" else _details(opened.tag, opened.attributes)
    if length == 0 or details is None:
        return None
    return {"type": STYLES[opened.tag], "offset": opened.offset, "length": length} | details


def without_stray_language(entity: Json) -> Json:
    """Only a block has a language; ``<code class="language-…">`` alone is plain code."""
    return {k: v for k, v in entity.items() if k != "language" or entity["type"] == "pre"}


def _link(opened: Open, inner: str) -> Json | None:
    href = opened.attributes.get("href") or inner
    user_id = user_of_link(href)
    if user_id is not None:
        return {"type": "text_mention", "user": {"id": user_id}}
    url = telegram_link(href)
    return {"url": url} if url else None


def _details(tag: str, attributes: dict[str, str]) -> Json:
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"language": attributes["class"].removeprefix("language-")}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes["emoji-id"]}
    if tag == "tg-time":
        return {"unix_time": int(attributes["unix"]), "date_time_format": attributes.get("format", "")}
    return {}
