"""Cut a line into tokens; everything that is a number only in looks (laws, ids, money, stations) becomes one token."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from models.reading import lexicon

WORD, NUMBER, CLOCKLIKE, DATELIKE, FRACTION, REFERENCE, PUNCTUATION, BULLET = "wncdfrpb"
TIME, DAY, DURATION, CODE = "TDLC"  # made from the tokens above by times, dates and codes

_TOKEN = re.compile(
    r"""
    (?P<plain>(?!rp\b|idr\b)[^\W\d_]+(?=[\s,;!?)]|:(?!//)|\.\s|\.?$))
  | (?P<r>https?://\S+|www\.\S+|[\w.+-]{1,64}@\w[\w.-]+|\d+\+\d+|v\d+(?:\.\d+)+
      |(?:rp\.?\ ?|idr\ ?)\d[\d.,]*(?:\ ?(?:jt|juta|rb|ribu|m|milyar|miliar|t|triliun)\b)?
      |\d{1,3}(?:\.\d{1,3}){3}\b|[+]?62\d{8,}|08\d{8,}|08\d\d-\d{4}-\d{3,}|\d{10,}
      |\d[\d.,]{0,20}\ ?(?:%|persen\b|prosen\b|°c?|percent\b))
  | (?P<d>\d{4}-\d{1,2}-\d{1,2}\b|\d{1,2}(?P<_s>[/.-])\d{1,2}(?P=_s)(?:\d{4}|\d{2})\b(?![/.-]\w))
  | (?P<s>s/d\b\.?|s\.d\.|s\.d\b|a\.n\.?|d/a\b|c\.q\.|u\.p\.|n\.b\.)
  | (?P<f>\d{1,2}/\d{1,2}\b(?![/\w]))
  | (?P<g>[a-z]{0,4}[.-]?\d[\w.-]{0,40}(?:/[\w.-]{1,40})+
      |[a-z][\w.-]{0,40}/(?:[\w.-]{1,40}/)+\d[\w.-]*
      |\d+(?:\.\d+){2,}\b(?!,))
  | (?P<c>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?![\d%.,:]\d|\d|%))
  | (?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+[.,]\d+|\d+)
  | (?P<w>[^\W\d_](?:[\w'³"]|[-_](?=[^\W\d_]))*(?:/[^\W\d_][\w'-]*)*)
  | (?P<p>\.{2,}|[-=]>|>>|[^\w\s]|_+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_BULLETS = frozenset("•●▪▫◦‣⁃∙·○■□◆◇★☆✓✔✅☑➤➢➡►▶▸→⇒»✦✧❖⭐☛✍✏")
_KINDS = {"n": NUMBER, "c": CLOCKLIKE, "d": DATELIKE, "f": FRACTION, "r": REFERENCE, "g": REFERENCE}


@dataclass(slots=True)
class Token:
    """``norm`` is the word that the grammar sees, ``raw`` the written one in lower case, ``start:end`` its place.

    ``value`` is a number for NUMBER, and what times, dates and codes made of TIME, DAY, DURATION and CODE.
    """

    kind: str
    norm: str
    start: int
    end: int
    value: Any = None
    raw: str = ""


def tokenize(line: str) -> list[Token]:
    """The tokens of a line; they are shared with whoever asks for the same line, so none may be changed."""
    return list(_tokens(line))


@lru_cache(maxsize=64)
def _tokens(line: str) -> tuple[Token, ...]:
    return tuple(_cut(line))


def _cut(line: str) -> Iterator[Token]:
    shouted = line.isupper()
    normal = lexicon.normal_words()
    for match in _TOKEN.finditer(line):
        text = match.group()
        start, end = match.span()
        group = match.lastgroup or "p"
        if group == "plain" and not text.isupper():
            raw = text.lower()
            yield Token(WORD, normal.get(raw, raw), start, end, None, raw)
        elif group == "p":
            yield Token(BULLET if _is_bullet(text[0]) else PUNCTUATION, text, start, end, raw=text)
        elif group == "n":
            yield Token(NUMBER, text, start, end, number(text), text)
        else:
            raw = text.lower()
            acronym = len(text) > 1 and not shouted and text.isupper()  # BPK is the audit board, bpk is bapak
            norm = raw if acronym else lexicon.normal(raw.rstrip("'\""))
            yield Token(_KINDS.get(group, WORD), norm, start, end, raw=raw)


def _is_bullet(sign: str) -> bool:
    return sign in _BULLETS or sign >= "\U0001f000" or "\u2600" <= sign <= "\u27bf"


def number(text: str) -> float:
    """Indonesian notation: 1.250 is 1250 and 1,5 is one and a half."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return float(text.replace(",", ".")[:18])
