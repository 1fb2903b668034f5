"""The lines of an appraisal under PP 46/2011, as data: the edge puts each key into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.scoring.explanation import Line, Value
from models.scoring.percentages import written
from models.scoring.pp46_aspects import LARGEST_PLAIN_SAVING, saved
from models.scoring.pp46_facts import Aspect, Measure

KEYS: Mapping[str, tuple[str, ...]] = {
    # of an aspect, one each; `beyond_24`: more than 24 % was saved, so the target was too easy
    "quantity_aspect": ("target", "unit", "realised", "score"),
    "quantity_not_done": ("target", "unit"),
    "quantity_unstated": ("target", "unit"),
    "quality_aspect": ("target", "realised", "score"),
    "quality_not_done": ("target",),
    "quality_unstated": ("target",),
    "time_aspect": ("target", "realised", "saved", "score"),
    "time_beyond_24": ("target", "realised", "saved", "score"),
    "time_not_done": ("target",),
    "time_unstated": ("target",),
    "cost_aspect": ("target", "realised", "saved", "score"),
    "cost_beyond_24": ("target", "realised", "saved", "score"),
    "cost_not_done": ("target",),
    "cost_unstated": ("target",),
    "cost_dropped": (),
    # of a target, one: its score, or why it has none
    "target_score": ("sum", "aspects", "score"),
    "target_clamped": ("sum", "aspects", "computed", "score"),
    "target_incomplete": (),
    # of the SKP: one for each target, then the sum, or why there is none
    "target_share": ("code", "score"),
    "target_missing": ("code",),
    "targets_mean": ("targets", "mean"),
    "additional_tasks": ("count", "points"),
    "creativity_unit": ("points",),
    "creativity_agency": ("points",),
    "creativity_nation": ("points",),
    "skp_score": ("mean", "additional", "creativity", "score"),
    "skp_incomplete": ("missing", "targets"),
    # of behaviour: one for each aspect, then the mean, or why there is none
    "service_orientation": ("mark",),
    "integrity": ("mark",),
    "commitment": ("mark",),
    "discipline": ("mark",),
    "cooperation": ("mark",),
    "leadership": ("mark",),
    "leadership_left_out": ("mark",),
    "behaviour_score": ("aspects", "score"),
    "behaviour_incomplete": ("missing", "aspects"),
    # of the whole; `just_below`: would be shown as the bound of the better category, which it does not reach
    "skp_part": ("score", "percent", "points"),
    "behaviour_part": ("score", "percent", "points"),
    "appraisal_total": ("skp", "behaviour", "total"),
    "just_below": ("bound",),
    # what the rule leaves open, and how it is read here
    "open_no_cap_quantity": ("score",),  # of a target: above 100 counts as it is
    "open_no_cap_quality": ("score",),
    "open_clamp": ("computed",),  # of a target: below 0 counts as 0
    "open_months": (),  # of the SKP: time is counted in months
    "open_no_cap_skp": ("score",),  # of the SKP: above 100 counts as it is
}
"""Every key, and the names of its values. Scores are percent or points, not rounded."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the lines of its calculation; None where the facts give none, which is never 0."""

    exact: Fraction | None
    lines: tuple[Line, ...]

    @property
    def score(self) -> Decimal | None:
        return None if self.exact is None else written(self.exact)


def of_aspect(aspect: Aspect, measure: Measure, score: Fraction | None, *, unit: str) -> Line:
    values: dict[str, Value] = {"target": measure.target}
    if aspect is Aspect.QUANTITY:
        values["unit"] = unit
    if measure.realised is None or score is None:
        return Line(f"{aspect}_unstated", values)
    if not measure.realised:
        return Line(f"{aspect}_not_done", values)
    key = f"{aspect}_aspect"
    values["realised"] = measure.realised
    if aspect in (Aspect.TIME, Aspect.COST):
        spared = saved(measure.target, measure.realised)
        values["saved"] = written(spared)
        key = f"{aspect}_beyond_24" if spared > LARGEST_PLAIN_SAVING else key
    return Line(key, values | {"score": written(score)})


def of_target(scores: Mapping[Aspect, Fraction]) -> tuple[Line, ...]:
    """The target's score, or what it is clamped to, and what the rule leaves open about it."""
    total = sum(scores.values(), Fraction(0))
    mean = total / len(scores)
    values: dict[str, Value] = {"sum": written(total), "aspects": len(scores)}
    over = {aspect: score for aspect, score in scores.items() if score > 100}
    uncapped = [Line(f"open_no_cap_{aspect}", {"score": written(score)}) for aspect, score in over.items()]
    if mean >= 0:
        return (Line("target_score", values | {"score": written(mean)}), *uncapped)
    below = {"computed": written(mean)}
    return (Line("target_clamped", values | below | {"score": Decimal(0)}), Line("open_clamp", below), *uncapped)
