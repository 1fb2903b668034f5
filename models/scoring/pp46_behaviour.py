"""Perilaku kerja under PP 46/2011: the mean of an appraiser's marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.scoring.explanation import Line
from models.scoring.percentages import FULL, Number, exact, written
from models.scoring.pp46_lines import Figure


class Behaviour(StrEnum):
    """Orientasi pelayanan, integritas, komitmen, disiplin, kerja sama, kepemimpinan."""

    SERVICE_ORIENTATION = "service_orientation"
    INTEGRITY = "integrity"
    COMMITMENT = "commitment"
    DISCIPLINE = "discipline"
    COOPERATION = "cooperation"
    LEADERSHIP = "leadership"  # structural posts only


@dataclass(frozen=True, slots=True)
class BehaviourAppraisal(Figure):
    """`score` is 0–100, or None while an aspect is `unmarked`."""

    unmarked: tuple[Behaviour, ...]


def score_behaviour(marks: Mapping[Behaviour, Number | None], *, structural: bool) -> BehaviourAppraisal:
    """Mean of the marks, 0–100, with leadership only for a structural post; ValueError for a mark off the scale."""
    given = {aspect: mark for aspect in Behaviour if (mark := marks.get(aspect)) is not None}
    if not all(0 <= exact(mark) <= FULL for mark in given.values()):
        raise ValueError("marks of behaviour go from 0 to 100")
    asked = [aspect for aspect in Behaviour if structural or aspect is not Behaviour.LEADERSHIP]
    lines = [Line(aspect, {"mark": given[aspect]}) for aspect in asked if aspect in given]
    if not structural and Behaviour.LEADERSHIP in given:
        lines.append(Line("leadership_left_out", {"mark": given[Behaviour.LEADERSHIP]}))

    unmarked = tuple(aspect for aspect in asked if aspect not in given)
    if unmarked:
        end = Line("behaviour_incomplete", {"missing": len(unmarked), "aspects": len(asked)})
        return BehaviourAppraisal(None, (*lines, end), unmarked)
    mean = sum((exact(given[aspect]) for aspect in asked), Fraction(0)) / len(asked)
    end = Line("behaviour_score", {"aspects": len(asked), "score": written(mean)})
    return BehaviourAppraisal(mean, (*lines, end), ())
