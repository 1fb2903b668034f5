"""Corrections: 'ralat: bukan 25 tapi 52 berkas', 'salah ketik, harusnya jam 9'."""

import re

_POLITE = r"^\W*(?:(?:maaf|mohon maaf|mohon|izin|ijin|pak|bu|bapak|ibu|min|ndan|sore|pagi|siang|malam|selamat)[\s,.]+)*"
_NAMES = r"koreksi|revisi|perbaikan|correction|perubahan|pembetulan|edit|update"
_ABOUT = r"(?:laporan|lap|untuk|utk)?\s*(?:(?:yang|yg|saya|sy|kegiatan|hari ini|di atas)\s+)*(?:tadi|td|kemarin|kmrn|sebelumnya|barusan|pertama|:|di atas|saya)"
_SAYS_SO = re.compile(
    _POLITE + rf"(?:(?:eh|waduh|aduh|sorry)\W+salah\b|salah\s*[,:;]|(?:ada |mau |me)?ralat|(?:{_NAMES})\s*(?::|-\s|{_ABOUT}\b|{_ABOUT}:)|salah (?:ketik|tulis|input|kirim|isi|sebut)\b|typo\b"
    r"|(?:yang|yg) (?:tadi|td) (?:salah|bukan|keliru|harusnya|seharusnya)|(?:laporan|lap|jam|jumlah)(?:nya)? (?:yang |yg )?(?:tadi|td) (?:salah|keliru|harusnya)|maksud(?:nya| saya| sy)\b|(?:se)?harusnya\b)"
    r"|\b(?:mau|mohon|ingin|tolong|minta|izin|ijin) (?:me)?ralat\b|\bada ralat\b|\bsalah (?:ketik|tulis)\b|\bcorrection\b:",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    _POLITE + rf"(?:(?:ada|mau|ingin)\s+)?(?:(?:eh|waduh|aduh|sorry)\W+)?(?:me)?(?:salah(?=\s*[,:;])|ralat(?:nya)?|{_NAMES}|salah (?:ketik|tulis|input|kirim|isi|sebut)|typo|maksud(?:nya| saya| sy))?"
    r"(?:[\s,]+(?:laporan|lap|laporannya|untuk|utk|yg|yang|tadi|td|sebelumnya|barusan|saya|sy|pak|bu|min|kegiatan|di atas|salah ketik|salah|keliru|(?:se)?harusnya|yg benar|yang benar))*\s*[:,.-]*\s*",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"(?:\bbukan|\bbkn|\bnot)\s+((?:(?!\b(?:tapi|tetapi|melainkan|but)\b)(?:[^,.;\n]|\.(?=\d)))+?)[\s,]*\b(?:tapi|tetapi|melainkan|but|yg benar|yang benar)\s+",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"[\s,(]*\b(?:bukan|bkn|not)\s+(?:[^,.;\n)]|\.(?=\d))+\)?", re.IGNORECASE)
_RIGHT_IS = re.compile(r"^[^\n]*?\b(?:(?:se)?harusnya|yang benar|yg benar|should be)\s*(?:adalah|itu|:)?\s*", re.IGNORECASE)


def is_correction(text: str) -> bool:
    return bool(_SAYS_SO.search(text[:200]))


def corrected(text: str) -> str:
    """The text without its preamble and without what was wrong: 'bukan 25 tapi 52 berkas' → '52 berkas'."""
    text = _PREAMBLE.sub("", text, count=1)
    but = _BUT.search(text)
    if but is None:
        shorter = _RIGHT_IS.sub("", text, count=1)
        return _NOT_THIS.sub("", shorter if shorter.strip() else text)
    before, right = text[: but.start()].strip(" ,:"), text[but.end() :]
    right, comma, rest = right.partition(",")
    return f"{rest.strip()} {right.strip()}" if comma and rest.strip() else f"{before} {right.strip()}".strip()
