"""From the targets of PP 46/2011 to prestasi kerja: points, means, categories, and when there is no figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from models.scoring.percentages import Number
from models.scoring.pp46 import (
    AppraisedTarget,
    Behaviour,
    Category,
    Creativity,
    NoAppraisal,
    additional_tasks,
    appraise,
    category,
    creativity_points,
    score_behaviour,
    score_skp,
    score_target,
)
from tests.pp46_facts import D, marks, target


def test_points_for_additional_tasks() -> None:
    assert [additional_tasks(count) for count in range(10)] == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert additional_tasks(100) == 3
    with pytest.raises(ValueError, match="count"):
        additional_tasks(-1)


def test_points_for_creativity() -> None:
    levels = (None, Creativity.UNIT, Creativity.AGENCY, Creativity.NATION)
    assert [creativity_points(level) for level in levels] == [0, 3, 6, 12]


UNSTATED = target("R9", quantity=(24, None))


@pytest.mark.parametrize(
    ("targets", "additional", "creativity", "score", "reason"),
    [
        ([target()], 0, None, D(92), None),
        ([target(), target("R2", cost=(5, 5))], 0, None, D(90), None),
        ([target()], 4, Creativity.UNIT, D(97), None),
        ([target()], 7, Creativity.NATION, D(107), None),
        ([target(), UNSTATED], 7, Creativity.NATION, None, NoAppraisal.INCOMPLETE),
        ([], 7, Creativity.NATION, None, NoAppraisal.NO_TARGET),
    ],
)
def test_skp(
    targets: Sequence[AppraisedTarget],
    additional: int,
    creativity: Creativity | None,
    score: D | None,
    reason: NoAppraisal | None,
) -> None:
    answer = score_skp(targets, additional=additional, creativity=creativity)
    assert (answer.score, answer.reason) == (score, reason)
    assert answer.targets == tuple(score_target(one) for one in targets)
    assert answer.incomplete == tuple(one.code for one in targets if one is UNSTATED)


@pytest.mark.parametrize(
    ("given", "structural", "score", "unmarked"),
    [
        (marks(80), False, D(80), ()),
        (marks(80, discipline=D("85.5")), False, D("81.1"), ()),
        (marks(80, leadership=98), True, D(83), ()),
        (marks(80, leadership=98), False, D(80), ()),
        (marks(0), False, D(0), ()),
        (marks(80), True, None, (Behaviour.LEADERSHIP,)),
        (marks(80, integrity=None), False, None, (Behaviour.INTEGRITY,)),
        ({}, False, None, tuple(Behaviour)[:5]),
    ],
)
def test_behaviour(
    given: Mapping[Behaviour, Number | None], structural: bool, score: D | None, unmarked: tuple[Behaviour, ...]
) -> None:
    answer = score_behaviour(given, structural=structural)
    assert (answer.score, answer.unmarked) == (score, unmarked)


@pytest.mark.parametrize("mark", [-1, 101, D("100.01")])
def test_a_mark_off_the_scale_is_refused(mark: Number) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        score_behaviour(marks(80, leadership=mark), structural=False)


@pytest.mark.parametrize(
    ("score", "name"),
    [
        ("115", Category.VERY_GOOD),
        ("91", Category.VERY_GOOD),
        ("90.9999999999999999999999999", Category.GOOD),
        ("76", Category.GOOD),
        ("75.9999999999999999999999999", Category.FAIR),
        ("61", Category.FAIR),
        ("60.9999999999999999999999999", Category.POOR),
        ("50.00000000000000000000000001", Category.POOR),
        ("50", Category.BAD),
        ("0", Category.BAD),
    ],
)
def test_category(score: str, name: Category) -> None:
    assert category(D(score)) == name


def test_prestasi_kerja() -> None:
    answer = appraise(score_skp([target()]), score_behaviour(marks(80), structural=False))
    assert (answer.score, answer.category, answer.reason) == (D("87.2"), Category.GOOD, None)


@pytest.mark.parametrize(
    ("mark", "total", "name"),
    [(52, 61, Category.FAIR), (D("89.5"), 76, Category.GOOD), (100, D("80.2"), Category.GOOD)],
)
def test_thirds_that_make_up_a_bound_reach_it(mark: Number, total: Number, name: Category) -> None:
    """Each step rounded to 28 digits would end at 60.99…98 and 75.99…98."""
    ninths = [
        target("R1", quantity=(3, 1)),
        target("R2", quantity=(9, 1)),
        target("R3", quantity=(9, 2), time=(12, 11)),
    ]
    answer = appraise(score_skp(ninths), score_behaviour(marks(mark), structural=False))
    assert (answer.score, answer.category) == (total, name)
    assert "just_below" not in {line.key for line in answer.lines}


@pytest.mark.parametrize(
    ("skp", "mark", "reason"),
    [
        (score_skp([]), 80, NoAppraisal.NO_TARGET),
        (score_skp([UNSTATED]), 80, NoAppraisal.INCOMPLETE),
        (score_skp([UNSTATED]), None, NoAppraisal.INCOMPLETE),
        (score_skp([target()]), None, NoAppraisal.UNMARKED),
    ],
)
def test_without_a_part_there_is_no_appraisal(skp: Any, mark: int | None, reason: NoAppraisal) -> None:
    answer = appraise(skp, score_behaviour(marks(mark), structural=False))
    assert (answer.score, answer.category, answer.reason, answer.lines) == (None, None, reason, ())
