"""What stood in the way: 'Kendala: …', 'terkendala …', 'blocked by …', in the writer's own words."""

import re
from collections.abc import Sequence
from datetime import date

from models.reading import fields, lexicon, morphology
from models.reading.forms import tokens_of
from models.reading.lines import Line
from models.reading.pieces import names_work

_KEY = (
    r"(?:kendala|hambatan|masalah|permasalahan|obstacles?|blockers?|problems?|issues?|blocked by)"
    r"(?:nya)?(?:\s*/\s*\w+)?(?: (?:hari ini|kami|saya|di lapangan|today|utama|teknis)){0,2}"
)
_KEYED = re.compile(
    rf"(?:^|[.;,(]\s*)(?:ada(?:pun)? )?{_KEY}\s*(?:[:=]|\s[-–](?=\s))\s*(.*)", re.IGNORECASE | re.DOTALL
)
_KEY_BEFORE = re.compile(rf"(?:^|[.;,(]\s*)(?:ada(?:pun)? )?{_KEY}\s*[:=]\s*$", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:terkendala|terhambat|blocked by|kendalanya|hambatannya)\b(?!\s*[:=])", re.IGNORECASE)
_NOT_TOLD = re.compile(
    r"\b(?:yang|yg|tidak|tdk|tak|gak|ga|nggak|tanpa|bila|jika|kalau|not|without|that (?:is|are))\s*$"
)
_END = re.compile(r"[;\n]|\.(?=\s|$)|,?\s+(?:lalu|kemudian|lanjut|setelah itu|terus|then)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;]\s+")
_OTHER_KEY = re.compile(r"[.;,)]\s*(?=[A-Za-z][\w'./ ]{1,40}?\s*[:=])")
_NONE = re.compile(
    r"(?:(?:alhamdulillah|sementara|sejauh ini|saat ini|untuk|hari ini|masih|semua|so far|ini) )*"
    r"(?:nihil|none|nil|no|nope|n a|na|kosong|0|"
    r"(?:semua )?(?:aman|lancar|clear)(?: (?:aman|lancar|terkendali|saja))*|"
    r"(?:tidak|belum|tiada|tanpa|bukan|nothing|without|no|not)(?: ada| any| ditemukan)?"
    r"(?: kendala| hambatan| masalah| obstacles?| problems?| issues?| blockers?)?"
    r"(?: yang| berarti| apa| hari ini| sama sekali| today| so far| sejauh ini| saat ini| alhamdulillah| at all)*)"
)


def is_none(text: str) -> bool:
    """'-', 'nihil', 'tidak ada', 'none': a form filled in by somebody whom nothing hindered."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    spellings = (words, [lexicon.normal(word) for word in words])
    return not words or any(_NONE.fullmatch(" ".join(spelt)) for spelt in spellings)


def is_told(text: str) -> bool:
    """Whether a piece that looks like work is nothing but an obstacle."""
    return _TOLD.match(text) is not None or _KEYED.match(text) is not None


def begins(text: str, start: int) -> bool:
    """Whether 'Kendala: …' begins at a place in a line, or its value does."""
    return _KEYED.match(text, start) is not None or _KEY_BEFORE.search(text[:start]) is not None


def parted(text: str, today: date) -> tuple[str, str]:
    """What stood in the way, and the work that is told after it in a sentence of its own."""
    for end in _SENTENCE.finditer(text):
        if names_work(tokens_of(text[end.end() :], today)):
            return text[: end.start()], text[end.end() :]
    return text, ""


def said_in(lines: Sequence[Line], today: date) -> str | None:
    """The obstacles of a reply, joined by '; '; None when it names none."""
    found: list[str] = []
    below = False
    for line in lines:
        if below and fields.field(line.text) is None:
            found.append(line.text)
            continue
        keyed = _KEYED.search(line.text)
        below = keyed is not None and not keyed[1].strip()
        found.append(_value(parted(keyed[1], today)[0]) if keyed else _told(line.text))
    said = [text for text in (one.strip(" .;,)") for one in found) if not is_none(text)]
    return "; ".join(said) or None


def _value(text: str) -> str:
    """What the key says, up to the next key on the same line."""
    for mark in _OTHER_KEY.finditer(text):
        if fields.field(text[mark.end() :]) is not None:
            return text[: mark.start()]
    return text


def _told(text: str) -> str:
    """From 'terkendala' to where the sentence ends, or goes on with work."""
    mark = _TOLD.search(text)
    if mark is None or _NOT_TOLD.search(text[: mark.start()].lower()):
        return ""
    rest = _END.split(text[mark.start() :], maxsplit=1)[0]
    first, *clauses = rest.split(", ")
    taken = [first]
    for clause in clauses:
        if morphology.shape((clause.split() or [""])[0].lower()) is not None:
            break
        taken.append(clause)
    return ", ".join(taken)
