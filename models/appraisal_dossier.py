"""What an appraisal rests on, as values: gathered once, kept with the decision, and computed from under PP 46."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from models.scoring import pp46
from models.scoring.permenpanrb6 import CoreValue, Predicate, Rating, predicate
from models.scoring.pp46 import AppraisedTarget, Behaviour, Creativity, Measure

STRUCTURAL, ADDITIONAL, CREATIVITY, COST = "structural", "additional", "creativity", "cost"
BEHAVIOUR, VALUE = "behaviour.", "value."
RESULT_RATING, BEHAVIOUR_RATING = "result_rating", "behaviour_rating"
NO_TARGET, MARKS = "no_target", "marks"
NO_CREATION = "none"
FULL_MARKS = Decimal(100)
"""The quality owed where a target states none: the top of the scale. The result says that it was used."""


@dataclass(frozen=True, slots=True)
class MarkedWeek:
    """`mark` None: there was no result worth marking."""

    ends_on: date
    mark: int | None
    remark: str
    output: Decimal


@dataclass(frozen=True, slots=True)
class Said:
    """Feedback given in the period."""

    on: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A target within the period, `starts_on` … `ends_on` being what of its span lies in it."""

    target_id: int
    code: str
    title: str
    indicator: str
    measure: str
    is_milestone: bool
    starts_on: date
    ends_on: date
    spans_more: bool
    """Whether the target runs before or after the period too: `planned` is for the whole of it."""
    planned: Decimal
    realised: Decimal
    """Approved output of the period, or the percent that a milestone had reached at its end."""
    so_far: Decimal
    """As `realised`, since the target's own start."""
    reached_on: date | None
    """The day on which the plan was reached, if in the period."""
    quality_owed: Decimal | None
    quality: Decimal | None
    """Mean of the weekly marks."""
    cost_owed: Decimal | None
    marks: tuple[MarkedWeek, ...] = ()
    examples: tuple[str, ...] = ()
    feedback: tuple[Said, ...] = ()
    obstacles: int = 0
    by_clock: int = 0
    """How many of the period's approved activities were approved automatically; no mark rests on them."""
    months: int = 0
    months_taken: int = 0
    """Calendar months from the start to the month in which the plan was reached, else all of them."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Facts of the period, and what the appraiser entered; None and what is not in a mapping was not entered."""

    scheme: str
    starts_on: date
    ends_on: date
    goals: tuple[Goal, ...]
    feedback: tuple[Said, ...] = ()
    """About no target in particular."""
    obstacles: int = 0
    structural: bool | None = None
    behaviour: Mapping[str, Decimal] = field(default_factory=dict)
    additional: int | None = None
    creativity: str | None = None
    costs: Mapping[int, Decimal] = field(default_factory=dict)
    """By the target's id."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Remarks on the core values."""
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None

    def dump(self) -> dict[str, Any]:
        return dict(ADAPTER.dump_python(self, mode="json"))

    def digest(self) -> str:
        """Equal for equal dossiers; short enough for a button."""
        return hashlib.sha256(ADAPTER.dump_json(self)).hexdigest()[:12]


ADAPTER = TypeAdapter(Dossier)


def load(stored: dict[str, Any]) -> Dossier:
    return ADAPTER.validate_python(stored, strict=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """Without it there is no result; `code` is the target's, of marks and of costs."""

    about: str
    code: str = ""
    target_id: int | None = None


def asked_of_appraiser(dossier: Dossier) -> list[Missing]:
    """Everything that only the appraiser knows, entered or not, in the order in which it is asked."""
    if dossier.scheme != "pp46":
        return [Missing(VALUE + value) for value in CoreValue]
    aspects = [one for one in Behaviour if dossier.structural or one is not Behaviour.LEADERSHIP]
    costs = [Missing(COST, goal.code, goal.target_id) for goal in dossier.goals if goal.cost_owed]
    asked = [Missing(STRUCTURAL), *(Missing(BEHAVIOUR + one) for one in aspects)]
    return [*asked, Missing(ADDITIONAL), Missing(CREATIVITY), *costs]


def is_entered(dossier: Dossier, one: Missing) -> bool:
    if one.about == COST:
        return one.target_id in dossier.costs
    if one.about.startswith(BEHAVIOUR):
        return one.about.removeprefix(BEHAVIOUR) in dossier.behaviour
    if one.about.startswith(VALUE):
        return one.about.removeprefix(VALUE) in dossier.values
    return getattr(dossier, one.about) is not None


def missing(dossier: Dossier) -> list[Missing]:
    """What stands between the dossier and a result. Remarks on core values may be left out."""
    if not dossier.goals:
        return [Missing(NO_TARGET)]
    if dossier.scheme != "pp46":
        return [Missing(one) for one in (RESULT_RATING, BEHAVIOUR_RATING) if getattr(dossier, one) is None]
    found = [Missing(MARKS, goal.code) for goal in dossier.goals if goal.realised and goal.quality is None]
    return found + [one for one in asked_of_appraiser(dossier) if not is_entered(dossier, one)]


@dataclass(frozen=True, slots=True)
class Pp46Result:
    skp: pp46.SkpAppraisal
    behaviour: pp46.BehaviourAppraisal
    whole: pp46.Appraisal


def computed(dossier: Dossier) -> Pp46Result:
    """The result under PP 46; its figures are only final when nothing is `missing`."""
    facts = [appraised(goal, dossier.costs.get(goal.target_id)) for goal in dossier.goals]
    created = None if dossier.creativity in (None, NO_CREATION) else Creativity(dossier.creativity)
    skp = pp46.score_skp(facts, additional=dossier.additional or 0, creativity=created)
    marks = {Behaviour(name): mark for name, mark in dossier.behaviour.items()}
    behaviour = pp46.score_behaviour(marks, structural=bool(dossier.structural))
    return Pp46Result(skp, behaviour, pp46.appraise(skp, behaviour))


def appraised(goal: Goal, cost: Decimal | None) -> AppraisedTarget:
    """What is not done at all has realised 0 of quality and of time too."""
    is_done = goal.realised > 0
    return AppraisedTarget(
        code=goal.code,
        unit=goal.measure,
        quantity=Measure(goal.planned, goal.realised),
        quality=Measure(
            FULL_MARKS if goal.quality_owed is None else goal.quality_owed, goal.quality if is_done else Decimal(0)
        ),
        time=Measure(goal.months, goal.months_taken if is_done else 0),
        cost=Measure(goal.cost_owed, cost) if goal.cost_owed else None,
    )


def predicate_of(dossier: Dossier) -> Predicate | None:
    """What follows from the appraiser's two ratings."""
    if dossier.result_rating is None or dossier.behaviour_rating is None:
        return None
    return predicate(dossier.result_rating, dossier.behaviour_rating)
