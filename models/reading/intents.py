"""What a reply is for, when its activities are known: a report, an absence, a plan, a question, or talk."""

import re
from collections.abc import Sequence

from models.reading import absences
from models.reading.lexicon import grammar
from models.reading.morphology import shape
from models.reading.tokens import WORD, Token, tokenize
from models.reading.work import Work

_LONGEST_NOTE = 300  # characters; whoever writes more is reporting
_INTERROGATIVE = frozenset("apakah gimana gmn bagaimana bgmn kenapa knp mengapa kapan berapa brp siapa dimana mana apa how what when why who where which pripun piye kumaha baa pigimana bisakah bolehkah kok".split())
_ASKS_SOFTLY = frozenset("ya yaa yah sih dong kah kan nggih bu pak bapak ibu min gak ga tidak belum kak admin ndan mas mbak yak".split())
_NO_REPORT = re.compile(r"\bnihil\b|\b(?:tidak|belum|tiada|tanpa)(?: ada| aya| ono| banyak)? (?:kegiatan|aktivitas|kerjaan|pekerjaan|activity|activities|laporan|gawean)\b")
_LATER = re.compile(r"\b(?:nanti|besok|menyusul|nyusul|sebentar|bentar)\b.{0,30}\b(?:lapor\w*|kirim\w*|laporan\w*|isi|susul\w*|infokan|kabari|input)\b|\blaporan(?:nya)? (?:menyusul|nyusul|besok|nanti)\b")
_EXCUSE = re.compile(r"\b(?:maaf|baru|sinyal|lupa|ketiduran|hp|sebentar|bentar|otw|di jalan|telat|terlambat)\b")
_OWN_REPORT = frozenset("kirim ngirim dikirim lapor isi ngisi share setor submit upload".split())


def decide(text: str, works: Sequence[Work], *, ahead: bool) -> tuple[str, list[Token], str]:
    """The intent, with the message's tokens and normal words when they were needed (for absences)."""
    short = len(text) <= _LONGEST_NOTE
    tokens = tokenize(text.replace("\n", " . ")) if short else []
    words = absences.words_of(tokens)
    if not any(c.isalnum() for c in text) or (short and _is_talk(tokens)) or is_mash(text):
        return "chat", tokens, words
    if short and (away := absences.kind_of(words)) and not _worked_before(words, away[1], works):
        return away[0], tokens, words
    if _is_question(text, tokens, works):
        return "question", tokens, words
    if re.match(r"(?:\w+ ){0,3}nihil\b", words):
        return "chat", tokens, words
    if works and not (short and _is_small_talk(words, works)):
        return "report", tokens, words
    if _NO_REPORT.search(words) or _LATER.search(words):
        return "chat", tokens, words
    return ("plan" if ahead else "chat"), tokens, words


def _is_talk(tokens: list[Token]) -> bool:
    """Nothing but greetings, thanks and nods."""
    talk = grammar("talk")
    return all(t.kind != WORD or t.norm in talk or t.value in talk or "/" in t.norm for t in tokens) and len(tokens) < 25 and not any(t.kind == "n" and t.norm != "86" for t in tokens)


def _worked_before(words: str, place: int, works: Sequence[Work]) -> bool:
    """Whether work is told before the absence: then the absence is an aside."""
    head = words[:place]
    return any(_is_work(work) and work.first and work.first in head for work in works)


def _is_work(work: Work) -> bool:
    return shape(work.first) is not None


def _is_question(text: str, tokens: list[Token], works: Sequence[Work]) -> bool:
    bare = text.rstrip(" \n🙏😁😅🙂😊.)").rstrip()
    last = re.split(r"[.!\n?]\s+", bare)[-1].lower()
    asks = bare.endswith("?")
    if not asks and tokens:
        end = [t for t in tokens if t.kind == WORD][-3:]
        words = re.findall(r"\w+", last)
        asks = any(w in _INTERROGATIVE for w in words[-3:]) or "tanya" in words[:4] or "nanya" in words[:4] or "bertanya" in words[:4] or any(w in _INTERROGATIVE for w in words) and (bool(end) and end[-1].norm in _ASKS_SOFTLY or words[0] in _INTERROGATIVE)
        asks = asks or bool(re.match(r"(?:apakah|gimana|bagaimana|pripun|piye|kumaha|bolehkah|bisakah)\b", last))
    if not asks:
        return False
    before = text[: max(0, len(bare) - len(last) - 1)].lower()
    return not any(_is_work(work) and work.first in before for work in works)


def _is_small_talk(words: str, works: Sequence[Work]) -> bool:
    """'sudah saya kirim tadi', 'maaf baru buka hp, nanti saya laporkan'."""
    if len(works) > 1:
        return False
    content = works[0].text.lower().split()
    if works[0].quantity is None and len(content) <= 2 and content[0] in _OWN_REPORT:
        return True
    return bool(_LATER.search(words) and _EXCUSE.search(words))


def is_mash(text: str) -> bool:
    """Keys struck at random."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words or len(words) > 3:
        return False
    return all(len(w) > 3 and shape(w) is None and (not re.search("[aiueo]", w) or re.search(r"[^aiueoy\W]{5,}|(.)\1{3,}|asd|qwe|zxc|jkl|hjk|fgh|dfg", w)) for w in words)
