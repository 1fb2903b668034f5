"""Message entities as Telegram makes them: offsets in UTF-16 units, trimmed, found by themselves in plain text."""

import re
from collections.abc import Iterable

from bot.sandbox.errors import Json, bad_request

MAX_ENTITIES = 100
MAX_TEXT = 4096
MAX_CAPTION = 1024
STYLES = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_SOLID = {"code", "pre", "text_link", "text_mention", "custom_emoji"}
_AUTOMATIC = (
    ("url", re.compile(r"(?:https?://|(?<![\w@.])www\.)[^\s<>\"]+[^\s<>\".,;:!?)]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}\b")),
)


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def check(entities: object) -> list[Json]:
    """The ``entities`` parameter as sent by a bot; raises ApiError when it is not an array of entities."""
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in entities:
        if not isinstance(entity, dict):
            raise bad_request("can't parse entities: MessageEntity must be an Object")
        if not (isinstance(entity.get("offset"), int) and isinstance(entity.get("length"), int)):
            raise bad_request("can't parse entities: MessageEntity must have integer offset and length")
        if entity.get("type") not in STYLES | FOUND:
            raise bad_request("can't parse entities: unsupported MessageEntity type specified")
    return [entity for entity in entities if entity["type"] in STYLES]


def finish(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trimmed text, with its entities clipped, sorted, completed by those Telegram finds itself, and cut at 100."""
    body = text.replace("\r", "")
    stripped = body.strip()
    lead = units(body[: len(body) - len(body.lstrip())])
    inside = [clipped for entity in entities if (clipped := _clip(entity, lead, units(stripped)))]
    inside.sort(key=lambda entity: (entity["offset"], -entity["length"], entity["type"] != "pre"))
    kept = [entity for n, entity in enumerate(inside) if not _redundant(entity, inside[:n])]
    everything = [*kept, *_automatic(stripped, kept)]
    everything.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return stripped, everything[:MAX_ENTITIES]


def _clip(entity: Json, lead: int, length: int) -> Json | None:
    start = max(0, entity["offset"] - lead)
    end = min(length, entity["offset"] - lead + entity["length"])
    return entity | {"offset": start, "length": end - start} if end > start else None


def _redundant(entity: Json, outer: Iterable[Json]) -> bool:
    """Code holds nothing else, and a style inside itself says nothing new."""
    return any(
        _covers(other, entity) and (other["type"] in ("code", "pre") or other["type"] == entity["type"])
        for other in outer
    )


def _covers(outer: Json, inner: Json) -> bool:
    return bool(
        outer["offset"] <= inner["offset"] and inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    )


def _automatic(text: str, taken: list[Json]) -> list[Json]:
    solid = [entity for entity in taken if entity["type"] in _SOLID]
    found: list[Json] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
            if not any(_overlap(entity, other) for other in solid + found):
                found.append(entity)
    return found


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
