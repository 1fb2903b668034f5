"""Put target codes into the token stream, each beside the activity it belongs to."""

from dataclasses import dataclass
from itertools import pairwise

from models.reading import openers
from models.reading.codes import Code, find_code, may_hold_one
from models.reading.tokens import BULLET, CODE, DAY, DURATION, PUNCTUATION, TIME, Token

_CUTS = frozenset((",", ";", "|", ".", "dan", "&", "kemudian", "lalu", "terus"))
_BEFORE_OPENING = frozenset((PUNCTUATION, DAY, TIME, DURATION))
_LONGEST = 400  # characters of one activity in which a code is looked for
_TRIMMED = " ,;|"


@dataclass(frozen=True, slots=True)
class Mark:
    """The value of a CODE token; ``opens``: it stands before its activity, not after it."""

    code: Code
    opens: bool


def mark(text: str, tokens: list[Token], codes: tuple[str, ...]) -> list[Token]:
    """The same tokens, with each explicit target code as one token."""
    found = _codes(text, tokens, codes) if may_hold_one(text, codes) else []
    if not found:
        return tokens
    marked: list[Token] = []
    spans = iter(found)
    span = next(spans, None)
    for token in tokens:
        while span and token.start >= span[1]:
            span = next(spans, None)
        if span is None or token.start < span[0] or token.end > span[1]:
            marked.append(token)
        elif marked and marked[-1].kind == CODE and marked[-1].value.code is span[2]:
            marked[-1].end = token.end
        else:
            opens = not marked or marked[-1].kind in _BEFORE_OPENING or marked[-1].norm in _CUTS
            marked.append(Token(CODE, "", token.start, token.end, Mark(span[2], opens)))
    return marked


def _codes(text: str, tokens: list[Token], codes: tuple[str, ...]) -> list[tuple[int, int, Code]]:
    """Start, end and code of every stretch between two commas, conjunctions or the like."""
    said = [t for t in tokens[: openers.first_content(tokens)] if t.kind != PUNCTUATION]
    before = said[-1].end if said else 0  # 'kemarin | A1 menata arsip'
    cuts = sorted({0, before, *(t.end for t in tokens if t.norm in _CUTS or t.kind == BULLET), len(text)})
    found = []
    for start, end in pairwise(cuts):
        stretch = text[start : min(end, start + _LONGEST)]
        lead = len(stretch) - len(stretch.lstrip(_TRIMMED))
        if code := find_code(stretch.strip(_TRIMMED), codes):
            found.append((start + lead + code.start, start + lead + code.end, code))
    return found
