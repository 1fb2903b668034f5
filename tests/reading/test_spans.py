"""Spans of dates that a text names, seen from Tuesday, 24 November 2026."""

from datetime import date

import pytest

from models.reading.spans import dates_in

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1-5 Desember", (12, 1), (12, 5)),
        ("1 – 5 Des 2026", (12, 1), (12, 5)),
        ("1 s/d 5 desember", (12, 1), (12, 5)),
        ("tanggal 1 sampai 5 Desember", (12, 1), (12, 5)),
        ("30 Nov sampai 4 Des", (11, 30), (12, 4)),
        ("1/12/2026 sampai 5/12/2026", (12, 1), (12, 5)),
        ("25/11 - 27/11", (11, 25), (11, 27)),
        ("2026-12-01 sampai 2026-12-05", (12, 1), (12, 5)),
        ("besok sampai Jumat", (11, 25), (11, 27)),
        ("3 hari mulai besok", (11, 25), (11, 27)),
        ("sampai Jumat", (11, 24), (11, 27)),
        ("besok", (11, 25), (11, 25)),
        ("Senin", (11, 30), (11, 30)),
        ("hari ini", (11, 24), (11, 24)),
        ("1 December", (12, 1), (12, 1)),
        ("tomorrow to Friday", (11, 25), (11, 27)),
    ],
)
def test_what_is_named(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert dates_in(text, TODAY) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize("text", ["halo", "", "5 Desember sampai 1 Desember", "31 Februari", "Budi"])
def test_what_names_no_span(text: str) -> None:
    assert dates_in(text, TODAY) is None


def test_a_span_over_the_new_year() -> None:
    assert dates_in("28 Desember - 3 Januari", TODAY) == (date(2026, 12, 28), date(2027, 1, 3))
