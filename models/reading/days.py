"""Days said in words: 'kemarin lusa', 'Jumat lalu', 'minggu lalu hari Senin', 'dua hari lalu', 'besok'."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from models.reading import lexicon
from models.reading.lexicon import grammar
from models.reading.numbers import number_at, number_words
from models.reading.pieces import norm_at
from models.reading.tokens import Token

PARTS = frozenset(("pagi", "siang", "sore", "malam", "subuh"))
JAVANESE_PARTS = frozenset(("isuk", "esuk", "awan", "bengi", "iki"))
_WEEKS = frozenset(("minggu", "pekan", "week"))
_SAID = (
    *PARTS,
    "sebentar",
    "hari",
    "tanggal",
    "today",
    "kemarin",
    "yesterday",
    "semalam",
    "tadi",
    "last",
    "next",
    "on",
)
# short forms that are words of their own; they need 'hari' or a past word
_UNSURE = frozenset(("minggu", "akad", "mon", "sat", "sun", "wed"))


@dataclass(frozen=True, slots=True)
class Day:
    """A stated date, None when it is vague ('tadi pagi') or does not exist.

    ``ahead``: it lies in the future, so what goes with it is not done yet. ``spoken``: a word, not a figure.
    ``exists``: False for '31 Februari'; such words stay in the text, for whoever reads it to see.
    """

    date: date | None
    ahead: bool = False
    spoken: bool = False
    exists: bool = True


Found = tuple[Day, int] | None  # and the place of the token after it


@cache
def openers() -> frozenset[str]:
    """The words that a date may begin with, but for `JAVANESE_PARTS` as written."""
    return frozenset((*_SAID, *_WEEKS, *_numbers("weekdays"), *number_words(), *grammar("ahead")))


@cache
def _numbers(section: str) -> dict[str, int]:
    lines = lexicon.sections("calendar.txt")[section]
    return {word: number for number, line in enumerate(lines) for word in line.split()}


def weekday_of(word: str) -> int | None:
    """Monday is 0."""
    return _numbers("weekdays").get(word)


def month_of(word: str) -> int | None:
    """January is 1."""
    number = _numbers("months").get(word)
    return None if number is None else number + 1


def skip_parts(tokens: list[Token], i: int) -> int:
    return i + (norm_at(tokens, i) in PARTS)


def relative(tokens: list[Token], i: int, today: date) -> Found:
    """'hari ini', 'pagi ini', 'kemarin', 'semalam', 'tadi pagi', 'besok'."""
    word, following = tokens[i].norm, norm_at(tokens, i + 1)
    if word in ("pagi", "siang", "sore") and following == "ini":
        return Day(today, spoken=True), i + 2
    if word == "today" or (word == "hari" and following == "ini"):
        return Day(today, spoken=True), i + 1 + (word == "hari")
    if word in ("kemarin", "yesterday"):
        twice = following in ("lusa", "dulu")
        return Day(today - timedelta(days=2 if twice else 1), spoken=True), skip_parts(tokens, i + 1 + twice)
    if word == "semalam" or (word in ("tadi", "last") and following in ("malam", "night")):
        return Day(today - timedelta(days=1), spoken=True), i + 1 + (word != "semalam")
    earlier = word == "tadi" and following in PARTS
    if earlier or (following == "mau" and tokens[i].raw in JAVANESE_PARTS):
        return Day(None, spoken=True), i + 2
    tonight = word == "sebentar" and following in (*PARTS, "lagi")
    if word in grammar("ahead") or tonight:
        i += 1 + tonight
        while norm_at(tokens, i) in PARTS or norm_at(tokens, i) in grammar("ahead"):
            i += 1
        return Day(None, ahead=True, spoken=True), i
    return None


def weekday(tokens: list[Token], i: int, today: date) -> Found:
    """'Jumat', 'hari Minggu kemarin', 'Senin depan'; a bare weekday is the latest one before today."""
    led = tokens[i].norm == "hari" or (tokens[i].norm in ("last", "on"))
    place = i + led
    number = weekday_of(norm_at(tokens, place))
    if number is None:
        return None
    after = skip_parts(tokens, place + 1)
    if norm_at(tokens, after) in grammar("after a day") or norm_at(tokens, i - 1) in grammar("before a day"):
        return None
    if norm_at(tokens, after) in grammar("next"):
        return Day(None, ahead=True, spoken=True), after + 1
    past = norm_at(tokens, after) in grammar("past")
    word = tokens[place].norm
    if not led and word in _UNSURE and (not past or (word == "minggu" and norm_at(tokens, after) == "lalu")):
        return None
    back = (today.weekday() - number) % 7 or 7 * past
    return Day(today - timedelta(days=back), spoken=True), skip_parts(tokens, after + past)


def week(tokens: list[Token], i: int, today: date) -> Found:
    """'minggu lalu hari Jumat'; 'minggu depan' lies ahead; 'minggu lalu' alone names no date."""
    word, following = tokens[i].norm, norm_at(tokens, i + 1)
    if word == "next" and (following == "week" or weekday_of(following) is not None):
        return Day(None, ahead=True), i + 2
    if word not in _WEEKS:
        return None
    if following in grammar("next"):
        return Day(None, ahead=True), i + 2
    place = i + 2 + (norm_at(tokens, i + 2) == "hari")
    number = weekday_of(norm_at(tokens, place))
    if following != "lalu" or number is None:
        return None
    monday = today - timedelta(days=today.weekday() + 7)
    return Day(monday + timedelta(days=number), spoken=True), place + 1


def days_ago(tokens: list[Token], i: int, today: date) -> Found:
    found = number_at(tokens, i)
    if found is None or found[0] > 60 or norm_at(tokens, found[1]) not in ("hari", "days", "day"):
        return None
    after = found[1] + 1 + (norm_at(tokens, found[1] + 1) == "yang")
    if norm_at(tokens, after) not in ("lalu", "ago", "kepungkur"):
        return None
    return Day(today - timedelta(days=int(found[0])), spoken=True), after + 1
