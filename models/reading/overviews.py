"""An announcement of work followed by the work itself: the announcement is no activity of its own."""

from models.reading.counts import count
from models.reading.lexicon import grammar
from models.reading.pieces import ACTIONS, AND, COMMA, LIST, Piece, norm_at
from models.reading.tokens import DAY, TIME

_JOINS = (COMMA, AND)


def unfold(pieces: list[Piece]) -> None:
    """'Pelayanan loket: legalisir 12 berkas, rekam 3 orang': each piece after the colon is an activity.

    Unless the list only says what one activity was about: 'periksa ternak: sapi, kambing', 'rapat: bahas anggaran'.
    """
    for number, piece in enumerate(pieces):
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


def _colon(piece: Piece) -> int | None:
    """The place of the colon that ends an announcement without a count of its own."""
    colon = next((i for i, t in enumerate(piece.tokens) if t.norm == ":"), None)
    if colon is None or not piece.head < colon < len(piece.tokens) - 1:
        return None
    return colon if count(piece.tokens[piece.head : colon])[0] is None else None


def _names_work(piece: Piece) -> bool:
    return piece.shape in ACTIONS or count(piece.tokens)[0] is not None
