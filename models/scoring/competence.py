"""What marked results say of a competency. Values in, values out."""

from collections.abc import Sequence
from decimal import Decimal

from models.scoring import formulas
from models.scoring.formulas import MarkedWeek

GOOD = 76
"""Lowest mark of the step `Baik` of the quality scale (Perka BKN 1/2013)."""
ENOUGH = 3
"""Fewer marked weeks say little."""


def mean(targets: Sequence[Sequence[MarkedWeek]]) -> Decimal | None:
    """Mean mark, 0–100, over the marked weeks of each target that asks for the competency; None without any.

    Within a target marks weigh by their week's output, as in the weekly score; outputs of different targets cannot be
    added, so a target weighs by its marked weeks.
    """
    marked = [weeks for weeks in targets if weeks]
    if not marked:
        return None
    total = sum((formulas.quality(weeks) * len(weeks) for weeks in marked), Decimal(0))
    return total / sum(len(weeks) for weeks in marked)
