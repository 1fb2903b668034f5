"""Every problem has a sentence, and every kind of problem can happen."""

from string import Formatter

import pytest

from handlers.problems import SENTENCES, word
from handlers.texts import words
from models.imports import Key, Problem
from tests.imports import test_bad_files, test_bad_rows, test_duty_sheets

KNOWN = [
    *(found for _, found in test_bad_files.FILES.values()),
    *(problem for _, found in (*test_bad_rows.CELLS.values(), *test_bad_rows.EXCEL.values()) for problem in found),
    *(problem for *_, found in test_bad_rows.AGENCIES.values() for problem in found),
    *(problem for _, found in test_duty_sheets.BAD.values() for problem in found),
    Problem(Key.WHICH_AGENCY, "instansi", values={"codes": ("A", "B")}),
    Problem(Key.UNKNOWN_AGENCY, "instansi", values={"value": "C", "codes": ("A", "B")}),
    Problem(Key.AMBIGUOUS_PARENT, "target", 2, "kode_induk", {"value": "1", "holders": ("A", "B"), "count": 2}),
    Problem(Key.NOT_FETCHED, "pegawai.xlsx"),
    Problem(Key.TOO_MUCH_TO_READ, "pegawai.xlsx"),
    Problem(Key.MEASURE_IN_USE, "target", 2, "satuan", {"value": "surat", "used": "berkas"}),
]


def test_every_key_has_a_sentence_and_a_case() -> None:
    assert set(SENTENCES) == set(Key) == {problem.key for problem in KNOWN}


@pytest.mark.parametrize("problem", KNOWN, ids=lambda problem: problem.key)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sentence_says_all_there_is_to_say(problem: Problem, language: str) -> None:
    said = word(problem, words(language))
    assert said.startswith(problem.sheet)
    assert "{" not in said
    needed = {name for _, name, _, _ in Formatter().parse(SENTENCES[problem.key]) if name}
    assert needed <= problem.values.keys()


def test_a_line_reads_so() -> None:
    ring = Problem(Key.CYCLE, "unit", 2, "induk", {"path": ["D", "S", "D"]})
    assert word(ring, words("en")) == (
        "unit, row 2, column induk: This leads round in a circle: D → S → D. Correct one of these rows."
    )
    slip = Problem(Key.UNKNOWN_UNIT, "pegawai", 7, "unit", {"value": "d", "nearest": "D"})
    assert word(slip, words("en")) == (
        "pegawai, row 7, column unit: There is no unit d. Add it to the sheet unit, or correct the code. Was “D” meant?"
    )
