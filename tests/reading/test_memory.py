from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.memory import Remembered, normalised, recall

WIRING = Remembered(
    normalised("memasang kabel di ruang sidang"), "E1", own=True, corrected=False, confirmed_on=date(2027, 3, 1)
)


@pytest.mark.parametrize(
    "again",
    [
        "memasang kabel di ruang sidang",
        "Masang kabel ruang sidang",
        "memasang kable di ruang sidang",
        "pasang kabel di ruang sidang tgl 4 Mei 2027",
        "memasang 12 meter kabel di ruang sidang",
    ],
)
def test_the_same_work_said_again_links_the_same(again: str) -> None:
    assert recall(again, [WIRING]) == WIRING


@pytest.mark.parametrize(
    "other",
    ["memasang lampu di ruang sidang", "melepas kabel di ruang sidang", "memasang kabel", "12 Mei 2027", "", "rapat"],
)
def test_other_work_is_not_recalled(other: str) -> None:
    assert recall(other, [WIRING]) is None


def test_one_letter_may_be_another_document() -> None:
    payment = replace(WIRING, wording=normalised("verifikasi SPP dinas pasar"))
    assert recall("verifikasi SPM dinas pasar", [payment]) is None


COLLEAGUES = replace(WIRING, target_code="E2", own=False, weight=9.0)
CORRECTION = replace(WIRING, target_code="E3", corrected=True)
OFTEN = replace(WIRING, weight=4.0)
REPORT = replace(WIRING, wording=normalised("memasang simolaka di ruang sidang"))
NEAR = replace(REPORT, wording=normalised("memasang simoleka di ruang sidang"), target_code="E4")


@pytest.mark.parametrize(
    ("remembered", "expected"),
    [
        ([COLLEAGUES, WIRING], WIRING),
        ([COLLEAGUES], COLLEAGUES),
        ([OFTEN, CORRECTION], CORRECTION),
        ([COLLEAGUES, OFTEN, CORRECTION], CORRECTION),
        ([WIRING, OFTEN], OFTEN),
        ([WIRING, replace(WIRING, confirmed_on=date(2027, 4, 1))], replace(WIRING, confirmed_on=date(2027, 4, 1))),
        ([WIRING, replace(WIRING, target_code="E5")], None),
        ([CORRECTION, replace(CORRECTION, target_code="E5")], None),
        ([COLLEAGUES, replace(COLLEAGUES, target_code="E5")], None),
        ([], None),
    ],
)
def test_ones_own_before_others_and_corrections_before_all(remembered: list[Remembered], expected: Remembered) -> None:
    assert recall("memasang kabel di ruang sidang", remembered) == expected
    assert recall("memasang kabel di ruang sidang", remembered[::-1]) == expected


def test_the_very_wording_comes_before_a_near_one() -> None:
    assert recall("memasang simolaka di ruang sidang", [NEAR, REPORT]) == REPORT
    assert recall("memasang simolaka di ruang sidang", [NEAR]) == NEAR


words = st.lists(
    st.sampled_from(["rak", "lemari", "pintu", "kabel", "antar", "surat", "tinta"]), min_size=1, max_size=8
)


@given(words=words, day=st.integers(1, 28), count=st.integers(2, 900))
def test_dates_and_counts_do_not_change_a_wording(words: list[str], day: int, count: int) -> None:
    assert normalised(f"{' '.join(words)} tgl {day} Mei, {count} lembar") == normalised(" ".join(words))


@given(words=words)
def test_what_was_confirmed_is_recalled(words: list[str]) -> None:
    link = replace(WIRING, wording=normalised(" ".join(words)))
    assert recall(" ".join(words), [COLLEAGUES, link]) == link
