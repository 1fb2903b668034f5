"""A table as CSV or XLSX in which no cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell: TypeAlias = str | int | Decimal | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
CELL_AT_MOST = 32_767
"""Characters of a cell in XLSX."""


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; decimals with a point, dates ISO."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """An apostrophe makes it text in every spreadsheet."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def to_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet; text stays text, also digits and what begins like a formula."""
    return to_book([Sheet(title, tuple(columns), tuple(tuple(row) for row in rows))])


def to_book(sheets: Iterable[Sheet]) -> bytes:
    """As `to_xlsx`, of one sheet or more."""
    from openpyxl import Workbook  # 8 MiB, loaded only in the process that makes the file

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        _write(book.create_sheet(one.title), one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: "Worksheet", content: Sheet) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    sheet.freeze_panes = "A2"
    for line, row in enumerate([content.columns, *content.rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(line, place)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_AT_MOST]
                cell.data_type, cell.number_format = "s", "@"
            else:
                cell.value = value
            cell.font = Font(bold=line == 1)
