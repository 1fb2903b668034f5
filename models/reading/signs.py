"""Signs that an entry may be empty: for the superior's eye, and never in a figure. Values in, values out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from models.reading.routine import is_routine
from models.reading.terms import plain_stems

LOOK_BACK = timedelta(days=14)
CONTENT_WORDS = 2
DAY = 24 * 60
"""Minutes."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset((
    "kerja", "pekerjaan", "tugas", "rutin", "rutinitas", "kegiatan", "giat", "aktivitas", "laksana", "laku", "selesai",
    "jalan", "hari", "harian", "biasa", "seperti", "kantor", "dinas", "lain", "pokok", "fungsi", "tupoksi", "siap",
    "aman", "lancar", "sama", "sesuai", "ikut", "hadir", "bantu", "atas", "arahan", "arah", "perintah", "work",
    "working", "job", "duty", "duties", "task", "tasks", "daily", "routine", "usual", "office", "done",
))  # fmt: skip
"""Roots that say nothing of what was done."""


class Kind(StrEnum):
    SAME_TEXT = "same_text"
    SAME_PICTURE = "same_picture"
    PICTURE_SENT_BEFORE = "picture_sent_before"  # by somebody else, who is not named
    OVERLAP = "overlap"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity of one person."""

    id: int
    day: date
    text: str
    minutes: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    has_count: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or file under an entry (None: under a day alone, or somebody else's). Ids grow with time."""

    id: int
    reference: str
    employee_id: int
    day: date
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class Sign:
    """`day` is the latest earlier one, `more` how many others there are; `other` the text of what it overlaps with."""

    kind: Kind
    day: date | None = None
    more: int = 0
    other: str = ""


def of_entries(entries: Sequence[Entry], shown: Iterable[int]) -> dict[int, list[Sign]]:
    """By entry; `entries` are all of one person's from `LOOK_BACK` before the first that is shown."""
    wanted = set(shown)
    by_text: dict[str, set[date]] = {}
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_text.setdefault(_plain(entry.text), set()).add(entry.day)
        by_day.setdefault(entry.day, []).append(entry)
    found: dict[int, list[Sign]] = {}
    for entry in entries:
        if entry.id in wanted:
            signs = [_said_before(entry, by_text), _overlapping(entry, by_day[entry.day]), _without_content(entry)]
            found[entry.id] = [sign for sign in signs if sign is not None]
    return found


def of_pictures(pictures: Sequence[Picture], shown: Mapping[int, int]) -> dict[int, list[Sign]]:
    """By entry; `shown` are entry → its person, `pictures` everything in the agency with one of their references."""
    found: dict[int, list[Sign]] = {}
    by_reference: dict[str, list[Picture]] = {}
    for picture in pictures:
        by_reference.setdefault(picture.reference, []).append(picture)
    for picture in pictures:
        if picture.entry_id is None or shown.get(picture.entry_id) != picture.employee_id:
            continue
        earlier = [other for other in by_reference[picture.reference] if other.id < picture.id]
        days = {one.day for one in earlier if one.employee_id == picture.employee_id and one.day != picture.day}
        signs = found.setdefault(picture.entry_id, [])
        if days:
            signs.append(Sign(Kind.SAME_PICTURE, max(days), len(days) - 1))
        if any(one.employee_id != picture.employee_id for one in earlier):
            signs.append(Sign(Kind.PICTURE_SENT_BEFORE))
    return {entry_id: list(dict.fromkeys(signs)) for entry_id, signs in found.items() if signs}


def overfull(entries: Iterable[Entry]) -> dict[date, int]:
    """Days whose entries add up to more than 24 hours, with their minutes."""
    total: dict[date, int] = {}
    for entry in entries:
        total[entry.day] = total.get(entry.day, 0) + _minutes(entry)
    return {day: minutes for day, minutes in sorted(total.items()) if minutes > DAY}


def _plain(text: str) -> str:
    """Words and numbers alone: a different count is different work."""
    return " ".join(_WORD.findall(text.casefold()))


def _said_before(entry: Entry, by_text: Mapping[str, set[date]]) -> Sign | None:
    """Assemblies and the like are the same every day by their nature."""
    if is_routine(entry.text):
        return None
    days = sorted(day for day in by_text[_plain(entry.text)] if entry.day - LOOK_BACK <= day < entry.day)
    return Sign(Kind.SAME_TEXT, days[-1], len(days) - 1) if days else None


def _overlapping(entry: Entry, same_day: Sequence[Entry]) -> Sign | None:
    """Said once, of the one that was noted later."""
    span = _span(entry)
    for other in same_day:
        theirs = _span(other)
        if span and theirs and other.id < entry.id and span[0] < theirs[1] and theirs[0] < span[1]:
            return Sign(Kind.OVERLAP, other=other.text)
    return None


def _without_content(entry: Entry) -> Sign | None:
    said = {stem for stem in plain_stems(entry.text) if stem not in _EMPTY}
    if is_routine(entry.text) or len(said) + entry.has_count >= CONTENT_WORDS:
        return None
    return Sign(Kind.EMPTY)


def _span(entry: Entry) -> tuple[int, int] | None:
    """Minutes since midnight; an end before the start is on the next day."""
    if entry.starts_at is None or entry.ends_at is None:
        return None
    start, end = (moment.hour * 60 + moment.minute for moment in (entry.starts_at, entry.ends_at))
    return start, end if end > start else end + DAY


def _minutes(entry: Entry) -> int:
    if entry.minutes is not None:
        return entry.minutes
    span = _span(entry)
    return span[1] - span[0] if span else 0
