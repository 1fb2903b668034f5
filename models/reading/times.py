"""Clock times and durations: '08.00 s/d 10.00', 'jam setengah 9', 'sampai jam 10', '2 jam 30 menit'."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.tokens import CLOCKLIKE, DURATION, FRACTION, NUMBER, PUNCTUATION, TIME, WORD, Token

_CUES = frozenset({"pukul", "jam", "at", "@", "tabuh", "wayah"})
_FROM = frozenset({"dari", "mulai", "sejak", "antara", "between", "start", "mulanya"})
_TO = frozenset({"sampai", "-", "–", "—", "~", "hingga"})
_DAY_PARTS = {"pagi": 0, "siang": 11, "sore": 12, "malam": 18, "subuh": 0, "dini": 0}
_ZONES = frozenset({"wib", "wita", "wit", "ist", "lt", "waktu"})
_AGO = frozenset({"lalu", "ago", "yang"})


@dataclass(frozen=True, slots=True)
class Clock:
    """Start and end as minutes of the day; -1 is a stated but impossible time, None not stated."""

    start: int | None
    end: int | None
    goes_on: bool = False  # 'sampai selesai'


@dataclass(slots=True)
class _Moment:
    hour: int
    minute: int
    exact: bool  # written as a 24-hour clock: no guess about the part of day
    cue: bool
    after: int
    part: str | None = None

    def minutes(self) -> int:
        if self.hour > 24 or self.minute > 59 or (self.hour == 24 and self.minute):
            return -1
        hour = self.hour % 24
        if self.part == "am" or self.part in ("pagi", "subuh", "dini"):
            hour %= 12 if self.part == "am" else 24
        elif (self.part == "pm" and hour < 12) or (self.part == "siang" and hour <= 4) or (self.part == "sore" and hour < 12):
            hour += 12
        elif self.part == "malam" and 6 <= hour <= 12:
            hour = (hour + 12) % 24
        elif self.part is None and not self.exact and 1 <= hour <= 5:
            hour += 12
        return hour * 60 + self.minute


def clock_time(minutes: int | None) -> time | None:
    return time(minutes // 60, minutes % 60) if minutes is not None and minutes >= 0 else None


def mark(tokens: list[Token]) -> list[Token]:
    """The same tokens, with each stated clock time and duration replaced by one token."""
    if not any(t.kind in (CLOCKLIKE, NUMBER, FRACTION) or t.norm in _TIME_WORDS for t in tokens):
        return tokens
    marked: list[Token] = []
    i = 0
    while i < len(tokens):
        found = _duration_at(tokens, i) or _clock_at(tokens, i)
        if found is None:
            marked.append(tokens[i])
            i += 1
        else:
            token, i = found
            marked.append(token)
    return marked


_TIME_WORDS = _CUES | grammar("hours") | {"sejam", "menit", "setengah"}


def _norm(tokens: list[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def _clock_at(tokens: list[Token], i: int) -> tuple[Token, int] | None:
    j = i
    opened = False
    while _norm(tokens, j) in _FROM and j < i + 3:
        opened, j = True, j + 1
    closing = not opened and _norm(tokens, j) in _TO and tokens[j].kind == WORD
    if closing:
        j += 1 + (_norm(tokens, j + 1) in ("dengan", "ke"))
    first = _moment_at(tokens, j, bare=False)
    if first is None:
        first = _moment_at(tokens, j, bare=True)
        if first is None or closing or not _is_range(tokens, first):
            return None
    end, after = _range_end(tokens, first.after, first)
    if closing and end is None and after == first.after:
        return _token(tokens, i, after, Clock(None, first.minutes()))
    if after == first.after and not (first.cue or opened) and not _stands_free(tokens, i, after):
        return None
    return _token(tokens, i, after, _joined(first, end, goes_on=end is None and after > first.after))


def _joined(first: _Moment, last: _Moment | None, *, goes_on: bool) -> Clock:
    if last is None:
        return Clock(first.minutes(), None, goes_on)
    if first.part is None and last.part and not first.exact:
        morning = last.part in ("am", "pagi") or last.hour < first.hour
        first.part = None if morning else last.part
    start, end = first.minutes(), last.minutes()
    if 0 <= end < start and not last.exact and last.part is None and start < end + 720 < 1440:
        end += 720
    return Clock(start, end)


def _token(tokens: list[Token], i: int, after: int, clock: Clock) -> tuple[Token, int]:
    return Token(TIME, "", tokens[i].start, tokens[after - 1].end, clock), after


def _is_range(tokens: list[Token], first: _Moment) -> bool:
    """A bare number opens a range only when the other end is plainly a time: '8-10 pagi', '0800-1000'."""
    if _norm(tokens, first.after) not in _TO:
        return False
    last = _moment_at(tokens, first.after + 1, bare=True)
    return last is not None and (last.part is not None or last.cue or (first.exact and last.exact))


def _range_end(tokens: list[Token], i: int, first: _Moment) -> tuple[_Moment | None, int]:
    if _norm(tokens, i) not in _TO:
        return None, i
    j = i + 1
    while _norm(tokens, j) in ("dengan", "-", "ke") and j < i + 4:
        j += 1
    if _norm(tokens, j) in grammar("open"):
        return None, j + 1
    last = _moment_at(tokens, j, bare=True)
    return (last, last.after) if last else (None, i)


def _moment_at(tokens: list[Token], i: int, *, bare: bool) -> _Moment | None:
    """One clock time at token i. Without ``bare``, a plain number counts only after 'jam' or before am/pm."""
    cue = False
    for _ in range(3):
        if _norm(tokens, i) in _CUES or (cue and _norm(tokens, i) in (":", ".")):
            cue, i = True, i + 1
    if i >= len(tokens):
        return None
    moment = _digits(tokens, i, cue) or _spoken(tokens, i, cue or bare)
    if moment is None:
        return None
    moment.cue = cue
    if not cue and moment.part is None and not bare and not moment.exact and tokens[i].kind != CLOCKLIKE:
        return None
    return moment


def _digits(tokens: list[Token], i: int, cue: bool) -> _Moment | None:
    token = tokens[i]
    text = token.value if token.kind == CLOCKLIKE else token.norm
    if token.kind == CLOCKLIKE:
        hour, minute = (int(part) for part in re.split("[.:]", text)[:2])
    elif token.kind == NUMBER and re.fullmatch(r"[012]\d[0-5]\d", text) and (cue or _four_digits(tokens, i)):
        hour, minute = int(text[:2]), int(text[2:])
    else:
        return None
    return _with_part(tokens, _Moment(hour, minute, text[0] == "0" or hour > 12, cue, i + 1))


def _four_digits(tokens: list[Token], i: int) -> bool:
    """Four digits are a time only beside a dash and four more digits: '0800-1000'."""
    for step in (-1, 1):
        if _norm(tokens, i + step) in _TO and re.fullmatch(r"[012]\d[0-5]\d", _norm(tokens, i + 2 * step)):
            both = (tokens[i].norm, _norm(tokens, i + 2 * step))
            return any(text[0] == "0" for text in both) or not all("19" <= text[:2] <= "20" for text in both)
    return False


def _spoken(tokens: list[Token], i: int, cue: bool) -> _Moment | None:
    half = _norm(tokens, i) in ("setengah", "stengah", "setengah2") and cue
    found = number_at(tokens, i + half)
    if found is None or found[0] != int(found[0]) or found[0] > 99:
        return None
    hour, after = int(found[0]), found[1]
    if _norm(tokens, after) in grammar("not hours") or (_norm(tokens, after) == "/"):
        return None
    moment = _Moment(hour, 0, tokens[i].norm.startswith("0"), cue, after)
    if half:
        moment.hour, moment.minute = hour - 1 or 12, 30
    elif _norm(tokens, after) in ("kurang", "lewat", "lebih"):
        _shift(tokens, moment, after)
    return _with_part(tokens, moment)


def _shift(tokens: list[Token], moment: _Moment, i: int) -> None:
    fixed = {"seperempat": 15, "setengah": 30}.get(_norm(tokens, i + 1))
    found = (float(fixed), i + 2) if fixed else number_at(tokens, i + 1)
    if found is None or found[0] > 59:
        return
    moment.after = found[1] + (_norm(tokens, found[1]) in grammar("minutes"))
    if tokens[i].norm == "kurang":
        moment.hour, moment.minute = moment.hour - 1 or 12, 60 - int(found[0])
    else:
        moment.minute = int(found[0])


def _with_part(tokens: list[Token], moment: _Moment) -> _Moment:
    word = _norm(tokens, moment.after)
    while word in _ZONES or word in _DAY_PARTS or word in ("am", "pm", "hari") or (word == "tadi" and moment.after > 0):
        if word == "tadi" and _norm(tokens, moment.after + 1) not in _DAY_PARTS:
            break
        if word in _DAY_PARTS or word in ("am", "pm"):
            moment.part = word
        moment.after += 1
        word = _norm(tokens, moment.after)
    return moment


def _stands_free(tokens: list[Token], i: int, after: int) -> bool:
    """Whether '08.00' without 'jam' is a time by its place: at an edge, in brackets, or with a leading zero."""
    token = tokens[i]
    if token.kind != CLOCKLIKE or _norm(tokens, i - 1) in grammar("times numbered"):
        return False
    hour, minute = (int(part) for part in re.split("[.:]", token.value)[:2])
    if after > i + 1:
        return True
    edges = (PUNCTUATION, DURATION, TIME, "")
    before = tokens[i - 1].kind if i else ""
    behind = tokens[after].kind if after < len(tokens) else ""
    if i == 0 or (before in edges and behind in edges):
        return True
    return hour < 24 and minute < 60 and token.value[0] in "012" and len(token.value) == 5


def _duration_at(tokens: list[Token], i: int) -> tuple[Token, int] | None:
    j = i
    while (j < i + 4 and _norm(tokens, j) in grammar("about")) or (j > i and _norm(tokens, j) in (":", "dari")):
        j += 1
    found = _amount(tokens, j)
    if found is None:
        return None
    minutes, after = found
    more = _amount(tokens, after + (_norm(tokens, after) in ("dan", "lebih")))
    if more and minutes % 60 == 0 and more[0] < 60:
        minutes, after = minutes + more[0], more[1]
    if _norm(tokens, after) in grammar("not hours") or _norm(tokens, after) in _AGO or _norm(tokens, j - 1) in _CUES:
        return None
    if _norm(tokens, after) == "lebih":
        after += 1
    value = None if minutes > 1440 or minutes <= 0 or "total" in (t.norm for t in tokens[i:j]) else minutes
    return Token(DURATION, "", tokens[i].start, tokens[after - 1].end, value), after


def _amount(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """A number of hours or minutes at token i, in minutes."""
    word = _norm(tokens, i)
    if word == "sejam":
        return (90, i + 2) if _norm(tokens, i + 1) == "setengah" else (60, i + 1)
    if word == "setengah" and _norm(tokens, i + 1) in grammar("hours"):
        return 30, i + 2
    if word in ("seperempat", "tigaperempat") and _norm(tokens, i + 1) in grammar("hours"):
        return (15 if word == "seperempat" else 45), i + 2
    if i < len(tokens) and tokens[i].kind == FRACTION and _norm(tokens, i + 1) in grammar("hours"):
        top, bottom = (int(part) for part in tokens[i].norm.split("/"))
        return (round(60 * top / bottom), i + 2) if bottom and top < bottom else None
    found = number_at(tokens, i)
    if found is None and i < len(tokens) and tokens[i].kind == CLOCKLIKE and _norm(tokens, i + 1) in grammar("hours"):
        found = (
            float(tokens[i].value.replace(":", ".").split(".")[0] + "." + re.split("[.:]", tokens[i].value)[1]),
            i + 1,
        )
    return _whole(tokens, *found) if found else None


def _whole(tokens: list[Token], value: float, after: int) -> tuple[int, int] | None:
    half = 0.0
    if _norm(tokens, after) == "setengah":
        half, after = 0.5, after + 1
    scale = 60 if _norm(tokens, after) in grammar("hours") else 1 if _norm(tokens, after) in grammar("minutes") else 0
    if not scale or value > 9_999:
        return None
    minutes, after = round((value + half) * scale), after + 1
    if not half and scale == 60 and _norm(tokens, after) == "setengah":
        minutes, after = minutes + 30, after + 1
    return minutes, after


Marker = Callable[[list[Token]], list[Token]]
