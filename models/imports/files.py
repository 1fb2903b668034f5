"""A set of files → one table per sheet."""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from models.imports import delimited, workbooks
from models.imports.columns import COLUMNS
from models.imports.problems import Key, Problem
from models.imports.tables import MAX_BYTES, Table, Unreadable

WORKBOOKS = frozenset({".xlsx"})
WITH_MACROS = frozenset({".xlsm", ".xltm", ".xlsb", ".xlam"})


def read(files: Mapping[str, bytes]) -> tuple[dict[str, Table], list[Problem]]:
    """`files` are contents by file name. Every sheet may come once, from whichever file."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, data in files.items():
        try:
            found = _tables(PurePath(name).name, data)
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
            continue
        for table in found:
            sheet = table.sheet.strip().lower()
            if sheet not in COLUMNS:
                problems.append(_unknown_sheet(table.sheet))
            elif sheet in tables:
                problems.append(Problem(Key.SHEET_TWICE, sheet))
            else:
                tables[sheet] = Table(sheet, table.rows)
    if not tables and not problems:
        problems.append(Problem(Key.NO_SHEET, ", ".join(PurePath(name).name for name in files), values=_SHEETS))
    return tables, problems


_SHEETS = {"sheets": tuple(COLUMNS)}


def _tables(name: str, data: bytes) -> list[Table]:
    kind = PurePath(name).suffix.lower()
    if kind in WITH_MACROS:
        raise Unreadable(Problem(Key.MACROS, name))
    if kind not in WORKBOOKS and kind != ".csv":
        raise Unreadable(Problem(Key.UNKNOWN_FILE, name))
    if not data:
        raise Unreadable(Problem(Key.EMPTY_FILE, name))
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(Key.FILE_TOO_LARGE, name, values={"limit": MAX_BYTES // 1024**2}))
    if kind in WORKBOOKS:
        return workbooks.read(name, data)
    sheet = PurePath(name).stem.strip().lower()
    if sheet not in COLUMNS:
        raise Unreadable(_unknown_sheet(name, sheet))
    table = delimited.read(name, sheet, data)
    if not table.rows:
        raise Unreadable(Problem(Key.EMPTY_FILE, name))
    return [table]


def _unknown_sheet(where: str, name: str | None = None) -> Problem:
    return Problem(Key.UNKNOWN_SHEET, where, values={**_SHEETS, "nearest": nearest(name or where, COLUMNS)})


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What was probably meant, or None."""
    return next(iter(difflib.get_close_matches(word.strip().lower(), known, n=1)), None)
