"""Cut the tokens of one line into pieces, each of which may be one activity."""

from itertools import pairwise

from models.reading import openers, overviews
from models.reading.boundaries import boundary
from models.reading.pieces import ACTIONS, AND, COMMA, LINE, LIST, Piece, norm_at
from models.reading.tokens import CODE, NUMBER, PUNCTUATION, WORD, Token

_LONGEST_BRACKET = 60  # tokens
_LONGEST_ITEM, _FEWEST_ITEMS = 8, 3


def split(tokens: list[Token], *, numbered: bool = False) -> list[Piece]:
    """Pieces of a line in order. ``numbered``: the line itself began with a list number."""
    pieces: list[Piece] = []
    current: list[Token] = []
    joint, count, i, bracket_end, head = LINE, int(numbered), 0, 0, 0

    def close(next_joint: str) -> None:
        nonlocal current, joint, head
        if current:
            opens = current[0].kind == CODE and current[0].value.opens
            pieces.append(Piece(current, LIST if opens and joint == COMMA else joint))
            joint = next_joint
        elif next_joint != COMMA:
            joint = next_joint if pieces else LINE
        current, head = [], 0

    brackets = any(token.norm == ")" for token in tokens)
    while i < len(tokens):
        if _is_list_number(tokens, i, count):
            count += 1
            close(LIST)
            i += 2
            continue
        found = None if i < bracket_end else boundary(tokens, i, current, started=head < len(current))
        if brackets and i >= bracket_end and tokens[i].norm == "(":
            bracket_end = _closing(tokens, i)
        if found is None:
            current.append(tokens[i])
            head = openers.first_content(current, head)
            i += 1
        else:
            kind, i = found
            close(kind)
    close(LINE)
    for piece in pieces:
        piece.look()
    _share_verbs(pieces)
    overviews.unfold(pieces)
    _mark_items(pieces)
    return pieces


def _mark_items(pieces: list[Piece]) -> None:
    """'siaran pagi, rekaman iklan, edit audio': what most items of such a list are, all of them are."""
    if len(pieces) < _FEWEST_ITEMS or any(piece.joint != COMMA for piece in pieces[1:]):
        return
    if max(len(piece.tokens) - piece.head for piece in pieces) <= _LONGEST_ITEM:
        listed = 2 * sum(piece.shape in ACTIONS for piece in pieces) > len(pieces)
        for piece in pieces:
            piece.listed = listed


def _share_verbs(pieces: list[Piece]) -> None:
    """'membuat tiga surat cuti dan dua surat tugas': the second piece gets the verb of the first."""
    for left, right in pairwise(pieces):
        if right.joint == AND and right.shape not in ACTIONS and left.head < len(left.tokens):
            right.tokens.insert(0, left.tokens[left.head])
            right.look()


def _closing(tokens: list[Token], i: int) -> int:
    """The place of the bracket that closes the one at i; i when none does."""
    for j in range(i + 1, min(i + _LONGEST_BRACKET, len(tokens))):
        if tokens[j].norm == ")":
            return j
    return i


def _is_list_number(tokens: list[Token], i: int, count: int) -> bool:
    """'2.' or '3)' inside a line, when it goes on counting."""
    token = tokens[i]
    if token.kind != NUMBER or token.value != count + 1 or i + 2 >= len(tokens):
        return False
    sign = tokens[i + 1].norm
    if sign not in (".", ")") or tokens[i + 1].start != token.end or tokens[i + 2].kind != WORD:
        return False
    if count == 0 and i > 0 and sign == ")" and tokens[i - 1].kind != PUNCTUATION:
        return False
    return norm_at(tokens, i - 1) not in ("(", "lt", "lantai", "nomor")
