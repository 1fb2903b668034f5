"""The weekly score from outputs and marks that somebody else has added up: for many people at once, unexplained."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.scoring import formulas
from models.scoring.formulas import MarkedWeek, Presence
from models.scoring.weekly import State, TargetScore, judged


@dataclass(frozen=True, slots=True)
class TargetTotals:
    """Of one target that is counted, through one week; a milestone cannot be added up.

    As `TargetFacts`, but `workdays` are exactly those of its span, by date; `realised` is the output since its start;
    and `weeks` are its marked weeks, those of one mark as one: `quality` gives the same for them.
    """

    code: str
    planned: Decimal
    unit: str
    weight: Decimal | None
    starts_on: date
    ends_on: date
    workdays: Sequence[date]
    absent: AbstractSet[date]
    realised: Decimal
    weeks: Sequence[MarkedWeek]
    is_unworthy: bool


def presence(workdays: Sequence[date], absent: AbstractSet[date], through: date) -> Presence:
    """As `formulas.presence`, without going through the whole calendar."""
    past = bisect_right(workdays, through)
    missed = sum(1 for day in absent if (place := bisect_left(workdays, day)) < past and workdays[place] == day)
    return Presence(calendar=len(workdays), present=past - missed, absent=missed, through=through)


def score_totals(totals: TargetTotals, week: date) -> TargetScore:
    """As `weekly.score_target`, without the lines."""
    weight = Decimal(1) if totals.weight is None else totals.weight
    if totals.starts_on > week:
        return TargetScore(totals.code, State.NOT_STARTED, weight, ())
    if totals.ends_on <= week - timedelta(days=7):
        return TargetScore(totals.code, State.ENDED, weight, ())
    days = presence(totals.workdays, totals.absent, min(week, totals.ends_on))
    owed = formulas.expected(totals.planned, days)
    score = TargetScore(totals.code, State.NOT_DUE, weight, (), owed, totals.realised)
    return judged(score, totals.weeks, is_unworthy=totals.is_unworthy)
