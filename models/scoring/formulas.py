"""The five figures behind Harian's weekly score of one target: P, E, R, K, Q of its rules, in Decimal.

Nothing is rounded here except the expected output of a plan in whole numbers; rounding is for display.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.scoring.facts import FULL, TargetFacts, week_ending


@dataclass(frozen=True, slots=True)
class Presence:
    """Workdays: `calendar` in the target's whole span; `present` and `absent` of them up to the day counted."""

    calendar: int
    present: int
    absent: int
    through: date


def presence(facts: TargetFacts, week: date) -> Presence:
    """Rule "present": the unit's workdays up to min(w, end), without the person's leave or sickness."""
    through = min(week, facts.ends_on)
    calendar = facts.calendar
    past = {day for day in calendar if day <= through}
    present = len(past - facts.absent)
    return Presence(calendar=len(calendar), present=present, absent=len(past) - present, through=through)


def is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def expected(plan: Decimal, days: Presence) -> Decimal:
    """Rule "expected": E = P · present / calendar, rounded down when P is a whole number."""
    owed = plan * days.present
    return owed // days.calendar if is_whole(plan) else owed / days.calendar


def realised(facts: TargetFacts, week: date) -> Decimal:
    """Rule "realised": R = approved output from the start to w; of a milestone, the percent reached last.

    Two percentages on one date: the higher, so that the order of entry does not matter.
    """
    outputs = facts.outputs_until(week)
    if facts.milestone:
        return max(outputs)[1] if outputs else Decimal(0)
    return sum((output for _, output in outputs), Decimal(0))


def quantity(reached: Decimal, owed: Decimal) -> Decimal:
    """Rule "quantity": K = min(100, 100 · R / E), for E > 0."""
    return min(FULL, FULL * reached / owed)


@dataclass(frozen=True, slots=True)
class MarkedWeek:
    ending: date
    mark: Decimal
    output: Decimal


def marked_weeks(facts: TargetFacts, week: date) -> list[MarkedWeek]:
    """The weeks up to w that have a quality mark, each with its approved output; a milestone's output is no weight.

    What the clock approved has no part in it: it weighs nothing, and a week that holds nothing else has no mark.
    """
    seen: dict[date, list[Decimal]] = {}
    for day, output in facts.outputs_until(week):
        seen.setdefault(week_ending(day), []).append(output)
    unseen = {week_ending(day) for day, _ in facts.by_clock_until(week)}
    for day, output in facts.by_clock_until(week):
        seen[week_ending(day)].remove(output)
    return [
        MarkedWeek(ending, mark, sum([] if facts.milestone else seen.get(ending, []), Decimal(0)))
        for ending, mark in facts.marks_until(week)
        if seen.get(ending) or ending not in unseen
    ]


def quality(weeks: Sequence[MarkedWeek]) -> Decimal:
    """Rule "quality": Q = mean of the marks weighted by each marked week's output, equally when all are 0."""
    total = sum((week.output for week in weeks), Decimal(0))
    if not total:
        return sum((week.mark for week in weeks), Decimal(0)) / len(weeks)
    return sum((week.mark * week.output for week in weeks), Decimal(0)) / total
