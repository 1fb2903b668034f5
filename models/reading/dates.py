"""Find the dates that a line states, in words or figures: 'tgl 12', '6-11-2026', '10 Nopember', 'kemarin'."""

from datetime import date

from models.reading.days import (
    JAVANESE_PARTS,
    Day,
    Found,
    days_ago,
    month_of,
    openers,
    relative,
    week,
    weekday,
    weekday_of,
)
from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.pieces import norm_at
from models.reading.tokens import DATELIKE, DAY, FRACTION, NUMBER, PUNCTUATION, WORD, Token

_FIGURES = frozenset((NUMBER, DATELIKE, FRACTION))
_BEFORE_FRACTION = frozenset(("tanggal", "hari", ""))
_REPORTS = frozenset(("ini", "laporan", "kegiatan", "lapor"))
_NOT_MONTHS = frozenset(("jam", "hari", "bagian", "kg"))


def mark(tokens: list[Token], today: date) -> list[Token]:
    """The same tokens, with each date phrase replaced by one DAY token."""
    marked: list[Token] = []
    i = 0
    while i < len(tokens):
        found = _at(tokens, i, today)
        if found:
            day, after = found
            marked.append(Token(DAY, tokens[i].norm, tokens[i].start, tokens[after - 1].end, day))
            i = after
        else:
            marked.append(tokens[i])
            i += 1
    return marked


def _at(tokens: list[Token], i: int, today: date) -> Found:
    token = tokens[i]
    if token.kind != WORD:
        return (days_ago(tokens, i, today) or figures(tokens, i, today)) if token.kind in _FIGURES else None
    if token.norm not in openers() and token.raw not in JAVANESE_PARTS:
        return None
    named = _weekday_and_date(tokens, i, today)
    for rule in (relative, weekday, _numbered, week, days_ago):
        if found := named or rule(tokens, i, today):
            return _with_number(tokens, found, today)
    return None


def _weekday_and_date(tokens: list[Token], i: int, today: date) -> Found:
    """'Jumat / 6-11-2026', 'Selasa tgl 10 Nov': the figure decides."""
    i += tokens[i].norm == "hari"
    if weekday_of(norm_at(tokens, i)) is None:
        return None
    place = i + 1
    while norm_at(tokens, place) in (",", "/") and place < i + 3:
        place += 1
    if place >= len(tokens):
        return None
    found = _numbered(tokens, place, today) or figures(tokens, place, today)
    return found if found and found[0].date else None


def _with_number(tokens: list[Token], found: tuple[Day, int], today: date) -> tuple[Day, int]:
    """'kemarin tgl 1': the number is surer than the word."""
    day, after = found
    if day.spoken and after < len(tokens) and (number := _numbered(tokens, after, today)) and number[0].date:
        return number
    return found


def _numbered(tokens: list[Token], i: int, today: date) -> Found:
    """'tgl 12', 'tanggal 12 November 2026 kemarin', 'tgl 20 nanti'; a cited paper's date is none."""
    if norm_at(tokens, i) != "tanggal" or _is_cited(tokens, i):
        return None
    place = i + 1 + (norm_at(tokens, i + 1) in (":", ".", "="))
    if place >= len(tokens):
        return None
    found = figures(tokens, place, today)
    if found is None:
        number = number_at(tokens, place)
        if number is None or not 1 <= number[0] <= 31:
            return None
        found = _latest(int(number[0]), today), number[1]
    day, after = found
    if norm_at(tokens, after) in grammar("next"):
        return Day(None, ahead=True), after + 1
    return day, after + (norm_at(tokens, after) in grammar("past"))


def _is_cited(tokens: list[Token], i: int) -> bool:
    """'surat tgl 2 November', 'untuk tgl 25'; but 'laporan untuk tgl 3' is the work's date."""
    for j in range(max(0, i - 3), i):
        if tokens[j].norm in grammar("cited") and not (
            tokens[j].norm == "untuk" and norm_at(tokens, j - 1) in _REPORTS
        ):
            return True
    return False


def figures(tokens: list[Token], i: int, today: date) -> Found:
    """'6-11-2026', '12/11', '12 Nopember 2026' at token i; day before month, years of four or two digits."""
    token = tokens[i]
    if _is_cited(tokens, i):
        return None
    if token.kind == DATELIKE:
        return _day_month_year(token.norm), i + 1
    if token.kind == FRACTION:
        return _day_slash_month(tokens, i, today)
    month = month_of(norm_at(tokens, i + 1))
    if token.kind != NUMBER or month is None or not 1 <= token.value <= 31:
        return None
    after = i + 2
    year = tokens[after].value if after < len(tokens) and tokens[after].kind == NUMBER else None
    if year is not None and 2000 <= year <= 2100:
        after += 1
        day = _made(int(year), month, int(token.value))
    else:
        day = _recent(month, int(token.value), today)
    return day, after + (norm_at(tokens, after) in grammar("past"))


def _day_month_year(text: str) -> Day:
    first, month, last = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
    if first > 31:
        first, last = last, first
    return _made(last + 2000 if last < 100 else last, month, first)


def _day_slash_month(tokens: list[Token], i: int, today: date) -> Found:
    day, month = (int(part) for part in tokens[i].norm.split("/"))
    led = norm_at(tokens, i - 1) in _BEFORE_FRACTION or tokens[i - 1].kind == PUNCTUATION
    if not led or not 1 <= month <= 12 or not 1 <= day <= 31 or norm_at(tokens, i + 1) in _NOT_MONTHS:
        return None
    return _recent(month, day, today), i + 1 + (norm_at(tokens, i + 1) in grammar("past"))


def _made(year: int, month: int, day: int) -> Day:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(None, exists=False)


def _recent(month: int, day: int, today: date) -> Day:
    """The latest such date that is not after today."""
    made = _made(today.year, month, day)
    return made if made.date is None or made.date <= today else _made(today.year - 1, month, day)


def _latest(day: int, today: date) -> Day:
    """The latest such day of a month that is not after today."""
    year, month = today.year, today.month
    for _ in range(12):
        made = _made(year, month, day)
        if made.date and made.date <= today:
            return made
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Day(None, exists=False)
