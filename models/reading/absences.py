"""Messages about being away: 'sakit', 'cuti 3 hari mulai besok', 'DL sampai Jumat'."""

import re

from models.reading.tokens import PUNCTUATION, Token

_MINE = r"(?:^|[,.:;!] |\b(?:saya|izin|mohon|maaf|untuk|karena|jadi|bapak|ibu|komandan|ndan|min|hari ini|besok|pagi|siang|sore|malam|lapor|dulu|permisi|pamit|punten|abi|dan) )"
_NOT = r"(?:tidak|belum|absen|gagal)"
_COME = r"(?:masuk|msk|hadir|ngantor|berkantor|kerja|bekerja|apel|piket|datang|mlebet|asup|dines|dinas|jaga|mengajar|ngajar|bertugas|tugas|come|attend|kerjo|karajo)"
_STAYS_AWAY = re.compile(rf"{_MINE}(?:hari ini |besok |bisa |dapat )*{_NOT}(?: (?!ada\b)\w+){{0,2}} {_COME}\b")
_ASKS_LEAVE = re.compile(
    r"\bizin\b(?: (?:bapak|ibu|ndan|saya|hari|ini|besok|mau|untuk|dulu|tidak|,|\.|komandan|siang|pagi|sore|dari|jam|setengah)){0,5} (?:sakit|cuti|absen|libur|istirahat|off|pulang|keluar|tidak masuk|keperluan|menikah|nikah|menjenguk|ngantar|mengantar|antar|nganter|urus|ngurus|mengurus|ke rumah sakit|ke dokter|berobat|kontrol|periksa)\b"
    r"|\b(?:pamit|istirahat dulu|istirahat di rumah|bed rest|bedrest|sick leave|day off|on leave|annual leave|rawat inap|saya opname|masih opname|saya dirawat|izin setengah hari)\b"
    r"|\bsaya (?:mohon )?izin(?: dulu| hari ini| bapak| ibu)*(?: [,.]|$)|\bizin\b.{0,60}\b(?:keluarga|hajatan|kedukaan|melayat|takziah|nikahan|pernikahan|keperluan pribadi|urusan pribadi)\b"
)
_SICK = re.compile(
    r"\b(?:sakit|sakik|skt|demam|damam|meriang|greges|mumet|rieut|muriang|gering|malaria|tipes|tifus|typus|tipus|dbd|vertigo|diare|mencret|muntah|muntaber|flu|influenza|pilek|batuk|asam lambung|maag|mag|migrain|migren|opname|rawat inap|dirawat|"
    r"(?:tidak|kurang|krg) (?:enak|sehat|fit)(?: badan)?|enak badan|masuk angin|pusing|kambuh|igd|ugd|sungkan|gelem|garing|garring|ngelu|gerd|covid|cacar|cacar air|keguguran|sick|unwell|not well|fever|surat dokter|surat sakit|surat keterangan sakit|pemulihan|operasi|nyeri|keseleo|terkilir|alergi|drop|tumbang|lemes|lemas|sesak|asma|hipertensi|panas tinggi|panas|tensi|berobat|ke dokter|periksa ke)\b"
)
_RELATIVES = re.compile(r"\b(?:orang tua|orangtua|ortu|anak|istri|suami|mertua|adik|kakak|keluarga|nenek|kakek|paman|bibi|sodara|saudara|bayi|ayah|mama|papa|mamak|ponakan)\b[\w ]{0,14}$")
_OWN_STATE = re.compile(rf"{_MINE}(?:hari ini |lagi |sedang |masih |agak |kembali |,|ini |td |tadi )*(?:sakit|demam|meriang|kurang enak badan|tidak enak badan|malaria|diare|opname|flu|tipes|vertigo|sick|unwell|muriang|gering|rieut|sakik|garing|panas)\b")
_CUTI = re.compile(
    r"(?:^|[,.:;!] |\b(?:saya|izin|mohon|hari ini|besok|lusa|minggu depan|mulai|masih|sedang|lagi|ambil|mengambil|mengajukan|ajukan|minta|nanti|bapak|ibu|akan|mau|dan|sampai|untuk|pengajuan|on|take|tanggal \d+|\d) )cuti\b(?! pegawai| asn| bersama)|\b(?:annual|sick|maternity) leave\b|\bon leave\b|\btake [\w ]{0,12}leave\b"
)
_CAME = re.compile(r"\b(?:tetap|tetep|masih bisa|tetap bisa) (?:masuk|kerja|bekerja|ngantor|hadir|wfh|mengajar|ngajar|piket)\b|\bwfh\b")
_TRAVEL = re.compile(
    r"\b(?:dl|dinas luar|perjalanan dinas|perjadin|tugas luar|dinas ke|tugas ke|official trip|business trip|duty travel|official travel|luar kota|luar daerah)\b|\b(?:sesuai|berdasarkan) (?:st|spt|sprint|surat tugas)\b"
)
_COURSE = re.compile(r"\b(?:bimtek|diklat|pelatihan|latsar|pim|pkp|pka|kunker|konsultasi|rakor|rakornas|rapat|workshop|seminar|studi|sosialisasi|entry|training|course|bimbingan|kursus|benchmarking|konsinyering|meeting)\b")
_AROUND = r"(?:selamat|pagi|siang|sore|malam|bapak|ibu|maaf|izin|mohon|lapor|melaporkan|info|saya|kami|hari|ini|sedang|lagi|masih|besok|lusa|mulai|sampai|dengan|tanggal|minggu|depan|senin|selasa|rabu|kamis|jumat|sabtu|untuk|sekarang|posisi|ada|komandan|ndan|assalamualaikum|bahwa|status|wr|wb|juga|dan|\d+|[,.:;!/-])"
_OPENS_AWAY = re.compile(rf"^(?:{_AROUND} )*(?:dl|dinas luar|perjalanan dinas|perjadin|tugas luar|dinas ke|tugas ke|sesuai|berdasarkan|ke \w+|di \w+|official|business|on duty|bimtek|diklat|pelatihan|latsar|kunker|mengikuti|ikut|luar kota|luar daerah|on)\b")
_SPAN_SAID = re.compile(r"\b(?:sampai|(?:kembali|pulang|balik) (?:hari )?(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|besok|lusa|tanggal)|hingga|selama|\d+ hari|dua hari|tiga hari|empat hari|lima hari|seminggu)\b")


def words_of(tokens: list[Token]) -> str:
    """The message as normal words between single blanks: what the rules below look at."""
    return " ".join(t.norm if t.kind != PUNCTUATION else t.norm[0] for t in tokens)


def kind_of(words: str) -> tuple[str, int] | None:
    """leave, sick or duty_travel, and the place where that is said; None when nobody says they are away."""
    if _CAME.search(words):
        return None
    away = _STAYS_AWAY.search(words) or _ASKS_LEAVE.search(words)
    own = _OWN_STATE.search(words)
    sick = _SICK.search(words)
    cuti = _CUTI.search(words)
    travel = _travel(words)
    if travel is not None:
        return "duty_travel", travel
    if sick and not cuti and (away or own) and not _RELATIVES.search(words[: sick.start()]):
        return "sick", min(m.start() for m in (away, own, sick) if m)
    if cuti or away:
        return "leave", (cuti or away).start()  # type: ignore[union-attr]
    return None


def _travel(words: str) -> int | None:
    opens = _OPENS_AWAY.match(words)
    if opens is None:
        return None
    travel, course = _TRAVEL.search(words), _COURSE.search(words)
    if travel and travel.start() < opens.end() + 12:
        return travel.start()
    if course and _SPAN_SAID.search(words) and re.search(r"\b(?:di|ke) \w+", words) and not re.search(r"\b(?:jam|pukul)\b", words):
        return course.start()
    return None
