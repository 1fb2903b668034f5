"""The period of an appraisal: a year, a quarter or a month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

WRITTEN = re.compile(r"(20\d\d)(?:-(?:[TQ]([1-4])|(0[1-9]|1[0-2])))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    starts_on: date
    ends_on: date

    @property
    def months(self) -> int:
        return months_in(self.starts_on, self.ends_on)

    @property
    def is_year(self) -> bool:
        return self.months == 12

    @property
    def quarter(self) -> int | None:
        """1–4 of a quarter; None for a year and for a month."""
        return self.ends_on.month // 3 if self.months == 3 else None

    @property
    def code(self) -> str:
        """`2026`, `2026-T3` or `2026-11`, as on the command line."""
        year = str(self.starts_on.year)
        if self.is_year:
            return year
        return f"{year}-T{self.quarter}" if self.quarter else f"{year}-{self.starts_on:%m}"


def of_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def from_code(text: str) -> Period:
    """`2026`, `2026-T3` (third quarter) or `2026-11`; ValueError for anything else."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text} is not a period")
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
    else:
        first, last = (int(month), int(month)) if month else (1, 12)
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def months_in(first: date, last: date) -> int:
    """Calendar months touched from `first` to `last`, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1
