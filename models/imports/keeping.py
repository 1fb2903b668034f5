"""Rows and problems as JSON, to be kept between the card that shows what a file would change and the tap on it."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from math import isfinite
from typing import Any

from models.imports.problems import Key, Problem
from models.imports.rows import Row, Sheets
from models.imports.writing import Count

PROBLEMS_AT_MOST = 2_000
"""More than these nobody reads; the first of them are those to put right."""

DAY, CLOCK, NUMBER, SEVERAL = "day", "time", "number", "several"


def dump(sheets: Sheets) -> dict[str, Any]:
    """Of sheets without problems."""
    return {
        sheet: [[row.number, {name: _dumped(value) for name, value in row.values.items()}] for row in rows]
        for sheet, rows in sheets.rows.items()
    }


def load(kept: Mapping[str, Any]) -> Sheets:
    return Sheets(
        {
            sheet: [
                Row(sheet, number, {name: _loaded(value) for name, value in values.items()}) for number, values in rows
            ]
            for sheet, rows in kept.items()
        }
    )


def dump_problems(problems: Sequence[Problem]) -> list[Any]:
    return [
        [one.key.value, one.sheet, one.row, one.column, {name: _dumped(value) for name, value in one.values.items()}]
        for one in problems[:PROBLEMS_AT_MOST]
    ]


def load_problems(kept: Sequence[Any]) -> list[Problem]:
    return [
        Problem(Key(key), sheet, row, column, {name: _loaded(value) for name, value in values.items()})
        for key, sheet, row, column, values in kept
    ]


def dump_counts(counts: Mapping[str, Count]) -> dict[str, Any]:
    return {sheet: [one.created, one.updated, one.unchanged] for sheet, one in counts.items()}


def load_counts(kept: Mapping[str, Any]) -> dict[str, Count]:
    return {sheet: Count(*numbers) for sheet, numbers in kept.items()}


def _dumped(value: Any) -> Any:
    """Raises: TypeError for what no cell is read as."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)  # a problem's: JSON has no such number
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, time):
        return {CLOCK: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    if isinstance(value, tuple):
        return {SEVERAL: [_dumped(one) for one in value]}
    if isinstance(value, list):
        return [_dumped(one) for one in value]
    raise TypeError(f"no cell is read as {type(value).__name__}")


def _loaded(value: Any) -> Any:
    if isinstance(value, list):
        return [_loaded(one) for one in value]
    if not isinstance(value, dict):
        return value
    [(kind, inner)] = value.items()
    if kind == SEVERAL:
        return tuple(_loaded(one) for one in inner)
    return {DAY: date.fromisoformat, CLOCK: time.fromisoformat, NUMBER: Decimal}[kind](inner)
