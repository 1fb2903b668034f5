"""What stands before the work itself: greetings, 'hari ini saya', 'kegiatan hari ini adalah', 'sudah'."""

from models.reading.lexicon import grammar
from models.reading.morphology import ACTIVE, BARE, EVENT, shape
from models.reading.tokens import BULLET, CODE, DAY, DURATION, NUMBER, PUNCTUATION, TIME, Token

_SIGNS = frozenset((PUNCTUATION, BULLET, DAY, TIME, DURATION, CODE))
# first word → section of the words that it takes along: 'bapak kepala', 'setelah istirahat', 'dari pagi'
_PAIRS = {
    **dict.fromkeys(("bapak", "ibu", "yth"), "titles"),
    **dict.fromkeys(("setelah", "sebelum", "habis", "abis", "sehabis", "usai", "selesai", "sesudah"), "breaks"),
    "dan": "my company",
    **dict.fromkeys(("balik", "kembali", "baliak"), "work places"),
}
_CAUSATIVES = frozenset(("kasi", "kase", "kas", "kasih"))
_SOME = frozenset(("beberapa", "berbagai", "banyak", "sejumlah", "dua", "tiga", "empat", "lima"))
_ANNOUNCING = frozenset(
    ("ada", "melakukan", "lakukan", "mengerjakan", "kerjakan", "melaksanakan", "laksanakan", "menjalankan", "jalankan")
)
"""Words for doing that say nothing of what: 'melakukan 2 kegiatan', unlike 'menyusun 2 laporan'."""
_LONGEST_ASKER = 4  # tokens
_SPANS = frozenset(("dari", "mulai", "sejak", "sampai"))


def first_content(tokens: list[Token], i: int = 0) -> int:
    """The place of the first token from i on that says what was done; len(tokens) when nothing is left."""
    greetings, light, frames = grammar("greetings"), grammar("light"), grammar("frame nouns")
    while i < len(tokens):
        token = tokens[i]
        if token.kind in _SIGNS:
            i += 1
        elif token.raw in _CAUSATIVES and _causes(tokens, i):
            break
        elif token.norm in greetings or token.norm in light or _is_reporting(tokens, i) or _is_doctor(tokens, i):
            i = _after_pair(tokens, i)
        elif _opens_phrase(tokens, i):
            i += 2
        elif (after := _announced(tokens, i)) or (token.norm in frames and (after := _frame_end(tokens, i + 1))):
            i = after
        else:
            break
    return i


def _opens_phrase(tokens: list[Token], i: int) -> bool:
    """'dari pagi', 'sampai Kamis', 'dari situ', 'di sela-sela'."""
    if i + 1 >= len(tokens):
        return False
    word, following = tokens[i].norm, tokens[i + 1]
    if word == "dari" and following.norm in grammar("there"):
        return True
    if word in _SPANS:
        return following.kind == DAY or following.norm in grammar("parts of a span")
    return word == "di" and following.norm in grammar("meanwhile")


def _after_asker(tokens: list[Token], i: int) -> int:
    """'disuruh | ibu kepala | fotokopi soal': who asked for it is no work; 0 when no verb follows ('diminta data')."""
    for after in range(i, min(i + _LONGEST_ASKER, len(tokens) - 1)):
        if tokens[after].norm in grammar("details"):
            break
        if shape(tokens[after].norm) in (ACTIVE, BARE, EVENT):
            return after
    return 0


def _causes(tokens: list[Token], i: int) -> bool:
    """'kasi makan ikan', 'kase tau warga', unlike 'bapak kasi'."""
    if i + 1 >= len(tokens):
        return False
    following = tokens[i + 1]
    return following.norm in grammar("caused") or shape(following.norm) == BARE


def _is_doctor(tokens: list[Token], i: int) -> bool:
    """'dok, maaf saya …'; beside other words 'dok' is short for documents and documentation."""
    if tokens[i].raw != "dok" or len(tokens) == 1:
        return tokens[i].raw == "dok"
    if i + 1 == len(tokens):
        return False
    following = tokens[i + 1]
    return following.norm in (",", "saya") or following.norm in grammar("greetings")


def _announced(tokens: list[Token], i: int) -> int:
    """The end of 'ada 2 kegiatan yaitu', 'melakukan beberapa pekerjaan :', 'disuruh ibu kepala'; 0 when it is none."""
    if tokens[i].norm in grammar("told to"):
        return _after_asker(tokens, i + 1)
    if i + 2 >= len(tokens) or tokens[i].norm not in _ANNOUNCING:
        return 0
    if not (tokens[i + 1].kind == NUMBER or tokens[i + 1].norm in _SOME):
        return 0
    if tokens[i + 2].norm != "hal" and tokens[i + 2].norm not in grammar("frame nouns"):
        return 0
    after = i + 3
    while after < len(tokens) and (tokens[after].norm in grammar("frame") or tokens[after].kind == DAY):
        after += 1
    return after if after == len(tokens) or after > i + 3 or tokens[after].kind == PUNCTUATION else 0


def _after_pair(tokens: list[Token], i: int) -> int:
    section = _PAIRS.get(tokens[i].norm)
    i += 1
    while section and i < len(tokens) and tokens[i].norm in grammar(section):
        i += 1
    return i


def _is_reporting(tokens: list[Token], i: int) -> bool:
    """'izin melaporkan …', but not 'melaporkan SPT tahunan'."""
    word = tokens[i].norm
    if word not in grammar("reporting"):
        return False
    if i + 1 == len(tokens):
        return i > 0
    following = tokens[i + 1]
    if following.norm in grammar("frame nouns"):
        return True
    if word in ("laporan", "lapran", "report"):
        return False
    return (
        following.norm in grammar("greetings")
        or following.kind in (PUNCTUATION, DAY)
        or following.norm in ("saya", "untuk", "bahwa")
    )


def _frame_end(tokens: list[Token], i: int) -> int:
    """The end of 'kegiatan | hari ini yang saya lakukan :'; 0 when it is no frame but work ('kegiatan posyandu')."""
    start = i
    while i < len(tokens) and (tokens[i].norm in grammar("frame") or tokens[i].kind == DAY):
        i += 1
    if i < len(tokens) and tokens[i].norm == ":":
        return i + 1
    return i if i > start or i == len(tokens) else 0
