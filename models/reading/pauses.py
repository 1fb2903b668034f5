"""When the bot shall be silent, as typed: '3 hari', 'sampai Senin', '1–3 Desember'; and hours: '12.00–13.00'."""

import re
from datetime import date, time, timedelta

from models.reading.clocks import moment_at
from models.reading.spans import dates_in
from models.reading.tokens import tokenize

_UNTIL = re.compile(r"\s*(?:jeda\s+)?(?:sampai|sampe|hingga|until|till)\s+(?!dengan\b)", re.IGNORECASE)
_RANGE = re.compile(r"(\d)\s*(?:[-–—]|s/d|s\.d\.)\s*(?=\d)")


def pause_in(text: str, today: date) -> tuple[date, date] | None:
    """The first and last silent day. 'sampai Senin' ends the day before: on Monday it is over. None: no dates."""
    span = dates_in(text, today)
    if span is None:
        return None
    first, last = span
    if first != today or not _UNTIL.match(text):
        return span
    over = last if last > today else last + timedelta(days=7)
    return today, over - timedelta(days=1)


def hours_in(text: str) -> tuple[time, time] | None:
    """From when to when, when the text names just two clock times."""
    tokens = tokenize(_RANGE.sub(r"\1 sampai ", text))
    found: list[int] = []
    i = 0
    while i < len(tokens):
        moment = moment_at(tokens, i, bare=True)
        if moment is None:
            i += 1
            continue
        found.append(moment.minutes())
        i = moment.after
    if len(found) != 2 or min(found) < 0:
        return None
    return time(*divmod(found[0], 60)), time(*divmod(found[1], 60))
