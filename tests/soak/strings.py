"""Strings that somebody might send: pieces of reports, and everything that is none."""

import html
import random
import re
from collections.abc import Callable

from tests.benchmarks.occupations import replies

LONGEST = 4096
SOMETIMES, SELDOM = 0.3, 0.02

PIECES = sorted({piece for reply in replies() for piece in re.split(r"(?<=[\n,;.])\s*|(?<=\s)(?=\d)", reply) if piece})
WORDS = sorted({word for reply in replies() for word in reply.split()})


def _pool(text: str) -> list[str]:
    return text.split("|")


GRAMMAR = _pool(
    "kemarin|besok|tgl 31/02|31-11-2026|jam 25.61|08.00-|s/d|s.d.|pukul|setengah|seperempat jam|dua puluh lima|ke-80|"
    "Rp 5.000|1.250|1,5 jam|3 x 4|TA 2026|800/12/2026|#K1|K2 -|target 9|ralat:|bukan 15 tapi|nihil|cuti 3 hari|sakit|"
    "DL sampai Jumat|rencana besok:|belum sempat|Kegiatan :|Output :|Waktu :|No|→|✅|1. |1)|a. |- |• |— || |\t|?|!!|("
    '|)|"|“|*|_|~|`|```|..|...|,|;|:|/|\\|&|+|²|½|①|Ⅷ|٣٤|১২|０１|９9'
)
TAGS = _pool(
    "<b>|</b>|<i>|</a>|<a href='tg://user?id=1'>|<br/>|<script>|&amp;|&lt;|&#0;|&nbsp;|<!--|]]>|<|>|</|{name}|%s"
)
RIGHT_TO_LEFT = _pool("اجتماع|تقرير|שלום|דוח|\u202e|\u202d|\u2067|\u2069|\u200f|\u200e|تم ✅")
INVISIBLE = _pool(
    "\u200b|\u200d|\ufeff|\u00ad|\u2060|\u00a0|\u3000|\u0301|\u0308|\u20e3|\ufe0f|\r\n|\u2028|\x00|\x07|\x1b[31m|\ud83d"
)
ALIKE = {
    "i": "ıİіｉ",
    "s": "ſѕ５",
    "a": "аɑâ",
    "o": "о०0",
    "e": "еé",
    "k": "K",
    "l": "1Ӏ",
    "n": "ñ",
    "p": "р",
    "t": "т",
}
"""Letters and what is written instead of them, by mistake or for show."""


def string(chance: random.Random) -> str:
    """Up to 4,096 characters; most have the length of a report, a few are as long as a message can be."""
    kinds = chance.choices(KINDS, k=chance.randint(1, 3))
    size = chance.randint(500, LONGEST) if chance.random() < SELDOM else int(chance.expovariate(1 / 90))
    text = ""
    while len(text) <= size:
        text += chance.choice(kinds)(chance) + chance.choice(("", " ", " ", " ", "\n", ", "))
    for change in CHANGES:
        if chance.random() < SOMETIMES / 3:
            text = change(text, chance)
    return text[:LONGEST]


def _junk(chance: random.Random) -> str:
    first = chance.choice(
        (0x00, 0x20, 0xA0, 0x300, 0x370, 0x590, 0x900, 0x1AB0, 0x2000, 0x2460, 0xA980, 0xFE00, 0x1F300)
    )
    return "".join(chr(first + chance.randrange(0x100)) for _ in range(chance.randint(1, 12)))


def _number(chance: random.Random) -> str:
    digits = "".join(chance.choices("0123456789", k=chance.randint(1, 24)))
    return chance.choice(("", "-", "Rp", "ke-", "no. ")) + re.sub(
        r"(?<=\d)(?=\d)",
        lambda _: chance.choice((" ", ".", ",", "/", "-", ":")) if chance.random() < SOMETIMES else "",
        digits,
    )


def _from(pool: list[str]) -> Callable[[random.Random], str]:
    return lambda chance: chance.choice(pool)


KINDS = [
    *[_from(pool) for pool in (PIECES, PIECES, PIECES, WORDS, WORDS, GRAMMAR, GRAMMAR, TAGS, RIGHT_TO_LEFT, INVISIBLE)],
    _junk,
    _number,
]


def _mistyped(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(("", text[place : place + 1] * 2, "\n", "  ")) + text[place + 1 :]


def _look_alike(text: str, chance: random.Random) -> str:
    return "".join(chance.choice(ALIKE[c]) if c in ALIKE and chance.random() < SOMETIMES else c for c in text)


CHANGES: list[Callable[[str, random.Random], str]] = [
    _mistyped,
    _look_alike,
    lambda text, chance: text.upper(),
    lambda text, chance: text[::-1],
    lambda text, chance: html.escape(text),
    lambda text, chance: text * chance.randint(2, 9),
    lambda text, chance: chance.choice(INVISIBLE).join(text[:400]),
    lambda text, chance: text[chance.randrange(len(text)) :],
]
