"""Talk that looks like work because it holds words: feelings, nods, waiting, stickers, keys struck at random."""

import re
from collections.abc import Sequence

from models.reading.lexicon import grammar
from models.reading.morphology import shape
from models.reading.pieces import ACTIONS
from models.reading.tokens import NUMBER, WORD, Token, tokenize
from models.reading.work import Work

NO_REPORT = re.compile(
    r"\bnihil\b|\b(?:tidak|belum|tiada|tanpa)(?: (?:ada|banyak|punya|dapat))? "
    r"(?:kegiatan|aktivitas|kerjaan|pekerjaan|activity|activities|laporan|gawean|tugas|giat|agenda|perintah|arahan|disposisi)\b"
    r"|\bnothing\b|\b(?:no|nomor) (?:kegiatan|laporan|activit(?:y|ies)|reports?|tasks?|work)\b"
)
_LATER = re.compile(
    r"\b(?:nanti|besok|menyusul|nyusul|sebentar|bentar)\b.{0,30}\b(?:lapor\w*|laporan\w*|susul\w*|infokan|kabari"
    r"|(?:kirim\w*|isi|input)(?= (?:saja|ya|lagi|dulu|bapak|ibu|kakak|admin"
    r"|foto\w*|bukti\w*|laporan\w*|kegiatan\w*|data(?:nya)?$)| ?[.,!?]|$))"
    r"|\blaporan(?:nya)? (?:menyusul|nyusul|besok|nanti)\b"
    r"|^(?:ok|oke|siap|iya|baik|ya)\b.{0,15}\b(?:nanti|besok|sebentar|bentar)\b.{0,25}$"
    r"|\b(?:nanti|sebentar|bentar)(?: dulu)?(?: (?:ya|bapak|ibu|admin|kakak))*$"
)
_SIGNS_OF_LATER = ("nanti", "besok", "nyusul", "bentar")
_STICKER = re.compile(r"\W*(?:stiker|sticker|gif|emoji|voice note|vn)\b\W*[:\]]", re.IGNORECASE)
_TESTING = re.compile(r"(?:(?:tes|test|testing|coba|cek)[ .,!]*)+(?:[\d .,!]*)")
_KEYBOARD_ROWS = re.compile(r"[^aiueoy\W]{5,}|(.)\1{3,}|asd|qwe|zxc|jkl|hjk|fgh|dfg")
_LAUGHTER = re.compile(r"(?:w?[aiueo]?[hkx][aiueo]?){3,}|(?:wk)+w?")
_ITSELF = frozenset(("laporan", "laporannya", "lapor", "sekarang", "tadi", "dulu", "ini", "ya", "sudah", "saya"))
"""What is sent when somebody only speaks of reporting: 'sudah upload laporan', unlike 'sudah upload dokumen'."""
_LONGEST_TALK = 25  # words
_LONGEST_SIGH = 12


def comes_later(words: str) -> bool:
    """'nanti saya laporkan', 'laporannya menyusul'."""
    return any(sign in words for sign in _SIGNS_OF_LATER) and _LATER.search(words) is not None


def is_talk(tokens: list[Token]) -> bool:
    """Nothing but greetings, thanks and nods."""
    talk = grammar("talk")
    if _TESTING.fullmatch(" ".join(t.raw for t in tokens)):
        return True
    if len(tokens) > _LONGEST_TALK or any(t.kind == NUMBER and t.norm != "86" for t in tokens):
        return False
    return all(t.kind != WORD or t.norm in talk or t.raw in talk or "/" in t.norm for t in tokens)


def is_small_talk(words: str, tokens: list[Token], works: Sequence[Work]) -> bool:
    """'sudah saya kirim tadi', 'maaf baru buka hp, nanti saya laporkan', 'standby, belum ada tugas'."""
    if any(work.quantity is not None or work.code is not None or work.clock for work in works):
        return False
    if NO_REPORT.search(words) and all(_is_idle(work) or shape(work.first) is None for work in works):
        return True
    if comes_later(words) and all(_is_short(work) for work in works):
        return True
    if _is_sigh(tokens) or len(works) > 1:
        return len(works) <= 2 and _is_sigh(tokens)
    told = works[0].text.lower().split()
    entry = len(words.split()) == 2  # 'upload laporan' without 'sudah', 'tadi' or 'pak' is how a log says it
    if told[0] in grammar("own report") and (len(told) == 1 or not entry) and _ITSELF.issuperset(told[1:]):
        return True
    excuses = any(f" {phrase.replace('_', ' ')} " in f" {words} " for phrase in grammar("excuses"))
    return excuses and comes_later(words)


def _is_idle(work: Work) -> bool:
    """'standby di kantor': nothing but being there."""
    words = [t.norm for t in tokenize(work.text) if t.kind == WORD]
    return "nihil" in words or all(word in grammar("idle") for word in words)


def _is_short(work: Work) -> bool:
    told = work.text.lower().split()
    own = told[0] in grammar("own report") or told[0].startswith("lapor")
    return len(told) <= 2 and (own or shape(work.first) is None or len(told) == 1)


def _is_sigh(tokens: list[Token]) -> bool:
    """Feelings, wishes or words about this very bot, and no work beside reporting itself."""
    words = [t for t in tokens if t.kind == WORD]
    if len(words) > _LONGEST_SIGH:
        return False
    feels = any(t.norm in grammar("feelings") or t.raw in grammar("feelings") for t in words)
    about = any(t.norm in grammar("the bot") for t in words)
    if not feels and (not about or (len(words) == 2 and shape(words[0].norm) in ACTIONS)):
        return False  # 'upload aplikasi' is work
    moods = grammar("feelings")
    after = [t.norm for t in words[1:]] + [""]
    deeds = [t.norm for t, then in zip(words, after, strict=True) if shape(t.norm) in ACTIONS and then not in moods]
    deeds = [deed for deed in deeds if deed not in moods]
    return all(deed in grammar("own report") for deed in deeds)


def is_sticker(text: str) -> bool:
    return _STICKER.match(text) is not None


def is_mash(text: str) -> bool:
    """Keys struck at random."""
    words = re.findall(r"[^\W_]+", text.lower())
    if not 0 < len(words) <= 3 or any(not w.isalpha() for w in words):
        return False
    if all(len(w) == 1 for w in words):
        return True
    if all(_LAUGHTER.fullmatch(w) for w in words):
        return True
    at_random = [_KEYBOARD_ROWS.search(w) or (len(w) > 3 and not set(w) & set("aiueo")) for w in words]
    return all(at_random) and max(map(len, words)) > 3 and all(shape(w) is None for w in words)
