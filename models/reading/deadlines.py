"""The date until which something is owed, as people type it: '31 Desember', '30/11/2026', 'akhir tahun', 'besok'."""

import re
from calendar import monthrange
from datetime import date, timedelta

from models.reading.days import month_of

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FIGURES = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?")
WORDS = re.compile(r"(?:(\d{1,2})\s+)?([a-z]+)\.?(?:\s+(\d{4}))?")
BEFORE = re.compile(r"^(?:(?:s\.?/?d\.?|sampai|hingga|selesai|until|by|tanggal|tgl\.?)\s+)+(?=\S)")
SAID = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2, "kemarin": -1, "yesterday": -1}
ENDS_OF_YEAR = frozenset({"akhir tahun", "akhir tahun ini", "end of year", "end of the year"})
ENDS_OF_MONTH = frozenset({"akhir bulan", "akhir bulan ini", "end of month", "end of the month"})


def deadline(text: str, today: date) -> date | None:
    """The date; one without a year is the next such date from `today` on, a month alone its last day. None when it
    cannot be read as a date.
    """
    said = " ".join(text.lower().replace(",", " ").split()).strip(" .")
    said = BEFORE.sub("", said)
    if said in SAID:
        return today + timedelta(days=SAID[said])
    if said in ENDS_OF_YEAR:
        return date(today.year, 12, 31)
    if said in ENDS_OF_MONTH:
        return _made(today.year, today.month, None)
    if iso := ISO.fullmatch(said):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if figures := FIGURES.fullmatch(said):
        return _coming(int(figures[1]), int(figures[2]), figures[3], today)
    words = WORDS.fullmatch(said)
    month = month_of(words[2]) if words else None
    if words is None or month is None:
        return None
    return _coming(int(words[1]) if words[1] else None, month, words[3], today)


def _coming(day: int | None, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _made(int(year) % 100 + 2000, month, day)
    found = _made(today.year, month, day)
    return found if found is None or found >= today else _made(today.year + 1, month, day)


def _made(year: int, month: int, day: int | None) -> date | None:
    """None for the day is the month's last."""
    if not (2000 <= year <= 2099 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    day = last if day is None else day
    return date(year, month, day) if 1 <= day <= last else None
