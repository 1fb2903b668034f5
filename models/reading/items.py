"""Is what follows a comma work of its own, although no word for work opens it?"""

from models.reading.counts import count
from models.reading.lexicon import grammar
from models.reading.pieces import Piece, content, goes_there
from models.reading.tokens import NUMBER, WORD
from models.reading.unit_names import is_unit

_NEXT = frozenset(("lanjut", "lanjutkan", "dilanjut", "dilanjutkan", "terus", "lalu", "kemudian"))


def stands_alone(piece: Piece, before: Piece) -> bool:
    """Whether it is counted, goes somewhere, comes next or is named like the items beside it."""
    if goes_there(piece.tokens, piece.head) or _is_item(piece, before):
        return True
    return _comes_next(piece) or _counts_on(piece, before)


def _comes_next(piece: Piece) -> bool:
    """', lanjut TCM 5 sampel'"""
    first = piece.tokens[piece.head]
    said = first.kind == WORD and first.norm not in grammar("details") and count(piece.tokens[piece.head :])[0]
    return bool(said) and any(t.norm in _NEXT for t in piece.tokens[: piece.head])


def _is_item(piece: Piece, before: Piece) -> bool:
    """'konseling siswa, home visit Rangga, rekap absen': named like the items beside it, and no clause of its own.

    Not after a verb that takes a list of things: 'beli kertas hvs, tinta printer, map plastik'.
    """
    left, words = content(before.tokens), piece.tokens[piece.head :]
    if not piece.listed or len(words) < 2 or words[0].kind != WORD or not left:
        return False
    if left[0].norm in grammar("takes a list") or words[0].norm in grammar("details") or words[0].norm.endswith("nya"):
        return False
    return not any(t.norm in grammar("clause") or t.norm in grammar("states") or t.kind == NUMBER for t in words)


def _counts_on(piece: Piece, before: Piece) -> bool:
    """'3 surat keluar, 5 surat masuk'; 'akta lahir 9 berkas, akta mati 3 berkas'"""
    left = content(before.tokens)
    if left and left[0].kind == NUMBER and piece.tokens[piece.head].kind == NUMBER and len(left) > 2:
        return True
    named = piece.tokens[piece.head]
    if left and named.kind == WORD and left[0].norm == named.norm:
        return True  # 'SPJ konsumsi, SPJ perjalanan'
    right = piece.tokens[piece.head :]
    if all(len(side) in (2, 3) and side[-1].kind == NUMBER and side[0].kind == WORD for side in (left, right)):
        return not any(side[-2].norm in grammar("named") for side in (left, right))  # 'nota dinas 2, surat keluar 5'
    if len(right) == 2 and right[1].kind == NUMBER and is_unit(named.norm) and count(left)[0] is not None:
        return named.norm not in grammar("named")  # 'KTP 14 orang, kia 6'
    if named.kind != WORD or named.norm in grammar("details") or named.norm in grammar("before a count"):
        return False
    return count(piece.tokens[piece.head + 1 :])[0] is not None and count(left[1:])[0] is not None
