"""From when to when somebody is away. Dates here lie ahead: 'sampai Rabu' is the coming Wednesday."""

import re
from datetime import date, timedelta

from models.reading.dates import mark
from models.reading.days import weekday_of
from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.pieces import norm_at
from models.reading.tokens import DATELIKE, DAY, NUMBER, Token, tokenize
from models.reading.types import AbsenceSpan

_KINDS = (
    ("sick", r"\bcuti sakit\b|\bsick leave\b"),
    ("maternity", r"\b(?:melahirkan|bersalin|maternity)\b"),
    ("important", r"\balasan penting\b|\b(?:meninggal|duka|wafat|kemalangan)\b"),
    ("annual", r"\bcuti tahunan\b|\bannual leave\b"),
)
_TO = frozenset(("sampai", "-", "–"))
_AND = frozenset(("dan", "&", ","))
_BACK_AGAIN = frozenset(("kembali", "masuk", "lagi", "balik"))
_UNITS = {"hari": 1, "days": 1, "day": 1, "minggu": 5, "pekan": 5, "weeks": 5, "week": 5, "bulan": 22, "months": 22}
_NOT_A_DAY = frozenset(("hari", "minggu", "bulan", "jam", "pagi", "siang", "sore"))
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"(\d{1,2}/\d{1,2}(?:/\d{4})?)\s*[-–]\s*(?=\d)")
_DAY_MONTH = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_LONGEST = 400  # days; anything longer is a typing error


def span(tokens: list[Token], words: str, kind: str, today: date) -> AbsenceSpan:
    """The first and last local date; a single day when nothing is said.

    '3 hari' of leave or travel are Mondays to Fridays, of sickness calendar days as on a doctor's letter.
    """
    start, end = _bounds(tokens, today)
    if end is None and (length := _length(tokens)):
        end = _after(start, length, weekdays_only=kind != "sick")
    if end is None or end < start or (end - start).days > _LONGEST:
        end = start
    return AbsenceSpan(_finer(kind, words), start, end)


def dates_in(text: str, today: date) -> tuple[date, date] | None:
    """The first and last date that a text names as a span ('1–5 Desember', 'besok sampai Jumat', '3 hari'); a single
    day is both. None when it names none, or none that makes a span of at most a year."""
    tokens = tokenize(_spelt_out(text.replace("\n", " . "), today.year))
    if _length(tokens) is None and not any(_day(tokens, i, today, today) for i in range(len(tokens))):
        return None
    start, end = _bounds(tokens, today)
    if end is None:
        end = _after(start, _length(tokens) or 1, weekdays_only=False)
    return (start, end) if start <= end and (end - start).days <= _LONGEST else None


def days_in(text: str) -> int | None:
    """How many days a text says an absence lasts ('3 hari', 'seminggu'); weeks and months as days of work."""
    return _length(tokenize(text))


def _spelt_out(text: str, year: int) -> str:
    """'1/12-5/12' with 'sampai' and years, ISO dates as figures."""
    text = _ISO.sub(r"\3/\2/\1", text)
    return _DAY_MONTH.sub(rf"\g<0>/{year}", _SLASHED.sub(r"\1 sampai ", text))


def _finer(kind: str, words: str) -> str:
    if kind == "duty_travel":
        return "training" if any(word in grammar("schooling") for word in words.split()) else kind
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
        before = norm_at(tokens, i - 2) if norm_at(tokens, i - 1) in ("dengan", "hari") else norm_at(tokens, i - 1)
        if before in _TO or (start is not None and before in _AND):
            end = day
        elif before in _BACK_AGAIN and day > today:
            end = day - timedelta(days=1)
        elif start is None:
            start = day
        i = after
    return start or today, end


def _day(tokens: list[Token], i: int, floor: date, today: date) -> tuple[date, int] | None:
    """A date at token i that is not before ``floor``, if the words leave that open."""
    word, following = tokens[i].norm, norm_at(tokens, i + 1)
    if word in ("besok", "tomorrow", "lusa"):
        return today + timedelta(days=2 if word == "lusa" else 1), i + 1
    if word == "hari" and following == "ini":
        return today, i + 2
    weekday = weekday_of(word)
    if weekday is None:
        return _dated(tokens, i, floor, today)
    if word == "minggu" and (following in ("depan", "lalu", "ini") or (i and tokens[i - 1].kind == NUMBER)):
        return None
    if figure := _figure(tokens, i, today):
        return figure
    days = (weekday - floor.weekday()) % 7
    return floor + timedelta(days=days or 7 * (following == "depan")), i + 1 + (following == "depan")


def _figure(tokens: list[Token], i: int, today: date) -> tuple[date, int] | None:
    """'Senin 9 November', '9/11', '9-11-2026': the date as figures say it, in this year or the next."""
    marked = mark(tokens[i : i + 5], today)[:1]
    if not marked or marked[0].kind != DAY or marked[0].value.date is None or marked[0].value.spoken:
        return None
    day: date = marked[0].value.date
    if day < today - timedelta(days=60):
        day = _made(day.year + 1, day.month, day.day) or day
    return day, i + sum(1 for token in tokens[i : i + 5] if token.end <= marked[0].end)


def _first_of_range(tokens: list[Token], i: int, today: date) -> tuple[date, int] | None:
    """The 2 of '2-4 Desember': its month comes with the last day."""
    if norm_at(tokens, i + 1) not in _TO or tokens[i].kind != NUMBER or not 1 <= tokens[i].value <= 31:
        return None
    last = _figure(tokens, i + 2, today)
    if last is None or tokens[i].value > last[0].day:
        return None
    return last[0].replace(day=int(tokens[i].value)), i + 1


def _dated(tokens: list[Token], i: int, floor: date, today: date) -> tuple[date, int] | None:
    place = i + (tokens[i].norm == "tanggal")
    if place >= len(tokens) or tokens[place].kind not in (NUMBER, DATELIKE):
        return None
    if figure := _figure(tokens, place, today):
        return figure
    if begun := _first_of_range(tokens, place, today):
        return begun
    token, led = tokens[place], place > i or norm_at(tokens, i - 1) in _TO
    if token.kind != NUMBER or not 1 <= token.value <= 31 or not led or norm_at(tokens, place + 1) in _NOT_A_DAY:
        return None
    return _on_or_after(int(token.value), floor), place + 1


def _on_or_after(day: int, floor: date) -> date:
    year, month = floor.year, floor.month
    for _ in range(12):
        made = _made(year, month, day)
        if made and made >= floor:
            return made
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return floor


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _length(tokens: list[Token]) -> int | None:
    """'3 hari', 'dua minggu', 'sebulan', in days of the kind that is counted."""
    for i, token in enumerate(tokens):
        if token.norm in ("seminggu", "sepekan", "sebulan"):
            return 22 if token.norm == "sebulan" else 5
        found = number_at(tokens, i)
        if found is None or not 1 <= found[0] <= 366:
            continue
        value, after = found
        scale = _UNITS.get(norm_at(tokens, after))
        if scale and norm_at(tokens, after + 1) not in ("ini", "lalu", "yang"):
            return min(int(value) * scale, _LONGEST)
    return None


def _after(start: date, length: int, *, weekdays_only: bool) -> date:
    day, left = start, length - 1
    while left > 0:
        day += timedelta(days=1)
        left -= not weekdays_only or day.weekday() < 5
    return day
