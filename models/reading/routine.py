"""Work that belongs to every office day and serves no target: nobody needs to be asked about it."""

import re

_HEADS = frozenset(
    {"apel", "upacara", "senam", "piket", "absen", "absensi", "briefing", "doa", "tadarus", "kultum", "assembly"}
)
"""First words of such work. A meeting is none: it may well serve a target."""
_FILLERS = frozenset(
    {"ikut", "mengikuti", "melaksanakan", "melakukan", "kegiatan", "saya", "hadir", "menghadiri", "tadi"}
)
_WORD = re.compile(r"[^\W\d_]+")


def is_routine(description: str) -> bool:
    """Whether the work is a morning assembly, a ceremony, gymnastics, a duty roster or the like."""
    said = (word for word in _WORD.findall(description.lower()) if word not in _FILLERS)
    return next(said, "") in _HEADS


_NOTHING = re.compile(
    r"\b(?:nihil|nil)\b|\b(?:tidak|tdk|gak|nggak|ga|belum|tiada) ada (?:kegiatan|aktivitas|pekerjaan|kerjaan)\b"
    r"|\b(?:no|nothing|not any) (?:activit|task|work|to report)",
    re.IGNORECASE,
)


def says_nothing_done(text: str) -> bool:
    """Whether a message without activities says that there were none: `nihil`, `tidak ada kegiatan`."""
    return _NOTHING.search(text) is not None
