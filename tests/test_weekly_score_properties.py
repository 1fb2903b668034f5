"""Harian's weekly score: what holds for any facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from models.scoring.facts import TargetFacts
from models.scoring.weekly import score_person, score_target
from tests.scoring_facts import END, FIRST, FOURTH, SECOND, START, THIRD, D, facts, weekdays, weeks


@given(facts(), weeks, st.data())
def test_splitting_one_activity_into_ten_changes_nothing(one: TargetFacts, week: date, data: st.DataObject) -> None:
    day, output = data.draw(st.tuples(st.sampled_from(weekdays(START, END)), st.decimals(0, 40, places=1)))
    whole = replace(one, milestone=False, outputs=[*one.outputs, (day, output)])
    cuts = sorted(data.draw(st.lists(st.integers(0, int(output * 10)), min_size=9, max_size=9)))
    parts = [D(b - a) / 10 for a, b in zip([0, *cuts], [*cuts, int(output * 10)], strict=True)]
    split = replace(whole, outputs=[*one.outputs, *((day, part) for part in parts)])
    assert len(parts) == 10
    assert score_person([split], week) == score_person([whole], week)


@given(facts(), weeks, st.lists(st.sampled_from(weekdays(START, END)), min_size=1, max_size=10))
def test_activities_without_output_change_nothing(one: TargetFacts, week: date, days: list[date]) -> None:
    counted = replace(one, milestone=False)
    padded = replace(counted, outputs=[*counted.outputs, *((day, D(0)) for day in days)])
    assert score_target(padded, week) == score_target(counted, week)


@given(facts(), weeks, st.sampled_from(weekdays(START, END)), st.decimals("0.1", 40, places=1))
def test_more_output_never_lowers_quantity(one: TargetFacts, week: date, day: date, more: Decimal) -> None:
    before = score_target(replace(one, milestone=False), week)
    after = score_target(replace(one, milestone=False, outputs=[*one.outputs, (day, more)]), week)
    assert after.expected == before.expected
    assert (after.quantity or 0) >= (before.quantity or 0)


@given(facts(), weeks, st.sampled_from(weekdays(START, END)), st.decimals("0.1", 40, places=1), st.integers(0, 100))
def test_more_output_of_the_same_quality_never_lowers_a_result(
    one: TargetFacts, week: date, day: date, more: Decimal, mark: int
) -> None:
    same = replace(one, milestone=False, marks=dict.fromkeys((FIRST, SECOND, THIRD, FOURTH), mark))
    before = score_target(same, week)
    after = score_target(replace(same, outputs=[*same.outputs, (day, more)]), week)
    assert (after.result or 0) >= (before.result or 0)


@given(st.lists(facts(), max_size=5), weeks)
def test_scores_stay_between_0_and_100(targets: list[TargetFacts], week: date) -> None:
    person = score_person(targets, week)
    percents = [person.score, *(p for one in person.targets for p in (one.quantity, one.quality, one.result))]
    assert all(percent is None or 0 <= percent <= 100 for percent in percents)
    assert (person.score is None) == all(one.result is None for one in person.targets) == (person.reason is not None)


@given(st.lists(facts(), max_size=5), weeks, st.randoms(use_true_random=False))
def test_order_does_not_matter(targets: list[TargetFacts], week: date, random: Random) -> None:
    shuffled = [replace(one, outputs=sorted(one.outputs, reverse=True)) for one in targets]
    random.shuffle(shuffled)
    assert score_person(shuffled, week).score == score_person(targets, week).score


@given(facts(), weeks)
def test_leave_never_raises_what_is_expected(one: TargetFacts, week: date) -> None:
    with_leave = score_target(one, week).expected
    without = score_target(replace(one, absent=frozenset()), week).expected
    assert (with_leave is None) == (without is None)
    assert with_leave is None or without is None or with_leave <= without
