"""Dates said in words or figures: 'kemarin lusa', 'Jumat lalu', 'tgl 12', '6-11-2026', 'besok'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.tokens import DATELIKE, DAY, FRACTION, NUMBER, PUNCTUATION, WORD, Token

_WEEKDAYS = {
    word: day
    for day, words in enumerate(
        (
            "senin senen monday mon isnen", "selasa salasa tuesday tue tues slasa", "rabu rebo rabo wednesday wed robu", "kamis kemis thursday thu hamis kamih",
            "jumat jum'at jumaat friday fri jmt jum'ah", "sabtu saptu sabtuh saturday sat", "minggu ahad sunday sun akad ngahad",
        )
    )
    for word in words.split()
}  # fmt: skip
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "januari jan january", "februari feb pebruari peb february", "maret mar march mrt", "april apr", "mei may", "juni jun june",
            "juli jul july", "agustus agu agt ags agust august aug", "september sep sept", "oktober okt october oct", "november nov nopember nop", "desember des december dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_PARTS = frozenset({"pagi", "siang", "sore", "malam", "subuh"})
_JAVANESE_PARTS = frozenset({"isuk", "esuk", "awan", "bengi"})
# words before a date that make it the date of a paper or a meeting, not of the work


@dataclass(frozen=True, slots=True)
class Day:
    """One stated date. ``ahead``: it lies in the future, so what goes with it is not done yet."""

    date: date | None
    ahead: bool = False
    spoken: bool = False  # a plain word such as 'besok' or 'kemarin', not a figure


def mark(tokens: list[Token], today: date) -> list[Token]:
    """The same tokens, with each date phrase replaced by one token."""
    marked: list[Token] = []
    i = 0
    while i < len(tokens):
        found = _at(tokens, i, today)
        if found is None:
            marked.append(tokens[i])
            i += 1
            continue
        day, after = found
        marked.append(Token(DAY, tokens[i].norm, tokens[i].start, tokens[after - 1].end, day))
        i = after
    return marked


def _norm(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def _at(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    token = tokens[i]
    if token.kind == DATELIKE:
        return _figures(tokens, i, token.norm, today)
    if token.kind == FRACTION:
        return _fraction(tokens, i, today)
    if token.kind == NUMBER:
        return _day_month(tokens, i, today)
    if token.kind != WORD:
        return None
    for rule in (_relative, _weekday, _numbered, _weeks, _days_ago):
        if found := rule(tokens, i, today):
            return found
    return None


def _relative(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    word, following = tokens[i].norm, _norm(tokens, i + 1)
    if word in ("hari", "today") and (word == "today" or following == "ini"):
        return Day(today, spoken=True), i + 1 + (word == "hari")
    if word in ("kemarin", "yesterday"):
        lusa = following in ("lusa", "dulu", "dulunya")
        after = _skip_parts(tokens, i + 1 + lusa)
        if (number := _numbered(tokens, after, today)) and number[0].date:
            return number
        return Day(today - timedelta(days=2 if lusa else 1), spoken=True), after
    if word == "kemarinlusa":
        return Day(today - timedelta(days=2), spoken=True), i + 1
    if (
        word in ("semalam", "sedalu")
        or (word == "tadi" and following == "malam")
        or (word == "last" and following == "night")
    ):
        return Day(today - timedelta(days=1), spoken=True), i + 1 + (word in ("tadi", "last"))
    if (word == "tadi" and following in _PARTS) or (following == "mau" and tokens[i].value in _JAVANESE_PARTS):
        return Day(None, spoken=True), i + 2
    if word in grammar("ahead") or (word == "sebentar" and following == "malam"):
        return Day(None, ahead=True, spoken=True), _skip_ahead(tokens, i + 1 + (word == "sebentar"))
    return None


def _skip_parts(tokens: list[Token], i: int) -> int:
    return i + 1 if _norm(tokens, i) in _PARTS else i


def _skip_ahead(tokens: list[Token], i: int) -> int:
    while _norm(tokens, i) in _PARTS or _norm(tokens, i) in grammar("ahead"):
        i += 1
    return i


def _weekday(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    start = i
    if tokens[i].norm == "hari" or (tokens[i].norm in ("last", "on") and _norm(tokens, i + 1) in _WEEKDAYS):
        i += 1
    weekday = _WEEKDAYS.get(_norm(tokens, i))
    if weekday is None:
        return None
    after = i + 1
    while after < len(tokens) and tokens[after].norm in (",", "/", "tanggal"):
        after += 1
    for rule in (_plain_date, _numbered):
        if after < len(tokens) and (found := rule(tokens, after, today)) and found[0].date:
            return found
    after = _skip_parts(tokens, i + 1)
    if _norm(tokens, after) in grammar("next"):
        return Day(None, ahead=True, spoken=True), after + 1
    past = _norm(tokens, after) in grammar("past")
    if _norm(tokens, i) in ("minggu", "mon", "sat", "sun", "wed") and start == i and not past:
        return None
    if _norm(tokens, i) == "minggu" and start == i and _norm(tokens, after) == "lalu":
        return None
    back = (today.weekday() - weekday) % 7 or (7 if past else 0)
    day = today - timedelta(days=back)
    after += past
    return Day(day, spoken=True), _skip_parts(tokens, after)


def _plain_date(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    if tokens[i].kind == DATELIKE:
        return _figures(tokens, i, tokens[i].norm, today)
    return _day_month(tokens, i, today) if tokens[i].kind == NUMBER else None


def _numbered(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    """'tgl 12', 'tanggal 12 November 2026 kemarin'."""
    if _norm(tokens, i) not in ("tanggal",) or i + 1 >= len(tokens):
        return None
    j = i + 1
    while _norm(tokens, j) in (":", ".", "="):
        j += 1
    if j >= len(tokens):
        return None
    cited = any(t.norm in grammar("cited") for t in tokens[max(0, i - 3) : i])
    found = _plain_date(tokens, j, today) or (_fraction(tokens, j, today) if tokens[j].kind == FRACTION else None)
    if found is None:
        day = number_at(tokens, j)
        if day is None or not 1 <= day[0] <= 31:
            return None
        found = _latest(int(day[0]), today), day[1]
    day_found, after = found
    if _norm(tokens, after) in grammar("next"):
        return Day(None, ahead=True), after + 1
    if cited:
        return None
    return day_found, after + (_norm(tokens, after) in grammar("past"))


def _day_month(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    month = _MONTHS.get(_norm(tokens, i + 1))
    if month is None or tokens[i].value is None or not 1 <= tokens[i].value <= 31:
        return None
    if any(t.norm in grammar("cited") and t.norm != "tanggal" for t in tokens[max(0, i - 3) : i]):
        return None
    after = i + 2
    year = tokens[after].value if after < len(tokens) and tokens[after].kind == NUMBER else None
    if isinstance(year, float) and 2000 <= year <= 2100:
        return _made(int(year), month, int(tokens[i].value)), after + 1 + (_norm(tokens, after + 1) in grammar("past"))
    return _recent(month, int(tokens[i].value), today), after + (_norm(tokens, after) in grammar("past"))


def _figures(tokens: list[Token], i: int, text: str, today: date) -> tuple[Day, int]:
    parts = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    if parts[0] > 31:
        parts.reverse()
    year = parts[2] + 2000 if parts[2] < 100 else parts[2]
    return _made(year, parts[1], parts[0]), i + 1


def _fraction(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    day, month = (int(part) for part in tokens[i].norm.split("/"))
    led = _norm(tokens, i - 1) in ("tanggal", "hari", ",", "") or (i > 0 and tokens[i - 1].kind == PUNCTUATION)
    if not led or not 1 <= month <= 12 or not 1 <= day <= 31 or _norm(tokens, i + 1) in ("jam", "hari", "bagian"):
        return None
    return _recent(month, day, today), i + 1 + (_norm(tokens, i + 1) in grammar("past"))


def _weeks(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    """'minggu lalu hari Jumat'; 'minggu depan' lies ahead; 'minggu lalu' alone names no date."""
    if tokens[i].norm not in ("minggu", "pekan", "week", "next") or i + 1 >= len(tokens):
        return None
    following = _norm(tokens, i + 1)
    if following in grammar("next") or (tokens[i].norm == "next" and following in ("week", *_WEEKDAYS)):
        return Day(None, ahead=True), i + 2
    if following != "lalu":
        return None
    j = i + 2 + (_norm(tokens, i + 2) == "hari")
    weekday = _WEEKDAYS.get(_norm(tokens, j))
    if weekday is None:
        return None
    monday = today - timedelta(days=today.weekday() + 7)
    return Day(monday + timedelta(days=weekday), spoken=True), j + 1


def _days_ago(tokens: list[Token], i: int, today: date) -> tuple[Day, int] | None:
    found = number_at(tokens, i)
    if found is None or found[0] > 60 or _norm(tokens, found[1]) not in ("hari", "days", "day"):
        return None
    after = found[1] + 1 + (_norm(tokens, found[1] + 1) == "yang")
    if _norm(tokens, after) not in ("lalu", "ago", "kepungkur"):
        return None
    return Day(today - timedelta(days=int(found[0])), spoken=True), after + 1


def _made(year: int, month: int, day: int) -> Day:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(None)


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
    return Day(None)


def weekday_of(word: str) -> int | None:
    """Monday is 0."""
    return _WEEKDAYS.get(word)
