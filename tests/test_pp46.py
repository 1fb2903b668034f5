"""The appraisal under PP 46/2011: the vectors of the rule, its traps, and how it explains itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from models.scoring.percentages import Number
from models.scoring.pp46 import (
    AppraisedTarget,
    Aspect,
    Behaviour,
    Category,
    Creativity,
    NoAppraisal,
    additional_tasks,
    appraise,
    category,
    cost_score,
    creativity_points,
    quality_score,
    quantity_score,
    score_behaviour,
    score_skp,
    score_target,
    time_score,
)
from tests.pp46_facts import D, marks, target

SHOWN = D("0.01")

ECONOMY = [
    # target, realised, score
    (12, 12, "76.00"),
    (12, 11, "84.33"),
    (12, 10, "92.67"),
    (12, 9, "75.00"),
    (12, 6, "50.00"),
    (12, 1, "8.33"),
    (12, 15, "51.00"),
    (12, 24, "-24.00"),
    (5, 4, "96.00"),
    (25, 19, "100.00"),  # a saving of exactly 24 %
    (100, 76, "100.00"),
    (100, 75, "75.00"),
    (1, 1, "76.00"),
    (1, 2, "-24.00"),
    (12, 0, "0.00"),
    (1, 0, "0.00"),
    (D("0.25"), D("0.19"), "100.00"),
    (D("7.5"), D("5.7"), "100.00"),
    (D("12.5"), D("9.5"), "100.00"),
    (D("0.0025"), D("0.0019"), "100.00"),
    (25, D("18.9999999999"), "76.00"),  # over the cliff by a hair
    (25, D("19.0000000001"), "100.00"),
    (125_000_000_000_000, 95_000_000_000_000, "100.00"),
    (125_000_000_000_000, 94_999_999_999_999, "76.00"),
    (100, 176, "0.00"),
    (D("12.5"), 22, "0.00"),
]


@pytest.mark.parametrize("of_aspect", [time_score, cost_score])
@pytest.mark.parametrize(("owed", "realised", "shown"), ECONOMY)
def test_time_and_cost(
    of_aspect: Callable[[Number, Number], D | None], owed: Number, realised: Number, shown: str
) -> None:
    for one, other in ((owed, realised), (D(owed), D(realised))):
        score = of_aspect(one, other)
        assert score is not None
        assert score.quantize(SHOWN) == D(shown)


def test_the_cliff_lies_exactly_at_24_percent() -> None:
    assert [time_score(25, 19), time_score(100, 76)] == [100, 100]
    assert [time_score(100, 75), time_score(25, 18)] == [75, 72]
    for owed in range(25, 1001, 25):
        edge = D(owed) * 76 / 100
        assert time_score(owed, edge) == 100
        assert time_score(owed, edge - D("0.0001")) == (edge - D("0.0001")) / owed * 100


@pytest.mark.parametrize(
    ("owed", "realised", "score"),
    [(24, 24, "100"), (24, 6, "25"), (24, 36, "150"), (24, 0, "0"), (D("2.5"), D("1.5"), "60"), (40, D("0.1"), "0.25")],
)
def test_quantity_and_quality_have_no_cap(owed: Number, realised: Number, score: str) -> None:
    assert quantity_score(owed, realised) == quality_score(owed, realised) == D(score)


@pytest.mark.parametrize("owed", [None, 0, D(0), D("0.00")])
def test_cost_without_a_target_does_not_count(owed: Number | None) -> None:
    assert cost_score(owed, 5) is None


@pytest.mark.parametrize(
    ("facts", "score"),
    [
        pytest.param(target(), "92", id="on target, without cost"),
        pytest.param(target(cost=(1_000_000, 1_000_000)), "88", id="on target, with cost"),
        pytest.param(target(cost=(0, 500)), "92", id="a cost target of 0 is dropped, not divided by"),
        pytest.param(target(cost=(0, None)), "92", id="nor is its realisation asked for"),
        pytest.param(target(cost=(100, 76)), "94", id="cost is added as well as divided by"),
        pytest.param(target(quantity=(24, 48)), "125.33", id="quantity without cap"),
        pytest.param(target(time=(12, 9)), "91.67", id="too fast by more than 24 %"),
        pytest.param(target(quantity=(24, 0)), "58.67", id="nothing done is 0 of one aspect"),
        pytest.param(target(time=(12, 0)), "66.67", id="time not done"),
        pytest.param(target(cost=(100, 0)), "69", id="cost not done"),
        pytest.param(target(time=(1, 2)), "58.67", id="a negative aspect pulls down"),
        pytest.param(target(quantity=(24, 0), quality=(85, 0), time=(1, 2)), "0", id="clamped at 0"),
        pytest.param(target(cost=(1, 30)), "0", id="clamped with cost"),
        pytest.param(target(quantity=(24, None)), None, id="quantity not stated"),
        pytest.param(target(quality=(85, None)), None, id="quality not stated"),
        pytest.param(target(time=(12, None)), None, id="time not stated"),
        pytest.param(target(cost=(100, None)), None, id="cost not stated"),
    ],
)
def test_target(facts: AppraisedTarget, score: str | None) -> None:
    answer = score_target(facts).score
    assert answer == score or (answer is not None and answer.quantize(SHOWN) == D(score or ""))


def test_what_is_not_stated_is_listed_and_the_rest_is_kept() -> None:
    answer = score_target(target(quality=(85, None), cost=(100, None)))
    assert answer.unstated == (Aspect.QUALITY, Aspect.COST)
    assert answer.aspects == {Aspect.QUANTITY: 100, Aspect.TIME: 76}


@pytest.mark.parametrize(
    "facts",
    [
        {"quantity": (0, 5)},
        {"quality": (0, 85)},
        {"time": (0, 12)},
        {"time": (D("0.0"), None)},
        {"quantity": (-1, 5)},
        {"cost": (-1, 5)},
        {"quantity": (24, -1)},
        {"cost": (100, D(-1))},
        {"quality": (101, 85)},
        {"quality": (85, D("100.01"))},
    ],
)
def test_facts_without_a_score_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="target R1"):
        target(**facts)


@pytest.mark.parametrize("of_aspect", [quantity_score, quality_score, time_score])
@pytest.mark.parametrize(("owed", "realised"), [(0, 1), (D(0), 0), (-1, 1), (1, -1), (D("NaN"), 1), (1, D("Infinity"))])
def test_aspects_of_no_target_are_refused(
    of_aspect: Callable[[Number, Number], D], owed: Number, realised: Number
) -> None:
    with pytest.raises(ValueError, match="must"):
        of_aspect(owed, realised)


def test_a_float_is_refused() -> None:
    binary: Any = 0.1
    for call in (lambda: time_score(binary, 1), lambda: quantity_score(1, binary), lambda: category(binary)):
        with pytest.raises(TypeError, match="float"):
            call()
    with pytest.raises(TypeError, match="float"):
        target(quantity=(24, binary))


def test_points_for_additional_tasks() -> None:
    assert [additional_tasks(count) for count in range(10)] == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert additional_tasks(100) == 3
    with pytest.raises(ValueError, match="count"):
        additional_tasks(-1)


def test_points_for_creativity() -> None:
    assert [creativity_points(one) for one in (None, Creativity.UNIT, Creativity.AGENCY, Creativity.NATION)] == [
        0,
        3,
        6,
        12,
    ]


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
