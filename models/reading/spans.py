"""From when to when somebody is away. Dates here lie ahead: 'sampai Rabu' is the coming Wednesday."""

import re
from datetime import date, timedelta

from models.reading import dates
from models.reading.numbers import number_at
from models.reading.tokens import DAY, Token
from models.reading.types import AbsenceSpan

_KINDS = (
    ("sick", r"\bcuti sakit\b|\bsick leave\b"),
    ("maternity", r"\b(?:melahirkan|bersalin|maternity)\b"),
    ("important", r"\balasan penting\b|\b(?:meninggal|duka|wafat|kemalangan)\b"),
    ("annual", r"\bcuti tahunan\b|\bannual leave\b"),
)
_COURSES = re.compile(r"\b(?:bimtek|diklat|pelatihan|latsar|pim|pkp|pka|training|kursus)\b")
_TO = frozenset(("sampai", "-", "–", "hingga"))
_LONGEST = 400  # days; anything longer is a typing error


def span(tokens: list[Token], words: str, kind: str, today: date) -> AbsenceSpan:
    """The first and last local date. Leave counts Monday to Friday, sickness counts calendar days."""
    start, end = _bounds(tokens, today)
    if end is None and (length := _length(tokens)):
        end = _after(start, length, weekdays_only=kind != "sick")
    end = end or start
    if end < start or (end - start).days > _LONGEST:
        end = start
    return AbsenceSpan(_finer(kind, words), start, end)


def _finer(kind: str, words: str) -> str:
    if kind == "duty_travel":
        return "training" if _COURSES.search(words) else kind
    if kind == "leave":
        return next((name for name, pattern in _KINDS if re.search(pattern, words)), kind)
    return kind


def _bounds(tokens: list[Token], today: date) -> tuple[date, date | None]:
    start: date | None = None
    end: date | None = None
    i = 0
    while i < len(tokens):
        found = _day(tokens, i, start or today, today)
        if found is None:
            i += 1
            continue
        day, after = found
        before = tokens[i - 1].norm if i else ""
        if before == "dengan" and i > 1:
            before = tokens[i - 2].norm
        if before in _TO or (start is not None and before in ("dan", "&", ",")):
            end = day
        elif before in ("kembali", "masuk", "lagi") and day > today:
            end = day - timedelta(days=1)
        elif start is None:
            start = day
        i = after
    if start is None and end is not None and end < today:
        return end, None
    return start or today, end


def _day(tokens: list[Token], i: int, floor: date, today: date) -> tuple[date, int] | None:
    """A date at token i: on or after ``floor``, except what is plainly past."""
    word = tokens[i].norm
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    if word == "besok":
        return today + timedelta(days=1), i + 1
    if word == "lusa":
        return today + timedelta(days=2), i + 1
    if word == "hari" and following == "ini":
        return today, i + 2
    weekday = dates.weekday_of(word)
    if weekday is not None and not (word == "minggu" and following in ("depan", "lalu", "ini")) and not (word == "minggu" and i and tokens[i - 1].kind == "n"):
        ahead = (weekday - floor.weekday()) % 7
        if following == "depan" and ahead == 0:
            ahead = 7
        day_after = dates.mark(tokens[i : i + 5], today)[:1]
        if day_after and day_after[0].kind == DAY and day_after[0].value.date and not day_after[0].value.spoken:
            return day_after[0].value.date, i + 1 + sum(1 for t in tokens[i + 1 : i + 5] if t.end <= day_after[0].end)
        return floor + timedelta(days=ahead), i + 1 + (following == "depan")
    if word == "tanggal" and following.isdigit() or tokens[i].kind in "dn":
        return _dated(tokens, i, floor, today)
    return None


def _dated(tokens: list[Token], i: int, floor: date, today: date) -> tuple[date, int] | None:
    j = i + (tokens[i].norm == "tanggal")
    token = tokens[j]
    marked = dates.mark(tokens[j : j + 3], today)[0]
    if marked.kind == DAY and marked.value.date:
        used = sum(1 for t in tokens[j : j + 3] if t.end <= marked.end)
        day = marked.value.date
        if day < today - timedelta(days=60):
            day = _safe(day.year + 1, day.month, day.day) or day
        return day, j + used
    before = tokens[i - 1].norm if i else ""
    if token.kind != "n" or not 1 <= token.value <= 31 or (j == i and before not in _TO):
        return None
    if j + 1 < len(tokens) and tokens[j + 1].norm in ("hari", "minggu", "bulan", "jam", "pagi", "siang", "sore"):
        return None
    return _on_or_after(int(token.value), floor), j + 1


def _on_or_after(day: int, floor: date) -> date:
    year, month = floor.year, floor.month
    for _ in range(12):
        made = _safe(year, month, day)
        if made and made >= floor:
            return made
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return floor


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _length(tokens: list[Token]) -> int | None:
    """'3 hari', 'dua minggu', 'sebulan', in days of the kind that is counted."""
    for i, token in enumerate(tokens):
        if token.norm in ("seminggu", "sepekan"):
            return 5
        if token.norm == "sebulan":
            return 22
        found = number_at(tokens, i)
        if found and found[1] < len(tokens) and found[0] <= 366:
            scale = {"hari": 1, "days": 1, "day": 1, "minggu": 5, "pekan": 5, "weeks": 5, "week": 5, "bulan": 22, "months": 22}.get(tokens[found[1]].norm)
            if scale and found[0] >= 1 and not (tokens[found[1]].norm == "hari" and found[1] + 1 < len(tokens) and tokens[found[1] + 1].norm in ("ini", "lalu", "yang")):
                return min(int(found[0]) * scale, _LONGEST)
    return None


def _after(start: date, length: int, *, weekdays_only: bool) -> date:
    day, left = start, length - 1
    while left > 0:
        day += timedelta(days=1)
        left -= not weekdays_only or day.weekday() < 5
    return day
