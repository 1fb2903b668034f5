"""Where one piece of work ends and the next begins: signs, words of sequence, conjunctions."""

from models.reading import openers
from models.reading.conjunctions import joins_two, refers_back
from models.reading.lexicon import grammar
from models.reading.morphology import EVENT
from models.reading.pieces import (
    ACTIONS,
    AND,
    COMMA,
    LIST,
    SENTENCE,
    SEQUENCE,
    VERBS,
    goes_there,
    is_with,
    norm_at,
    shape_at,
)
from models.reading.tokens import BULLET, CLOCKLIKE, CODE, NUMBER, PUNCTUATION, REFERENCE, TIME, WORD, Token
from models.reading.unit_names import is_unit

Boundary = tuple[str, int] | None  # the joint of what follows, and the place where it starts

_AND = frozenset(("dan", "&", "serta", "+", "plus"))
_SEPARATORS = frozenset((";", "|", "->", "=>", ">>"))
_SPACED_SEPARATORS = frozenset(("/", "+"))
_DASHES = frozenset(("-", "–", "—"))
_WEAK = frozenset(("terus", "lanjut", "lanjutkan", "sekalian"))
_WEAKER = frozenset(("baru", "langsung"))  # need a plain verb after them
_NUMERIC = frozenset((NUMBER, CLOCKLIKE, TIME, REFERENCE))
_LOOK_AHEAD = 12  # tokens


def boundary(tokens: list[Token], i: int, current: list[Token], *, started: bool) -> Boundary:
    """Whether a piece ends before token i.

    ``current`` are the tokens of the piece so far; ``started``: they name work already, not only greetings and dates.
    """
    token = tokens[i]
    if token.kind == BULLET:
        return LIST, i + 1
    if token.kind == PUNCTUATION:
        return _at_sign(tokens, i, current, started)
    if token.kind == CODE and current and norm_at(tokens, i - 1) not in ("(", "[", "{"):
        return (LIST, i) if token.value.opens else None
    if token.kind != WORD:
        return None
    counted = started and i > 2 and tokens[i - 2].kind == NUMBER
    return (LIST, i) if counted and _counts_again(tokens, i) else _at_word(tokens, i, current, started)


def _counts_again(tokens: list[Token], i: int) -> bool:
    """'akta lahir 9 berkas | akta mati 3 berkas': after a count, other things counted in the same unit."""
    unit = norm_at(tokens, i - 1)
    if not is_unit(unit):
        return False
    if any(tokens[i].norm in grammar(section) for section in ("details", "subordinate", "not counted")):
        return False
    for j in range(i + 1, min(i + 5, len(tokens) - 1)):
        if tokens[j].kind == NUMBER:
            return norm_at(tokens, j + 1) == unit
        if tokens[j].kind != WORD:
            return False
    return False


def _at_sign(tokens: list[Token], i: int, current: list[Token], started: bool) -> Boundary:
    sign = tokens[i].norm
    if sign == ",":
        return COMMA, i + 1
    if sign in _SEPARATORS:
        return LIST, i + 1
    if i == 0 or i + 1 == len(tokens):
        return None
    before, after = tokens[i - 1], tokens[i + 1]
    spaced_before, spaced_after = before.end < tokens[i].start, tokens[i].end < after.start
    if sign in _SPACED_SEPARATORS and spaced_before and spaced_after:
        return LIST, i + 1
    if sign in ("&", "+") and started:
        return (AND, i + 1) if joins_two(current, tokens, i + 1) else None
    if sign in _DASHES and spaced_before and shape_at(tokens, i + 1) in ACTIONS:
        return LIST, i + 1
    if sign[0] in ".!?…" and not (sign == "." and (not spaced_after or _is_abbreviation(before, after))):
        return SENTENCE, i + 1
    return None


def _is_abbreviation(before: Token, after: Token) -> bool:
    """'jl. Poros', 'No. 5', 'CV A. Maju'; 'pkl.' only before a number, for PKL also are street vendors."""
    if before.kind != WORD:
        return False
    if len(before.raw) == 1:
        return True
    if before.raw in grammar("before a number") or before.norm in grammar("before a number"):
        return after.kind in _NUMERIC
    return before.raw in grammar("abbreviations") or before.norm in grammar("abbreviations")


def _at_word(tokens: list[Token], i: int, current: list[Token], started: bool) -> Boundary:
    word, raw, following = tokens[i].norm, tokens[i].raw, norm_at(tokens, i + 1)
    if following in grammar("that") and (word in grammar("after that") or raw in grammar("after that")):
        return SEQUENCE, i + 2
    if word in grammar("sequence") or raw in grammar("sequence"):
        is_time = word == "lalu" and (following == "lintas" or norm_at(tokens, i - 1) in grammar("time nouns"))
        return None if is_time else (SEQUENCE, i + 1 + (following == "dengan"))
    joins = word in _AND or is_with(tokens[i])
    if word == "jadi" and norm_at(tokens, i - 1) in grammar("states"):  # ', freon habis | jadi beli dulu'
        aside = norm_at(tokens, i - len(current) - 1) == ","
        return (SEQUENCE, i + 1) if aside and _starts_work(tokens, i + 1, VERBS) else None
    if word == "dari" and following in grammar("there") and started and _starts_work(tokens, i + 2, ACTIONS):
        return SEQUENCE, i + 2
    if not (joins or word in _WEAK or word in _WEAKER or word in grammar("day parts")) or not started:
        return None
    if joins:
        return _at_conjunction(tokens, i, current)
    if word in grammar("day parts"):
        held = norm_at(tokens, i - 1) in grammar("before a day part")
        return (SEQUENCE, i) if not held and _starts_work(tokens, i + 1, ACTIONS) else None
    if word in _WEAKER and following in grammar("sequence") | _WEAK:
        return None  # 'input buku baru | terus …'
    starts = _starts_work(tokens, i + 1, VERBS if word in _WEAKER else ACTIONS, motion=word in _WEAK)
    return (SEQUENCE, i + 1) if starts else None


def _at_conjunction(tokens: list[Token], i: int, current: list[Token]) -> Boundary:
    if refers_back(tokens, i + 1):
        return None
    if tokens[i].norm not in _AND:  # 'sama' is 'with' unless a deed follows
        right = shape_at(tokens, _content_ahead(tokens, i + 1))
        if right not in VERBS and right != EVENT:
            return None
    return (AND, i + 1) if joins_two(current, tokens, i + 1) else None


def _content_ahead(tokens: list[Token], i: int) -> int:
    return i + openers.first_content(tokens[i : i + _LOOK_AHEAD])


def _starts_work(tokens: list[Token], i: int, shapes: frozenset[str], *, motion: bool = False) -> bool:
    """Whether work is named right after i, openers aside. ``motion``: 'saya ke sekolah' is work, too."""
    head = _content_ahead(tokens, i)
    if head >= len(tokens) or any(t.kind == PUNCTUATION for t in tokens[i:head]):
        return False
    if motion and tokens[head].norm in ("ke", "di"):
        return head > i or goes_there(tokens, head)
    return shape_at(tokens, head) in shapes
