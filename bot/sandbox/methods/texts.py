"""Texts and captions of the bot: parsed, finished, measured."""

from collections.abc import Callable

from bot.sandbox import entities, html
from bot.sandbox.errors import Json, bad_request
from bot.sandbox.links import telegram_link
from bot.sandbox.params import Params
from bot.sandbox.world import World


def message_text(world: World, params: Params, *, too_long: str = "message is too long") -> Json:
    """The fields ``text`` and ``entities`` of a message."""
    source = params.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, found = _formatted(world, source, params.text("parse_mode"), params.structure("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if entities.units(text) > entities.MAX_TEXT:
        raise bad_request(too_long)
    return {"text": text} | ({"entities": found} if found else {})


def caption(world: World, params: Params, *, too_long: str = "message caption is too long") -> Json:
    """The fields ``caption`` and ``caption_entities``; none at all for an empty caption."""
    source = params.text("caption")
    text, found = _formatted(world, source, params.text("parse_mode"), params.structure("caption_entities"))
    if entities.units(text) > entities.MAX_CAPTION:
        raise bad_request(too_long)
    if not text:
        return {}
    above = {"show_caption_above_media": True} if params.flag("show_caption_above_media") else {}
    return {"caption": text} | ({"caption_entities": found} if found else {}) | above


def _formatted(world: World, source: str, parse_mode: str, given: object) -> tuple[str, list[Json]]:
    mode = parse_mode.lower()
    if mode == "html":
        text, found = html.parse(source)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request(f"can't parse entities: this server does not read {parse_mode}, only HTML and entities")
    elif mode in ("", "none"):
        text, found = source, entities.check(given) if given is not None else []
        _check_links(found)
    else:
        raise bad_request("unsupported parse_mode")
    return entities.finish(text, _with_users(found, world.user))


def _check_links(found: list[Json]) -> None:
    for entity in found:
        if entity["type"] == "text_link":
            url = str(entity.get("url", ""))
            if telegram_link(url) is None:
                raise bad_request(f"entity URL '{url}' is invalid: Wrong HTTP URL")


def _with_users(found: list[Json], user: Callable[[int], Json | None]) -> list[Json]:
    """Mentions get the whole User; a mention of somebody Telegram does not know is plain text."""
    whole = []
    for entity in found:
        if entity["type"] != "text_mention":
            whole.append(entity)
        elif known := user(int(entity["user"]["id"])):
            whole.append(entity | {"user": known})
    return whole
