"""An announcement of work followed by the work itself: the announcement is no activity of its own."""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from models.reading.counts import count
from models.reading.lexicon import grammar
from models.reading.lines import Line
from models.reading.morphology import shape
from models.reading.pieces import ACTIONS, AND, COMMA, LIST, Piece, norm_at
from models.reading.tokens import CODE, DAY, TIME
from models.reading.work import Work

_JOINS = (COMMA, AND)


def unfold(pieces: list[Piece]) -> None:
    """'Pelayanan loket: legalisir 12 berkas, rekam 3 orang': each piece after the colon is an activity.

    Unless the list only says what one activity was about: 'periksa ternak: sapi, kambing', 'rapat: bahas anggaran'.
    """
    for number, piece in enumerate(pieces):
        if announces(piece) and len(pieces) > number + 2 and all(is_item(item) for item in pieces[number + 1 :]):
            _hand_down(piece, pieces[number + 1 :])
            del pieces[number]
            return
        colon = _colon(piece)
        if colon is None or piece.shape not in ACTIONS or norm_at(piece.tokens, piece.head) in grammar("meetings"):
            continue
        rest = [*pieces[number + 1 :]]
        ends = next((i for i, other in enumerate(rest) if other.joint not in _JOINS), len(rest))
        first = Piece(piece.tokens[colon + 1 :], piece.joint)
        first.look()
        items = [first, *rest[:ends]]
        if len(items) > 1 and all(_names_work(item) for item in items) and any(i.shape in ACTIONS for i in items):
            stated = [t for t in piece.tokens[:colon] if t.kind in (DAY, TIME)]
            piece.tokens = [*stated, *first.tokens]
            piece.look()
            for item in rest[:ends]:
                item.joint = LIST


def _hand_down(piece: Piece, items: list[Piece]) -> None:
    """The date of an announcement holds from its first item on, its code for each."""
    items[0].joint = piece.joint
    for number, item in enumerate(items):
        item.tokens = [t for t in piece.tokens if t.kind == CODE or (t.kind == DAY and not number)] + item.tokens
        item.look()


def announcements(lines: Sequence[Line], made: Sequence[int], works: Sequence[Work]) -> list[int]:
    """The works that only announce the list in the lines after theirs; ``made`` works came from each line."""
    found = []
    starts = [0, *accumulate(made)]
    for number, line in enumerate(lines):
        items = list(takewhile(lambda i: lines[i].marked, range(number + 1, len(lines))))
        if made[number] != 1 or not line.text.endswith(":") or len(items) < 2:
            continue
        work = works[starts[number]]
        told = works[starts[items[0]] : starts[items[-1] + 1]]
        names = shape(work.first) in ACTIONS and work.first not in grammar("meetings") and work.quantity is None
        if names and all(made[i] for i in items) and all(shape(each.first) in ACTIONS for each in told):
            found.append(starts[number])
            for each in told:
                each.code = each.code or work.code
    return found


def announces(piece: Piece) -> bool:
    """'mengerjakan laporan keuangan:', to which a list of work follows; a meeting's list says what it was about."""
    tokens = piece.tokens
    if not tokens or tokens[-1].norm != ":" or piece.shape not in ACTIONS:
        return False
    return tokens[piece.head].norm not in grammar("meetings") and count(tokens[piece.head :])[0] is None


def is_item(piece: Piece) -> bool:
    """A piece of a list, named as work."""
    return piece.joint == LIST and piece.shape in ACTIONS


def _colon(piece: Piece) -> int | None:
    """The place of the colon that ends an announcement without a count of its own."""
    colon = next((i for i, t in enumerate(piece.tokens) if t.norm == ":"), None)
    if colon is None or not piece.head < colon < len(piece.tokens) - 1:
        return None
    return colon if count(piece.tokens[piece.head : colon])[0] is None else None


def _names_work(piece: Piece) -> bool:
    return piece.shape in ACTIONS or count(piece.tokens)[0] is not None
