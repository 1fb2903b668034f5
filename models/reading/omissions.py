"""Pieces that are no work done: breaks, thanks, circumstances, what was cancelled, planned or done by others."""

from models.reading.lexicon import grammar
from models.reading.morphology import EVENT, NOMINAL
from models.reading.pieces import ACTIONS, COMMA, LINE, SENTENCE, Piece, norm_at, shape_at
from models.reading.tokens import DAY, NUMBER, WORD, Token

_NEVER = {"tidak": frozenset(("jadi", "sempat", "bisa")), "belum": frozenset(("sempat", "bisa"))}
_ON_THE_WAY = frozenset(("jalan", "perjalanan", "rumah"))
_HOSPITALS = frozenset(("rs", "rsud", "rsu", "rumah", "opname"))
_ARRIVES = frozenset(("sampai", "tiba", "datang", "masuk", "kembali"))
_GOES_ON = frozenset(
    ("sisa", "sisanya", "lanjut", "dilanjut", "dilanjutkan", "lanjutkan", "diteruskan", "lagi", "rest")
)
_SHORT = 6  # words of a circumstance such as 'printer rusak dari pagi'


def is_no_work(piece: Piece, before: Piece | None) -> bool:
    """Whether nothing that the piece tells was done by the writer as work."""
    tokens, head = piece.tokens, piece.head
    word, raw = tokens[head].norm, tokens[head].raw
    if word == "ada" and piece.joint != COMMA and _only_happened(tokens[head + 1 :]):
        return True
    if word in grammar("negations") and not goes_on(piece, before):
        return True
    if any(t.norm in grammar("cancelled") for t in tokens) or _was_never_done(tokens):
        return True
    if _asks_others(tokens[:head]) or _is_enclosure(tokens, head) or _is_state(piece) or _is_others(piece):
        return True
    if piece.shape in (NOMINAL, EVENT) and _was_not_held(tokens, head):
        return True
    if word in _ARRIVES and norm_at(tokens, head + 1) in grammar("work places") and len(tokens) - head <= 4:
        return not any(shape_at(tokens, i) for i in range(head + 1, len(tokens)))
    if word == "masuk" and norm_at(tokens, head + 1) in _HOSPITALS:
        return True  # 'anak saya masuk rs'
    if word == "di" and norm_at(tokens, head + 1) in _ON_THE_WAY and len(tokens) - head <= 3:
        return True
    if word in grammar("closings"):
        return word != "terima" or norm_at(tokens, head + 1) in ("kasih", "kasi", "")
    if word == "banyak" and norm_at(tokens, head + 1) == "yang" and piece.joint == COMMA and before is not None:
        return False  # 'jaga loket, banyak yang lupa berkas': what the work was about
    idle = grammar("no work")  # also 'ngobrolnya lama'
    return word in idle or raw in idle or raw.removesuffix("nya") in idle or word in grammar("injections")


def goes_on(piece: Piece, before: Piece | None) -> bool:
    """', belum selesai': work in progress."""
    following = norm_at(piece.tokens, piece.head + 1)
    is_not_yet = norm_at(piece.tokens, piece.head) == "belum" and following in grammar("finished")
    return is_not_yet and piece.joint == COMMA and before is not None


def is_ahead(piece: Piece) -> bool:
    """Announced for later: 'besok …', 'rencana …', 'dilanjut besok'; not 'menyiapkan rapat besok'."""
    tokens, head = piece.tokens, piece.head
    days = [t for t in tokens if t.kind == DAY and t.value.ahead]
    if days and days[0].start < tokens[head].start:
        return True
    if tokens[head].norm in grammar("future"):
        return tokens[head].norm != "rencana" or _is_plan(tokens, head + 1)
    if tokens[-1] in days:
        return not any(word in grammar("preparing") or word == "karena" for word in piece.words())
    return bool(days) and any(word in grammar("goes on") for word in piece.words())


def puts_off(piece: Piece) -> bool:
    """'sisanya besok', 'lanjut besok': what was told just before goes on. A day alone only in the same line."""
    words = [t.norm for t in piece.tokens if t.kind == WORD]
    days = [t for t in piece.tokens if t.kind == DAY and t.value.ahead]
    is_only_that = len(words) + len(days) == len(piece.tokens) and _GOES_ON.issuperset(words)
    return bool(days) and is_only_that and (bool(words) or piece.joint != LINE)


def _is_plan(tokens: list[Token], i: int) -> bool:
    """'rencana rapat', but not 'rencana kerja'."""
    if i >= len(tokens):
        return True
    return tokens[i].kind == DAY or shape_at(tokens, i) in ACTIONS or tokens[i].norm in (":", "tindak", "untuk")


def is_goodbye(piece: Piece) -> bool:
    """'Demikian …', 'Sekian …': nothing that follows is work."""
    first = next((t.norm for t in piece.tokens if t.kind == WORD and t.norm not in grammar("greetings")), "")
    return piece.joint in (SENTENCE, LINE) and first in grammar("goodbyes")


def _only_happened(tokens: list[Token]) -> bool:
    """'ada motor hilang', but not 'ada rapat', 'ada 5 tamu hilang'."""
    if any(t.kind == NUMBER or shape_at(tokens, i) in ACTIONS for i, t in enumerate(tokens)):
        return False
    return any(t.norm in grammar("states") for t in tokens)


def _was_never_done(tokens: list[Token]) -> bool:
    return any(norm_at(tokens, i + 1) in _NEVER[t.norm] for i, t in enumerate(tokens) if t.norm in _NEVER)


def _was_not_held(tokens: list[Token], head: int) -> bool:
    """'penagihan tidak jalan', but not 'penertiban baliho tidak berizin'."""
    place = head + 1 + (norm_at(tokens, head + 1) != "tidak")
    said = norm_at(tokens, place) == "tidak"
    return said and (place == head + 1 or norm_at(tokens, place + 1) in grammar("not held"))


def _asks_others(opener: list[Token]) -> bool:
    """'mohon arahan', but not 'mohon izin melaporkan'."""
    words = {t.norm for t in opener}
    return "mohon" in words and "izin" not in words


def _is_enclosure(tokens: list[Token], head: int) -> bool:
    """'dokumentasi terlampir', 'foto sudah di grup'."""
    if any(t.norm in grammar("attached") for t in tokens[head : head + 3]):
        return True
    return tokens[head].raw in grammar("photographs") and any(t.norm in grammar("chat groups") for t in tokens)


def _is_state(piece: Piece) -> bool:
    """'sekring putus', '1 obat kosong'; a crowd is counted, though: 'pasien rame 34 orang'."""
    tokens, head = piece.tokens, piece.head
    if piece.shape in ACTIONS or len(tokens) - head > _SHORT:
        return False
    if not any(t.norm in grammar("states") for t in tokens[head:]):
        return False
    if tokens[head].kind == NUMBER:
        return not any(t.norm in grammar("crowd states") for t in tokens)
    others = [i for i in range(head, len(tokens)) if tokens[i].norm not in grammar("states")]
    return not any(shape_at(tokens, i) or tokens[i].kind == NUMBER for i in others)


def _is_others(piece: Piece) -> bool:
    """'siang bapak camat minta …': somebody else did it."""
    tokens, head = piece.tokens, piece.head
    if head < 2 or piece.joint not in (SENTENCE, COMMA):
        return False
    return tokens[head - 1].norm in grammar("titles") and tokens[head - 2].norm == "bapak"
