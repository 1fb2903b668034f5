"""Make a message plain without changing its words."""

import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}>")
_STARS = re.compile(r"(?<![\w*])([*_`~]{1,3})(?=[^\s*_`~])([^*_`~\n]*[^\s*_`~])\1(?![\w*])")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "–", "―": "–", "−": "-", "’": "'", "‘": "'", "`": "'"})


def clean(text: str) -> str:
    """NFKC, without invisible characters, HTML tags and WhatsApp emphasis; one blank between words, lines kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("²", "2"))
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Mn"))
        text = text.translate(_DASHES)
    text = _LINE_ENDS.sub("\n", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _STARS.sub(r"\2", text)
    text = text.replace("\t", " | ") if "\t" in text.strip("\t") else text
    return _SPACES.sub(" ", text).replace("\0", " ").strip()
