"""The local date of an activity. Today is Thursday, 5 November 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.reading import read
from tests.reading.told import descriptions, only, told


def on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("rapat komite", on(5)),
        ("kmrn sore servis printer", on(4)),
        ("kemarin lusa monitoring dapur umum", on(3)),
        ("dua hari yang lalu verifikasi SPJ", on(3)),
        ("tadi malam patroli wilayah", on(4)),
        ("wingi nimbang balita", on(4)),
        ("Senin lalu rapat komite", on(2)),
        ("Kamis kemarin rapat komite", on(29, 10)),
        ("hari Minggu kemarin jaga stan", on(1)),
        ("minggu lalu hari Jumat survei jalan", on(30, 10)),
        ("tgl 2 pelatihan SIPD", on(2)),
        ("tanggal 28 kunjungan ke kecamatan", on(28, 10)),
        ("3 Nopember 2026 rapat koordinasi", on(3)),
        ("02-11-2026: apel pagi", on(2)),
        ("2/11 rekap absen", on(2)),
        ("yesterday inspected 3 restaurants", on(4)),
        ("rekap absen (ini untuk tgl 3, kemarin lupa)", on(3)),
        # dates that are not the work's
        ("menyusun laporan bulan Oktober", on(5)),
        ("menjawab surat tanggal 2 November 2026 dari pusat", on(5)),
        ("menyiapkan rapat tanggal 12 November", on(5)),
        ("susun daftar hadir rapat kemarin", on(5)),
        ("rapat persiapan HUT tgl 20 nanti", on(5)),
        ("pasang banner 1/2 jalan", on(5)),
        ("mengantar akad nikah di desa Suka", on(5)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert only(text).date == day


@pytest.mark.parametrize("text", ["tanggal 31 Februari rapat komite", "31-02-2026 rapat komite", "2/31 rapat komite"])
def test_a_date_that_does_not_exist_stays_in_the_words(text: str) -> None:
    item = only(text)
    assert (item.description, item.date) == (text, on(5))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Laporan tanggal 31 Februari 2026", "tanggal 31 Februari 2026"),
        ("Tanggal : 31 Februari", "31 Februari"),
        ("tgl 31 Februari", "tgl 31 Februari"),
    ],
)
def test_a_date_over_a_list_that_does_not_exist_stays_with_each_activity(header: str, words: str) -> None:
    assert descriptions(f"{header}\n- rapat komite\n- kemarin apel") == [f"rapat komite ({words})", "apel"]


@pytest.mark.parametrize("title", ["Laporan tanggal 3 November 2026", "LAPORAN HARIAN 3/11/2026", "Lap. giat Selasa"])
def test_the_date_of_a_title_holds_for_its_list(title: str) -> None:
    assert [item.date for item in told(f"{title}\n- apel\n- rapat").items] == [on(3), on(3)]


def test_what_is_listed_under_a_title_of_tomorrow_is_planned() -> None:
    reading = told("Kegiatan besok\n- rapat\n- apel")
    assert (reading.intent, reading.tomorrow) == ("plan", "rapat; apel")


def test_a_date_holds_until_the_next() -> None:
    items = told("Senin: input data, antar berkas. Selasa: rapat").items
    assert [item.date.day for item in items] == [2, 2, 3]


def test_one_activity_on_two_dates_is_two() -> None:
    items = told("Selasa dan hari ini mengukur irigasi").items
    assert [(item.description, item.date.day) for item in items] == [("mengukur irigasi", 3), ("mengukur irigasi", 5)]


def test_today_is_local() -> None:
    reading = read(
        "apel", received_at=datetime.fromisoformat("2026-11-04T22:30:00+00:00"), zone=ZoneInfo("Asia/Jayapura")
    )
    assert [item.date for item in reading.items] == [on(5)]
