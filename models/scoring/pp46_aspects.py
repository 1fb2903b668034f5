"""The four aspects of a target under PP 46/2011 and Perka BKN 1/2013: percent, not rounded, not bounded."""

from decimal import Decimal
from fractions import Fraction

from models.scoring.percentages import FULL, Number, percent, written

LARGEST_PLAIN_SAVING = 24
"""Percent saved up to which a saving raises the score; beyond it the target is taken to have been too easy."""


def saved(target: Number, realised: Number) -> Fraction:
    """e = 100 − R/T·100: percent of the time or the cost that was not used."""
    return FULL - percent(target, realised)


def economy(target: Number, realised: Number) -> Fraction:
    """The rule for time and cost: e ≤ 24 → (1.76·T − R)/T·100; e > 24 → 76 − ((1.76·T − R)/T·100 − 100).

    Its third case, R = 0 → 0, is what the second gives for e = 100.
    """
    plain = 176 - percent(target, realised)
    return plain if saved(target, realised) <= LARGEST_PLAIN_SAVING else 76 - (plain - 100)


def quantity_score(target: Number, realised: Number) -> Decimal:
    """Rule "kuantitas": R/T·100; the text sets no cap. ValueError for T ≤ 0 or R < 0, here and below."""
    return written(percent(target, realised))


def quality_score(target: Number, realised: Number) -> Decimal:
    """Rule "kualitas": R/T·100 of marks for results."""
    return written(percent(target, realised))


def time_score(target: Number, realised: Number) -> Decimal:
    """Rule "waktu": on target is 76, a saving of 24 % is 100; negative when R > 1.76·T, 0 when R = 0 (not done)."""
    return written(economy(target, realised))


def cost_score(target: Number | None, realised: Number) -> Decimal | None:
    """Rule "biaya": as for time; None, the aspect does not count, when the target is 0 or empty."""
    return written(economy(target, realised)) if target else None
