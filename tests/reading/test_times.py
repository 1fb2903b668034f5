"""Clock times and durations of activities."""

from datetime import datetime, time

import pytest

from tests.reading.told import JAKARTA, only, told

T = time


@pytest.mark.parametrize(
    ("text", "start", "end", "minutes"),
    [
        ("rapat TPID jam 13.30 wib", T(13, 30), None, None),
        ("rapat dari jam 9 pagi sampai jam 2 siang", T(9), T(14), 300),
        ("ronda jam 10 malam sampai jam 4 pagi", T(22), T(4), 360),
        ("jam setengah tiga sampai setengah lima nyusun RKA", T(14, 30), T(16, 30), 120),
        ("input data pukul 08.00 s.d 11.30", T(8), T(11, 30), 210),
        ("0730-1000 senam massal", T(7, 30), T(10), 150),
        ("jam 8 - 10 monitoring", T(8), T(10), 120),
        ("8-10 malam jaga posko", T(20), T(22), 120),
        ("9.00-4.30 pameran", T(9), T(16, 30), 450),
        ("dari jam 4 kurang seperempat sampai jam 5 beres-beres gudang", T(15, 45), T(17), 75),
        ("jam delapan sampai jam sepuluh mengukur tanah", T(8), T(10), 120),
        ("9am to 11am meeting with vendor", T(9), T(11), 120),
        ("meeting with vendor 2pm-3:30pm", T(14), T(15, 30), 90),
        ("mulai jam 8 melayani pemohon", T(8), None, None),
        ("melayani pemohon sampai jam 3", None, T(15), None),
        ("mulai jam 7.30 jaga loket s.d. 12.00", T(7, 30), T(12), 270),
        ("rapat 10.00 WITA s.d. selesai", T(10), None, None),
        ("rapat jam 25.00", None, None, None),
        # two stretches of one activity, with a pause between them
        ("jaga stan 08.00-10.00 dan 13.00-15.00", T(8), T(15), 240),
        ("jaga stan jam 8 sampai 9, jam 13.00-15.00", T(8), T(15), 180),
        ("senam 24:60", None, None, None),
        ("lembur 99 jam", None, None, None),
        ("menata arsip selama setengah jam", None, None, 30),
        ("menata arsip satu setengah jam", None, None, 90),
        ("coding 2 jam setengah", None, None, 150),
        ("antar berkas (3/4 jam)", None, None, 45),
        ("rapat 2,5 jam", None, None, 150),
        ("uji coba 1 jam 15 menit", None, None, 75),
        ("susun notulen, 45 mnt", None, None, 45),
        ("transkrip 3 jam rekaman rapat", None, None, None),
        ("mengajar 4 jam pelajaran", None, None, None),
        ("Menata kursi utk rapat jam 1", None, None, None),
        ("mengajar jam ke 3", None, None, None),
        ("memasang versi 2.10 di kelas 8.30", None, None, None),
    ],
)
def test_times(text: str, start: time | None, end: time | None, minutes: int | None) -> None:
    item = only(text)
    assert (item.start, item.end, item.minutes) == (start, end, minutes)


def test_what_follows_starts_when_the_first_ends() -> None:
    first, second = told("Senam jam 7 sampai 8 dilanjutkan rapat sampai jam 10").items
    assert (first.start, first.end) == (T(7), T(8))
    assert (second.start, second.end, second.minutes) == (T(8), T(10), 120)


def test_a_sum_over_several_is_nobodys_duration() -> None:
    assert [item.minutes for item in told("total 3 jam: rapat dan susun RKA").items] == [None, None]


def test_an_evening_told_after_midnight_was_yesterday() -> None:
    item = only("migrasi server jam 19.00 sampai 23.00", at=datetime(2026, 11, 5, 0, 30, tzinfo=JAKARTA))
    assert (item.date.day, item.start, item.minutes) == (4, T(19), 240)
