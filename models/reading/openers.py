"""What stands before the work itself: greetings, 'hari ini saya', 'kegiatan hari ini adalah', 'sudah'."""

from models.reading.lexicon import grammar
from models.reading.tokens import BULLET, CODE, DAY, DURATION, PUNCTUATION, TIME, Token

PRONOUNS = frozenset(["saya"])
_ADDRESSED = frozenset("bapak ibu pak bu yth".split())
_SPANS = frozenset(("dari", "mulai", "sejak", "sampai"))
_DAY_PARTS = frozenset(("pagi", "siang", "sore", "malam", "tadi", "sekarang", "awal", "selesai"))
_BACK = frozenset(("balik", "kembali", "baliak", "bale"))
_WHERE_FROM = frozenset(("ke", "kantor", "ofis", "di", "sekolah", "dari", "lapangan", "lokasi"))
_MEANWHILE = frozenset("sela-sela sela samping sela-selanya selanya".split())


def first_content(tokens: list[Token], i: int = 0) -> int:
    """The place of the first token that says what was done; len(tokens) when nothing is left."""
    while i < len(tokens):
        token = tokens[i]
        if token.kind in (PUNCTUATION, BULLET, DAY, TIME, DURATION, CODE):
            i += 1
        elif token.norm in grammar("greetings") or token.norm in grammar("light") or _is_reporting(tokens, i):
            i += 1
            while i < len(tokens) and _belongs(token.norm, tokens[i].norm):
                i += 1
        elif token.norm in _SPANS and i + 1 < len(tokens) and (tokens[i + 1].norm in _DAY_PARTS or tokens[i + 1].kind == DAY):
            i += 2
        elif token.norm == "di" and i + 1 < len(tokens) and tokens[i + 1].norm in _MEANWHILE:
            i += 2
        elif token.norm in grammar("frame nouns") and (after := _frame_end(tokens, i + 1)):
            i = after
        else:
            break
    return i


def _belongs(word: str, following: str) -> bool:
    """'bapak kepala', 'setelah istirahat': the second word is no work either."""
    return (word in _ADDRESSED and following in grammar("titles")) or (word in grammar("chain") and following in grammar("breaks")) or (word in _BACK and following in _WHERE_FROM)


def _is_reporting(tokens: list[Token], i: int) -> bool:
    if tokens[i].norm not in grammar("reporting"):
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None:
        return i > 0
    if tokens[i].norm in ("laporan", "lapran", "report"):
        return following.norm in grammar("frame nouns")
    return (
        following.norm in grammar("frame nouns")
        or following.norm in grammar("greetings")
        or following.kind in (PUNCTUATION, DAY)
        or following.norm in ("saya", "untuk", "bahwa")
    )


def _frame_end(tokens: list[Token], i: int) -> int:
    """The end of 'kegiatan | hari ini yang saya lakukan :'; 0 when it is no frame but work ('kegiatan posyandu')."""
    start = i
    while i < len(tokens) and (
        tokens[i].norm in grammar("frame") or tokens[i].kind == DAY or tokens[i].norm in ("pagi", "siang", "sore", "malam")
    ):
        i += 1
    if i < len(tokens) and tokens[i].norm == ":":
        return i + 1
    return i if i > start or i == len(tokens) else 0
