"""XLSX → tables. Values of formulas are taken as Excel stored them."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from models.imports.cells import Cell
from models.imports.problems import Key, Problem
from models.imports.tables import MAX_COLUMNS, Table, Unreadable, filled

MAX_UNPACKED = 96 * 1024 * 1024
MAX_RATIO, SMALL = 200, 16 * 1024 * 1024
"""How many times its size a workbook may unpack to; a small one may well be nothing but repetitions."""
MAX_PARTS = 1_000
MAX_EXCEL_ROW = 1_048_576
OLD_EXCEL = bytes.fromhex("D0CF11E0A1B11AE1")
"""How .xls begins, and an .xlsx behind a password."""
WITHOUT_VALUE = "\0formula"
"""Stands in a table for a formula whose value nobody has calculated."""


def read(name: str, data: bytes) -> list[Table]:
    """Every sheet that is not blank. Raises: Unreadable."""
    if data.startswith(OLD_EXCEL):
        raise Unreadable(Problem(Key.OLD_EXCEL, name))
    try:
        has_formulas = _look_inside(name, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not keep
            return _sheets(data, has_formulas)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may make openpyxl raise anything
        raise Unreadable(Problem(Key.NOT_XLSX, name)) from error


def _look_inside(name: str, data: bytes) -> bool:
    """Whether there are formulas. Raises: Unreadable for macros, and for what would unpack to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        is_bomb = unpacked > SMALL and unpacked > MAX_RATIO * len(data)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or is_bomb:
            raise Unreadable(Problem(Key.FILE_TOO_LARGE, name, values={"limit": MAX_UNPACKED // 1024**2}))
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise Unreadable(Problem(Key.MACROS, name))
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        return any(b"<f>" in (xml := archive.read(part)) or b"<f " in xml for part in sheets)


def _sheets(data: bytes, has_formulas: bool) -> list[Table]:
    from openpyxl import load_workbook  # 8 MiB, for the few minutes of a year in which somebody imports

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True) if has_formulas else None
    tables = []
    for sheet in book.worksheets:
        rows = _rows(sheet)
        if formulas is not None:
            rows = _marked(rows, _rows(formulas[sheet.title]))
        tables.append(filled(sheet.title, rows))
    return [table for table in tables if table.rows]


def _rows(sheet: Any) -> Iterator[Sequence[Cell]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: Iterator[Sequence[Cell]] = sheet.iter_rows(max_row=MAX_EXCEL_ROW, max_col=MAX_COLUMNS, values_only=True)
    return rows


def _marked(values: Iterator[Sequence[Cell]], formulas: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for row, written in zip(values, formulas, strict=False):
        yield [
            WITHOUT_VALUE if value is None and formula is not None else value
            for value, formula in zip(row, written, strict=False)
        ]
