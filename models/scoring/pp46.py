"""The appraisal of a period under PP 46/2011 and Perka BKN 1/2013 (prestasi kerja): the whole, and the room's door.

The rules are taken from guides and slides. Not confirmed in the statute itself: the 12 points for a creation of use to
the nation. What the statute leaves open is said in lines of their own (`open_…`): a target below 0 counts as 0,
nothing is capped, time is counted in months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.scoring.explanation import Line
from models.scoring.percentages import Number, exact, written
from models.scoring.pp46_aspects import cost_score, quality_score, quantity_score, time_score
from models.scoring.pp46_behaviour import Behaviour, BehaviourAppraisal, score_behaviour
from models.scoring.pp46_facts import AppraisedTarget, Aspect, Measure
from models.scoring.pp46_lines import KEYS, Figure
from models.scoring.pp46_skp import (
    Creativity,
    NoAppraisal,
    SkpAppraisal,
    TargetAppraisal,
    additional_tasks,
    creativity_points,
    score_skp,
    score_target,
)

__all__ = [
    "KEYS", "Appraisal", "AppraisedTarget", "Aspect", "Behaviour", "BehaviourAppraisal", "Category", "Creativity",
    "Measure", "NoAppraisal", "SkpAppraisal", "TargetAppraisal", "additional_tasks", "appraise", "category",
    "cost_score", "creativity_points", "quality_score", "quantity_score", "score_behaviour", "score_skp",
    "score_target", "time_score",
]  # fmt: skip


class Category(StrEnum):
    """Sangat Baik, Baik, Cukup, Kurang, Buruk."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    BAD = "bad"


BOUNDS: Mapping[int, Category] = {91: Category.VERY_GOOD, 76: Category.GOOD, 61: Category.FAIR}
SKP_SHARE, BEHAVIOUR_SHARE = 60, 40
ROUNDED_UP = Fraction(1, 200)
"""Two decimals are shown: a total this near below a bound is shown as the bound."""


@dataclass(frozen=True, slots=True)
class Appraisal(Figure):
    """Prestasi kerja; no `score` and no `category` for the `reason` given."""

    category: Category | None
    reason: NoAppraisal | None


def appraise(skp: SkpAppraisal, behaviour: BehaviourAppraisal) -> Appraisal:
    """Rule "prestasi kerja": 0.60 · SKP + 0.40 · behaviour; without either there is none."""
    if skp.exact is None or behaviour.exact is None:
        return Appraisal(None, (), None, skp.reason or NoAppraisal.UNMARKED)
    parts = skp.exact * SKP_SHARE / 100, behaviour.exact * BEHAVIOUR_SHARE / 100
    total = sum(parts, Fraction(0))
    lines = [
        _of_part("skp_part", skp.exact, SKP_SHARE, parts[0]),
        _of_part("behaviour_part", behaviour.exact, BEHAVIOUR_SHARE, parts[1]),
        Line("appraisal_total", {"skp": written(parts[0]), "behaviour": written(parts[1]), "total": written(total)}),
        *(Line("just_below", {"bound": bound}) for bound in BOUNDS if 0 < bound - total <= ROUNDED_UP),
    ]
    return Appraisal(total, tuple(lines), _category(total), None)


def _of_part(key: str, score: Fraction, share: int, points: Fraction) -> Line:
    return Line(key, {"score": written(score), "percent": share, "points": written(points)})


def category(score: Number) -> Category:
    """≥ 91 Sangat Baik, [76, 91) Baik, [61, 76) Cukup, (50, 61) Kurang, ≤ 50 Buruk, of a figure not rounded."""
    return _category(exact(score))


def _category(score: Fraction) -> Category:
    reached = (name for bound, name in BOUNDS.items() if score >= bound)
    return next(reached, Category.POOR if score > 50 else Category.BAD)
