"""Harian's weekly score: quality of results against plan, never the number of activities.

A score is for the week ending Sunday w. Each figure comes with the lines of its calculation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from models.scoring import explanation, formulas
from models.scoring.explanation import Line
from models.scoring.facts import TargetFacts
from models.scoring.formulas import MarkedWeek


class State(StrEnum):
    """What becomes of a target in a week. COUNTED and UNTOUCHED enter the person's score, the others are left out."""

    COUNTED = "counted"
    UNTOUCHED = "untouched"  # output was expected and there is none: a result of 0
    NOT_DUE = "not_due"  # nothing expected yet
    UNMARKED = "unmarked"  # output without any quality mark
    NONE_WORTHY = "none_worthy"  # output of which the superior found no result worth marking
    NOT_STARTED = "not_started"
    ENDED = "ended"  # in a week before this one


class NoScore(StrEnum):
    """Why a person has no score, which is never 0."""

    NO_TARGET = "no_target"  # none in force this week
    NOT_DUE = "not_due"
    UNMARKED = "unmarked"
    NONE_WORTHY = "none_worthy"


@dataclass(frozen=True, slots=True)
class TargetScore:
    """Figures are None as far as the calculation did not get; quantity, quality and result are percent, 0–100."""

    code: str
    state: State
    weight: Decimal
    lines: tuple[Line, ...]
    expected: Decimal | None = None
    realised: Decimal | None = None
    quantity: Decimal | None = None
    quality: Decimal | None = None
    result: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PersonScore:
    """`score` is 0–100, or None for the `reason` given."""

    score: Decimal | None
    targets: tuple[TargetScore, ...]
    reason: NoScore | None
    lines: tuple[Line, ...]


def score_target(facts: TargetFacts, week: date) -> TargetScore:
    """Score one target for the week ending on the Sunday `week`; ValueError for another day of the week.

    Rules: a target counts from its start through the week of its end; E = 0 is not due; E > 0 with R = 0 counts as 0;
    R > 0 without a mark, or only with weeks that had no result worth marking, shows K and is left out;
    else S = (K + Q) / 2.
    """
    if week.weekday() != 6:
        raise ValueError(f"a week ends on a Sunday, not on {week}")
    code, weight = facts.code, facts.share
    if facts.starts_on > week:
        return TargetScore(code, State.NOT_STARTED, weight, (Line("not_started", {"starts_on": facts.starts_on}),))
    if facts.ends_on <= week - timedelta(days=7):
        return TargetScore(code, State.ENDED, weight, (Line("ended", {"ends_on": facts.ends_on}),))

    return _score_in_force(facts, week)


def _score_in_force(facts: TargetFacts, week: date) -> TargetScore:
    days = formulas.presence(facts, week)
    owed, reached = formulas.expected(facts.plan, days), formulas.realised(facts, week)
    start = (
        explanation.of_expected(facts, days, owed),
        explanation.of_realised(facts, reached, week),
        *explanation.of_clock(facts, week),
    )
    score = TargetScore(facts.code, State.NOT_DUE, facts.share, start, owed, reached)
    if not owed or not reached:
        score = judged(score, (), is_unworthy=False)
        return replace(score, lines=(*start, Line(score.state.value, {})))

    unworthy, weeks = facts.unworthy_until(week), formulas.marked_weeks(facts, week)
    score = judged(score, weeks, is_unworthy=bool(unworthy))
    done, good, result = score.quantity or Decimal(0), score.quality, score.result
    middle = (*start, explanation.of_quantity(reached, owed, done), *explanation.of_unworthy(unworthy))
    if good is None or result is None:
        return replace(score, lines=(*middle, Line(score.state.value, {})))
    end = (*explanation.of_quality(weeks, good), Line("result", {"quantity": done, "quality": good, "result": result}))
    return replace(score, lines=(*middle, *end))


def judged(score: TargetScore, weeks: Sequence[MarkedWeek], *, is_unworthy: bool) -> TargetScore:
    """What follows from the expected and realised output of a target in force, without the lines of explanation."""
    if not score.expected:
        return replace(score, state=State.NOT_DUE)
    if not score.realised:
        return replace(score, state=State.UNTOUCHED, quantity=Decimal(0), result=Decimal(0))
    done = formulas.quantity(score.realised, score.expected)
    if not weeks:
        return replace(score, state=State.NONE_WORTHY if is_unworthy else State.UNMARKED, quantity=done)
    good = formulas.quality(weeks)
    return replace(score, state=State.COUNTED, quantity=done, quality=good, result=(done + good) / 2)


def score_person(targets: Sequence[TargetFacts], week: date) -> PersonScore:
    return of_person([score_target(facts, week) for facts in targets])


def of_person(scored: Sequence[TargetScore]) -> PersonScore:
    """Rule "score": Σ weight · S / Σ weight over the targets that count; without any there is no score."""
    scores = tuple(scored)
    counted = sorted((one.code, one.result, one.weight) for one in scores if one.result is not None)
    if not counted:
        return PersonScore(None, scores, _why_none(scores), ())
    weight = sum((weight for _, _, weight in counted), Decimal(0))
    score = sum((result * weight for _, result, weight in counted), Decimal(0)) / weight
    shares = (Line("share", {"code": code, "result": result, "weight": weight}) for code, result, weight in counted)
    return PersonScore(score, scores, None, (*shares, Line("score", {"weight": weight, "score": score})))


def _why_none(scores: Sequence[TargetScore]) -> NoScore:
    states = {one.state for one in scores}
    if State.UNMARKED in states:
        return NoScore.UNMARKED
    if State.NONE_WORTHY in states:
        return NoScore.NONE_WORTHY
    return NoScore.NOT_DUE if State.NOT_DUE in states else NoScore.NO_TARGET
