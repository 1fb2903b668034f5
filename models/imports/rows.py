"""Tables → typed rows, or what is wrong with them. Pure: knows nothing of what is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.imports import files
from models.imports.cells import Cell
from models.imports.columns import (
    ABSENCE,
    AGENCY,
    COLUMNS,
    HOLIDAY,
    HOURS,
    PERSON,
    SHIFT,
    TARGET,
    UNIT,
    WORD,
    Column,
)
from models.imports.problems import BadCell, Key, Problem
from models.imports.tables import Table
from models.imports.workbooks import WITHOUT_VALUE
from models.targets import MILESTONE_UNITS

IDENTITY = {
    AGENCY: ("kode",),
    UNIT: ("kode",),
    PERSON: ("nip",),
    TARGET: ("kode", "nip", "unit"),
    HOLIDAY: ("tanggal",),
    WORD: ("kata",),
    ABSENCE: ("nip", "mulai"),
    SHIFT: ("nip", "tanggal"),
    HOURS: ("nama", "unit"),
}
"""The columns that say which row of the database a row is."""


@dataclass(frozen=True, slots=True)
class Row:
    """Values by column, for the columns that are there and whose cell could be read."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def __contains__(self, column: str) -> bool:
        return column in self.values

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def get(self, column: str, default: Any = None) -> Any:
        """The value; the default where the column is left out or its cell was no good."""
        return self.values.get(column, default)

    def problem(self, key: Key, column: str, **values: Any) -> Problem:
        return Problem(key, self.sheet, self.number, column, values)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The rows of each sheet that came, and all that is wrong with them by themselves.

    `unsure` are sheets of which not every row is known: what refers to them cannot be judged.
    """

    rows: Mapping[str, Sequence[Row]]
    problems: tuple[Problem, ...] = ()
    unsure: frozenset[str] = frozenset()

    def of(self, sheet: str) -> Sequence[Row]:
        return self.rows.get(sheet, ())


def read(contents: Mapping[str, bytes]) -> Sheets:
    """Contents of files by name → rows and problems. Never raises for what the files hold."""
    tables, problems = files.read(contents)
    unsure = set(COLUMNS) if problems else set()
    rows = {sheet: _rows(tables[sheet], problems, unsure) for sheet in COLUMNS if sheet in tables}
    return Sheets(rows, tuple(problems), frozenset(unsure))


def _rows(table: Table, problems: list[Problem], unsure: set[str]) -> list[Row]:
    """The rows that say which row of the database they are, each once."""
    sheet, before = table.sheet, len(problems)
    places = _header(table, problems)
    if len(problems) > before:
        unsure.add(sheet)
        return []
    there = {column.name for _, column in places}
    named = [name for name in IDENTITY[sheet] if name in there]
    rows: list[Row] = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, cells in table.rows[1:]:
        row = Row(sheet, number, _values(sheet, number, cells, places, problems))
        problems += list(_wrong_span(row))
        if sheet == TARGET:
            problems += list(_wrong_with_target(row, named))
        if not all(name in row for name in named):
            unsure.add(sheet)
            continue
        identity = tuple(row[name] for name in named)
        if first := seen.get(identity):
            problems.append(row.problem(Key.TWICE, named[0], value=row[named[0]], first=first))
        else:
            seen[identity] = number
            rows.append(row)
    if sheet == PERSON and len(rows) > 1 and all(row["nip"].endswith("000") for row in rows):
        problems.append(rows[0].problem(Key.NIP_LOST_DIGITS, "nip", value=rows[0]["nip"]))
    return rows


def _wrong_span(row: Row) -> Iterator[Problem]:
    if "mulai" in row and "selesai" in row and row["selesai"] < row["mulai"]:
        yield row.problem(Key.ENDS_BEFORE_START, "selesai", starts_on=row["mulai"], ends_on=row["selesai"])


def _wrong_with_target(row: Row, holders: Sequence[str]) -> Iterator[Problem]:
    """What a target's row says about itself that cannot be."""
    if all(name in row for name in holders) and (row.get("nip") is None) == (row.get("unit") is None):
        yield row.problem(Key.ONE_HOLDER, "nip")
    is_milestone = row.get("satuan") is not None and row["satuan"].lower() in MILESTONE_UNITS
    if is_milestone and "target" in row and row["target"] != 100:
        yield row.problem(Key.MILESTONE_NOT_100, "target", value=row["target"])


def _header(table: Table, problems: list[Problem]) -> list[tuple[int, Column]]:
    """Where each column stands."""
    columns = {column.name: column for column in COLUMNS[table.sheet]}
    number, cells = table.rows[0]
    titles = [str(cell).strip().lower().replace(" ", "_") if cell is not None else None for cell in cells]
    if not any(title in columns for title in titles):
        problems.append(Problem(Key.NO_HEADER, table.sheet, number, values={"columns": tuple(columns)}))
        return []
    for place, title in enumerate(titles):
        if title is None:
            if any(len(row) > place and row[place] is not None for _, row in table.rows[1:]):
                where = {"place": place + 1}
                problems.append(Problem(Key.UNNAMED_COLUMN, table.sheet, number, None, where))
        elif title not in columns:
            others = [name for name in columns if name not in titles]
            values: dict[str, Any] = {"columns": tuple(columns), "nearest": files.nearest(title, others)}
            problems.append(Problem(Key.UNKNOWN_COLUMN, table.sheet, number, title[:40], values))
        elif title in titles[:place]:
            problems.append(Problem(Key.COLUMN_TWICE, table.sheet, number, title))
    missing = [name for name, column in columns.items() if column.must and name not in titles]
    if table.sheet == TARGET and "nip" not in titles and "unit" not in titles:
        missing.append("nip")
    problems += [Problem(Key.MISSING_COLUMN, table.sheet, number, name) for name in missing]
    return [(place, columns[title]) for place, title in enumerate(titles) if title in columns]


def _values(
    sheet: str, number: int, cells: Sequence[Cell], places: Sequence[tuple[int, Column]], problems: list[Problem]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, column in places:
        cell = cells[place] if place < len(cells) else None
        try:
            values[column.name] = _value(cell, column)
        except BadCell as bad:
            problems.append(Problem(bad.key, sheet, number, column.name, bad.values))
    return values


def _value(cell: Cell, column: Column) -> Any:
    if cell is None:
        if column.must:
            raise BadCell(Key.EMPTY)
        return column.default
    if cell == WITHOUT_VALUE:
        raise BadCell(Key.FORMULA_WITHOUT_VALUE)
    return column.read(cell)
