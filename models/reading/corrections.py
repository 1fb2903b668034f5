"""Corrections: 'ralat: bukan 25 tapi 52 berkas', 'salah ketik, harusnya jam 9'."""

import re

_PARTS = {
    "polite": r"(?:(?:maaf|mohon|izin|ijin|pak|bu|bapak|ibu|min|ndan|sore|pagi|siang|malam|selamat)[\s,.]+)*",
    "called": r"(?:pak|bu|bapak|ibu|min|kak|ndan)",
    "oops": r"(?:(?:eh|waduh|aduh|sorry)\W+)",
    "names": r"(?:koreksi|revisi|perbaikan|correction|perubahan|pembetulan|edit|update)",
    "wrong": r"(?:salah\ (?:ketik|tulis|input|kirim|isi|sebut))",
    "should": r"(?:(?:se)?harusnya)",
    "meant": r"(?:maksud(?:nya|\ saya|\ sy))",
    "that one": r"""(?:(?:laporan|lap|untuk|utk)?\s*(?:(?:yang|yg|saya|sy|kegiatan|hari\ ini|di\ atas)\s+)*
        (?:tadi|td|kemarin|kmrn|sebelumnya|barusan|pertama|di\ atas|saya|:))""",
    "text": r"(?:[^,.;\n)]|\.(?=\d))",  # a sentence ends at a full stop, but 13.00 does not
    "not": r"(?:\b(?:bukan|bkn|not)\s+)",
    "but": r"(?:\b(?:tapi|tetapi|melainkan|but|yang\ benar|yg\ benar)\b)",
}


def _compile(pattern: str) -> re.Pattern[str]:
    for name, part in _PARTS.items():
        pattern = pattern.replace("{" + name + "}", part)
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_SAYS_SO = _compile(r"""
    ^\W*{polite}(?:{oops}salah\b | salah\s*[,:;] | (?:ada\ |mau\ |me)?ralat
        | {names}\s*(?::|-\s|,|{called}\s*[,:]|{that one})
        | {wrong}\b | typo\b
        | (?:(?:laporan|lap|jam|jumlah)(?:nya)?\ )?(?:yang\ |yg\ )?(?:tadi|td)\ (?:salah|bukan|keliru|{should})
        | {meant}\b | {should}\b | (?:yang|yg)\ benar\b)
    | \b(?:mau|mohon|ingin|tolong|minta|izin|ijin)\ (?:me)?ralat\b | \bada\ ralat\b
    | \bsalah\ (?:ketik|tulis)\b | \bcorrection:
""")
_SIGNS = (
    *("salah", "ralat", "koreksi", "revisi", "perbaikan", "correction", "perubahan", "pembetulan", "edit", "update"),
    *("typo", "bukan", "keliru", "maksud", "harusnya", "benar"),
)
"""Without one of these nothing is corrected."""
_PREAMBLE = _compile(r"""
    ^\W*{polite}(?:(?:ada|mau|ingin)\s+)?{oops}?(?:me)?
    (?:salah(?=\s*[,:;])|ralat(?:nya)?|{names}|{wrong}|typo|{meant})?
    (?:[\s,]+(?:laporan|lap|laporannya|untuk|utk|(?:yg|yang)(?!\ benar)|tadi|td
        |sebelumnya|barusan|saya|sy|pak|bu|min|kegiatan|di\ atas
        |salah\ ketik|salah|keliru|{should}))*
    \s*[:,.-]*\s*
""")
_BUT = _compile(r"{not}(?:(?!{but}){text}){1,80}?[\s,]*{but}\s+")
_NOT_THIS = _compile(r"[\s,(]*{not}{text}{1,80}(?!\w)\)?")
_RIGHT_FIRST = _compile(r"""
    ^(?:(?:yang|yg)\ benar\s*|{should}\s*|{meant}\s*)?(\d{text}{1,40}?)\s+{not}{text}{1,40}?,\s*(?!tapi)(\S.+)$
""")
_COUNT_FIRST = _compile(r"^(?:(?:yang|yg)\ benar|{should}|{meant})?\s*(\d[\d.,]*\ [^\W\d]+),\s*(?!{not}|\d)(\S.+)$")
_THE_RIGHT_ONE_IS = _compile(r"^[^\n]*?\b(?:{should}|yang\ benar|yg\ benar|should\ be)\s*(?:adalah|itu|:)?\s*")


def is_correction(text: str) -> bool:
    opening = text[:200].lower()
    return any(sign in opening for sign in _SIGNS) and _SAYS_SO.search(opening) is not None


def corrected(text: str) -> str:
    """The text without its preamble and without what was wrong: 'bukan 25 tapi 52 berkas' → '52 berkas'."""
    text = _PREAMBLE.sub("", text, count=1)
    but = _BUT.search(text)
    if but is None and (first := _RIGHT_FIRST.match(text) or _COUNT_FIRST.match(text)):
        return f"{first[2].strip()} {first[1].strip()}"
    if but is None:
        shorter = _THE_RIGHT_ONE_IS.sub("", text, count=1)
        if shorter.strip() and not re.search(r"[^\W\d_]{5}", shorter):  # only what is right of a time or count
            shorter = f"{text[: len(text) - len(shorter)]} {shorter}"
        return _NOT_THIS.sub("", shorter if shorter.strip() else text)
    before, right = text[: but.start()].strip(" ,:"), text[but.end() :]
    right, comma, rest = right.partition(",")
    if comma and rest.strip():
        return f"{rest.strip()} {right.strip()}"
    return f"{before} {right.strip()}".strip()
