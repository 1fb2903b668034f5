"""Updates of every kind, put together by chance from the fields that Telegram documents."""

import random
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("updates.txt")
DEEPEST = 4
SAID = (
    "A3 rapat koordinasi 2 jam", "1. A1 mengarsipkan 12 surat\n2. rapat staf", "sakit besok", "cuti 3 hari mulai besok",
    "/tim", "/start", "/start abc", "/hari_ini", "/cuti 99-1 Januari", "/jeda 3 hari", "/plh", "/admin", "/target", "/",
    "/batal@HarianBot", "12", "85 rapi", "A1", "satu", "2, 3", "ralat 15 surat", "Kendala: <b>printer</b> & tinta",
    "", " ", "\u200b\u202e", "😀" * 40, "x" * 4096, "\x00", "<b>&lt;", "{0} %s {name}", "١٢٣ ²", "=cmd|' /C calc'!A0",
    "31 Februari 2026", "besok " * 200, "99999999999999999999 laporan", "2001", "ya", "12/13/2026 25:61–99.99",
)  # fmt: skip
NUMBERS = (0, 1, 2, 7, 64, 1001, 2**31 - 1, 1_795_510_800, 1_795_424_400)
Make = Callable[[random.Random, int], Any]


@cache
def types() -> Mapping[str, str]:
    lines = TABLE.read_text().splitlines()
    return dict(line.split(" = ", 1) for line in lines if not line.startswith("#"))


def made(chance: random.Random, name: str, known: Mapping[str, Sequence[Any]], depth: int = 0) -> Any:
    """A value of a type. `known` has values that a real conversation would have: of a type, or of a `field:type`."""
    if name in known and chance.random() < 0.9:
        return chance.choice(known[name])
    simple: dict[str, Callable[[], Any]] = {
        "int": lambda: chance.choice(NUMBERS),
        "str": lambda: chance.choice(SAID),
        "bool": lambda: chance.random() < 0.5,
        "float": lambda: chance.uniform(-200, 200),
    }
    if name in simple:
        return simple[name]()
    if " | " in types()[name]:
        return made(chance, chance.choice(types()[name].split(" | ")), known, depth)
    value: dict[str, Any] = {}
    for field in types()[name].split():
        label, _, kind = field.partition(":")
        wanted = not label.endswith("?") or chance.random() < _likely(label[:-1], depth)
        if wanted:
            value[label.rstrip("?")] = _field(chance, label.rstrip("?"), kind, known, depth)
    return value


def _likely(label: str, depth: int) -> float:
    """How likely an optional field is there: what people mostly send mostly, and little far down."""
    if label in ("text", "from", "message", "data", "reply_to_message"):
        return 0.6 if depth < DEEPEST else 0.0
    return 0.04 if depth < DEEPEST else 0.0


def _field(chance: random.Random, label: str, kind: str, known: Mapping[str, Sequence[Any]], depth: int) -> Any:
    if kind.startswith("="):
        return kind[1:]
    if f"{label}:{kind}" in known and chance.random() < 0.9:
        return chance.choice(known[f"{label}:{kind}"])
    if kind.endswith("*"):
        return [_field(chance, label, kind[:-1], known, depth + 1) for _ in range(chance.randint(0, 2))]
    return made(chance, kind, known, depth + 1)


def an_update(chance: random.Random, number: int, known: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """An update of some kind; about half are messages and taps."""
    kinds = dict(field.split("?:") for field in types()["Update"].split()[1:])
    usual = ("message", "message", "edited_message", "callback_query", "callback_query", "my_chat_member")
    kind = chance.choice(usual) if chance.random() < 0.7 else chance.choice(list(kinds))
    content = made(chance, kinds[kind], known)
    if kind == "message":
        content["message_id"] = 100_000 + number  # never used twice in a chat
    return {"update_id": number, kind: content}


def broken(chance: random.Random, update: dict[str, Any]) -> dict[str, Any]:
    """The same with something in it missing, or of another type."""
    update = deepcopy(update)
    place: Any = update
    for _ in range(chance.randint(1, 3)):
        inner = [value for value in place.values() if isinstance(value, dict) and value]
        if not inner:
            break
        place = chance.choice(inner)
    label = chance.choice([name for name in place if name != "update_id"] or ["update_id"])
    if label == "update_id":
        return update
    if chance.random() < 0.4:
        del place[label]
    else:
        place[label] = chance.choice([None, [], {}, "x", -1, 2**70, [[1]], {"id": {}}, True])
    return update
