"""An activity in the making: one piece's words, dates, times and count."""

import re
from dataclasses import dataclass
from datetime import date

from models.reading.codes import Code
from models.reading.counts import count
from models.reading.lexicon import grammar
from models.reading.morphology import EVENT
from models.reading.pieces import ACTIONS, Piece, is_with, shape_at
from models.reading.times import Clock, joined, several
from models.reading.tokens import CODE, DAY, DURATION, NUMBER, TIME, WORD, Token

_EMPTY = re.compile(r"[(\[{]\s*[,;:–/-]*\s*[)\]}]")
_EDGES = " \t,;:|/=>–-"
_LEFT_EDGES, _RIGHT_EDGES = _EDGES + ".)]}", _EDGES + "([{<"
_JOINS = frozenset(("dan", "&", "serta", ",", "/"))
_MEANWHILE = frozenset(("sambil", "sekaligus", "merangkap", "sekalian"))


@dataclass(slots=True)
class Work:
    """``first`` is the word that names the work; ``parts``: where to cut if it is two; minutes per day of ``days``."""

    text: str
    days: tuple[date, ...]
    first: str = ""
    clock: Clock | None = None
    minutes: int | None = None
    quantity: float | None = None
    unit: str | None = None
    code: Code | None = None
    parts: tuple[str, ...] = ()

    def extend(self, other: "Work") -> None:
        """Take in detail that followed after a comma."""
        self.text += f", {other.text}" if other.text else ""
        self.clock = (joined if other.text else several)(self.clock, other.clock)
        self.minutes = self.minutes or other.minutes
        self.code = self.code or other.code
        self.parts = ()
        if self.quantity is None:
            self.quantity, self.unit = other.quantity, other.unit


def leading_days(piece: Piece) -> tuple[date, ...]:
    """The dates said before the work itself; two when joined by 'dan'."""
    found: list[date] = []
    joins = False
    for token in piece.tokens[: piece.head]:
        if token.kind == DAY and token.value.date:
            found = [*found, token.value.date] if joins else [token.value.date]
        joins = bool(found) and token.norm in _JOINS
    return tuple(dict.fromkeys(found))


def made_of(line: str, piece: Piece, days: tuple[date, ...]) -> Work:
    """The work that a piece of a line describes, done on ``days`` unless it says otherwise."""
    tokens, head = piece.tokens, piece.head
    work = Work("", days, tokens[head].raw if head < len(tokens) else "")
    kept: list[Token] = []
    again = False  # since the last time there has been nothing but a conjunction
    for i, token in enumerate(tokens):
        if piece.told and i > head + 2 and token.norm in grammar("subordinate"):
            break  # reasons, and what came of it
        about = i >= head and token.kind in (DAY, TIME) and _is_about(tokens, head, i)
        if token.kind == CODE:
            work.code = work.code or token.value.code
        elif token.kind == DURATION:
            work.minutes = work.minutes or token.value
        elif token.kind == TIME and not about:
            while again and kept and kept[-1].norm in _JOINS:
                kept.pop()  # '08.00-10.00 dan 13.00-15.00'
            work.clock = (several if again else joined)(work.clock, token.value)
            again = True
            continue
        elif token.kind == DAY and token.value.date and not about:
            work.days = (token.value.date,) if i >= head else work.days
        elif i >= head or (token.kind == DAY and not token.value.exists):
            kept.append(token)
        again = again and token.norm in _JOINS
    while kept and kept[-1].norm in grammar("tails") and not _is_thing(line, kept):
        kept.pop()
    work.text = text_of(line, kept)
    work.quantity, work.unit = count([t for t in kept if t.kind not in (DAY, TIME)])
    work.parts = _parts(line, kept)
    return work


def _is_thing(line: str, kept: list[Token]) -> bool:
    """'revisi KAK' (terms of reference) and '40 ibu', unlike 'siap kak', 'selesai bu'."""
    last = kept[-1]
    counted = last.raw == "ibu" and kept[-2:-1] and kept[-2].kind == NUMBER
    return bool(counted) or (line[last.start : last.end] == "KAK" and not line.isupper())


def _is_about(tokens: list[Token], head: int, i: int) -> bool:
    """A time or date of something the work is about: 'ruang utk rapat jam 1', 'hasil rapat kemarin'."""
    before = tokens[i - 1] if i else None
    if before is None or before.norm in grammar("about something"):
        return before is not None
    if before.kind != WORD or i - 1 <= head:
        return False
    named = shape_at(tokens, i - 1)
    if named in ACTIONS and any(t.norm in grammar("about something") for t in tokens[head:i]):
        return True
    attends = tokens[head].norm in grammar("attend") or shape_at(tokens, head) == EVENT
    return tokens[i].kind == DAY and named == EVENT and not attends


def _parts(line: str, kept: list[Token]) -> tuple[str, ...]:
    """The two activities that 'monitoring jaringan sekaligus membersihkan server' may be."""
    for i in range(2, len(kept) - 2):
        if (kept[i].norm in _MEANWHILE or is_with(kept[i])) and shape_at(kept, i + 1) in ACTIONS:
            return text_of(line, kept[:i]), text_of(line, kept[i + 1 :])
    return ()


def text_of(line: str, tokens: list[Token]) -> str:
    """The tokens as written; where something between them was left out, one blank."""
    written: list[str] = []
    end = None
    for token in tokens:
        if end is not None and line[end : token.start]:
            written.append(" ")
        written.append(line[token.start : token.end])
        end = token.end
    text = _EMPTY.sub(" ", "".join(written)).lstrip(_LEFT_EDGES).rstrip(_RIGHT_EDGES)
    text += ")" * (text.count("(") - text.count(")"))
    return " ".join(text.split())
