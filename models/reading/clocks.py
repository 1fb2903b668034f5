"""One clock time in words or figures: '08.00', 'jam 8', 'setengah 9', '4 kurang seperempat', '9am'."""

import re
from dataclasses import dataclass

from models.reading.lexicon import grammar
from models.reading.numbers import number_at
from models.reading.pieces import norm_at
from models.reading.tokens import CLOCKLIKE, NUMBER, Token
from models.reading.unit_names import is_unit

CUES = frozenset(("pukul", "jam", "at", "@", "tabuh", "wayah"))
TO = frozenset(("sampai", "-", "–", "—", "~"))
PARTS = frozenset(("pagi", "siang", "sore", "malam", "subuh", "dini"))
_ZONES = frozenset(("wib", "wita", "wit", "waktu"))
_MERIDIEMS = frozenset(("am", "pm"))
_AFTER_CLOCK = PARTS | _ZONES | _MERIDIEMS
_FOUR_DIGITS = re.compile(r"[012]\d[0-5]\d")
_MIDNIGHT = 24


@dataclass(slots=True)
class Moment:
    """``exact``: written as on a 24-hour clock; ``cue``: after 'jam' or the like; ``after``: the next token."""

    hour: int
    minute: int
    exact: bool
    cue: bool
    after: int
    part: str | None = None

    def minutes(self) -> int:
        """Minutes since midnight; -1 for a time that no clock shows. Office hours: 'jam 2' is 14:00."""
        if self.hour > _MIDNIGHT or self.minute > 59 or (self.hour == _MIDNIGHT and self.minute):
            return -1
        return self._hour() % 24 * 60 + self.minute

    def _hour(self) -> int:
        hour = self.hour
        if self.part == "am":
            return hour % 12
        noon_on = {"pm": range(12), "siang": range(5), "sore": range(12), "malam": range(6, 13)}
        if self.part in noon_on:
            return hour + 12 if hour in noon_on[self.part] else hour
        return hour + 12 if self.part is None and not self.exact and 1 <= hour <= 5 else hour


def moment_at(tokens: list[Token], i: int, *, bare: bool) -> Moment | None:
    """The clock time at token i. Unless ``bare``, a plain number is one only after 'jam' or before am and pm."""
    cue = False
    for _ in range(3):
        if norm_at(tokens, i) in CUES or (cue and norm_at(tokens, i) in (":", ".")):
            cue, i = True, i + 1
    if i >= len(tokens):
        return None
    moment = _figures(tokens, i, cue) or _spoken(tokens, i, cue or bare)
    if moment is None:
        return None
    moment.cue = cue
    plain = not moment.exact and tokens[i].kind != CLOCKLIKE
    if plain and not cue and not bare and moment.part not in _MERIDIEMS:
        return None
    return moment


def hour_and_minute(text: str) -> tuple[int, int]:
    hour, minute = re.split("[.:]", text)[:2]
    return int(hour), int(minute)


def _figures(tokens: list[Token], i: int, cue: bool) -> Moment | None:
    token, text = tokens[i], tokens[i].raw
    if token.kind == CLOCKLIKE:
        hour, minute = hour_and_minute(text)
    elif token.kind == NUMBER and _FOUR_DIGITS.fullmatch(text) and (cue or _is_beside_another(tokens, i)):
        hour, minute = int(text[:2]), int(text[2:])
    else:
        return None
    return _with_part(tokens, Moment(hour, minute, text[0] == "0" or hour > 12, cue, i + 1))


def _is_beside_another(tokens: list[Token], i: int) -> bool:
    """Four digits are a time only in '0800-1000'; '2011-2015' are years."""
    for step in (-1, 1):
        other = norm_at(tokens, i + 2 * step)
        if norm_at(tokens, i + step) in TO and _FOUR_DIGITS.fullmatch(other):
            both = (tokens[i].norm, other)
            return any(text[0] == "0" for text in both) or not all("19" <= text[:2] <= "20" for text in both)
    return False


def _spoken(tokens: list[Token], i: int, cue: bool) -> Moment | None:
    half = cue and norm_at(tokens, i) in ("setengah", "stengah")
    found = number_at(tokens, i + half)
    if found is None or found[0] != int(found[0]) or found[0] > 99:
        return None
    hour, after = int(found[0]), found[1]
    if norm_at(tokens, i - 1) == "at" and after < len(tokens) and is_unit(tokens[after].raw):
        return None  # 'checked meters at 12 houses'
    if norm_at(tokens, after) in grammar("after no clock") or norm_at(tokens, after) == "/":
        return None
    moment = Moment(hour, 0, tokens[i].norm.startswith("0"), cue, after)
    if half:
        moment.hour, moment.minute = hour - 1 or 12, 30
    elif norm_at(tokens, after) in ("kurang", "lewat", "lebih"):
        _shift(tokens, moment)
    return _with_part(tokens, moment)


def _shift(tokens: list[Token], moment: Moment) -> None:
    """'4 kurang seperempat', '9 lewat 10 menit'."""
    i = moment.after
    fixed = {"seperempat": 15, "setengah": 30}.get(norm_at(tokens, i + 1))
    found = (float(fixed), i + 2) if fixed else number_at(tokens, i + 1)
    if found is None or found[0] > 59:
        return
    moment.after = found[1] + (norm_at(tokens, found[1]) in grammar("minutes"))
    if tokens[i].norm == "kurang":
        moment.hour, moment.minute = moment.hour - 1 or 12, 60 - int(found[0])
    else:
        moment.minute = int(found[0])


def _with_part(tokens: list[Token], moment: Moment) -> Moment:
    """Take in 'WIB', 'pagi', 'tadi malam' and the like."""
    while (word := norm_at(tokens, moment.after)) in _AFTER_CLOCK or (
        word == "tadi" and norm_at(tokens, moment.after + 1) in PARTS
    ):
        if word in PARTS or word in _MERIDIEMS:
            moment.part = word
        moment.after += 1
    return moment
