"""The title of a list of work: 'LAPORAN HARIAN', 'Giat PLKB Kec. Wonosari', 'Laporan tanggal 3 November'."""

import re
from collections.abc import Sequence

from models.reading import fields
from models.reading.lines import Line
from models.reading.tokens import DAY, Token

_TITLE = re.compile(r"(?:(?:laporan|giat|kegiatan|rekap kegiatan|daily report|lkh|jurnal)\b|lap\b\.?)", re.IGNORECASE)
_LONGEST = 9  # words


def is_title(line: Line) -> bool:
    if line.marked or len(line.text.split()) > _LONGEST:
        return False
    return _TITLE.match(line.text) is not None and fields.field(line.text) is None


def no_such_date(text: str, tokens: Sequence[Token]) -> str:
    """The words of a date that no calendar has, as '31 Februari'; empty when every date exists."""
    return next((text[t.start : t.end] for t in tokens if t.kind == DAY and not t.value.exists), "")
