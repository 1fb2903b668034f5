"""What a file holds before it is understood: tables of cells, within bounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.imports.cells import Cell, tidy
from models.imports.problems import Key, Problem

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 100_000
"""Filled rows of one sheet: a large ministry's targets, and well below what a machine can be choked with."""
MAX_COLUMNS = 64


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are not blank, each with its number as Excel counts. The first is the header."""

    sheet: str
    rows: Sequence[tuple[int, tuple[Cell, ...]]]


class Unreadable(Exception):
    """Nothing of the file or sheet can be read, for one reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def filled(sheet: str, rows: Iterable[Sequence[Cell]]) -> Table:
    """The table of the rows that are not blank. Raises: Unreadable when there are too many."""
    kept: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in enumerate(rows, start=1):
        if row.count(None) == len(row):  # a sheet may have a million of these
            continue
        tidied = tuple(tidy(cell) for cell in row[:MAX_COLUMNS])
        if any(cell is not None for cell in tidied):
            kept.append((number, tidied))
            if len(kept) > MAX_ROWS + 1:
                raise Unreadable(Problem(Key.TOO_MANY_ROWS, sheet, values={"limit": MAX_ROWS}))
    return Table(sheet, kept)
