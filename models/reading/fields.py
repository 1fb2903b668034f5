"""Lines of the form 'Kegiatan : …', as printed report forms have them."""

import re
from dataclasses import dataclass
from functools import cache

from models.reading import lexicon

WORK, OUTPUT, PEOPLE, WHEN, DATE, TOMORROW, SKIP = "work", "output", "people", "when", "date", "tomorrow", "skip"

_ROLES = (WORK, OUTPUT, PEOPLE, WHEN, DATE, TOMORROW, SKIP)
_FILE = "fields.txt"
_FIELD = re.compile(r"^\(?([A-Za-z][\w'./&(), -]{1,40}?)\s*[:=]\s*(.*)$", re.DOTALL)
_PLANS = frozenset(("rencana", "besok"))
_REMARKS = frozenset(("kendala", "hambatan", "catatan", "masalah"))
_WORKS = frozenset(("kegiatan", "uraian", "laporan", "pekerjaan"))


@dataclass(frozen=True, slots=True)
class Field:
    role: str
    key: str
    value: str


def field(line: str) -> Field | None:
    """The line as a field, if its key is one that report forms have."""
    match = _FIELD.match(line)
    if match is None:
        return None
    key = re.sub(r"\s*([/,])\s*", r"\1", re.sub(r"[.()\s]+", " ", match[1].lower())).strip()
    role = _role(key) or _role_of_numbered(key)
    return Field(role, key, match[2].strip()) if role else None


@cache
def _keys() -> dict[str, str]:
    lines = lexicon.sections(_FILE)
    return {key.strip(): role for role in _ROLES for line in lines[role] for key in line.split("|")}


def _role_of_numbered(key: str) -> str | None:
    """'Kegiatan 2 : …', but 'jam 08:00 …' is a time."""
    role = _role(re.sub(r" (?:ke-?)?\d+$", "", key))
    return role if role in (WORK, OUTPUT) else None


def _role(key: str) -> str | None:
    words = [lexicon.normal(word) for word in key.replace("/", " ").split()]
    if not words:
        return None
    if role := _keys().get(key) or _keys().get(" ".join(words)):
        return role
    if words[0] in _PLANS and len(words) <= 5:
        return TOMORROW
    if words[0] in _REMARKS:
        return SKIP
    framed = words[0] in _WORKS and all(word in lexicon.words(_FILE, "frame") for word in words[1:])
    return WORK if framed else None
