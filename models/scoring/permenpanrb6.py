"""Appraisal under PermenPANRB 6/2022: the appraiser gives two ratings, the predicate follows from the grid.

Nothing here proposes a rating. The grid is not confirmed in the regulation itself: it is the one of guides and of
public code, which agree with each other; they call a poor predicate "kurang/misconduct" too. The index is the formula
for special conditions as the annex of PermenPANRB 8/2021 prints it.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from models.scoring.percentages import Number, percent, written


class Rating(StrEnum):
    """Diatas, sesuai, dibawah ekspektasi: of results (hasil kerja), and of behaviour (perilaku kerja)."""

    ABOVE = "above"
    AS_EXPECTED = "as_expected"
    BELOW = "below"


class Predicate(StrEnum):
    """Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs_improvement"
    POOR = "poor"
    VERY_POOR = "very_poor"


class CoreValue(StrEnum):
    """BerAKHLAK, on which behaviour is rated."""

    SERVICE_ORIENTED = "service_oriented"  # berorientasi pelayanan
    ACCOUNTABLE = "accountable"  # akuntabel
    COMPETENT = "competent"  # kompeten
    HARMONIOUS = "harmonious"  # harmonis
    LOYAL = "loyal"  # loyal
    ADAPTIVE = "adaptive"  # adaptif
    COLLABORATIVE = "collaborative"  # kolaboratif


GRID: Mapping[tuple[Rating, Rating], Predicate] = {
    # results, behaviour
    (Rating.ABOVE, Rating.ABOVE): Predicate.VERY_GOOD,
    (Rating.ABOVE, Rating.AS_EXPECTED): Predicate.GOOD,
    (Rating.ABOVE, Rating.BELOW): Predicate.POOR,
    (Rating.AS_EXPECTED, Rating.ABOVE): Predicate.GOOD,
    (Rating.AS_EXPECTED, Rating.AS_EXPECTED): Predicate.GOOD,
    (Rating.AS_EXPECTED, Rating.BELOW): Predicate.POOR,
    (Rating.BELOW, Rating.ABOVE): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.AS_EXPECTED): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.BELOW): Predicate.VERY_POOR,
}


def predicate(results: Rating, behaviour: Rating) -> Predicate:
    return GRID[results, behaviour]


def less_is_better(target: Number, realised: Number) -> Decimal:
    """Index of an indicator where less is better: (1 + (1 − R/T))·100; on target is 100, negative when R > 2·T.

    ValueError for T ≤ 0 or R < 0. Of a target that is a range, the bound nearer to what was realised is T.
    """
    return written(200 - percent(target, realised))
