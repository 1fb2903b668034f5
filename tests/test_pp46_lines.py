"""Every figure of an appraisal under PP 46/2011 explains itself, and says what the rule leaves open."""

from collections.abc import Sequence

import pytest

from models.scoring.explanation import Line
from models.scoring.pp46 import (
    KEYS,
    AppraisedTarget,
    Behaviour,
    Creativity,
    appraise,
    score_behaviour,
    score_skp,
    score_target,
)
from tests.pp46_facts import D, marks, target


def test_a_target_met_exactly() -> None:
    assert score_target(target(cost=(500, 500))).lines == (
        Line("quantity_aspect", {"target": 24, "unit": "laporan", "realised": 24, "score": D(100)}),
        Line("quality_aspect", {"target": 85, "realised": 85, "score": D(100)}),
        Line("time_aspect", {"target": 12, "realised": 12, "saved": D(0), "score": D(76)}),
        Line("cost_aspect", {"target": 500, "realised": 500, "saved": D(0), "score": D(76)}),
        Line("target_score", {"sum": D(352), "aspects": 4, "score": D(88)}),
    )


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        pytest.param(
            target(quantity=(24, 48), quality=(50, 60), time=(12, 9)),
            [
                Line("quantity_aspect", {"target": 24, "unit": "laporan", "realised": 48, "score": D(200)}),
                Line("quality_aspect", {"target": 50, "realised": 60, "score": D(120)}),
                Line("time_beyond_24", {"target": 12, "realised": 9, "saved": D(25), "score": D(75)}),
                Line("cost_dropped", {}),
                Line("target_score", {"sum": D(395), "aspects": 3, "score": D(395) / 3}),
                Line("open_no_cap_quantity", {"score": D(200)}),
                Line("open_no_cap_quality", {"score": D(120)}),
            ],
            id="more than asked for, too fast",
        ),
        pytest.param(
            target(quantity=(24, 0), quality=(85, 0), time=(1, 2), cost=(100, 75)),
            [
                Line("quantity_not_done", {"target": 24, "unit": "laporan"}),
                Line("quality_not_done", {"target": 85}),
                Line("time_aspect", {"target": 1, "realised": 2, "saved": D(-100), "score": D(-24)}),
                Line("cost_beyond_24", {"target": 100, "realised": 75, "saved": D(25), "score": D(75)}),
                Line("target_score", {"sum": D(51), "aspects": 4, "score": D("12.75")}),
            ],
            id="not done, too late",
        ),
        pytest.param(
            target(quantity=(24, 0), quality=(85, 0), time=(1, 2)),
            [
                Line("quantity_not_done", {"target": 24, "unit": "laporan"}),
                Line("quality_not_done", {"target": 85}),
                Line("time_aspect", {"target": 1, "realised": 2, "saved": D(-100), "score": D(-24)}),
                Line("cost_dropped", {}),
                Line("target_clamped", {"sum": D(-24), "aspects": 3, "computed": D(-8), "score": D(0)}),
                Line("open_clamp", {"computed": D(-8)}),
            ],
            id="clamped",
        ),
        pytest.param(
            target(quantity=(24, None), quality=(85, None), time=(12, 0), cost=(100, None)),
            [
                Line("quantity_unstated", {"target": 24, "unit": "laporan"}),
                Line("quality_unstated", {"target": 85}),
                Line("time_not_done", {"target": 12}),
                Line("cost_unstated", {"target": 100}),
                Line("target_incomplete", {}),
            ],
            id="not stated is not the same as not done",
        ),
    ],
)
def test_other_targets(facts: AppraisedTarget, lines: Sequence[Line]) -> None:
    assert list(score_target(facts).lines) == lines


def test_the_whole_way_to_prestasi_kerja() -> None:
    skp = score_skp([target(), target("R2", quantity=(10, 16))], additional=5, creativity=Creativity.UNIT)
    assert skp.lines == (
        Line("target_share", {"code": "R1", "score": D(92)}),
        Line("target_share", {"code": "R2", "score": D(112)}),
        Line("targets_mean", {"targets": 2, "mean": D(102)}),
        Line("additional_tasks", {"count": 5, "points": 2}),
        Line("creativity_unit", {"points": 3}),
        Line("skp_score", {"mean": D(102), "additional": 2, "creativity": 3, "score": D(107)}),
        Line("open_months", {}),
        Line("open_no_cap_skp", {"score": D(107)}),
    )
    behaviour = score_behaviour(marks(80, discipline=85, leadership=90), structural=False)
    assert behaviour.lines == (
        Line("service_orientation", {"mark": 80}),
        Line("integrity", {"mark": 80}),
        Line("commitment", {"mark": 80}),
        Line("discipline", {"mark": 85}),
        Line("cooperation", {"mark": 80}),
        Line("leadership_left_out", {"mark": 90}),
        Line("behaviour_score", {"aspects": 5, "score": D(81)}),
    )
    assert appraise(skp, behaviour).lines == (
        Line("skp_part", {"score": D(107), "percent": 60, "points": D("64.2")}),
        Line("behaviour_part", {"score": D(81), "percent": 40, "points": D("32.4")}),
        Line("appraisal_total", {"skp": D("64.2"), "behaviour": D("32.4"), "total": D("96.6")}),
    )


def test_an_incomplete_skp_says_which_target_is_missing() -> None:
    assert score_skp([target(), target("R2", time=(12, None))]).lines == (
        Line("target_share", {"code": "R1", "score": D(92)}),
        Line("target_missing", {"code": "R2"}),
        Line("skp_incomplete", {"missing": 1, "targets": 2}),
    )


def test_an_incomplete_behaviour_keeps_the_marks_there_are() -> None:
    assert score_behaviour({Behaviour.INTEGRITY: 80}, structural=True).lines == (
        Line("integrity", {"mark": 80}),
        Line("behaviour_incomplete", {"missing": 5, "aspects": 6}),
    )


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (100 - D("0.0125"), True),  # a total of 90.995, shown as 91.00
        (100 - D("0.0126"), False),
        (100, False),
    ],
)
def test_a_total_that_is_shown_as_a_bound_it_does_not_reach(mark: D, told: bool) -> None:
    skp = score_skp([target(quantity=(100, 79))])  # 85
    lines = appraise(skp, score_behaviour(marks(mark), structural=False)).lines
    assert [line.values for line in lines if line.key == "just_below"] == ([{"bound": 91}] if told else [])


def test_the_keys_are_all_there_are() -> None:
    scored = [
        target(quantity=(1, 2), quality=(50, 60), cost=(4, 4)),
        target(quantity=(1, 0), quality=(50, 0), time=(1, 2)),
        target(time=(12, 0), cost=(4, 0)),
        target(time=(12, 1), cost=(4, 1)),
    ]
    unstated = target(quantity=(1, None), quality=(1, None), time=(1, None), cost=(1, None))
    skps = [score_skp(scored, additional=1, creativity=creativity) for creativity in Creativity]
    skps.append(score_skp([unstated]))
    skps.append(score_skp([target(quantity=(10, 16))]))
    near = score_skp([target(quantity=(100, 79))])
    behaviours = [
        score_behaviour(marks(80, leadership=80), structural=True),
        score_behaviour(marks(100 - D("0.0125"), leadership=80), structural=False),
        score_behaviour({}, structural=False),
    ]
    lines = [line for skp in skps for line in (*skp.lines, *(line for one in skp.targets for line in one.lines))]
    lines += [line for one in behaviours for line in (*one.lines, *appraise(near, one).lines)]
    assert {(line.key, tuple(line.values)) for line in lines} == set(KEYS.items())
