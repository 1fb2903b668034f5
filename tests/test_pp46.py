"""The aspects and targets of PP 46/2011: the vectors of the rule, and its traps."""

from collections.abc import Callable
from typing import Any

import pytest

from models.scoring.percentages import Number
from models.scoring.pp46 import (
    AppraisedTarget,
    Aspect,
    category,
    cost_score,
    quality_score,
    quantity_score,
    score_target,
    time_score,
)
from tests.pp46_facts import D, target

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
