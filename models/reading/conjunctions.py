"""'dan', '&', 'sama': two pieces of work, or two words for one?"""

from models.reading import openers
from models.reading.lexicon import grammar
from models.reading.morphology import ACTIVE, BARE, ENGLISH, EVENT, NOMINAL, PASSIVE, shape
from models.reading.numbers import number_at
from models.reading.pieces import ACTIONS, VERBS, content, shape_at
from models.reading.tokens import PUNCTUATION, WORD, Token

_LOOK_AHEAD = 12  # tokens
_WIDEST = 60  # tokens: of a longer piece only both ends are looked at


def joins_two(left: list[Token], tokens: list[Token], i: int) -> bool:
    """Whether the conjunction before i stands between two pieces of work with objects of their own."""
    head = i + openers.first_content(tokens[i : i + _LOOK_AHEAD])
    if head >= len(tokens) or tokens[i].norm in grammar("greetings"):
        return False
    right = shape_at(tokens, head)
    if right not in ACTIONS and number_at(tokens, i) is None:
        return False
    words = content(left if len(left) < _WIDEST else left[:_LOOK_AHEAD] + left[-_LOOK_AHEAD:])
    if not words:
        return False
    if right not in ACTIONS:
        return shape(words[0].norm) in ACTIONS and _counts_both(words, tokens, i)
    if len(words) == 1:
        return _stands_alone(words[0].norm, tokens, head)
    last = left[-1] is words[-1] and shape(words[-1].norm) in ACTIONS - {ACTIVE}
    if last and right not in (ACTIVE, ENGLISH) and not (right == BARE and _has_object(words)):
        return False  # 'pelaksanaan monitoring dan evaluasi kegiatan'
    if tokens[head].norm in grammar("products") and words[0].norm in grammar("preparing"):
        return False  # 'menyiapkan undangan dan notulen rapat'
    return not _is_purpose(words)


def refers_back(tokens: list[Token], i: int) -> bool:
    """'… sama bantu upload dokumennya': the same matter, so one activity."""
    for token in tokens[i : i + 5]:
        if token.kind == PUNCTUATION:
            return False
        if len(token.norm) > 5 and token.norm.endswith("nya"):
            return True
    return False


def _stands_alone(word: str, tokens: list[Token], head: int) -> bool:
    """'apel dan input data' are two, 'menerima dan memeriksa berkas' is one."""
    if shape(word) != EVENT or head + 1 >= len(tokens) or tokens[head + 1].kind != WORD:
        return False
    if word in grammar("done to something"):
        return False  # 'verifikasi dan cetak kartu', 'wawancara dan foto pemohon'
    right = shape_at(tokens, head)
    if right in VERBS:
        return True
    return word in grammar("routine") and (right == NOMINAL or tokens[head].norm.startswith("pe"))


def _has_object(words: list[Token]) -> bool:
    """'siapin alat infus | dan ganti sprei': the last word could name work, but belongs to what was worked on."""
    return len(words) > 2 and shape(words[0].norm) in (ACTIVE, BARE) and words[0].norm not in grammar("attend")


def _counts_both(words: list[Token], tokens: list[Token], i: int) -> bool:
    """'membuat tiga surat cuti dan dua surat tugas'."""
    after = number_at(tokens, i)
    if after is None or after[1] >= len(tokens) or tokens[after[1]].kind != WORD:
        return False
    return len(words) > 2 and number_at(words, 1) is not None


def _is_purpose(words: list[Token]) -> bool:
    """The left side ends in 'untuk <verb> …': what follows 'dan' belongs to that purpose."""
    return any(
        words[i - 1].norm in grammar("purpose") and shape(words[i].norm) in (ACTIVE, BARE, PASSIVE)
        for i in range(len(words) - 1, 0, -1)
    )
