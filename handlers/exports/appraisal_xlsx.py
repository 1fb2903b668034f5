"""The printed appraisal as XLSX: numbers are numbers, and no text is taken for a formula."""

import io
from decimal import Decimal
from itertools import accumulate

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.exports.appraisal_parts import Cell, Document, Lines, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LARGEST_TEXT = 32_767
"""Characters that a cell may hold."""
THIN = Side(style="thin", color="BBBBBB")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD = PatternFill("solid", fgColor="E7EDF3")
COLUMN_WIDTH = 0.72
"""Characters for each share of a table's width."""


def to_xlsx(document: Document) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Penilaian"
    widest = max((part for part in document.parts if isinstance(part, Table)), key=lambda one: len(one.head))
    _set_widths(sheet, widest)
    row = _opening(sheet, document, len(widest.head))
    for part in document.parts:
        row = (
            _table(sheet, part, row, widest) if isinstance(part, Table) else _lines(sheet, part, row, len(widest.head))
        )
    _signatures(sheet, document, row + 1, len(widest.head))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    if footer is not None and footer.right is not None:
        footer.right.text = "&P/&N"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for n, share in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = max(6, share * COLUMN_WIDTH)


def put(cell: SheetCell, value: Cell) -> None:
    """Text stays text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LARGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif value is not None:
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) or value == int(value) else "#,##0.00"


def _write(sheet: Worksheet, row: int, column: int, value: Cell, *, bold: bool = False) -> SheetCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)
    put(cell, value)
    cell.font = Font(bold=bold)
    side = "right" if isinstance(value, int | Decimal) else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    return cell


def _wide(sheet: Worksheet, row: int, value: str, columns: int, *, first: int = 1, bold: bool = False) -> SheetCell:
    """Text over several columns, with a row as high as it needs."""
    cell = _write(sheet, row, first, value, bold=bold)
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=columns)
    room = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(first, columns + 1))
    lines = sum(1 + len(line) // int(room) for line in value.split("\n"))
    if lines > 1:
        sheet.row_dimensions[row].height = 15 * lines
    return cell


def _opening(sheet: Worksheet, document: Document, columns: int) -> int:
    _wide(sheet, 1, document.title, columns, bold=True).font = Font(bold=True, size=14)
    _wide(sheet, 2, document.subtitle, columns)
    for n, (name, value) in enumerate(document.fields, 4):
        _wide(sheet, n, name, 2, bold=True)
        _wide(sheet, n, value, columns, first=3)
    return 5 + len(document.fields)


def _table(sheet: Worksheet, table: Table, row: int, widest: Table) -> int:
    """A narrow table takes its columns from the widest one, merged until they are about as wide."""
    _wide(sheet, row, table.title, len(widest.head), bold=True)
    spans = _spans(table, widest)
    for line, values in enumerate((table.head, *table.rows), row + 1):
        for value, (first, last) in zip(values, spans, strict=True):
            cell = _write(sheet, line, first, value, bold=line == row + 1)
            cell.border = BORDER
            if line == row + 1:
                cell.fill, cell.alignment = HEAD, Alignment(horizontal="center", vertical="center", wrap_text=True)
            if last > first:
                sheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=last)
        sheet.row_dimensions[line].height = 15 * _height(sheet, values, spans)
    return row + len(table.rows) + 3


def _spans(table: Table, widest: Table) -> list[tuple[int, int]]:
    if len(table.head) == len(widest.head):
        return [(n, n) for n in range(1, len(table.head) + 1)]
    ends = list(accumulate(widest.widths))
    spans: list[tuple[int, int]] = []
    first, reached = 1, 0
    for share in table.widths[:-1]:
        reached += share
        left = len(table.widths) - len(spans) - 1
        last = next((n for n, end in enumerate(ends, 1) if end >= reached and n >= first), first)
        last = max(first, min(last, len(ends) - left))
        spans.append((first, last))
        first = last + 1
    return [*spans, (first, len(ends))]


def _height(sheet: Worksheet, values: tuple[Cell, ...], spans: list[tuple[int, int]]) -> int:
    """Lines of the row's highest cell."""
    lines = 1
    for value, (first, last) in zip(values, spans, strict=True):
        if isinstance(value, str):
            room = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(first, last + 1))
            lines = max(lines, sum(1 + len(line) // int(room) for line in value.split("\n")))
    return lines


def _lines(sheet: Worksheet, part: Lines, row: int, columns: int) -> int:
    _wide(sheet, row, part.title, columns, bold=True)
    for n, line in enumerate(part.lines, row + 1):
        _wide(sheet, n, line, columns)
    return row + len(part.lines) + 2


def _signatures(sheet: Worksheet, document: Document, row: int, columns: int) -> None:
    half = columns // 2
    for n, (role, name, nip) in enumerate(document.signatures):
        first, last = (1, half) if n == 0 else (half + 1, columns)
        for line, value in ((row, role), (row + 4, name), (row + 5, f"NIP {nip}")):
            _wide(sheet, line, value, last, first=first, bold=line == row + 4)
