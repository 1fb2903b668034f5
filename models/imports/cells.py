"""One cell → one value, or BadCell. Cells come from Excel (typed) or from CSV (text)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from models.imports.problems import BadCell, Key

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None

EXCEL_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
FIRST_YEAR, LAST_YEAR = 2000, 2099
NIP_DIGITS = 18
FIRST_HOUR, LAST_HOUR = time(6, 0), time(21, 0)
"""Nobody is written to before or after by the clock."""

_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_DAY = 24 * 60


def tidy(cell: Cell) -> Cell:
    """The cell without what nobody sees: blanks around and twice, invisible marks. A blank text is None."""
    if not isinstance(cell, str):
        return cell
    visible = "".join(char for char in unicodedata.normalize("NFC", cell) if unicodedata.category(char) != "Cf")
    return " ".join(visible.split()) or None


def text(limit: int) -> Callable[[Cell], str]:
    """A reader of text of at most `limit` characters."""

    def read(cell: Cell) -> str:
        found = _as_text(cell)
        if len(found) > limit:
            raise BadCell(Key.TOO_LONG, limit=limit, length=len(found))
        return found

    return read


def word(limit: int) -> Callable[[Cell], str]:
    """A reader of text in which capitals make no difference; answers in lower case."""
    read = text(limit)
    return lambda cell: read(_as_text(cell).lower())


def _as_text(cell: Cell) -> str:
    if isinstance(cell, date | time | timedelta | bool):
        raise BadCell(Key.EXCEL_DATE, value=str(cell))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = str(cell)
    if found in EXCEL_ERRORS:
        raise BadCell(Key.EXCEL_ERROR, value=found)
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in found):
        raise BadCell(Key.BAD_CHARACTER)
    return found


def nip(cell: Cell) -> str:
    """The 18 digits. A number cell keeps only 15 of them, so it is refused whatever it shows."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise BadCell(Key.NIP_LOST_DIGITS, value=cell)
    found = _as_text(cell)
    if _SCIENTIFIC.fullmatch(found):
        raise BadCell(Key.NIP_LOST_DIGITS, value=found)
    digits = re.sub(r"^'|\s", "", found)
    if not re.fullmatch(rf"[0-9]{{{NIP_DIGITS}}}", digits):
        raise BadCell(Key.BAD_NIP, value=found[:40], length=len(digits), wanted=NIP_DIGITS)
    return digits


def day(cell: Cell) -> date:
    """A date cell, or ISO text; from 2000 to 2099."""
    found: date | None = None
    if isinstance(cell, datetime):
        found = cell.date() if cell.time() == time() else None
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, str) and (match := _ISO_DATE.fullmatch(cell)):
        try:
            found = date.fromisoformat(match[1])
        except ValueError:
            found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCell(Key.BAD_DATE, value=shown(cell))
    return found


def clock(cell: Cell) -> time:
    """A time of day to the minute: a time cell, Excel's fraction of a day, or HH:MM."""
    if isinstance(cell, timedelta) and timedelta(0) <= cell < timedelta(days=1):
        cell = cell / timedelta(days=1)
    if isinstance(cell, datetime | time):
        return time(cell.hour, cell.minute)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        hours, minutes = divmod(min(round(cell * _DAY), _DAY - 1), 60)
        return time(hours, minutes)
    if isinstance(cell, str) and (match := _CLOCK.fullmatch(cell)) and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise BadCell(Key.BAD_TIME, value=shown(cell))


def zone(cell: Cell) -> str:
    """An IANA name, or WIB, WITA, WIT as people say; answers with the IANA name."""
    name = _as_text(cell)
    name = ZONES.get(name.upper(), name)
    try:
        if "/" in name or name == "UTC":
            return ZoneInfo(name).key
    except (ValueError, KeyError, OSError):
        pass
    raise BadCell(Key.BAD_ZONE, value=name[:40])


def choice(*choices: str) -> Callable[[Cell], str]:
    """A reader of one of a few words, however it is capitalised."""

    def read(cell: Cell) -> str:
        found = _as_text(cell).lower()
        if found not in choices:
            raise BadCell(Key.BAD_CHOICE, value=found[:40], choices=choices)
        return found

    return read


def one_of(words: Mapping[str, str]) -> Callable[[Cell], str]:
    """A reader of one of several words that each mean something; answers with the meaning."""
    read = choice(*words)
    return lambda cell: words[read(cell)]


def asking_time(cell: Cell) -> time:
    """A time of day at which the bot may write by itself."""
    found = clock(cell)
    if not FIRST_HOUR <= found < LAST_HOUR:
        raise BadCell(Key.OUTSIDE_HOURS, value=shown(cell), first=f"{FIRST_HOUR:%H:%M}", last=f"{LAST_HOUR:%H:%M}")
    return found


def yes_or_no(cell: Cell) -> bool:
    """`ya` or `tidak`; Excel's own TRUE and FALSE."""
    return cell if isinstance(cell, bool) else choice("ya", "tidak")(cell) == "ya"


def names(limit: int) -> Callable[[Cell], tuple[str, ...]]:
    """A reader of several names separated by `;`, each once and in their order."""
    one = text(limit)

    def read(cell: Cell) -> tuple[str, ...]:
        parts = (" ".join(part.split()) for part in _as_text(cell).split(";"))
        return tuple(dict.fromkeys(one(part) for part in parts if part))

    return read


def shown(cell: Cell) -> str:
    """The cell as a problem quotes it."""
    return str(cell)[:40]
