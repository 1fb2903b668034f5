"""What a reply is for, when its activities are known: a report, an absence, a plan, a question, or talk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.reading import absences
from models.reading.lexicon import grammar
from models.reading.morphology import shape
from models.reading.tokens import NUMBER, WORD, Token, tokenize
from models.reading.work import Work

AWAY = (absences.LEAVE, absences.SICK, absences.DUTY_TRAVEL)
WITH_WORK = ("report", "edit")

_LONGEST_NOTE = 300  # characters; whoever writes more is reporting
_LONGEST_TALK = 25  # words
_NO_REPORT = re.compile(
    r"\bnihil\b|\b(?:tidak|belum|tiada|tanpa)(?: ada| banyak)? "
    r"(?:kegiatan|aktivitas|kerjaan|pekerjaan|activity|activities|laporan|gawean)\b"
)
_NIHIL = re.compile(r"(?:\w+ ){0,3}nihil\b")
_WISH = re.compile(r"selamat (?!pagi|siang|sore|malam)(?:\w+ ?){1,6}$")
_LATER = re.compile(
    r"\b(?:nanti|besok|menyusul|nyusul|sebentar|bentar)\b.{0,30}\b(?:lapor\w*|kirim\w*|laporan\w*|isi|susul\w*|infokan|kabari|input)\b"
    r"|\blaporan(?:nya)? (?:menyusul|nyusul|besok|nanti)\b"
)
_EMOTICONS = " \n🙏😁😅🙂😊.)"
_KEYBOARD_ROWS = re.compile(r"[^aiueoy\W]{5,}|(.)\1{3,}|asd|qwe|zxc|jkl|hjk|fgh|dfg")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The intent; for short messages also their tokens and normal words, in which absences tell their dates."""

    intent: str
    tokens: list[Token] = field(default_factory=list)
    words: str = ""


def decide(text: str, works: Sequence[Work], *, corrects: bool, ahead: bool) -> Verdict:
    """``corrects``: it calls itself a correction; ``ahead``: it announces work for later."""
    if corrects and (works or "ralat" in text.lower()):
        return Verdict("edit")
    if len(text) > _LONGEST_NOTE:
        return Verdict(_of_words(text, [], "", works, ahead))
    tokens = tokenize(text.replace("\n", " . "))
    words = absences.words_of(tokens)
    return Verdict(_of_words(text, tokens, words, works, ahead), tokens, words)


def _of_words(text: str, tokens: list[Token], words: str, works: Sequence[Work], ahead: bool) -> str:
    if not any(c.isalnum() for c in text) or (tokens and _is_talk(tokens)) or is_mash(text):
        return "chat"
    away = absences.kind_of(words) if words else None
    if away and not _told_before(works, words[: away[1]]):
        return away[0]
    if _is_question(text, tokens, works):
        return "question"
    if _NIHIL.match(words) or _WISH.match(words):
        return "chat"
    if works and not (words and _is_small_talk(words, works)):
        return "report"
    if _NO_REPORT.search(words) or _LATER.search(words):
        return "chat"
    return "plan" if ahead else "chat"


def _is_talk(tokens: list[Token]) -> bool:
    """Nothing but greetings, thanks and nods."""
    talk = grammar("talk")
    if len(tokens) > _LONGEST_TALK or any(t.kind == NUMBER and t.norm != "86" for t in tokens):
        return False
    return all(t.kind != WORD or t.norm in talk or t.raw in talk or "/" in t.norm for t in tokens)


def _told_before(works: Sequence[Work], text: str) -> bool:
    """Whether the text tells work: then a question or an absence after it is an aside."""
    return any(shape(work.first) is not None and work.first in text for work in works)


def _is_question(text: str, tokens: list[Token], works: Sequence[Work]) -> bool:
    bare = text.rstrip(_EMOTICONS)
    last = re.split(r"[.!\n?]\s+", bare)[-1].lower()
    if not bare.endswith("?") and not (tokens and _asks(re.findall(r"\w+", last))):
        return False
    return not _told_before(works, text[: max(0, len(bare) - len(last) - 1)].lower())


def _asks(words: list[str]) -> bool:
    """Whether a sentence without a question mark is a question."""
    if not words:
        return False
    interrogative = grammar("interrogatives")
    opens = words[1:2] if words[0] in ("jam", "tanggal", "hari", "target") else words[:1]
    if (
        any(w in interrogative for w in opens)
        or words[0] in grammar("plain questions")
        or any(w in grammar("asks") for w in words[:4])
    ):
        return True
    if any(w in interrogative for w in words[-3:]):
        return True
    tags = grammar("question tags")
    if words[-1] in tags and any(w in grammar("can it") for w in words):
        return True
    if words[-1] in grammar("question ends") and words[-2:-1] and words[-2] in tags:
        return True
    return words[-1] in grammar("question ends") and any(w in interrogative for w in words)


def _is_small_talk(words: str, works: Sequence[Work]) -> bool:
    """'sudah saya kirim tadi', 'maaf baru buka hp, nanti saya laporkan'."""
    if len(works) > 1:
        return False
    told = works[0].text.lower().split()
    if works[0].quantity is None and works[0].code is None and len(told) <= 2 and told[0] in grammar("own report"):
        return True
    excuses = any(f" {phrase.replace('_', ' ')} " in f" {words} " for phrase in grammar("excuses"))
    return excuses and _LATER.search(words) is not None


def is_mash(text: str) -> bool:
    """Keys struck at random."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not 0 < len(words) <= 3:
        return False
    return all(
        len(w) > 3 and shape(w) is None and (_KEYBOARD_ROWS.search(w) or not set(w) & set("aiueo")) for w in words
    )
