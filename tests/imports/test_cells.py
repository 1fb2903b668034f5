"""Cells as people and Excel write them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.imports import cells, numbers
from models.imports.cells import Cell, tidy
from models.imports.problems import BadCell, Key


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("48", Decimal(48)),
        (48.0, Decimal(48)),
        ("1250.5", Decimal("1250.5")),
        ("1.250,5", Decimal("1250.5")),
        ("1250,5", Decimal("1250.5")),
        ("1.250", Decimal(1250)),
        ("12.500.000,00", Decimal(12_500_000)),
        ("0.250", Decimal("0.25")),
        ("0,250", Decimal("0.25")),
        (0.1 + 0.2, Decimal("0.3")),
        ("1,250", Key.AMBIGUOUS_NUMBER),
        ("1,250.5", Key.BAD_NUMBER),
        ("1.25.000", Key.BAD_NUMBER),
        ("Rp 5.000", Key.BAD_NUMBER),
        ("48 laporan", Key.BAD_NUMBER),
        ("100%", Key.BAD_NUMBER),
        ("1e3", Key.BAD_NUMBER),
        ("٤٨", Key.BAD_NUMBER),
        (True, Key.BAD_NUMBER),
        (float("nan"), Key.BAD_NUMBER),
        (float("inf"), Key.BAD_NUMBER),
        ("1.00001", Key.TOO_MANY_DECIMALS),
        (10**14, Key.OUT_OF_RANGE),
        (1e300, Key.OUT_OF_RANGE),
    ],
)
def test_numbers(cell: Cell, expected: Decimal | Key) -> None:
    assert outcome(numbers.number, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("190001011925011001", "190001011925011001"),
        ("19000101 192501 1 001", "190001011925011001"),
        ("'190001011925011001", "190001011925011001"),
        (190001011925011001, Key.NIP_LOST_DIGITS),
        (1.90001011925011e17, Key.NIP_LOST_DIGITS),
        ("1.90001E+17", Key.NIP_LOST_DIGITS),
        ("1,90001E+17", Key.NIP_LOST_DIGITS),
        ("19000101192501100", Key.BAD_NIP),
        ("NIP190001011925011001", Key.BAD_NIP),
        ("190001011925-011001", Key.BAD_NIP),
        ("１９０００１０１１９２５０１１００１", Key.BAD_NIP),
    ],
)
def test_nips(cell: Cell, expected: str | Key) -> None:
    assert outcome(cells.nip, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
        (datetime(2026, 1, 31, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 8, tzinfo=UTC), Key.BAD_DATE),
        ("31-01-2026", Key.BAD_DATE),
        ("20260131", Key.BAD_DATE),
        ("2026-W05-6", Key.BAD_DATE),
        (46053, Key.BAD_DATE),
        (time(8), Key.BAD_DATE),
    ],
)
def test_dates(cell: Cell, expected: date | Key) -> None:
    assert outcome(cells.day, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("07:30", time(7, 30)),
        ("7.30", time(7, 30)),
        ("07:30:00", time(7, 30)),
        (time(7, 30), time(7, 30)),
        (datetime(1899, 12, 30, 7, 30, tzinfo=UTC), time(7, 30)),
        (timedelta(hours=7, minutes=30), time(7, 30)),
        (0.3125, time(7, 30)),
        (0, time(0)),
        (0.99999999, time(23, 59)),
        ("24:00", Key.BAD_TIME),
        ("730", Key.BAD_TIME),
        (7.3, Key.BAD_TIME),
        (timedelta(hours=24), Key.BAD_TIME),
        (date(2026, 1, 1), Key.BAD_TIME),
    ],
)
def test_times(cell: Cell, expected: time | Key) -> None:
    assert outcome(cells.clock, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("wita", "Asia/Makassar"),
        ("WIT", "Asia/Jayapura"),
        ("Asia/Pontianak", "Asia/Pontianak"),
        ("UTC", "UTC"),
        ("Asia", Key.BAD_ZONE),
        ("Asia/", Key.BAD_ZONE),
        ("../etc/passwd", Key.BAD_ZONE),
        ("localtime", Key.BAD_ZONE),
        (7, Key.BAD_ZONE),
    ],
)
def test_zones(cell: Cell, expected: str | Key) -> None:
    assert outcome(cells.zone, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (101.0, "101"),
        (1.5, "1.5"),
        ("\u200bAni\u00a0 Lestari ", "Ani Lestari"),
        ("Ani\r\nLestari", "Ani Lestari"),
        ("Ani Lestari Putri", Key.TOO_LONG),
        (True, Key.EXCEL_DATE),
        (date(2026, 2, 1), Key.EXCEL_DATE),
        ("#REF!", Key.EXCEL_ERROR),
    ],
)
def test_texts(cell: Cell, expected: str | Key) -> None:
    assert outcome(cells.text(12), tidy(cell)) == expected


def outcome(read: Any, cell: Cell) -> Any:
    try:
        return read(cell)
    except BadCell as bad:
        return bad.key
