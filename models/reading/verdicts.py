"""Is a piece work that was done, detail of the piece before, planned, or no work at all?"""

from models.reading import openers
from models.reading.items import stands_alone
from models.reading.lexicon import grammar
from models.reading.morphology import ACTIVE, BARE, NOMINAL, shape
from models.reading.omissions import goes_on, is_ahead, is_no_work
from models.reading.pieces import (
    ACTIONS,
    COMMA,
    LINE,
    LIST,
    SENTENCE,
    SEQUENCE,
    Piece,
    content,
    goes_there,
    norm_at,
    shape_at,
)
from models.reading.tokens import DURATION, NUMBER, TIME, WORD, Token

DONE, DETAIL, AHEAD, NOTHING = "done", "detail", "ahead", "nothing"

_MOST_RESTARTS = 4
_COULD = frozenset(("sempat", "bisa", "jadi"))
_COMPANY = frozenset(("sama", "dengan", "bersama"))
_PLACES = frozenset(("di", "ke", "dengan", "bersama"))
_COMPLAINTS = frozenset(("mulu", "melulu", "terus"))


def judge(piece: Piece, before: Piece | None) -> str:
    """DONE starts an activity; DETAIL adds words to the one before; AHEAD is planned; NOTHING is dropped.

    May move the start of ``piece``: in 'tidak banyak kegiatan, cuma ketik surat' the work starts after 'cuma'.
    """
    verdict = _judge(piece, before)
    for _ in range(_MOST_RESTARTS):
        if verdict != NOTHING or (place := _restart(piece.tokens, piece.head)) is None:
            break
        piece.start_at(place)
        piece.joint = SEQUENCE
        verdict = _judge(piece, before)
    return verdict


def _judge(piece: Piece, before: Piece | None) -> str:
    if piece.head >= len(piece.tokens):
        timed = any(t.kind in (TIME, DURATION) for t in piece.tokens)
        return DETAIL if timed and piece.joint == COMMA and before is not None else NOTHING
    if is_no_work(piece, before):
        return NOTHING
    if is_ahead(piece):
        return AHEAD
    if goes_on(piece, before):
        return DETAIL
    return _action(piece, before) if piece.shape in ACTIONS else _other(piece, before)


def _restart(tokens: list[Token], head: int) -> int | None:
    """The place after 'cuma', 'saya', ':' … where work follows something that is none; 'tidak apel karena | piket'."""
    if norm_at(tokens, head) in grammar("injections"):
        return None
    for i in range(head, len(tokens) - 1):
        word = tokens[i].norm
        could = norm_at(tokens, i - 1) in _COULD and norm_at(tokens, i - 2) in grammar("negations")
        excused = word == "karena" and norm_at(tokens, head) in grammar("negations")
        if word != ":" and not excused and (word not in grammar("restart") or could):
            continue
        start = openers.first_content(tokens, i + 1)
        again = word != ":" and norm_at(tokens, start) in grammar("no work")
        placed = norm_at(tokens, start) in ("di", "ke") and any(
            shape_at(tokens, j) in ACTIONS for j in range(start + 2, start + 4)
        )
        if again or placed or shape_at(tokens, start) in ACTIONS:
            return i + 1
    return None


def _action(piece: Piece, before: Piece | None) -> str:
    """A piece that opens with a word for work starts an activity, unless a comma made it detail."""
    if piece.joint != COMMA or before is None:
        return DONE
    first, second = piece.tokens[piece.head], piece.tokens[piece.head + 1 : piece.head + 2]
    counts = bool(second) and second[0].kind == NUMBER
    if first.norm in grammar("outcomes") or (counts and first.norm in grammar("reached")):
        return DETAIL  # 'patroli hutan, menemukan 3 tunggak', 'sosialisasi, hadir 40 siswa'
    left, right = content(before.tokens), content(piece.tokens)
    if not left or not right:
        return DONE
    waits = all(_waits_for_object(t.norm, piece) for t in left if t.norm not in ("dan", "serta"))
    discusses = left[0].norm in grammar("meetings") and right[0].norm in grammar("meeting content")
    measures = len(right) > 1 and all(t.kind != WORD for t in right[1:])  # 'tensi 160/110'
    return DETAIL if waits or discusses or measures or right[-1].norm in _COMPLAINTS else DONE


def _waits_for_object(word: str, piece: Piece) -> bool:
    """The first verbs of 'menerima, mencatat dan mendistribusikan surat'."""
    if word in grammar("without object") or shape(word) != piece.shape:
        return False
    if piece.shape == NOMINAL:
        return word.startswith("pe") and any(t.norm in ("dan", "serta") for t in piece.tokens[:3])
    return piece.shape == ACTIVE and word.startswith("me")


def _other(piece: Piece, before: Piece | None) -> str:
    """A piece that opens with another word: detail after a comma, else work if I did it."""
    place = None
    if before is None or piece.joint in (LINE, LIST, SEQUENCE):
        first = piece.tokens[piece.head]
        if first.kind == WORD and first.norm not in _PLACES:
            place = _said_by_me(piece.tokens)
    elif piece.joint == SENTENCE:
        place = _said_by_me(piece.tokens)
        if place is None and not goes_there(piece.tokens, piece.head):
            return NOTHING
    elif not stands_alone(piece, before):
        return NOTHING if _is_story(piece, before) or _happened(piece, before) else DETAIL
    if place is not None:
        piece.start_at(place)
        if is_no_work(piece, before):
            return NOTHING
    return DONE


def _said_by_me(tokens: list[Token]) -> int | None:
    """The place after 'saya' (or 'cuma') when a verb follows it: 'mesin rusak jadi saya cuma menyapu'."""
    for i, token in enumerate(tokens[:-1]):
        if token.norm in ("saya", "hanya"):
            head = openers.first_content(tokens, i)
            if shape_at(tokens, head) in ACTIONS or _goes_with(tokens, head):
                return i + 1
    return None


def _goes_with(tokens: list[Token], i: int) -> bool:
    """'saya | bersama bidan desa keliling …': company first, then the work."""
    if norm_at(tokens, i) not in _COMPANY:
        return False
    ahead = range(i + 2, min(i + 8, len(tokens)))
    return any(shape_at(tokens, j) in (ACTIVE, BARE) or tokens[j].norm == "ke" for j in ahead)


def _happened(piece: Piece, before: Piece) -> bool:
    """'piket sore, ada klien kabur tapi ketemu': longer than the work beside it, and no count."""
    words = piece.tokens[piece.head :]
    if words[0].norm != "ada" or any(t.kind == NUMBER for t in words):
        return False
    return len(content(before.tokens)) < min(4, len(words))


def _is_story(piece: Piece, before: Piece) -> bool:
    """Detail of a long message that neither counts anything nor says where, with whom or what for."""
    if not piece.told or len(piece.tokens) - piece.head <= 3:
        return False
    first = piece.tokens[piece.head]
    if first.kind == NUMBER or first.norm in grammar("details"):
        return False
    if any(t.norm == first.norm for t in before.tokens):
        return False  # 'Dinas Sosial, Dinas Perhubungan'
    return all(t.norm != "sekitar" for t in piece.tokens[: piece.head])
