"""Units see a figure only over five people or more, also after subtracting what else is shown."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.scoring.units import SMALLEST_GROUP, Share, UnitScore, progress_of, publishable, score_unit
from models.scoring.weekly import NoScore, PersonScore

D = Decimal


def person(score: int | Decimal | None) -> PersonScore:
    return PersonScore(None if score is None else D(score), (), NoScore.UNMARKED if score is None else None, ())


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ([80, 90, 70, 60, 100], UnitScore(D(80), 5, 5, hidden=False)),
        ([80, 90, 70, 60, 100, None], UnitScore(D(80), 5, 6, hidden=False)),
        ([0, 0, 0, 0, 0, 60], UnitScore(D(10), 6, 6, hidden=False)),
        ([80, 90, 70, 60, None, None, None], UnitScore(None, 4, 7, hidden=True)),
        ([], UnitScore(None, 0, 0, hidden=True)),
    ],
)
def test_unit(scores: list[int | None], answer: UnitScore) -> None:
    assert score_unit([person(score) for score in scores]) == answer


def test_a_member_without_any_score_object_is_still_a_member() -> None:
    assert score_unit([person(50)] * 5 + [None]) == UnitScore(D(50), 5, 6, hidden=False)


@given(st.lists(st.none() | st.decimals(0, 100, places=2), max_size=12), st.randoms(use_true_random=False))
def test_unit_score_is_hidden_or_a_mean_of_at_least_five(scores: list[Decimal | None], random: Random) -> None:
    answer = score_unit([person(score) for score in scores])
    scored = [score for score in scores if score is not None]
    assert (answer.scored, answer.of, answer.hidden) == (len(scored), len(scores), len(scored) < 5)
    assert (answer.mean is None) == answer.hidden
    assert answer.mean is None or min(scored) <= answer.mean <= max(scored)
    random.shuffle(scores)
    assert score_unit([person(score) for score in scores]) == answer


def people(text: str) -> frozenset[str]:
    return frozenset(text)


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        pytest.param({"a": "12345", "b": "6789"}, {"a"}, id="four are too few"),
        pytest.param({"a": "12345", "all": "12345678"}, {"a"}, id="all less a leaves three"),
        pytest.param({"all": "12345678", "a": "12345"}, {"all"}, id="the first named wins"),
        pytest.param({"a": "12345", "b": "67890", "all": "1234567890"}, {"a", "b", "all"}, id="nothing is left over"),
        pytest.param({"a": "12345", "all": "1234567890"}, {"a", "all"}, id="five are left over"),
        pytest.param({"a": "12345", "b": "67890", "all": "1234567890x"}, {"a", "b"}, id="all less both leaves one"),
        pytest.param({"a": "12345", "b": "345678"}, {"a"}, id="groups that overlap"),
        pytest.param({"a": "12345", "again": "12345"}, {"a", "again"}, id="the same people twice"),
        pytest.param({"a": ""}, set(), id="nobody"),
    ],
)
def test_publishable(groups: dict[str, str], shown: set[str]) -> None:
    assert publishable({name: people(text) for name, text in groups.items()}) == shown


def rank(rows: Iterable[Iterable[int]]) -> int:
    matrix = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((row for row in range(found, len(matrix)) if matrix[row][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for row in range(found + 1, len(matrix)):
            factor = matrix[row][column] / matrix[found][column]
            matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[found], strict=True)]
        found += 1
    return found


members = st.frozensets(st.sampled_from("abcdefghijkl"), max_size=12)
nested = st.lists(st.integers(0, 12), min_size=2, max_size=2).map(
    lambda ends: frozenset("abcdefghijkl"[slice(*sorted(ends))])
)


@settings(deadline=None)  # 495 ranks an example, 0.08 s on a quiet machine
@given(st.dictionaries(st.sampled_from("ABCDEF"), members | nested, max_size=6))
def test_no_combination_of_shown_figures_is_about_fewer_than_five(groups: dict[str, frozenset[str]]) -> None:
    """A combination that leaves all but a few people out exists exactly when hiding those few lowers the rank."""
    everybody = "abcdefghijkl"
    shown = [groups[name] for name in sorted(publishable(groups))]
    known = rank([[person in group for person in everybody] for group in shown])
    for few in combinations(everybody, SMALLEST_GROUP - 1):
        others = [person for person in everybody if person not in few]
        assert rank([[person in group for person in others] for group in shown]) == known


def shares(*realised: str | int, expected: int = 10, unit: str = "surat", milestone: bool = False) -> list[Share]:
    """One target for each person, from the first."""
    return [Share(n, "A1", D(one), D(expected), unit, milestone) for n, one in enumerate(realised)]


@pytest.mark.parametrize(
    ("goals", "shown"),
    [
        pytest.param({"G": shares(1, 2, 3, 4)}, {}, id="four people"),
        pytest.param({"G": [*shares(1, 2, 3, 4), *shares(5, unit="rapat")]}, {}, id="four people with five targets"),
        pytest.param({"G": shares(0, 5, 10, 0, 6)}, {"G": 42}, id="of the sums"),
        pytest.param({"G": shares(10, 10, 10, 10, "10.4")}, {"G": 101}, id="in whole percents"),
        pytest.param({"G": [*shares(0, 5, 10, 5), Share(9, "B", D(1), D(1), "rapat")]}, {"G": 60}, id="two units"),
        pytest.param({"G": shares(0, 5, 10, 5, 10, milestone=True)}, {"G": 60}, id="milestones"),
        pytest.param(
            {"G": shares(1, 1, 1, 1, 1), "below": [*shares(1, 1, 1, 1, 1), Share(1, "A2", D(1), D(1), "surat")]},
            {"G": 10},
            id="one more target of one of them",
        ),
    ],
)
def test_progress(goals: dict[str, list[Share]], shown: dict[str, int]) -> None:
    assert progress_of(goals) == shown


@st.composite
def cascades(draw: st.DrawFn) -> dict[str, list[Share]]:
    """Goals, each by itself or below one before it, and who brings which of their targets to which."""
    above = [draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(draw(st.integers(1, 3)))]
    goals: dict[str, list[Share]] = {str(n): [] for n in range(len(above))}
    for person in range(8):
        for n, served in enumerate(draw(st.lists(st.integers(0, len(above) - 1), max_size=3))):
            share = Share(person, f"T{n}", D(draw(st.integers(0, 20))), D(10), "surat")
            goal: int | None = served
            while goal is not None:
                goals[str(goal)].append(share)
                goal = above[goal]
    return goals


@settings(deadline=None)
@given(cascades())
def test_no_combination_of_shown_goals_is_about_fewer_than_five(goals: dict[str, list[Share]]) -> None:
    """As above, with a column for each target: who is left out is left out with all of theirs."""
    percents = progress_of(goals)
    shown = [{(share.person, share.target) for share in goals[name]} for name in percents]
    everything = sorted({(share.person, share.target) for one in goals.values() for share in one})
    known = rank([[thing in group for thing in everything] for group in shown])
    for few in combinations(range(8), SMALLEST_GROUP - 1):
        others = [thing for thing in everything if thing[0] not in few]
        assert rank([[thing in group for thing in others] for group in shown]) == known
    assert all(type(percent) is int for percent in percents.values())
