"""Find the clock times and durations that a line states: '08.00 s/d 10.00', 'sampai jam 10', '2 jam'."""

from dataclasses import dataclass
from datetime import time
from functools import cache

from models.reading.clocks import CUES, TO, Moment, hour_and_minute, moment_at
from models.reading.days import month_of
from models.reading.durations import FIXED, duration_at
from models.reading.lexicon import grammar
from models.reading.numbers import number_words
from models.reading.pieces import norm_at
from models.reading.tokens import CLOCKLIKE, DURATION, FRACTION, NUMBER, PUNCTUATION, TIME, WORD, Token
from models.reading.unit_names import is_unit

_FROM = frozenset(("dari", "mulai", "sejak", "antara", "between", "start"))
_SIGNS_OF_TIME = frozenset(("pukul", "jam", "at", "sejam", "menit", "setengah", "seperempat", "hours", "hour"))
_LONGEST_TIME = 14  # tokens of one end of a range: 'dua belas lewat dua puluh lima menit tadi pagi WIB'
_FIGURES = frozenset((CLOCKLIKE, NUMBER, FRACTION))
_EDGES = frozenset((PUNCTUATION, DURATION, TIME))


@dataclass(frozen=True, slots=True)
class Clock:
    """Start and end in minutes since midnight: None when not stated, -1 when stated but impossible.

    ``goes_on``: 'sampai selesai', so that no end is to be looked for. ``pause``: minutes between two stretches of time.
    """

    start: int | None
    end: int | None
    goes_on: bool = False
    pause: int = 0

    def length(self) -> int | None:
        """Minutes from start to end, over midnight if need be."""
        if self.start is None or self.end is None or min(self.start, self.end) < 0:
            return None
        return (self.end - self.start) % 1440 - self.pause or None


def clock_time(minutes: int | None) -> time | None:
    return time(minutes // 60, minutes % 60) if minutes is not None and minutes >= 0 else None


def joined(clock: Clock | None, other: Clock | None) -> Clock | None:
    """One clock from 'mulai jam 7.30 … s.d. 12.00'; else the first that was said."""
    if clock and other and clock.end is None and not clock.goes_on and other.start is None:
        return Clock(clock.start, other.end)
    return clock or other


def several(clock: Clock | None, other: Clock | None) -> Clock | None:
    """'08.00-10.00 dan 13.00-15.00': from the first to the last, with a pause."""
    if clock and other and clock.length() and other.length():
        pause = (other.start or 0) - (clock.end or 0)
        return Clock(clock.start, other.end, pause=clock.pause + pause) if pause >= 0 else clock
    return joined(clock, other)


@cache
def _openers() -> frozenset[str]:
    """Words that a time or duration may begin with."""
    return frozenset((*CUES, *TO, *_FROM, *_SIGNS_OF_TIME, *FIXED, *number_words(), *grammar("before a duration")))


def mark(tokens: list[Token]) -> list[Token]:
    """The same tokens, with each stated clock time and duration replaced by one TIME or DURATION token."""
    if not any(t.kind in _FIGURES or t.norm in _SIGNS_OF_TIME for t in tokens):
        return tokens
    marked: list[Token] = []
    openers, ranges = _openers(), any(t.norm in TO for t in tokens)
    i = 0
    while i < len(tokens):
        may = tokens[i].kind in _FIGURES or tokens[i].norm in openers
        found = (duration_at(tokens, i) or _clock_at(tokens, i, ranges=ranges)) if may else None
        if found:
            token, i = found
        else:
            token, i = tokens[i], i + 1
        marked.append(token)
    return marked


def _clock_at(tokens: list[Token], i: int, *, ranges: bool) -> tuple[Token, int] | None:
    """``ranges``: somewhere in the line stands a word or sign that a range may be made with."""
    j = i
    while norm_at(tokens, j) in _FROM and j < i + 3:
        j += 1
    if j == i and norm_at(tokens, i) in TO and tokens[i].kind == WORD:
        return _closing_at(tokens, i)
    first = moment_at(tokens, j, bare=False)
    if first is None:
        first = moment_at(tokens, j, bare=True) if ranges and _goes_to(tokens, j) else None
        if first is None or not (_opens_line(tokens, i, first) or _is_range(tokens, first, norm_at(tokens, j - 1))):
            return None
    last, after = _range_end(tokens, first.after)
    ranged = after > first.after
    if not ranged and not first.cue and j == i and not _stands_free(tokens, i, after):
        return None
    clock = _range(first, last) if last else Clock(first.minutes(), None, goes_on=ranged)
    return _made(tokens, i, after, clock)


def _goes_to(tokens: list[Token], i: int) -> bool:
    """Whether the other end of a range may follow: only then a number without 'jam' is a time."""
    return any(norm_at(tokens, j) in TO for j in range(i + 1, i + _LONGEST_TIME))


def _closing_at(tokens: list[Token], i: int) -> tuple[Token, int] | None:
    """'sampai jam 10' says only the end."""
    j = i + 1 + (norm_at(tokens, i + 1) in ("dengan", "ke"))
    last = moment_at(tokens, j, bare=False)
    return _made(tokens, i, last.after, Clock(None, last.minutes())) if last else None


def _made(tokens: list[Token], i: int, after: int, clock: Clock) -> tuple[Token, int]:
    return Token(TIME, "", tokens[i].start, tokens[after - 1].end, clock), after


def _range(first: Moment, last: Moment) -> Clock:
    if first.part is None and last.part and not first.exact:  # '8-10 malam', '9-11am'
        first.part = None if last.part in ("am", "pagi") or last.hour < first.hour else last.part
    start, end = first.minutes(), last.minutes()
    if 0 <= end < start and not last.exact and last.part is None and start < end + 720 < 1440:
        end += 720  # '9.00-4.30'
    return Clock(start, end)


def _is_range(tokens: list[Token], first: Moment, before: str) -> bool:
    """A bare number opens a range only when the other end is plainly a time: '8-10 pagi', '0800-1000'.

    ``before``: the word that it follows; 'semester 1 sampai jam 9' is no range.
    """
    if norm_at(tokens, first.after) not in TO or before in grammar("named") or before in grammar("numbered"):
        return False
    last = moment_at(tokens, first.after + 1, bare=True)
    return last is not None and (last.part is not None or last.cue or (first.exact and last.exact))


def _opens_line(tokens: list[Token], i: int, first: Moment) -> bool:
    """'8-10 mengajar': two hours of a working day at the start of a line, before a word that is no unit."""
    if i or norm_at(tokens, 1) not in TO or len(tokens) < 4 or tokens[0].kind != NUMBER or tokens[2].kind != NUMBER:
        return False
    start, end, what = first.hour, tokens[2].value, tokens[3]
    is_counted = is_unit(what.norm) or what.norm in grammar("not units") or month_of(what.norm) is not None
    return 6 <= start < end <= 22 and what.kind == WORD and not is_counted


def _range_end(tokens: list[Token], i: int) -> tuple[Moment | None, int]:
    """The other end of a range whose first end stops at i, and the place after it."""
    if norm_at(tokens, i) not in TO:
        return None, i
    j = i + 1
    while norm_at(tokens, j) in ("dengan", "-", "ke") and j < i + 4:
        j += 1
    if norm_at(tokens, j) in grammar("open ends"):
        return None, j + 1
    last = moment_at(tokens, j, bare=True)
    return (last, last.after) if last else (None, i)


def _stands_free(tokens: list[Token], i: int, after: int) -> bool:
    """Whether '08.00' without 'jam' is a time by its place: at an edge, in brackets, or with two-digit hours."""
    token = tokens[i]
    if token.kind != CLOCKLIKE or norm_at(tokens, i - 1) in grammar("before no clock"):
        return False
    if after > i + 1 or i == 0:
        return True
    behind = tokens[after].kind if after < len(tokens) else PUNCTUATION
    if tokens[i - 1].kind in _EDGES and behind in _EDGES:
        return True
    hour, minute = hour_and_minute(token.raw)
    return hour < 24 and minute < 60 and len(token.raw) == 5
