"""Cut a line into tokens; everything that is a number only in looks (laws, ids, money, stations) becomes one token."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.reading import lexicon

WORD, NUMBER, CLOCKLIKE, DATELIKE, FRACTION, REFERENCE, PUNCTUATION, BULLET = "wncdfrpb"
TIME, DAY, DURATION, CODE = "TDLC"  # made from the tokens above by times, dates and reader

_TOKEN = re.compile(
    r"""
    (?P<r>https?://\S+|www\.\S+|[\w.+-]+@\w[\w.-]+|\d+\+\d+|v\d+(?:\.\d+)+
      |(?:rp\.?\ ?|idr\ ?)\d[\d.,]*(?:\ ?(?:jt|juta|rb|ribu|m|milyar|miliar|t|triliun)\b)?
      |\d{1,3}(?:\.\d{1,3}){3}\b|[+]?62\d{8,}|08\d{8,}|08\d\d-\d{4}-\d{3,}|\d{10,}
      |\d[\d.,]*\ ?(?:%|persen\b|prosen\b|°c?|percent\b))
  | (?P<d>\d{4}-\d{1,2}-\d{1,2}\b|\d{1,2}(?P<_s>[/.-])\d{1,2}(?P=_s)(?:\d{4}|\d{2})\b(?![/.-]\w))
  | (?P<s>s/d\b\.?|s\.d\.|s\.d\b|a\.n\.?|d/a\b|c\.q\.|u\.p\.|n\.b\.)
  | (?P<f>\d{1,2}/\d{1,2}\b(?![/\w]))
  | (?P<g>[a-z]{0,4}[.-]?\d[\w.-]*(?:/[\w.-]+)+|[a-z][\w.-]*/(?:[\w.-]+/)+\d[\w.-]*|\d+(?:\.\d+){2,}\b(?!,))
  | (?P<c>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?![\d%.,:]\d|\d|%))
  | (?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+[.,]\d+|\d+)
  | (?P<w>[^\W\d_](?:[\w'³"]|[-_](?=\w))*(?:/[^\W\d_][\w'-]*)*)
  | (?P<p>[^\w\s]+?(?=[\w\s]|$)|_+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PUNCT = re.compile(r"\.{2,}|->|=>|>>|.", re.DOTALL)
_GLUED = re.compile(
    r"(jam|jm|j|mnt|menit|mnit|min|hrs?|hours?|h|an|x|am|pm|org|orang|lbr|dok|lembar|m|km|kg|jp)$", re.I
)
_BULLETS = frozenset("•●▪▫◦‣⁃∙·○■□◆◇★☆✓✔✅☑➤➢➡►▶▸→⇒»✦✧❖⭐🔹🔸🔺🔘🔵🔴📌📍👉☛✍✏📝📊🗂📚")
_NUMBER = {
    "w": WORD,
    "n": NUMBER,
    "c": CLOCKLIKE,
    "d": DATELIKE,
    "f": FRACTION,
    "r": REFERENCE,
    "g": REFERENCE,
    "s": WORD,
}


@dataclass(slots=True)
class Token:
    """``norm`` is the lower-case word that the grammar sees; ``start`` and ``end`` are places in the line."""

    kind: str
    norm: str
    start: int
    end: int
    value: Any = None


def tokenize(line: str) -> list[Token]:
    return list(_tokens(line))


def _tokens(line: str) -> Iterator[Token]:
    shouted = line.isupper()
    for match in _TOKEN.finditer(line):
        kind = match.lastgroup or "p"
        text = match.group()
        start = match.start()
        if kind == "p":
            yield from _punctuation(text, start)
        elif kind == "n":
            yield Token(NUMBER, text, start, match.end(), number(text))
        else:
            low = text.lower()
            acronym = len(text) > 1 and not shouted and text.isupper()  # BPK is the audit board, bpk is bapak
            norm = low if acronym else lexicon.normal(low.rstrip("'\""))
            yield Token(_NUMBER.get(kind, WORD), norm, start, match.end(), low)


def _punctuation(text: str, start: int) -> Iterator[Token]:
    for match in _PUNCT.finditer(text):
        sign = match.group()
        bullet = sign[0] in _BULLETS or ord(sign[0]) >= 0x1F000 or 0x2600 <= ord(sign[0]) <= 0x27BF
        yield Token(BULLET if bullet else PUNCTUATION, sign, start + match.start(), start + match.end())


def number(text: str) -> float:
    """Indonesian notation: 1.250 is 1250 and 1,5 is one and a half."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", ".")[:18])
