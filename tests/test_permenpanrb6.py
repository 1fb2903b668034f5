"""Appraisal under PermenPANRB 6/2022: the grid, and the index where less is better."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.percentages import Number
from models.scoring.permenpanrb6 import GRID, CoreValue, Predicate, Rating, less_is_better, predicate
from tests.pp46_facts import D, done, owed

WORST_FIRST = [
    Predicate.VERY_POOR,
    Predicate.POOR,
    Predicate.NEEDS_IMPROVEMENT,
    Predicate.GOOD,
    Predicate.VERY_GOOD,
]


@pytest.mark.parametrize(
    ("results", "by_behaviour"),
    [
        # behaviour: above, as expected, below
        (Rating.ABOVE, (Predicate.VERY_GOOD, Predicate.GOOD, Predicate.POOR)),
        (Rating.AS_EXPECTED, (Predicate.GOOD, Predicate.GOOD, Predicate.POOR)),
        (Rating.BELOW, (Predicate.NEEDS_IMPROVEMENT, Predicate.NEEDS_IMPROVEMENT, Predicate.VERY_POOR)),
    ],
)
def test_the_grid(results: Rating, by_behaviour: tuple[Predicate, ...]) -> None:
    assert tuple(predicate(results, behaviour) for behaviour in Rating) == by_behaviour


def test_every_pair_of_ratings_has_a_predicate_and_every_predicate_a_pair() -> None:
    assert set(GRID) == set(product(Rating, Rating))
    assert set(GRID.values()) == set(Predicate)


def test_a_better_rating_never_worsens_the_predicate() -> None:
    for (better, worse), other in product(pairwise(Rating), Rating):
        for one, two in (((better, other), (worse, other)), ((other, better), (other, worse))):
            assert WORST_FIRST.index(predicate(*one)) >= WORST_FIRST.index(predicate(*two))


def test_the_values_of_berakhlak() -> None:
    assert [value.value for value in CoreValue] == [
        "service_oriented",
        "accountable",
        "competent",
        "harmonious",
        "loyal",
        "adaptive",
        "collaborative",
    ]


@pytest.mark.parametrize(
    ("target", "realised", "index"),
    [
        (8, 8, "100"),
        (8, 9, "87.5"),
        (7, D("6.5"), "107.14"),
        (10, 0, "200"),
        (10, 20, "0"),
        (10, 25, "-50"),
        (D("0.3"), D("0.1"), "166.67"),
    ],
)
def test_less_is_better(target: Number, realised: Number, index: str) -> None:
    assert less_is_better(target, realised).quantize(D("0.01")) == D(index)


@pytest.mark.parametrize(("target", "realised"), [(0, 1), (D(0), 0), (-1, 1), (1, -1), (D("NaN"), 1)])
def test_an_index_of_no_target_is_refused(target: Number, realised: Number) -> None:
    with pytest.raises(ValueError, match="must"):
        less_is_better(target, realised)


@given(owed, done, st.integers(1, 1000))
def test_less_is_never_worse(target: Number, realised: Number, more: int) -> None:
    assert less_is_better(target, D(realised) + more) < less_is_better(target, realised) <= 200
