"""A plan for a part of its time: what is owed when somebody was away for long, has moved, or ends early."""

from decimal import ROUND_DOWN, Decimal

from models.scoring.facts import FULL
from models.scoring.formulas import is_whole

ONE = Decimal(1)
SMALLEST = Decimal("0.0001")
"""The smallest step of a plan that is not whole: as fine as amounts are kept."""


def planned_for_part(planned: Decimal, *, part: int, calendar: int, milestone: bool) -> Decimal | None:
    """P · part / calendar, of so many workdays in the whole span: rounded down to whole numbers when P is whole, and
    at least one step. A milestone is 100 for any part. None when no workday is left, so nothing can be owed.

    Source: whoever is sick for a month or longer gets targets for the time that is left.
    """
    if part <= 0:
        return None
    if milestone:
        return FULL
    step = ONE if is_whole(planned) else SMALLEST
    return max((planned * part / calendar).quantize(step, ROUND_DOWN), step)
