"""What a reply is for, when its activities are known: a report, an absence, a plan, a question, or talk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.reading import absences
from models.reading.lexicon import grammar
from models.reading.morphology import shape
from models.reading.small_talk import NO_REPORT, comes_later, is_mash, is_small_talk, is_sticker, is_talk
from models.reading.tokens import Token, tokenize
from models.reading.work import Work

AWAY = (absences.LEAVE, absences.SICK, absences.DUTY_TRAVEL)
WITH_WORK = ("report", "edit")

_LONGEST_NOTE = 300  # characters; whoever writes more is reporting
_NIHIL = re.compile(r"(?:\w+ ){0,3}nihil\b")
_WISH = re.compile(r"selamat (?!pagi|siang|sore|malam)(?:\w+ ?){1,12}$")
_THERE = re.compile(r"[,.:;].{0,25}?\b(?:hari ini|tadi|sudah|telah) (.*)$")
_MISSED = re.compile(r"\b(?:tidak|belum) (?:\w+ ){0,2}(?:apel|senam|upacara|rapat|piket|briefing|ikut)\b")
_INSTEAD = re.compile(r"\b(?:tidak|belum) .*?\b(?:hanya|jadi) (.*)$")
"""'tidak mengajar, siswa libur, hanya menyusun modul': what was done instead."""
_WHETHER = re.compile(r"\bsudah (?:\w+ ){0,2}belum\b(?! (?:sempat|bisa|ada|selesai|jadi)\b)")
_ASKED = re.compile(
    r"\b(?:me|di)?(?:nanya|tanya)(?:in|kan|i)?\b|\bcek\b|\bngecek\b"
)  # 'nelpon warga nanya sudah dapat belum'
_EMOTICONS = " \n🙏😁😅🙂😊.)"


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
    if not any(c.isalnum() for c in text) or is_sticker(text) or (tokens and is_talk(tokens)) or is_mash(text):
        return "chat"
    away = absences.kind_of(words) if words else None
    if away and _MISSED.search(words) and any(shape(work.first) or " ke " in f" {work.text}" for work in works):
        away = None
    if away and away[0] == absences.LEAVE and (instead := _INSTEAD.search(words, away[1])):
        away = None if _told_before(works, instead[1]) else away
    if away and not _told_before(works, words[: away[1]]) and not _told_on_travel(works, *away, words):
        return away[0]
    if _is_question(text, words, works):
        return "question"
    if _NIHIL.match(words) or _WISH.match(words):
        return "chat"
    if works and not (words and is_small_talk(words, tokens, works)):
        return "report"
    if NO_REPORT.search(words) or comes_later(words):
        return "chat"
    return "plan" if ahead else "chat"


def _told_before(works: Sequence[Work], text: str) -> bool:
    """Whether the text tells work: then a question or an absence after it is an aside."""
    return any(shape(work.first) is not None and work.first in text for work in works)


def _told_on_travel(works: Sequence[Work], kind: str, place: int, words: str) -> bool:
    """'Perjalanan dinas ke Magelang, hari ini kunjungan ke TPST': away, and what was done there."""
    rest = _THERE.search(words, place) if kind == absences.DUTY_TRAVEL else None
    return rest is not None and _told_before(works, rest[1])


def _is_question(text: str, words: str, works: Sequence[Work]) -> bool:
    bare = text.rstrip(_EMOTICONS)
    whether = _WHETHER.search(words)
    if whether and not works[1:] and not _ASKED.search(words[: whether.start()]):
        return True
    last = re.split(r"[.!\n?]\s+", bare)[-1].lower()
    if not bare.endswith("?") and not (words and _asks(re.findall(r"\w+", last))):
        return False
    return not _told_before(works, text[: max(0, len(bare) - len(last) - 1)].lower())


def _asks_somebody(words: list[str]) -> bool:
    """'nanya data stok ke gudang' is work; 'mau nanya' and 'tanya ke siapa' are not."""
    if words[1:2] == ["jawab"]:
        return True  # 'tanya jawab dengan petani'
    return words[0] in grammar("asks") and "ke" in words[2:-1] and not grammar("interrogatives").intersection(words)


def _asks(words: list[str]) -> bool:
    """Whether a sentence without a question mark is a question."""
    if not words:
        return False
    polite = next((i for i, word in enumerate(words) if word not in grammar("greetings")), 0)
    words = words[polite:]  # 'pak apakah rapat dihitung'
    interrogative = grammar("interrogatives")
    opens = words[1:2] if words[0] in ("jam", "tanggal", "hari", "target") else words[:1]
    asks = grammar("asks").intersection(words[:4]) and not _asks_somebody(words)
    if any(w in interrogative for w in opens) or words[0] in grammar("plain questions") or asks:
        return True
    if any(w in interrogative for w in words[-3:]):
        return True
    tags = grammar("question tags")
    asked = words
    while asked[1:] and asked[-1] in grammar("question ends") - tags:
        asked = asked[:-1]
    if asked is not words and asked[-1] in tags and len(asked) > 2:
        return True  # 'lembur dilaporkan juga ga ya min'
    if words[-1] in tags and any(w in grammar("can it") for w in words):
        return True
    if words[-1] in grammar("question ends") and words[-2:-1] and words[-2] in tags:
        return True
    return words[-1] in grammar("question ends") and any(w in interrogative for w in words)
