"""Numbers as offices write them: `1250,5` and `1.250,5` (Indonesian), `1250.5` (everybody's), Excel's own."""

import re
from collections.abc import Callable
from decimal import Decimal

from models.imports.cells import Cell, shown
from models.imports.problems import BadCell, Key

DECIMALS = 4
LARGEST = Decimal(10) ** 14
"""The database keeps 18 digits, four of them decimals."""
EXCEL_DIGITS = 15

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_COMMA_OR_THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}", re.ASCII)
_POINT = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def number(cell: Cell) -> Decimal:
    """`1.250` is 1250, as everybody here writes; `1,250` may be either and is refused."""
    found = _parse(cell)
    if found != round(found, DECIMALS):
        raise BadCell(Key.TOO_MANY_DECIMALS, value=shown(cell), limit=DECIMALS)
    return found


def _parse(cell: Cell) -> Decimal:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _bounded(Decimal(f"{cell:.{EXCEL_DIGITS}g}") if isinstance(cell, float) else Decimal(cell), cell)
    if not isinstance(cell, str) or len(cell) > 40:
        raise BadCell(Key.BAD_NUMBER, value=shown(cell))
    if _THOUSANDS.fullmatch(cell):
        return _bounded(Decimal(cell.replace(".", "").replace(",", ".")), cell)
    if _COMMA_OR_THOUSANDS.fullmatch(cell):
        raise BadCell(Key.AMBIGUOUS_NUMBER, value=cell, whole=cell.replace(",", ""), decimal=cell.rstrip("0"))
    if _COMMA.fullmatch(cell):
        return _bounded(Decimal(cell.replace(",", ".")), cell)
    if _POINT.fullmatch(cell):
        return _bounded(Decimal(cell), cell)
    raise BadCell(Key.BAD_NUMBER, value=shown(cell))


def _bounded(found: Decimal, cell: Cell) -> Decimal:
    if not found.is_finite():
        raise BadCell(Key.BAD_NUMBER, value=shown(cell))
    if abs(found) >= LARGEST:
        raise BadCell(Key.OUT_OF_RANGE, value=shown(cell), first=0, last=LARGEST - 1)
    return found


def positive(cell: Cell) -> Decimal:
    found = number(cell)
    if found <= 0:
        raise BadCell(Key.NOT_POSITIVE, value=shown(cell))
    return found


def between(first: int, last: int | None = None) -> Callable[[Cell], Decimal]:
    """A reader of a number from `first` to `last`, both included."""

    def read(cell: Cell) -> Decimal:
        found = number(cell)
        if found < first or (last is not None and found > last):
            raise BadCell(Key.OUT_OF_RANGE, value=shown(cell), first=first, last=LARGEST - 1 if last is None else last)
        return found

    return read


def mark(cell: Cell) -> Decimal:
    """A planned quality mark: above 0, at most 100."""
    return min(positive(cell), between(0, 100)(cell))


def whole(first: int, last: int) -> Callable[[Cell], int]:
    """A reader of a whole number from `first` to `last`, both included."""
    within = between(first, last)

    def read(cell: Cell) -> int:
        found = within(cell)
        if found != int(found):
            raise BadCell(Key.NOT_WHOLE, value=shown(cell))
        return int(found)

    return read
