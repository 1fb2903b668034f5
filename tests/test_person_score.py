"""Harian's weekly score of a person: what counts, how it explains itself, and which facts are refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.scoring.explanation import Line
from models.scoring.facts import TargetFacts, week_ending
from models.scoring.weekly import NoScore, PersonScore, State, score_person, score_target
from tests.scoring_facts import DAY2, DAY9, DAY16, END, FIRST, SECOND, START, D, target

GOOD = target("A", outputs=[(DAY2, "5")], marks={FIRST: 100})  # S = 100
HALF = target("B", outputs=[(DAY2, "1")], marks={FIRST: 40})  # S = 30
UNTOUCHED = target("C")  # S = 0
UNMARKED = target("D", outputs=[(DAY2, "5")])
NOT_DUE = target("E", planned="3")
LATER = target("F", start=DAY16)


@pytest.mark.parametrize(
    ("targets", "score", "reason"),
    [
        pytest.param([GOOD, HALF], D(65), None, id="an empty weight is 1"),
        pytest.param([replace(GOOD, weight=D(3)), HALF], D("82.5"), None, id="weighted"),
        pytest.param([GOOD, UNTOUCHED], D(50), None, id="an untouched target pulls down"),
        pytest.param([GOOD, UNMARKED, NOT_DUE, LATER], D(100), None, id="what is left out pulls nothing"),
        pytest.param([UNTOUCHED], D(0), None, id="0 is a score when something was due"),
        pytest.param([UNMARKED, NOT_DUE, LATER], None, NoScore.UNMARKED, id="waiting for marks is not 0"),
        pytest.param([NOT_DUE, LATER], None, NoScore.NOT_DUE, id="nothing due is not 0"),
        pytest.param([LATER], None, NoScore.NO_TARGET, id="none in force is not 0"),
        pytest.param([], None, NoScore.NO_TARGET, id="no target is not 0"),
    ],
)
def test_person(targets: list[TargetFacts], score: D | None, reason: NoScore | None) -> None:
    answer = score_person(targets, FIRST)
    assert (answer.score, answer.reason) == (score, reason)
    assert answer.targets == tuple(score_target(facts, FIRST) for facts in targets)


def test_every_figure_explains_itself() -> None:
    facts = target(
        planned="21", outputs=[(DAY2, "2"), (DAY9, "6")], marks={FIRST: 100, SECOND: 60}, absent=[DAY2], weight="2"
    )
    assert score_person([facts, target("R2", planned="1")], SECOND) == PersonScore(
        score=(D(100) * 8 / 9 + 70) / 2,
        reason=None,
        targets=(
            replace(
                score_target(facts, SECOND),
                state=State.COUNTED,
                lines=(
                    Line(
                        "expected_rounded_down",
                        {
                            "planned": D(21),
                            "unit": "laporan",
                            "present": 9,
                            "absent": 1,
                            "calendar": 20,
                            "through": SECOND,
                            "expected": D(9),
                        },
                    ),
                    Line("realised", {"realised": D(8), "unit": "laporan", "since": START, "through": SECOND}),
                    Line("quantity", {"realised": D(8), "expected": D(9), "quantity": D(800) / 9}),
                    Line("mark", {"week_ending": FIRST, "mark": D(100), "output": D(2)}),
                    Line("mark", {"week_ending": SECOND, "mark": D(60), "output": D(6)}),
                    Line("quality", {"quality": D(70)}),
                    Line("result", {"quantity": D(800) / 9, "quality": D(70), "result": (D(800) / 9 + 70) / 2}),
                ),
            ),
            score_target(target("R2", planned="1"), SECOND),
        ),
        lines=(
            Line("share", {"code": "R1", "result": (D(800) / 9 + 70) / 2, "weight": D(2)}),
            Line("score", {"weight": D(2), "score": (D(800) / 9 + 70) / 2}),
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"planned": D(0)},
        {"planned": D(-1)},
        {"planned": D("NaN")},
        {"weight": D(0)},
        {"weight": D(-1)},
        {"workdays": []},
        {"starts_on": date(2026, 3, 7), "ends_on": date(2026, 3, 8)},
        {"starts_on": END, "ends_on": START},
        {"outputs": [(DAY2, D(-1))]},
        {"marks": {FIRST: 101}},
        {"marks": {FIRST: -1}},
        {"marks": {DAY2: 85}},
    ],
)
def test_facts_without_a_score_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="target R1"):
        replace(target(), **change)


def test_a_week_ends_on_sunday() -> None:
    assert [week_ending(START + timedelta(days=n)) for n in (0, 6, 7)] == [FIRST, FIRST, SECOND]
    with pytest.raises(ValueError, match="Sunday"):
        score_target(target(), DAY2)
