"""What is typed about a target: three parts in any order, dates as people write them."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import target_phrases
from models.reading.deadlines import deadline
from models.refusals import Refusal
from models.target_phrases import Typed

TODAY = date(2026, 11, 24)
MONEV = Typed("Menyusun laporan monev", Decimal(12), "laporan", date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "Menyusun laporan monev; 12 laporan; 31 Desember",
        "Menyusun laporan monev\n12 laporan\n31/12/2026",
        "- Menyusun laporan monev\n- 12 laporan\n- s.d. akhir tahun",
        "Rencana: Menyusun laporan monev; Target: 12 laporan; Selesai: 31 Des 2026",
        "12 laporan; 31-12-2026; Menyusun  laporan   monev;",
        "1. Menyusun laporan monev\n2. 12 laporan\n3. 2026-12-31",
    ],
)
def test_three_things(text: str) -> None:
    assert target_phrases.whole(text, TODAY) == MONEV


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "target_incomplete"),
        ("Menyusun laporan monev", "target_incomplete"),
        ("Menyusun laporan monev; 12 laporan", "target_incomplete"),
        ("Menyusun laporan monev; 12 laporan; nanti", "target_incomplete"),
        ("Menyusun laporan monev; 12; 31 Desember", "target_incomplete"),
        ("Menyusun laporan monev; 0 laporan; 31 Desember", "target_not_positive"),
        ("Menyusun laporan monev; 1,250 laporan; 31 Desember", "target_amount"),
        ("x; 12 laporan; 31 Desember", "target_title_length"),
    ],
)
def test_what_is_missing(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        target_phrases.whole(text, TODAY)
    assert refusal.value.key == key


@pytest.mark.parametrize(
    ("text", "planned", "measure"),
    [
        ("1.250 surat", Decimal(1250), "surat"),
        ("2,5 km jalan", Decimal("2.5"), "km jalan"),
        ("100%", Decimal(100), "persen"),
        ("100 persen", Decimal(100), "persen"),
    ],
)
def test_amounts(text: str, planned: Decimal, measure: str) -> None:
    assert target_phrases.amount(text) == (planned, measure)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 Desember", date(2026, 12, 31)),
        ("31 desember 2027", date(2027, 12, 31)),
        ("3 Maret", date(2027, 3, 3)),
        ("24 November", TODAY),
        ("30/11", date(2026, 11, 30)),
        ("30.11.26", date(2026, 11, 30)),
        ("2026-12-1", date(2026, 12, 1)),
        ("Februari", date(2027, 2, 28)),
        ("Desember 2028", date(2028, 12, 31)),
        ("s/d 30 Nopember", date(2026, 11, 30)),
        ("akhir bulan", date(2026, 11, 30)),
        ("akhir bulan ini", date(2026, 11, 30)),
        ("hari ini", TODAY),
        ("besok", date(2026, 11, 25)),
        ("31 November", None),
        ("31/13/2026", None),
        ("12 laporan", None),
        ("kapan-kapan", None),
        ("", None),
    ],
)
def test_deadlines(text: str, day: date | None) -> None:
    assert deadline(text, TODAY) == day


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_refused(text: str) -> None:
    deadline(text, TODAY)
    with suppress(Refusal):
        target_phrases.whole(text, TODAY)


@given(st.dates(TODAY, date(2099, 12, 31)))
def test_a_date_is_read_as_it_is_written(day: date) -> None:
    assert deadline(day.isoformat(), TODAY) == deadline(f"{day:%d/%m/%Y}", TODAY) == day
