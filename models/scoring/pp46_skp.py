"""Sasaran kerja pegawai (SKP) under PP 46/2011: a score for each target, and their mean with what is added to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from models.scoring import pp46_lines
from models.scoring.explanation import Line
from models.scoring.percentages import percent, written
from models.scoring.pp46_aspects import economy
from models.scoring.pp46_facts import AppraisedTarget, Aspect
from models.scoring.pp46_lines import Figure


class Creativity(StrEnum):
    """Of use to whom a creation was, by the highest acknowledgement it has."""

    UNIT = "unit"
    AGENCY = "agency"
    NATION = "nation"


class NoAppraisal(StrEnum):
    """Why there is no figure, which is never 0."""

    NO_TARGET = "no_target"
    INCOMPLETE = "incomplete"  # what was realised is not stated for every target
    UNMARKED = "unmarked"  # behaviour has not been marked in full


CREATIVITY_POINTS: Mapping[Creativity, int] = {Creativity.UNIT: 3, Creativity.AGENCY: 6, Creativity.NATION: 12}


@dataclass(frozen=True, slots=True)
class TargetAppraisal(Figure):
    """`score` is percent, 0 or above and not capped, or None while an aspect is `unstated`; `aspects` not clamped."""

    code: str
    aspects: Mapping[Aspect, Decimal]
    unstated: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class SkpAppraisal(Figure):
    """`incomplete` are the codes of targets without a score: as long as there is one, the SKP has none."""

    targets: tuple[TargetAppraisal, ...]
    incomplete: tuple[str, ...]
    reason: NoAppraisal | None


def score_target(facts: AppraisedTarget) -> TargetAppraisal:
    """Sum of the aspects / 3, or / 4 with cost; below 0 counts as 0."""
    scores: dict[Aspect, Fraction] = {}
    lines: list[Line] = []
    for aspect, measure in facts.measures.items():
        if measure.realised is not None:
            formula = economy if aspect in (Aspect.TIME, Aspect.COST) else percent
            scores[aspect] = formula(measure.target, measure.realised)
        lines.append(pp46_lines.of_aspect(aspect, measure, scores.get(aspect), unit=facts.unit))
    if Aspect.COST not in facts.measures:
        lines.append(Line("cost_dropped", {}))

    aspects = {aspect: written(score) for aspect, score in scores.items()}
    unstated = tuple(aspect for aspect in facts.measures if aspect not in scores)
    if unstated:
        return TargetAppraisal(None, (*lines, Line("target_incomplete", {})), facts.code, aspects, unstated)
    score = max(Fraction(0), sum(scores.values(), Fraction(0)) / len(scores))
    return TargetAppraisal(score, (*lines, *pp46_lines.of_target(scores)), facts.code, aspects, ())


def additional_tasks(count: int) -> int:
    """Rule "tugas tambahan": 1–3 → 1 point, 4–6 → 2, 7 and more → 3; ValueError below 0."""
    if count < 0:
        raise ValueError("a count must not be negative")
    return min(3, -(-count // 3))


def creativity_points(creativity: Creativity | None) -> int:
    """Rule "kreativitas": 3 points for the unit, 6 for the agency, 12 for the nation (not confirmed)."""
    return 0 if creativity is None else CREATIVITY_POINTS[creativity]


def score_skp(
    targets: Sequence[AppraisedTarget], *, additional: int = 0, creativity: Creativity | None = None
) -> SkpAppraisal:
    """Mean over the targets + points for `additional` tasks (a count) + points for creativity.

    A target not stated in full leaves the SKP without a score: a mean over the others would reward silence.
    """
    scored = tuple(score_target(facts) for facts in targets)
    incomplete = tuple(one.code for one in scored if one.exact is None)
    lines = tuple(_of_share(one) for one in scored)
    if not scored:
        return SkpAppraisal(None, (), (), (), NoAppraisal.NO_TARGET)
    if incomplete:
        end = Line("skp_incomplete", {"missing": len(incomplete), "targets": len(scored)})
        return SkpAppraisal(None, (*lines, end), scored, incomplete, NoAppraisal.INCOMPLETE)

    mean = sum((one.exact for one in scored if one.exact is not None), Fraction(0)) / len(scored)
    score = mean + additional_tasks(additional) + creativity_points(creativity)
    lines += (Line("targets_mean", {"targets": len(scored), "mean": written(mean)}),)
    lines += tuple(_of_sum(mean, score, additional=additional, creativity=creativity))
    return SkpAppraisal(score, lines, scored, (), None)


def _of_share(one: TargetAppraisal) -> Line:
    if one.score is None:
        return Line("target_missing", {"code": one.code})
    return Line("target_share", {"code": one.code, "score": one.score})


def _of_sum(mean: Fraction, score: Fraction, *, additional: int, creativity: Creativity | None) -> Iterator[Line]:
    tasks, points = additional_tasks(additional), creativity_points(creativity)
    if additional:
        yield Line("additional_tasks", {"count": additional, "points": tasks})
    if creativity is not None:
        yield Line(f"creativity_{creativity}", {"points": points})
    yield Line(
        "skp_score",
        {"mean": written(mean), "additional": tasks, "creativity": points, "score": written(score)},
    )
    yield Line("open_months", {})
    if score > 100:
        yield Line("open_no_cap_skp", {"score": written(score)})
