"""The appraisal under PP 46/2011: what holds for any facts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from models.scoring.percentages import Number
from models.scoring.pp46 import (
    AppraisedTarget,
    Behaviour,
    Category,
    Measure,
    additional_tasks,
    appraise,
    category,
    cost_score,
    quality_score,
    quantity_score,
    score_behaviour,
    score_skp,
    score_target,
    time_score,
)
from tests.pp46_facts import D, done, marks, owed, target, targets

HAIR = D("1e-20")
"""More than the 28 digits of a written figure can differ by, less than any step of the facts."""

SCALE = [Category.BAD, Category.POOR, Category.FAIR, Category.GOOD, Category.VERY_GOOD]
totals = st.decimals(-50, 200, places=4)
whole = st.integers(1, 10**6)


@given(owed, done, done)
def test_more_output_never_lowers_quantity(one: Number, less: Number, more: Number) -> None:
    less, more = sorted((less, more))
    assert 0 <= quantity_score(one, less) <= quantity_score(one, more)
    assert (quantity_score(one, less) == quantity_score(one, more)) == (less == more)


@given(whole, st.integers(0, 10**6))
def test_an_int_is_as_good_as_a_decimal(one: int, other: int) -> None:
    for of_aspect in (quantity_score, quality_score, time_score, cost_score):
        same = {of_aspect(a, b) for a in (one, D(one), D(f"{one}.000")) for b in (other, D(other), D(f"{other}.00"))}
        assert len(same) == 1
        assert all(isinstance(score, Decimal) for score in same)


@given(whole, st.integers(0, 10**6), st.integers(1, 1000))
def test_only_the_proportion_matters(one: int, other: int, factor: int) -> None:
    assert time_score(one * factor, other * factor) == time_score(one, other)
    assert quantity_score(D(one) / 1000, D(other) / 1000) == quantity_score(one, other)


@given(owed, done)
def test_time_is_the_formula_of_the_rule(one: Number, other: Number) -> None:
    t, r = Fraction(one), Fraction(other)
    e = 100 - r / t * 100
    reach = (Fraction("1.76") * t - r) / t * 100
    score = Fraction(0) if r == 0 else reach if e <= 24 else 76 - (reach - 100)
    assert abs(Fraction(time_score(one, other)) - score) <= Fraction(HAIR)
    assert cost_score(one, other) == time_score(one, other)


@given(owed, done, done)
def test_inside_a_branch_time_is_a_straight_line(one: Number, low: Number, high: Number) -> None:
    low, high = sorted((low, high))
    assume(low > 0)
    step = (D(high) - D(low)) / D(one) * 100
    rise = time_score(one, high) - time_score(one, low)
    if 100 * D(low) >= 76 * D(one):
        assert abs(rise + step) <= HAIR  # within 24 % or late: every percent later costs one
    elif 100 * D(high) < 76 * D(one):
        assert abs(rise - step) <= HAIR  # beyond 24 %: every percent faster costs one


@given(owed, done)
def test_nobody_gets_more_than_100_for_time(one: Number, other: Number) -> None:
    assert time_score(one, other) <= 100
    assert (time_score(one, other) == 100) == (100 * D(other) == 76 * D(one))


@given(owed, owed, st.integers(1, 100), st.none() | owed)
def test_on_target_is_92_and_88_with_cost(quantity: Number, months: Number, mark: int, cost: Number | None) -> None:
    spent = None if cost is None else (cost, cost)
    facts = target(quantity=(quantity, quantity), quality=(mark, mark), time=(months, months), cost=spent)
    assert score_target(facts).score == (92 if cost is None else 88)


@given(targets())
def test_a_target_is_the_mean_of_its_aspects_clamped_at_0(facts: AppraisedTarget) -> None:
    answer = score_target(facts)
    assert answer.score is not None
    mean = sum(answer.aspects.values(), D(0)) / len(facts.measures)
    assert len(answer.aspects) == (3 if facts.cost is None else 4)
    assert abs(answer.score - max(D(0), mean)) <= HAIR
    assert ("target_clamped" in {line.key for line in answer.lines}) == (answer.exact == 0 and mean < 0)


@given(targets(stated=False))
def test_not_stated_is_never_0(facts: AppraisedTarget) -> None:
    answer = score_target(facts)
    missing = {aspect for aspect, measure in facts.measures.items() if measure.realised is None}
    assert set(answer.unstated) == missing == facts.measures.keys() - answer.aspects.keys()
    assert (answer.score is None) == bool(missing)


@given(st.lists(targets(stated=False), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter(facts: list[AppraisedTarget], random: Random) -> None:
    shuffled = random.sample(facts, len(facts))
    assert score_skp(shuffled).exact == score_skp(facts).exact
    assert sorted(score_skp(shuffled).incomplete) == sorted(score_skp(facts).incomplete)


@given(st.lists(targets(), min_size=1, max_size=4), st.integers(1, 4))
def test_the_same_targets_twice_change_nothing(facts: list[AppraisedTarget], times: int) -> None:
    assert score_skp(facts * times).exact == score_skp(facts).exact


@given(st.lists(targets(), min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 20))
def test_additional_tasks_add_three_points_at_most(facts: list[AppraisedTarget], some: int, more: int) -> None:
    alone, fewer, all_ = (score_skp(facts, additional=count).exact for count in (0, some, some + more))
    assert alone is not None
    assert fewer is not None
    assert all_ is not None
    assert alone <= fewer <= all_ <= alone + 3
    assert fewer - alone == additional_tasks(some)


@given(targets(), done)
def test_more_output_never_lowers_an_appraisal(facts: AppraisedTarget, more: Number) -> None:
    behaviour = score_behaviour(marks(80), structural=False)
    raised = replace(facts, quantity=Measure(facts.quantity.target, D(facts.quantity.realised or 0) + D(more)))
    before, after = (appraise(score_skp([one]), behaviour) for one in (facts, raised))
    assert before.exact is not None
    assert after.exact is not None
    assert before.exact <= after.exact


@given(st.lists(st.integers(0, 100), min_size=6, max_size=6), st.booleans())
def test_behaviour_lies_between_its_marks(given_marks: list[int], structural: bool) -> None:
    answer = score_behaviour(dict(zip(Behaviour, given_marks, strict=True)), structural=structural)
    counted = given_marks if structural else given_marks[:5]
    assert answer.exact == Fraction(sum(counted), len(counted))


@given(totals, totals)
def test_a_better_total_is_never_a_worse_category(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert SCALE.index(category(low)) <= SCALE.index(category(high))


@given(totals)
def test_every_total_has_the_category_of_its_range(total: Decimal) -> None:
    ranges = [total <= 50, 50 < total < 61, 61 <= total < 76, 76 <= total < 91, total >= 91]
    assert SCALE[ranges.index(True)] == category(total)
