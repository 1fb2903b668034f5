"""Find the target code a person wrote into an activity: '#A1', '[K6]', 'target 2', 'A1 - ', '1='.

A code is only what was marked as one: list numbers ('1. Apel'), counts ('lima (5) surat') and names that look
like codes ('kunjungan K4', 'box T2') stay text. List markers are to be removed before.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from models.reading.known_codes import KnownCodes, known_codes, prefix
from models.reading.unit_names import is_unit

_TOKEN = r"[A-Za-z]{0,4}[-.]?\d{1,3}(?:[.-]?[A-Za-z0-9]{1,2})?|[A-Za-z]"
_NUMBER_WORDS = frozenset(
    [
        "satu",
        "se",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "sebelas",
        "belas",
        "puluh",
        "one",
        "two",
        "three",
        "four",
        "five",
        "siji",
        "loro",
        "telu",
        "papat",
        "hiji",
        "dua",
        "tilu",
        "opat",
    ]
)

_FIGURE, _LONE_LETTER = re.compile(r"\d"), re.compile(r"\b[A-Za-z]\b")
_HASH = re.compile(rf"(?<![\w#&/])#\s?({_TOKEN})(?![\w])")
_BRACKETED = re.compile(rf"[(\[{{]\s*(?:(?:target|tgt|trgt|skp|rhk|kode|kd)\s*)?({_TOKEN})\s*[)\]}}]", re.IGNORECASE)
_KEYWORD = re.compile(
    rf"\b(target|tgt|trgt|skp|rhk|kode|kd|code|sasaran)\.?\s*(?:no\.?|nomor|ke|kode|:|=|-)?\s*({_TOKEN})(?![\w])(?!\.\d)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^\W*({_TOKEN})(\s*(?:->|=>|[-–—:=→|/>.)])\s*|\s+)(?=\S)")
_TRAILING = re.compile(rf"(?:->|=>|[-–—:=→|,;])\s*({_TOKEN})\s*\W*$")
_ISSUE_WORDS = re.compile(r"\b(?:tiket|ticket|issue|pr|mr|no|nomor|commit|bug|jl|blok|rumah)\W*$", re.IGNORECASE)
_TO_TARGET = re.compile(
    r"(?:^|[^\w\s]\s*|\b(?:utk|untuk|u/|masuk|ke|di|pada|link|kaitan|terkait|for|on)\s+)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Code:
    """An explicit code at text[start:end]; `code` is None when no target of the person has it."""

    code: str | None
    start: int
    end: int


def may_hold_one(text: str, codes: Collection[str]) -> bool:
    """Whether there is anything in a text that could be a code: a figure, or a letter alone if some code is one."""
    if _FIGURE.search(text):
        return True
    return any(len(code) == 1 for code in codes) and _LONE_LETTER.search(text) is not None


def find_code(text: str, codes: Collection[str]) -> Code | None:
    """The first explicit code in the words of one activity; None when nothing was marked as a code."""
    if not codes or not may_hold_one(text, codes):
        return None
    known = known_codes(tuple(codes))
    for finder in (_hash, _bracketed, _keyword, _leading, _trailing):
        if found := finder(text, known):
            return found
    return None


def _hash(text: str, known: KnownCodes) -> Code | None:
    for match in _HASH.finditer(text):
        token = match[1]
        code = known.named(token)
        if _ISSUE_WORDS.search(text[: match.start()]):
            continue
        if code is None and (not token[-1:].isdigit() or len(token) > 4):
            continue
        return Code(code, match.start(), match.end())
    return None


def _bracketed(text: str, known: KnownCodes) -> Code | None:
    for match in _BRACKETED.finditer(text):
        before, after = text[: match.start()].strip(), text[match.end() :].strip(" .,;")
        whole = match.group()[1:-1].strip()
        token = whole if known.exact(whole) else match[1]  # '[KD10]' may be a code of its own
        code = known.named(token)
        if match.group().startswith("(") and token.isdigit():
            at_edge = not before or not after
            if not at_edge or not known.numeric or _is_count_repeated(before, token):
                continue
            if code is None and before:
                continue
        elif code is None and not known.resembles(token) and not (token.isdigit() and len(token) < 3):
            continue
        return Code(code, match.start(), match.end())
    return None


def _is_count_repeated(before: str, token: str) -> bool:
    words = re.findall(r"\w+", before.lower())
    return bool(words) and (token in words or any(word in _NUMBER_WORDS for word in words[-3:]) or is_unit(words[-1]))


def _keyword(text: str, known: KnownCodes) -> Code | None:
    for match in _KEYWORD.finditer(text):
        token, after = match[2], text[match.end() :]
        if not any(char.isdigit() for char in token) and known.exact(token) is None:
            continue
        code = known.named(token)
        next_word = re.match(r"\s+([^\W\d_]+)", after)
        opens = _TO_TARGET.search(text[: match.start()]) is not None
        closes = not after.strip(" .,;:)]}!")
        if not opens and not (closes and code):
            continue
        counts = next_word is not None and is_unit(next_word[1])  # 'target 20 berkas', 'SKP 2 pegawai'
        if counts and (code is None or not opens or match[1].lower() == "skp"):
            continue
        rest = after.lstrip().lstrip(":=.-–)").lstrip()
        return Code(code, match.start(), len(text) - len(rest))
    return None


def _leading(text: str, known: KnownCodes) -> Code | None:
    match = _LEADING.match(text)
    if match is None:
        return None
    token, mark = match[1], match[2].strip()
    if token.isdigit():
        if mark not in ("=", "->", "=>", "→") and not (
            token.startswith("0") and known.exact(token) and mark in ("-", ":")
        ):
            return None
        return Code(known.named(token), match.start(1), match.end())
    marked = mark not in ("", ".", ")") or prefix(token) == "t"
    code = known.exact(token) or (known.named(token) if marked else None)
    if len(token) == 1 and mark not in ("-", "–", "—", ":", "=", "->", "=>", "→"):
        return None
    if code is None and not (mark in ("-", "–", ":", "=") and known.resembles(token) and prefix(token)):
        return None
    return Code(code, match.start(1), match.end())


def _trailing(text: str, known: KnownCodes) -> Code | None:
    match = _TRAILING.search(text)
    if match is None or match[1].isdigit() or len(match[1]) == 1:
        return None
    code = known.exact(match[1])
    return Code(code, match.start(), match.end()) if code else None
