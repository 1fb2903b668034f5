"""Harian's weekly score of a target: a worked example for every branch."""

from datetime import date

import pytest

from models.scoring.facts import TargetFacts
from models.scoring.weekly import State, score_target
from tests.scoring_facts import DAY2, DAY9, DAY16, END, FIRST, FOURTH, SECOND, START, THIRD, D, target, weekdays

EXAMPLES = [
    # facts, week → state, expected, realised, quantity, quality, result
    pytest.param(
        target(outputs=[(DAY2, "4")], marks={FIRST: 85}), FIRST,
        (State.COUNTED, D(5), D(4), D(80), D(85), D("82.5")), id="behind plan, one mark",
    ),
    pytest.param(
        target(outputs=[(DAY2, "50")], marks={FIRST: 70}), FIRST,
        (State.COUNTED, D(5), D(50), D(100), D(70), D(85)), id="over plan is capped at 100",
    ),
    pytest.param(
        target(planned="7", outputs=[(DAY2, "1")], marks={FIRST: 100}), FIRST,
        (State.COUNTED, D(1), D(1), D(100), D(100), D(100)), id="whole plan: 7·5/20 = 1.75 is rounded down",
    ),
    pytest.param(
        target(planned="7.5", outputs=[(DAY2, "1.5")], marks={FIRST: 60}), FIRST,
        (State.COUNTED, D("1.875"), D("1.5"), D(80), D(60), D(70)), id="plan with a fraction is not rounded",
    ),
    pytest.param(
        target(planned="3"), FIRST,
        (State.NOT_DUE, D(0), D(0), None, None, None), id="E = 0 is not due",
    ),
    pytest.param(
        target(planned="3", outputs=[(DAY2, "2")], marks={FIRST: 85}), FIRST,
        (State.NOT_DUE, D(0), D(2), None, None, None), id="E = 0 stays out although there is output",
    ),
    pytest.param(
        target(absent=weekdays(START, END)), FOURTH,
        (State.NOT_DUE, D(0), D(0), None, None, None), id="on leave all the time",
    ),
    pytest.param(
        target(marks={FIRST: 85}), FIRST,
        (State.UNTOUCHED, D(5), D(0), D(0), None, D(0)), id="E > 0 and R = 0 counts as 0",
    ),
    pytest.param(
        target(outputs=[(DAY2, "4")]), FIRST,
        (State.UNMARKED, D(5), D(4), D(80), None, None), id="output without a mark shows K",
    ),
    pytest.param(
        target(outputs=[(DAY2, "4")], marks={SECOND: 85}), FIRST,
        (State.UNMARKED, D(5), D(4), D(80), None, None), id="next week's mark is not this week's",
    ),
    pytest.param(
        target(outputs=[(DAY2, "4"), (DAY9, "9")], marks={FIRST: 85}), FIRST,
        (State.COUNTED, D(5), D(4), D(80), D(85), D("82.5")), id="next week's output is not this week's",
    ),
    pytest.param(
        target(outputs=[(DAY2, "4")], marks={FIRST: 85}, absent=weekdays(START, START)), FIRST,
        (State.COUNTED, D(4), D(4), D(100), D(85), D("92.5")), id="a day of leave lowers what is expected",
    ),
    pytest.param(
        target(outputs=[(DAY2, "2"), (DAY9, "6")], marks={FIRST: 100, SECOND: 60}), SECOND,
        (State.COUNTED, D(10), D(8), D(80), D(70), D(75)), id="marks weighted by the output of their week",
    ),
    pytest.param(
        target(outputs=[(DAY2, "2"), (DAY9, "6")], marks={FIRST: 90}), SECOND,
        (State.COUNTED, D(10), D(8), D(80), D(90), D(85)), id="an unmarked week has no say in quality",
    ),
    pytest.param(
        target(outputs=[(DAY2, "5"), (DAY16, "4")], marks={FIRST: 90, SECOND: 10}), THIRD,
        (State.COUNTED, D(15), D(9), D(60), D(90), D(75)), id="a marked week without output weighs nothing",
    ),
    pytest.param(
        target(outputs=[(DAY16, "9")], marks={FIRST: 100, SECOND: 70}), THIRD,
        (State.COUNTED, D(15), D(9), D(60), D(85), D("72.5")), id="equal weights when no marked week had output",
    ),
    pytest.param(
        target(milestone=True, planned="1", outputs=[(DAY2, "20"), (DAY9, "40")], marks={FIRST: 70, SECOND: 100}),
        SECOND,
        (State.COUNTED, D(50), D(40), D(80), D(85), D("82.5")), id="milestone: the latest percent, equal weights",
    ),
    pytest.param(
        target(milestone=True, outputs=[(DAY9, "30"), (DAY2, "45")], marks={FIRST: 70}), SECOND,
        (State.COUNTED, D(50), D(30), D(60), D(70), D(65)), id="milestone: a percent may be taken back",
    ),
    pytest.param(
        target(start=DAY9, end=END), FIRST,
        (State.NOT_STARTED, None, None, None, None, None), id="not started",
    ),
    pytest.param(
        target(start=FIRST, outputs=[(DAY2, "4")]), FIRST,
        (State.NOT_DUE, D(0), D(0), None, None, None), id="starts this Sunday; output before the start is not its",
    ),
    pytest.param(
        target(planned="7", end=DAY9, outputs=[(DAY9, "7")], marks={SECOND: 85}), SECOND,
        (State.COUNTED, D(7), D(7), D(100), D(85), D("92.5")), id="counts through the week of its end",
    ),
    pytest.param(
        target(planned="7", end=FIRST, outputs=[(DAY2, "7")], marks={FIRST: 85}), FIRST,
        (State.COUNTED, D(7), D(7), D(100), D(85), D("92.5")), id="ends on the Sunday itself",
    ),
    pytest.param(
        target(end=DAY9), THIRD,
        (State.ENDED, None, None, None, None, None), id="ended the week before",
    ),
    pytest.param(
        target(end=FIRST), SECOND,
        (State.ENDED, None, None, None, None, None), id="ended on last week's Sunday",
    ),
    pytest.param(
        target(start=DAY9, outputs=[(DAY9, "4")], marks={FIRST: 10}), SECOND,
        (State.UNMARKED, D(5), D(4), D(80), None, None), id="a mark from before the start is not its",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "week", "answer"), EXAMPLES)
def test_target(facts: TargetFacts, week: date, answer: tuple[State, D, D, D, D, D]) -> None:
    score = score_target(facts, week)
    figures = (score.state, score.expected, score.realised, score.quantity, score.quality, score.result)
    assert figures == answer


@pytest.mark.parametrize(
    ("facts", "week", "keys"),
    [
        (target(planned="3"), FIRST, ["expected_rounded_down", "realised", "not_due"]),
        (target(), FIRST, ["expected", "realised", "untouched"]),
        (target(outputs=[(DAY2, "9")]), FIRST, ["expected", "realised", "quantity_capped", "unmarked"]),
        (
            target(milestone=True, outputs=[(DAY2, "25")], marks={FIRST: 70}),
            FIRST,
            ["expected", "reached", "quantity", "mark", "quality_equal_weights", "result"],
        ),
        (target(start=DAY9), FIRST, ["not_started"]),
        (target(end=DAY9), FOURTH, ["ended"]),
    ],
)
def test_lines_tell_how_far_the_calculation_went(facts: TargetFacts, week: date, keys: list[str]) -> None:
    assert [line.key for line in score_target(facts, week).lines] == keys


def test_presence_is_counted_to_the_end_of_the_target() -> None:
    line = score_target(target(end=DAY9), SECOND).lines[0]
    assert (line.values["present"], line.values["calendar"], line.values["through"]) == (7, 7, DAY9)
