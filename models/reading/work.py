"""An activity in the making: one piece's words, dates, times and count."""

import re
from dataclasses import dataclass, field
from datetime import date

from models.reading.lexicon import grammar
from models.reading.codes import Code
from models.reading.counts import count
from models.reading.morphology import EVENT
from models.reading.splitting import ACTIONS, Piece, shape_at
from models.reading.times import Clock
from models.reading.tokens import CODE, DAY, DURATION, PUNCTUATION, TIME, WORD, Token

_EMPTY = re.compile(r"[(\[{]\s*[,;:–/-]*\s*[)\]}]")
_EDGES = re.compile(r"^[\s,;:.)\]}|/=>–-]+|[\s,;:|/=(\[{>–-]+$")
_JOINS = frozenset(["dan", "&", "serta", ",", "/"])


@dataclass(slots=True)
class Work:
    text: str
    days: tuple[date, ...]
    clock: Clock | None = None
    minutes: int | None = None
    quantity: float | None = None
    unit: str | None = None
    code: Code | None = None
    first: str = ""  # the word that names the work
    parts: list[str] = field(default_factory=list)

    def extend(self, other: "Work") -> None:
        """Take in detail that followed."""
        self.text += f", {other.text}" if other.text else ""
        self.clock = both(self.clock, other.clock)
        self.minutes = self.minutes or other.minutes
        self.code = self.code or other.code
        if self.quantity is None:
            self.quantity, self.unit = other.quantity, other.unit


def both(clock: Clock | None, other: Clock | None) -> Clock | None:
    """One clock from 'mulai jam 7.30 … s.d. 12.00'; else the first that was said."""
    if clock and other and clock.end is None and not clock.goes_on and other.start is None:
        return Clock(clock.start, other.end)
    return clock or other


def leading_days(piece: Piece) -> tuple[date, ...]:
    """The dates said before the work itself; two when joined by 'dan'."""
    found: list[date] = []
    joined = False
    for token in piece.tokens[: piece.head]:
        if token.kind == DAY and token.value.date:
            found = [*found, token.value.date] if joined else [token.value.date]
        joined = token.norm in _JOINS if found else False
    return tuple(dict.fromkeys(found))


def made_of(line: str, piece: Piece, days: tuple[date, ...]) -> Work:
    """The work that a piece of a line describes, done on ``days`` unless it says otherwise."""
    tokens, head = piece.tokens, piece.head
    kept: list[Token] = []
    work = Work("", days, first=str(tokens[head].value or tokens[head].norm) if head < len(tokens) else "")
    for i, token in enumerate(tokens):
        if token.kind == CODE:
            work.code = work.code or token.value.code
        elif token.kind == DURATION:
            work.minutes = work.minutes or token.value
        elif token.kind == TIME and (i < head or not _is_about(tokens, head, i)):
            work.clock = both(work.clock, token.value)
        elif token.kind == DAY and token.value.date and (i < head or not _is_about(tokens, head, i)):
            if i >= head:
                work.days = (token.value.date,)
        elif i >= head:
            kept.append(token)
    while kept and kept[-1].norm in grammar("tails"):
        kept.pop()
    work.text = text_of(line, kept)
    work.quantity, work.unit = count([t for t in kept if t.kind not in (DAY, TIME)])
    return work


def _is_about(tokens: list[Token], head: int, i: int) -> bool:
    """A time or date that belongs to something the work is about: 'ruang utk rapat jam 1', 'hasil rapat kemarin'."""
    before = tokens[i - 1]
    if before.norm in grammar("work about"):
        return True
    if before.kind != WORD or i - 1 <= head:
        return False
    if any(t.norm in grammar("work about") for t in tokens[head:i]) and shape_at(tokens, i - 1) in ACTIONS:
        return True
    return (
        tokens[i].kind == DAY
        and shape_at(tokens, i - 1) == EVENT
        and tokens[head].norm not in grammar("attend")
        and shape_at(tokens, head) != EVENT
    )


def text_of(line: str, tokens: list[Token]) -> str:
    """The tokens as written, with the line's own spacing where they stand together."""
    out = ""
    end = None
    for token in tokens:
        gap = "" if end is None else line[end : token.start]
        out += ("" if end is None else " " if gap.strip() or gap else "") + line[token.start : token.end]
        end = token.end
    out = _EMPTY.sub(" ", out)
    previous = None
    while out != previous:
        previous, out = out, _EDGES.sub("", out)
    if out.count("(") > out.count(")"):
        out += ")" * (out.count("(") - out.count(")"))
    return " ".join(out.split())


def is_bare(tokens: list[Token]) -> bool:
    return all(t.kind in (PUNCTUATION, DAY, TIME, DURATION, CODE) for t in tokens)
