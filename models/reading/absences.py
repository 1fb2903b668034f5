"""Messages about being away: 'sakit', 'cuti 3 hari mulai besok', 'DL sampai Jumat'.

The rules look at the message as normal words between single blanks (`words_of`).
"""

import re
from functools import cache

from models.reading.lexicon import grammar
from models.reading.tokens import PUNCTUATION, Token

_WORD = re.compile(r"\w+")

LEAVE, SICK, DUTY_TRAVEL = "leave", "sick", "duty_travel"

_SIGNS = {
    "stays away": "tidak belum absen gagal can cannot",
    "asks leave": "izin pamit istirahat bed bedrest leave off inap opname dirawat {family events}",
    "sick": "{illness}",
    "leave": "cuti off leave",
}
"""Without one of these words a pattern is not even tried."""
# what may stand before 'tidak masuk' when it is said of oneself
_MINE = r"""(?:^ | [,.:;!]\  | \b(?:saya|izin|mohon|maaf|untuk|karena|jadi|bapak|ibu|komandan|ndan|min|hari\ ini|besok
    |pagi|siang|sore|malam|lapor|dulu|permisi|pamit|punten|abi|dan|i'm|am|feel|feeling)\ )"""
_PATTERNS = {
    "stays away": _MINE
    + r"""(?:hari\ ini\ |besok\ |bisa\ |dapat\ )* (?:tidak|belum|absen|gagal|can't|cannot)
        (?:\ (?!ada\b)\w+){0,2}\ {come}\b""",
    "asks leave": r"""
        \bizin\b (?:\ (?:bapak|ibu|ndan|komandan|saya|hari|ini|besok|mau|untuk|dulu|ya|sebentar|kakak|admin|tidak
            |siang|pagi|sore|dari|jam
            |[,.])){0,5} \ {away phrases}\b
        | \b(?:saya|hari\ ini|besok)\ (?:mohon\ )?izin(?:\ dulu|\ hari\ ini|\ bapak|\ ibu)*\ ?(?:[,.]|$)
        | \bizin\b.{0,60}\b{family matters}\b
        | (?:\bizin\b.{0,40})? \b(?:{relatives}|bapak|ibu)\ (?:(?!saya)\w+\ ){0,2}{family events}\b
        | \b(?:pamit|istirahat\ dulu|istirahat\ di\ rumah|bed\ ?rest|sick\ leave|day\ off|on\ leave|annual\ leave
            |rawat\ inap|(?:saya|masih|lagi|sedang)\ (?:opname|dirawat))\b
        | \bizin\b.{0,60}\b{family events}\ {relatives}\b""",
    "sick": r"\b{illness}\b",
    "is sick": _MINE
    + r"""(?:hari\ ini\ |lagi\ |sedang\ |masih\ |agak\ |kembali\ |positif\ |,|ini\ |tadi\ )*
        (?:sakit|sakik|demam|meriang|(?:kurang|tidak)\ enak\ badan|malaria|diare
        |opname(?=$|\ [,.]|\ karena|\ di\ (?:rs|rumah|puskesmas|klinik)) |flu|tipes|vertigo|sick|unwell
        |isoman|covid|mencret\w*|udur|mual|masuk\ angin|pusing|dbd
            |muriang|gering|rieut|garing|panas)\b""",
    "of relatives": r"\b{relatives}\b[\w\ ]{0,14}$",
    "came": r"""
        \b(?:(?:tetap|tetep|masih\ bisa)\ (?:bisa\ )?(?:masuk|kerja|bekerja|ngantor|hadir|mengajar|ngajar|piket)
            |wfh)\b""",
    "presence": r"""(?:dl|perjalanan\ dinas|perjadin|dinas\ luar|tugas\ luar|sppd|kerja|bekerja|bertugas|masuk|ngantor)
        \ (?:ke|di)\ (?:\w+\ ?){1,3}""",
    "overview": r"""
        (?:melaksanakan|melakukan|menjalankan|memberikan)\ (?:pelayanan|tugas|pekerjaan|layanan)(?:\ \w+){0,3}""",
    "outage": r"""
        \b(?:listrik|lampu|pln|internet|jaringan|wifi|server|sinyal|komputer|laptop|aplikasi|sistem)\ (?:\w+\ )?
        (?:mati|padam|down|lemot|error|rusak|gangguan|hilang|putus|putus-putus)\b""",
    "leave": r"""
        (?:^ | [,.:;!]\  | \b(?:saya|izin|mohon|hari\ ini|besok|lusa|minggu\ depan|mulai|masih|sedang|lagi|ambil
            |mengambil|mengajukan|ajukan|minta|nanti|bapak|ibu|akan|mau|dan|sampai
            |senin|selasa|rabu|kamis|jumat|untuk|pengajuan|on|take|tanggal\ \d+
            |\d)\ ) cuti\b(?!\ pegawai|\ asn|\ bersama)
        | \b(?:hari\ ini|besok|saya|^)\ ?off\b
        | \b(?:annual|sick|maternity)\ leave\b | \b(?:on|take)\b[\w\ ]{0,12}\ leave\b""",
    "travel": r"\b{travel}\b | \b(?:sesuai|berdasarkan)\ (?:st|spt|sprint|surat\ tugas)\b",
    "course": r"\b{courses}\b",
    "opens away": r"""
        ^(?:(?:otw|menuju|berangkat)\ (?:ke\ )?\w+\ (?:,\ )?)?(?:(?:{around travel}|\d+|[,.:;!/-])\ )*
        (?:{travel}|sesuai|berdasarkan|(?:ke|di)\ \w+|{courses}|mengikuti|ikut|official
            |business|on)\b""",
    "says how long": r"""
        \b(?:sampai|selama|seminggu|(?:\d+|dua|tiga|empat|lima)\ hari|(?:kembali|pulang|balik)\ (?:hari\ )?
            (?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|besok|lusa|tanggal))\b""",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A pattern with each {section} of the grammar's words as alternatives."""
    return re.compile(re.sub(r"\{([a-z ]+)\}", lambda match: _any(match[1]), _PATTERNS[name]), re.VERBOSE)


def _any(section: str) -> str:
    return "(?:" + "|".join(re.escape(phrase).replace("_", "\\ ") for phrase in sorted(grammar(section))) + ")"


def words_of(tokens: list[Token]) -> str:
    return " ".join(t.norm[0] if t.kind == PUNCTUATION else t.norm for t in tokens)


def kind_of(words: str) -> tuple[str, int] | None:
    """LEAVE, SICK or DUTY_TRAVEL, and the place where that is said; None when nobody says they are away."""
    found = _found(words)
    if found is None or _pattern("came").search(words) or _pattern("outage").search(words):
        return None
    return found


def _found(words: str) -> tuple[str, int] | None:
    travel = _travel(words)
    if travel is not None:
        return DUTY_TRAVEL, travel
    said = frozenset(_WORD.findall(words))
    away = _search("stays away", words, said) or _search("asks leave", words, said)
    leave = _search("leave", words, said)
    sick = _search("sick", words, said) if leave is None else None
    if sick and not _pattern("of relatives").search(words[: sick.start()]):
        is_sick = _pattern("is sick").search(words)
        if away or is_sick:
            return SICK, min(match.start() for match in (away, is_sick, sick) if match)
    found = leave or away
    return (LEAVE, found.start()) if found else None


def _search(name: str, words: str, said: frozenset[str]) -> re.Match[str] | None:
    return None if said.isdisjoint(_signs(name)) else _pattern(name).search(words)


@cache
def _signs(name: str) -> frozenset[str]:
    """The signs of a pattern; of a phrase in the grammar its longest word."""
    phrases = re.sub(r"\{([a-z ]+)\}", lambda match: " ".join(grammar(match[1])), _SIGNS[name]).split()
    return frozenset(max(_WORD.findall(phrase.replace("_", " ")), key=len) for phrase in phrases)


def is_presence(description: str) -> bool:
    """'Perjalanan dinas ke Magelang', 'kerja di bagian umum': where somebody was, not what was done there."""
    return _pattern("presence").fullmatch(description.lower()) is not None


def is_overview(description: str) -> bool:
    """'Melaksanakan pelayanan kesehatan': a sentence that sums up those after it."""
    return _pattern("overview").fullmatch(description.lower()) is not None


def _travel(words: str) -> int | None:
    opens = _pattern("opens away").match(words)
    if opens is None:
        return None
    travel, course = _pattern("travel").search(words), _pattern("course").search(words)
    if travel and travel.start() < opens.end() + 12:
        return travel.start()
    timed = re.search(r"\b(?:jam|pukul|menit|mnt|minutes?|hours?)\b", words)
    if course and not timed and re.search(r"\b(?:di|ke) \w+", words) and _pattern("says how long").search(words):
        return 0
    return None
