from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.codes import Code, find_code
from models.reading.types import TargetLine
from tests.reading.told import told

NUMBERS = ("1", "2", "3", "4", "5")
LETTERS = ("K1", "K2", "K3", "K6")
DASHED = ("PR-1", "PR-2", "PR-10")
NESTED = ("1.a", "1.b", "2")


@pytest.mark.parametrize(
    ("text", "codes", "code", "rest"),
    [
        ("#3 merakit rak buku", NUMBERS, "3", " merakit rak buku"),
        ("merakit rak buku #K3", LETTERS, "K3", "merakit rak buku "),
        ("merakit rak (K3), mengecat", LETTERS, "K3", "merakit rak , mengecat"),
        ("[k6] mengecat rak", LETTERS, "K6", " mengecat rak"),
        ("mengecat rak {3}", LETTERS, "K3", "mengecat rak "),
        ("K2 - mengecat rak", LETTERS, "K2", "mengecat rak"),
        ("K2: mengecat rak", LETTERS, "K2", "mengecat rak"),
        ("K2 mengecat rak", LETTERS, "K2", "mengecat rak"),
        ("pr-10 mengecat rak", DASHED, "PR-10", "mengecat rak"),
        ("mengecat rak | PR-2", DASHED, "PR-2", "mengecat rak "),
        ("target 2 mengecat rak", NUMBERS, "2", "mengecat rak"),
        ("tgt 5: mengecat rak", NUMBERS, "5", "mengecat rak"),
        ("SKP 3 mengecat rak", LETTERS, "K3", "mengecat rak"),
        ("mengecat rak utk RHK 1", NUMBERS, "1", "mengecat rak utk "),
        ("kode 4 = mengecat rak", NUMBERS, "4", "mengecat rak"),
        ("1=mengecat rak", NUMBERS, "1", "mengecat rak"),
        ("T3 mengecat rak", NUMBERS, "3", "mengecat rak"),
        ("(2) mengecat rak", NUMBERS, "2", " mengecat rak"),
        ("1.b mengecat rak", NESTED, "1.b", "mengecat rak"),
        ("1b: mengecat rak", NESTED, "1.b", "mengecat rak"),
        ("target 5 rekap cat", NUMBERS, "5", "rekap cat"),
    ],
)
def test_an_explicit_code_is_found_and_can_be_cut_out(text: str, codes: Sequence[str], code: str, rest: str) -> None:
    found = find_code(text, codes)
    assert found is not None
    assert (found.code, text[: found.start] + text[found.end :]) == (code, rest)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("#9 mengecat rak", NUMBERS),
        ("[K9] mengecat rak", LETTERS),
        ("K9 - mengecat rak", LETTERS),
        ("mengecat rak (K8)", LETTERS),
        ("target 8: mengecat rak", NUMBERS),
        ("#1 mengecat rak", NESTED),
    ],
)
def test_a_code_that_no_target_has_is_still_a_code(text: str, codes: Sequence[str]) -> None:
    found = find_code(text, codes)
    assert found is not None
    assert found.code is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1. Apel pagi", NUMBERS),
        ("2) mengecat rak", NUMBERS),
        ("1 - mengecat rak", NUMBERS),
        ("A. mengecat rak", ("A", "B")),
        ("mengecat lima (5) rak", NUMBERS),
        ("mengecat 3 (tiga) rak", NUMBERS),
        ("target 20 berkas tercapai", NUMBERS),
        ("menyusun SKP 2 pegawai", NUMBERS),
        ("memeriksa kunjungan K1 dan K6 ibu hamil", LETTERS),
        ("menggali box K2", LETTERS),
        ("membetulkan issue #3", NUMBERS),
        ("kode rekening 5.1.02.01", NUMBERS),
        ("kode 5.1.02 untuk ATK", NUMBERS),
        ("hadir #kerjanyata", NUMBERS),
        ("rapat di ruang (2027)", NUMBERS),
        ("mengecat rak", ()),
    ],
)
def test_what_was_not_marked_as_a_code_is_none(text: str, codes: Sequence[str]) -> None:
    assert find_code(text, codes) is None


codes_of_a_person = st.lists(
    st.from_regex(r"[A-Z]{0,2}-?[1-9][0-9]?", fullmatch=True), min_size=1, max_size=8, unique=True
)


@given(text=st.text(max_size=60), codes=codes_of_a_person)
def test_a_span_lies_in_the_text_and_the_code_is_one_of_the_persons(text: str, codes: list[str]) -> None:
    found = find_code(text, codes)
    assert found is None or (0 <= found.start < found.end <= len(text) and found.code in (None, *codes))


@given(codes=codes_of_a_person, place=st.integers(min_value=0, max_value=7))
def test_every_code_is_found_by_its_own_spelling(codes: list[str], place: int) -> None:
    code = codes[place % len(codes)]
    assert find_code(f"mengecat rak [{code}]", codes) == Code(code, 13, 15 + len(code))


@pytest.mark.parametrize(
    ("text", "descriptions"),
    [
        ("kemarin A1 mengarsipkan 3 berkas", ["mengarsipkan 3 berkas"]),
        ("tadi pagi A1 menata boks", ["menata boks"]),
        ("hari ini saya A1 menata boks dan A1 mengecat rak", ["menata boks", "mengecat rak"]),
    ],
)
def test_a_code_after_the_date_is_no_part_of_the_work(text: str, descriptions: list[str]) -> None:
    items = told(text, targets=(TargetLine("A1", "Penataan arsip"),)).items
    assert [(item.description, item.link.target) for item in items] == [(each, "A1") for each in descriptions]
