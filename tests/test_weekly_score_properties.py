"""Harian's weekly score: what holds for any facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from models.scoring.explanation import Line
from models.scoring.facts import TargetFacts
from models.scoring.weekly import State, TargetScore, score_person, score_target
from tests.scoring_facts import END, FIRST, FOURTH, SECOND, START, THIRD, D, facts, random_facts, weekdays, weeks


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


FIGURES = ("expected", "realised", "quantity", "quality", "result")


def figures(one: TargetScore) -> tuple[object, ...]:
    return (one.state, *(getattr(one, name) for name in FIGURES))


def added_up(one: TargetScore) -> dict[str, Decimal]:
    """The figures of a target, from nothing but what its lines say."""
    by_key = {line.key: line.values for line in one.lines}
    found: dict[str, Decimal] = {}
    for key in ("expected", "expected_rounded_down"):
        if key in by_key:
            v = by_key[key]
            exact = number(v["planned"]) * number(v["present"]) / number(v["calendar"])
            found["expected"] = exact.to_integral_value(rounding="ROUND_FLOOR") if key != "expected" else exact
    for key in ("realised", "reached"):
        if key in by_key:
            found["realised"] = number(by_key[key]["realised"])
    if "untouched" in by_key:
        found["quantity"] = found["result"] = D(0)
    for key in ("quantity", "quantity_capped"):
        if key in by_key:
            v = by_key[key]
            found["quantity"] = min(D(100), 100 * number(v["realised"]) / number(v["expected"]))
    given = [line.values for line in one.lines if line.key == "mark"]
    if given:
        shares = [number(v["output"]) if "output" in v else D(1) for v in given]
        weighted = sum((number(v["mark"]) * share for v, share in zip(given, shares, strict=True)), D(0))
        found["quality"] = weighted / sum(shares, D(0))
        found["result"] = (found["quantity"] + found["quality"]) / 2
    return found


def number(value: object) -> Decimal:
    return D(str(value))


def same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < D("1e-20")


@given(st.lists(facts(), min_size=1, max_size=3, unique_by=lambda one: one.code), weeks)
def test_the_explained_lines_add_up_to_the_figure(targets: list[TargetFacts], week: date) -> None:
    check_the_lines(targets, week)


def test_the_explained_lines_add_up_over_ten_thousand_weeks() -> None:
    """Weeks from plain random numbers, a hundred times as fast as those that can be made smaller."""
    seen: set[State] = set()
    for seed in range(10_000):
        random = Random(seed)
        targets = [random_facts(random, code) for code in ("R1", "R2", "R3")[: random.randint(1, 3)]]
        week = random.choice([FIRST, SECOND, THIRD, FOURTH])
        seen |= {one.state for one in score_person(targets, week).targets}
        check_the_lines(targets, week)
    assert seen == set(State)


def check_the_lines(targets: list[TargetFacts], week: date) -> None:
    person = score_person(targets, week)
    for one in person.targets:
        again = added_up(one)
        assert all(same(getattr(one, name), again.get(name)) for name in FIGURES), one
    shares: list[Line] = [line for line in person.lines if line.key == "share"]
    assert [line.values["code"] for line in shares] == sorted(o.code for o in person.targets if o.result is not None)
    if shares:
        weight = sum((number(line.values["weight"]) for line in shares), D(0))
        total = sum((number(line.values["result"]) * number(line.values["weight"]) for line in shares), D(0))
        assert same(person.score, total / weight)
        assert (person.lines[-1].key, person.lines[-1].values) == ("score", {"weight": weight, "score": person.score})
    else:
        assert person.score is None


@given(facts(), weeks, st.data())
def test_merging_the_entries_of_a_day_changes_nothing(one: TargetFacts, week: date, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(weekdays(START, END)))
    entries = data.draw(st.lists(st.decimals(0, 40, places=1), min_size=2, max_size=6))
    apart = replace(one, milestone=False, outputs=[*one.outputs, *((day, entry) for entry in entries)])
    merged = replace(apart, outputs=[*one.outputs, (day, sum(entries, D(0)))])
    assert score_person([merged], week) == score_person([apart], week)


@given(facts(), weeks, st.integers(2, 10))
def test_saying_everything_in_equal_parts_changes_nothing(one: TargetFacts, week: date, times: int) -> None:
    scaled = replace(one, milestone=False, outputs=[(day, output * times) for day, output in one.outputs])
    repeated = replace(scaled, outputs=[entry for entry in one.outputs for _ in range(times)])
    assert score_person([repeated], week) == score_person([scaled], week)


@given(facts(), weeks, st.integers(1, 5))
def test_a_percent_said_again_changes_nothing(one: TargetFacts, week: date, times: int) -> None:
    milestone = replace(one, milestone=True)
    again = replace(milestone, outputs=[entry for entry in one.outputs for _ in range(times)])
    assert score_person([again], week) == score_person([milestone], week)


@given(facts(), weeks, st.text())
def test_other_words_change_nothing(one: TargetFacts, week: date, title: str) -> None:
    assert score_person([replace(one, title=title)], week) == score_person([one], week)


@given(facts(), weeks, st.sampled_from([FIRST, SECOND, THIRD, FOURTH]), st.integers(0, 100), st.integers(0, 100))
def test_more_quality_never_lowers(one: TargetFacts, week: date, marked: date, mark: int, more: int) -> None:
    worse = replace(one, marks={**one.marks, marked: mark})
    better = replace(one, marks={**one.marks, marked: min(100, mark + more)})
    before, after = score_target(worse, week), score_target(better, week)
    assert (after.state, after.quantity) == (before.state, before.quantity)
    assert (after.result or 0) >= (before.result or 0)
    assert (score_person([better], week).score or 0) >= (score_person([worse], week).score or 0)


@given(st.lists(facts(), min_size=1, max_size=4, unique_by=lambda one: one.code), weeks, st.data())
def test_unrated_results_are_shown_and_left_out(targets: list[TargetFacts], week: date, data: st.DataObject) -> None:
    unrated = data.draw(st.dictionaries(st.sampled_from([FIRST, SECOND, THIRD, FOURTH]), st.none(), max_size=4))
    first = replace(targets[0], marks=unrated)
    person, without = score_person([first, *targets[1:]], week), score_person(targets[1:], week)
    shown = person.targets[0]
    if shown.state in (State.UNMARKED, State.NONE_WORTHY):
        assert (shown.quality, shown.result) == (None, None)
        assert shown.quantity is not None
        assert shown.quantity > 0
        assert person.score == without.score
        assert (shown.state is State.NONE_WORTHY) == any(first.starts_on <= sunday <= week for sunday in unrated)
    else:
        assert shown.quality is None
        assert "mark" not in {line.key for line in shown.lines}


@given(facts(), weeks, st.sampled_from([FIRST, SECOND, THIRD, FOURTH]))
def test_no_result_worth_marking_counts_like_no_mark_and_is_said(one: TargetFacts, week: date, none: date) -> None:
    said = score_target(replace(one, marks={**one.marks, none: None}), week)
    silent = score_target(replace(one, marks={w: mark for w, mark in one.marks.items() if w != none}), week)
    assert figures(said)[1:] == figures(silent)[1:]
    lines = [line.values["week_ending"] for line in said.lines if line.key == "unworthy"]
    assert (none in lines) == (said.quantity is not None and bool(said.realised) and one.starts_on <= none <= week)


@given(facts(), weeks, st.sampled_from(weekdays(START, END)))
def test_absences_shrink_the_plan(one: TargetFacts, week: date, day: date) -> None:
    """Each workday away takes its share of the whole plan off what is expected."""
    there, away = replace(one, absent=one.absent - {day}), replace(one, absent=one.absent | {day})
    before, after = score_target(there, week).expected, score_target(away, week).expected
    if before is None or after is None:
        assert before is after
        return
    counts = day in one.calendar and day <= min(week, one.ends_on)
    present = len([d for d in there.calendar if d <= min(week, one.ends_on) and d not in there.absent])
    whole = one.plan == one.plan.to_integral_value()

    def owed(days: int) -> Decimal:
        return one.plan * days // len(one.calendar) if whole else one.plan * days / len(one.calendar)

    assert (before, after) == (owed(present), owed(present - counts))
