"""Cut the tokens of one line into pieces, each of which may be one activity."""

from dataclasses import dataclass, field
from itertools import pairwise

from models.reading.lexicon import grammar
from models.reading import openers
from models.reading.morphology import ACTIVE, BARE, ENGLISH, EVENT, NOMINAL, PASSIVE, shape
from models.reading.tokens import BULLET, CLOCKLIKE, CODE, DAY, DURATION, NUMBER, PUNCTUATION, REFERENCE, TIME, WORD, Token

LINE, SENTENCE, LIST, SEQUENCE, COMMA, AND = "line", "sentence", "list", "sequence", "comma", "and"
_WEAK_SEQUENCE = frozenset(["terus", "lanjut", "baru", "langsung", "sekalian", "lanjutkan"])
_AND = frozenset(["dan", "&", "serta", "+", "plus"])
_PURPOSE = frozenset(["untuk", "guna", "agar", "supaya", "demi", "dalam"])
_ROUTINE = frozenset(("apel", "upacara", "senam", "piket", "absen"))  # never one with other work
ACTIONS = frozenset((ACTIVE, BARE, NOMINAL, EVENT, ENGLISH))
_VERBS = frozenset((ACTIVE, BARE, ENGLISH))


@dataclass(slots=True)
class Piece:
    """Tokens between two boundaries, and how they are joined to the piece before."""

    tokens: list[Token]
    joint: str
    head: int = 0  # place of the first token that says what was done
    shape: str | None = None
    cuts: list[int] = field(default_factory=list)  # places where it may have to be cut, but was not

    def look(self) -> None:
        self.head = openers.first_content(self.tokens)
        if self.head + 1 < len(self.tokens) and _is_with(self.tokens[self.head]) and shape_at(self.tokens, self.head + 1) in ACTIONS:
            self.head += 1
        self.shape = shape_at(self.tokens, self.head)


def _is_with(token: Token) -> bool:
    return token.norm in grammar("with") or token.value in grammar("with")


def shape_at(tokens: list[Token], i: int) -> str | None:
    if i >= len(tokens) or tokens[i].kind != WORD:
        return None
    token = tokens[i]
    found = shape(token.norm)
    return found or (shape(token.value) if token.value != token.norm else None)


def split(tokens: list[Token], *, numbered: bool = False) -> list[Piece]:
    """Pieces of a line in order. ``numbered``: the line itself began with a number."""
    pieces: list[Piece] = []
    current: list[Token] = []
    joint, count, i, inside = LINE, int(numbered), 0, 0

    def close(next_joint: str) -> None:
        nonlocal current, joint
        if current:
            opened = current[0].kind == CODE and current[0].value.opens
            pieces.append(Piece(current, LIST if opened and joint == COMMA else joint))
            joint = next_joint
        elif next_joint != COMMA:
            joint = next_joint if pieces else LINE
        current = []

    while i < len(tokens):
        token = tokens[i]
        if _is_number_marker(tokens, i, count):
            count += 1
            close(LIST)
            i += 2
            continue
        found = None if i < inside else _boundary(tokens, i, current)
        if token.norm == "(" and i >= inside:
            inside = _closing(tokens, i)
        if found is None:
            current.append(token)
            i += 1
        else:
            kind, i = found
            close(kind)
    close(LINE)
    for piece in pieces:
        piece.look()
    for left, right in pairwise(pieces):
        if right.joint == AND and right.shape not in ACTIONS and left.head < len(left.tokens):
            right.tokens.insert(0, left.tokens[left.head])
            right.look()
    return pieces


def _closing(tokens: list[Token], i: int) -> int:
    """The place of the bracket that closes the one at i; i when none does."""
    for j in range(i + 1, min(i + 60, len(tokens))):
        if tokens[j].norm.startswith(")"):
            return j
    return i


def _norm(tokens: list[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def _is_number_marker(tokens: list[Token], i: int, count: int) -> bool:
    """'2.' or '3)' inside a line, when it goes on counting."""
    token = tokens[i]
    if (
        token.kind != NUMBER
        or token.value != count + 1
        or _norm(tokens, i + 1) not in (".", ")")
        or i + 2 >= len(tokens)
    ):
        return False
    if token.value == 1 and i > 0 and tokens[i - 1].kind != PUNCTUATION and count == 0 and _norm(tokens, i + 1) != ".":
        return False
    return (
        tokens[i + 1].start == token.end
        and tokens[i + 2].kind == WORD
        and _norm(tokens, i - 1) not in ("(", "lt", "no", "nomor")
    )


def _boundary(tokens: list[Token], i: int, current: list[Token]) -> tuple[str, int] | None:
    token = tokens[i]
    if token.kind == BULLET:
        return LIST, i + 1
    if token.kind == PUNCTUATION:
        return _at_sign(tokens, i, current)
    if token.kind == CODE and current and i > 0 and tokens[i - 1].norm not in ("(", "[", "{"):
        return (LIST, i) if token.value.opens else None
    if token.kind == WORD:
        return _at_word(tokens, i, current)
    return None


def _at_sign(tokens: list[Token], i: int, current: list[Token]) -> tuple[str, int] | None:
    sign, before, after = tokens[i], tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    spaced = before is not None and after is not None and before.end < sign.start and sign.end < after.start
    if sign.norm in ("&", "+") and current and openers.first_content(current) < len(current):
        return (AND, i + 1) if _joins_two(current, tokens, i + 1) else None
    if sign.norm == ",":
        return COMMA, i + 1
    if sign.norm in (";", "|", "||") or (sign.norm in ("/", "//", "+") and spaced) or sign.norm in ("->", "=>", ">>"):
        return LIST, i + 1
    if (
        sign.norm in ("-", "–", "—")
        and before is not None
        and after is not None
        and before.end < sign.start
        and shape_at(tokens, i + 1) in ACTIONS
    ):
        return LIST, i + 1
    if sign.norm[0] in ".!?…":
        if after is None or (before and sign.norm == "." and before.kind == WORD and _is_abbreviation(before, after)):
            return None
        return (SENTENCE, i + 1) if sign.end < after.start or sign.norm != "." else None
    return None


def _is_abbreviation(before: Token, after: Token) -> bool:
    word = before.value or before.norm
    if len(word) == 1:
        return True
    if word in grammar("before a number") or before.norm in grammar("before a number"):
        return after.kind in (NUMBER, CLOCKLIKE, TIME, REFERENCE)
    return word in grammar("abbreviations") or before.norm in grammar("abbreviations")


def _at_word(tokens: list[Token], i: int, current: list[Token]) -> tuple[str, int] | None:
    word, following = tokens[i].norm, _norm(tokens, i + 1)
    if (word in grammar("after that") or tokens[i].value in grammar("after that")) and following in grammar("that"):
        return SEQUENCE, i + 2
    if word in grammar("sequence") or tokens[i].value in grammar("sequence"):
        if word == "lalu" and (following == "lintas" or _norm(tokens, i - 1) in grammar("time nouns")):
            return None
        return SEQUENCE, i + 1 + (following == "dengan")
    if not current or openers.first_content(current) == len(current):
        return None
    if word in _WEAK_SEQUENCE and _starts_work(tokens, i + 1, motion=True):
        strict = word in ("baru", "langsung")
        if not strict or shape_at(tokens, openers.first_content(tokens, i + 1)) in _VERBS:
            return SEQUENCE, i + 1
        return None
    if (word in _AND or _is_with(tokens[i])) and _refers_back(tokens, i + 1):
        return None
    if word in _AND:
        return (AND, i + 1) if _joins_two(current, tokens, i + 1) else None
    if _is_with(tokens[i]):
        verb = shape_at(tokens, openers.first_content(tokens, i + 1)) in (*_VERBS, EVENT)
        return (AND, i + 1) if verb and _joins_two(current, tokens, i + 1) else None
    if (
        word in grammar("day parts")
        and _norm(tokens, i - 1) not in ("tadi", "apel", "dinas", "piket", "jaga", "shift", "sampai", "dari", "sejak", "mulai")
        and _starts_work(tokens, i + 1, motion=False)
    ):
        return SEQUENCE, i
    return None


def _refers_back(tokens: list[Token], i: int) -> bool:
    """'… sama bantu upload dokumennya': the same matter, so one activity."""
    for token in tokens[i : i + 5]:
        if token.kind == PUNCTUATION:
            return False
        if len(token.norm) > 5 and token.norm.endswith("nya"):
            return True
    return False


def _starts_work(tokens: list[Token], i: int, *, motion: bool) -> bool:
    head = openers.first_content(tokens, i)
    if head >= len(tokens) or any(t.kind == PUNCTUATION for t in tokens[i:head]):
        return False
    return shape_at(tokens, head) in ACTIONS or (motion and head > i and tokens[head].norm in ("ke", "di"))


def content(tokens: list[Token]) -> list[Token]:
    """The tokens that describe work: without openers, times, dates and parts of the day."""
    kinds = (TIME, DAY, DURATION, CODE, PUNCTUATION)
    head = openers.first_content(tokens)
    return [t for t in tokens[head:] if t.kind not in kinds and t.norm not in grammar("day parts")]


def _joins_two(left: list[Token], tokens: list[Token], i: int) -> bool:
    """Whether 'and' at i - 1 stands between two pieces of work with objects of their own."""
    head = openers.first_content(tokens, i)
    right = shape_at(tokens, head)
    words = content(left)
    if not words or head >= len(tokens) or tokens[i].norm in grammar("greetings"):
        return False
    own = shape(words[0].norm)
    if right not in ACTIONS:
        return own in ACTIONS and _counts_both(words, tokens, i)
    if len(words) == 1:
        apart = (*_VERBS, NOMINAL) if words[0].norm in _ROUTINE else _VERBS
        return own == EVENT and (right in apart or (tokens[head].norm.startswith("pe") and NOMINAL in apart)) and head + 1 < len(tokens) and tokens[head + 1].kind == WORD
    if (
        left[-1] is words[-1]
        and words[-1].kind == WORD
        and shape(words[-1].norm) in ACTIONS
        and shape(words[-1].norm) != ACTIVE
        and right != ACTIVE
    ):
        return False
    return not _purpose_open(words)


def _counts_both(words: list[Token], tokens: list[Token], i: int) -> bool:
    """'membuat tiga surat cuti dan dua surat tugas'."""
    from models.reading.numbers import number_at

    if len(words) < 3 or not number_at(words, 1):
        return False
    after = number_at(tokens, i)
    return after is not None and after[1] < len(tokens) and tokens[after[1]].kind == WORD


def _purpose_open(words: list[Token]) -> bool:
    """The left side ends in 'untuk <verb> …': what follows 'dan' belongs to that purpose."""
    for i in range(len(words) - 1, 0, -1):
        if words[i - 1].norm in _PURPOSE and shape(words[i].norm) in (ACTIVE, BARE, PASSIVE):
            return True
    return False
