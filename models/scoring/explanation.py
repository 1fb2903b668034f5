"""The lines of a calculation, as data: the edge puts each key into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.scoring.facts import TargetFacts
from models.scoring.formulas import MarkedWeek, Presence, is_whole

Value = Decimal | int | str | date


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a calculation.

    Of a target, in this order and as far as the calculation went:

    - ``expected`` or ``expected_rounded_down``: planned, unit, present, absent, calendar, through, expected
    - ``realised``: realised, unit, since, through; or ``reached`` (a milestone): realised, through
    - ``by_clock`` when some of it was approved by the clock: output, unit; ``reached_by_clock`` of a milestone
    - ``quantity`` or ``quantity_capped``: realised, expected, quantity
    - ``unworthy`` for each week without a result worth marking: week_ending
    - ``mark`` for each marked week: week_ending, mark, output; without output where marks weigh the same
    - ``quality`` or ``quality_equal_weights``: quality
    - ``result``: quantity, quality, result
    - why it ends there: ``not_due``, ``untouched``, ``unmarked``, ``none_worthy``, ``not_started`` (starts_on) or
      ``ended`` (ends_on)

    Of a person: ``share`` for each counted target (code, result, weight), then ``score`` (weight, score).

    Of an appraisal: see ``pp46_lines.KEYS``.
    """

    key: str
    values: Mapping[str, Value]


def of_expected(facts: TargetFacts, days: Presence, owed: Decimal) -> Line:
    rounded = owed * days.calendar != facts.plan * days.present and is_whole(facts.plan)
    return Line(
        "expected_rounded_down" if rounded else "expected",
        {
            "planned": facts.plan,
            "unit": facts.unit,
            "present": days.present,
            "absent": days.absent,
            "calendar": days.calendar,
            "through": days.through,
            "expected": owed,
        },
    )


def of_realised(facts: TargetFacts, reached: Decimal, week: date) -> Line:
    if facts.milestone:
        return Line("reached", {"realised": reached, "through": week})
    return Line("realised", {"realised": reached, "unit": facts.unit, "since": facts.starts_on, "through": week})


def of_clock(facts: TargetFacts, week: date) -> tuple[Line, ...]:
    unseen = facts.by_clock_until(week)
    if not unseen:
        return ()
    if facts.milestone:
        return (Line("reached_by_clock", {}),)
    return (Line("by_clock", {"output": sum((output for _, output in unseen), Decimal(0)), "unit": facts.unit}),)


def of_quantity(reached: Decimal, owed: Decimal, done: Decimal) -> Line:
    key = "quantity_capped" if reached > owed else "quantity"
    return Line(key, {"realised": reached, "expected": owed, "quantity": done})


def of_unworthy(weeks: Sequence[date]) -> tuple[Line, ...]:
    return tuple(Line("unworthy", {"week_ending": week}) for week in weeks)


def of_quality(weeks: Sequence[MarkedWeek], good: Decimal) -> tuple[Line, ...]:
    if any(week.output for week in weeks):
        marks = [Line("mark", {"week_ending": week.ending, "mark": week.mark, "output": week.output}) for week in weeks]
        return (*marks, Line("quality", {"quality": good}))
    equal = [Line("mark", {"week_ending": week.ending, "mark": week.mark}) for week in weeks]
    return (*equal, Line("quality_equal_weights", {"quality": good}))
