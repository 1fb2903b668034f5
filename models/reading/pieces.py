"""A piece of a line: the tokens between two boundaries, which may be one activity."""

from dataclasses import dataclass

from models.reading import openers
from models.reading.lexicon import grammar
from models.reading.morphology import ACTIVE, BARE, ENGLISH, EVENT, NOMINAL, shape
from models.reading.tokens import CODE, DAY, DURATION, PUNCTUATION, TIME, WORD, Token

# how a piece is joined to the one before it
LINE, SENTENCE, LIST, SEQUENCE, COMMA, AND = "line", "sentence", "list", "sequence", "comma", "and"

ACTIONS = frozenset((ACTIVE, BARE, NOMINAL, EVENT, ENGLISH))
VERBS = frozenset((ACTIVE, BARE, ENGLISH))
_NO_CONTENT = frozenset((TIME, DAY, DURATION, CODE, PUNCTUATION))


@dataclass(slots=True)
class Piece:
    """``head`` is the place of the first token that says what was done; ``shape`` how that word names work.

    ``told``: part of a long message, in which people tell more than they did. ``listed``: one of several short items
    between commas, most of which open with a word for work.
    """

    tokens: list[Token]
    joint: str
    head: int = 0
    shape: str | None = None
    told: bool = False
    listed: bool = False

    def look(self) -> None:
        """Find the head again, after ``tokens`` have changed."""
        self.head = openers.first_content(self.tokens)
        if self.head + 1 < len(self.tokens) and is_with(self.tokens[self.head]):
            self.head += shape_at(self.tokens, self.head + 1) in ACTIONS
        self.shape = shape_at(self.tokens, self.head)

    def start_at(self, place: int) -> None:
        """Drop what stands before ``place``."""
        self.tokens = self.tokens[place:]
        self.look()

    def words(self) -> list[str]:
        return [token.norm for token in self.tokens[self.head :]]


def norm_at(tokens: list[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def shape_at(tokens: list[Token], i: int) -> str | None:
    """How the word at token i names work; see `morphology.shape`."""
    if i >= len(tokens) or tokens[i].kind != WORD:
        return None
    token = tokens[i]
    found = shape(token.norm) or (shape(token.raw) if token.raw != token.norm else None)
    if found is None and f"{token.raw}_{norm_at(tokens, i + 1)}" in grammar("two-word events"):
        return EVENT
    return found


def names_work(tokens: list[Token]) -> bool:
    return shape_at(tokens, openers.first_content(tokens)) in ACTIONS


def goes_there(tokens: list[Token], i: int) -> bool:
    """'ke bank setor retribusi'"""
    ahead = range(i + 2, min(i + 5, len(tokens)))
    return norm_at(tokens, i) == "ke" and any(shape_at(tokens, j) in (ACTIVE, BARE) for j in ahead)


def is_with(token: Token) -> bool:
    """'sama', 'karo', 'jo', …: with, or and."""
    return token.norm in grammar("with") or token.raw in grammar("with")


def content(tokens: list[Token]) -> list[Token]:
    """The tokens that describe work: without openers, times, dates and parts of the day."""
    head = openers.first_content(tokens)
    return [t for t in tokens[head:] if t.kind not in _NO_CONTENT and t.norm not in grammar("day parts")]
