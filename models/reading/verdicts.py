"""Is a piece work that was done, detail of the piece before, planned, or no work at all?"""

from models.reading.lexicon import grammar
from models.reading import openers
from models.reading.morphology import ACTIVE, BARE, NOMINAL, shape
from models.reading.splitting import ACTIONS, COMMA, LINE, LIST, SENTENCE, SEQUENCE, Piece, content, shape_at
from models.reading.tokens import DAY, DURATION, NUMBER, TIME, WORD, Token

DONE, DETAIL, AHEAD, NOTHING = "done", "detail", "ahead", "nothing"

_ATTACHED = frozenset("terlampir menyusul dilampirkan attached".split())
_COULD = frozenset(("sempat", "bisa", "jadi"))
_MOST_RESTARTS = 4
_LONG = 160  # characters: in longer lines people tell stories, and details need a sign that they are part of the work
_RESTART = frozenset("hanya saya sambil sekalian melainkan akhirnya".split())


def judge(piece: Piece, before: Piece | None) -> str:
    """DONE starts an activity; DETAIL adds words to the one before; AHEAD is planned; NOTHING is dropped.

    May move the start of ``piece``: in 'tidak banyak kegiatan, cuma ketik surat' the work starts after 'cuma'.
    """
    verdict = _judge(piece, before)
    for _ in range(_MOST_RESTARTS):
        if verdict != NOTHING or (place := _restart(piece.tokens, piece.head)) is None:
            break
        piece.tokens, piece.joint = piece.tokens[place:], SEQUENCE
        piece.look()
        verdict = _judge(piece, before)
    return verdict


def _judge(piece: Piece, before: Piece | None) -> str:
    tokens, head = piece.tokens, piece.head
    if head >= len(tokens):
        stated = any(t.kind in (TIME, DURATION) for t in tokens)
        return DETAIL if stated and piece.joint == COMMA and before is not None else NOTHING
    if _not_done(tokens, head, piece, before):
        return NOTHING
    if _is_ahead(tokens, head):
        return AHEAD
    word = tokens[head].norm
    if word in grammar("not"):
        return DETAIL  # 'belum selesai': the work goes on
    return _action(piece, before) if piece.shape in ACTIONS else _other(piece, before)


def _not_done(tokens: list[Token], head: int, piece: Piece, before: Piece | None) -> bool:
    word, raw = tokens[head].norm, tokens[head].value
    following = tokens[head + 1].norm if head + 1 < len(tokens) else ""
    if word in grammar("not") and not (word == "belum" and before is not None and piece.joint == COMMA and following in grammar("verdicts open")):
        return True
    if any(t.norm in grammar("cancelled") for t in tokens) or _never_done(tokens):
        return True
    if any(t.norm == "mohon" for t in tokens[:head]) and "izin" not in {t.norm for t in tokens[:head]}:
        return True
    if any(t.norm in _ATTACHED for t in tokens[head : head + 3]):
        return True
    if raw in ("foto", "foto-foto", "foto2", "dokumentasi") and any(t.norm in ("grup", "group", "wa") for t in tokens):
        return True
    if piece.shape not in ACTIONS and len(tokens) - head <= 6 and any(t.norm in grammar("states") for t in tokens[head:]):
        if not any(shape_at(tokens, i) or tokens[i].kind == NUMBER for i in range(head, len(tokens))):
            return True
    if head >= 2 and tokens[head - 1].norm in grammar("titles") and tokens[head - 2].norm == "bapak" and piece.joint in (SENTENCE, COMMA):
        return True  # what somebody else did: 'siang bapak camat minta …'
    if word in grammar("closings"):
        return word != "terima" or following in ("kasih", "kasi", "")
    return word in grammar("no work") or raw in grammar("no work")


def is_closing(piece: Piece) -> bool:
    """'Demikian …', 'Terima kasih …': nothing that follows is work."""
    first = next((t.norm for t in piece.tokens if t.norm not in grammar("greetings") and t.kind == WORD), "")
    return piece.joint in (SENTENCE, LINE) and first in ("demikian", "sekian", "dum", "wassalam", "wassalamualaikum")


def _restart(tokens: list[Token], head: int) -> int | None:
    for i in range(head, len(tokens) - 1):
        if tokens[i].norm == ":" and shape_at(tokens, openers.first_content(tokens, i + 1)) in ACTIONS:
            return i + 1
        if tokens[i].norm in _RESTART and (i == 0 or tokens[i - 1].norm not in _COULD):
            start = openers.first_content(tokens, i + 1)
            if start < len(tokens) and (shape_at(tokens, start) in ACTIONS or tokens[start].norm in grammar("no work")):
                return i + 1
    return None


def _is_ahead(tokens: list[Token], head: int) -> bool:
    if any(t.kind == DAY and t.value.ahead for t in tokens[:head]):
        return True
    word, following = tokens[head].norm, tokens[head + 1] if head + 1 < len(tokens) else None
    if word in grammar("future"):
        return word != "rencana" or following is None or following.kind == DAY or shape_at(tokens, head + 1) in ACTIONS or following.norm in (":", "tindak", "untuk")
    last = tokens[-1]
    if last.kind == DAY and last.value.ahead:
        return not any(t.norm in grammar("preparing") or t.norm == "karena" for t in tokens[head:])
    return any(t.norm in ("akan", "dilanjut", "dilanjutkan", "lanjut") for t in tokens[head:]) and any(t.kind == DAY and t.value.ahead for t in tokens)


def _never_done(tokens: list[Token]) -> bool:
    pairs = {(a.norm, b.norm) for a, b in zip(tokens, tokens[1:], strict=False)}
    return bool(pairs & {("tidak", "jadi"), ("belum", "sempat"), ("tidak", "sempat"), ("belum", "bisa"), ("tidak", "bisa")})


def _action(piece: Piece, before: Piece | None) -> str:
    if piece.joint != COMMA or before is None:
        return DONE
    left, right = content(before.tokens), content(piece.tokens)
    if not left or not right:
        return DONE
    if all(_is_open_verb(t.norm, piece) for t in left if t.norm not in ("dan", "serta")):
        return DETAIL
    if left[0].norm in grammar("meeting") and right[0].norm in grammar("content"):
        return DETAIL
    if right[-1].norm in ("mulu", "melulu", "terus"):
        return DETAIL
    if len(right) > 1 and all(t.kind != WORD for t in right[1:]):
        return DETAIL  # 'tensi 160/110'
    return DONE


def _is_open_verb(word: str, piece: Piece) -> bool:
    """A verb that still waits for its object: 'menerima, mencatat dan mendistribusikan surat'."""
    if word in grammar("alone") or shape(word) != piece.shape:
        return False
    if piece.shape == NOMINAL:
        return word.startswith("pe") and any(t.norm in ("dan", "serta") for t in piece.tokens[:3])
    return piece.shape == ACTIVE and word.startswith("me")


def _other(piece: Piece, before: Piece | None) -> str:
    if before is None or piece.joint in (LINE, LIST, SEQUENCE):
        place = said_by_me(piece.tokens) if tokens_before_me(piece) else None
    elif piece.joint == COMMA and _goes_there(piece):
        place = None
    elif piece.joint != SENTENCE:
        return NOTHING if _is_story(piece, before) else DETAIL
    else:
        place = said_by_me(piece.tokens)
        if place is None:
            return NOTHING
    if place is not None:
        piece.tokens = piece.tokens[place:]
        piece.look()
    return DONE


def tokens_before_me(piece: Piece) -> bool:
    """'mesin rusak jadi cuma menyapu': the line does not open with work or a place, so it may start later."""
    return piece.tokens[piece.head].kind == WORD and piece.tokens[piece.head].norm not in ("di", "ke", "dengan", "bersama")


def _is_story(piece: Piece, before: Piece) -> bool:
    """Detail of a long text that neither counts anything nor says where, with whom or what for."""
    tokens = piece.tokens
    if tokens[-1].end < _LONG or len(tokens) - piece.head <= 3:
        return False
    first = tokens[piece.head]
    if any(t.norm == first.norm for t in before.tokens):
        return False  # 'Dinas Sosial, Dinas Perhubungan'
    return first.kind != NUMBER and first.norm not in grammar("details") and "sekitar" not in [t.norm for t in tokens[: piece.head + 2]]


def said_by_me(tokens: list[Token]) -> int | None:
    """The place after 'saya' (or 'kami') when a verb follows it."""
    for i, token in enumerate(tokens[:-1]):
        if token.norm not in ("saya", "hanya"):
            continue
        head = openers.first_content(tokens, i)
        if shape_at(tokens, head) in ACTIONS or (head < len(tokens) and _goes_with(tokens, head)):
            return i + 1
    return None


def _goes_there(piece: Piece) -> bool:
    """', ke bank setor retribusi'"""
    tokens, head = piece.tokens, piece.head
    return tokens[head].norm == "ke" and any(shape_at(tokens, j) in (ACTIVE, BARE) for j in range(head + 2, min(head + 5, len(tokens))))


def _goes_with(tokens: list[Token], i: int) -> bool:
    """'saya | bersama bidan desa keliling …': company first, then the work."""
    if tokens[i].norm not in ("sama", "dengan", "bersama"):
        return False
    return any(shape_at(tokens, j) in (ACTIVE, BARE) or tokens[j].norm == "ke" for j in range(i + 2, min(i + 8, len(tokens))))
