"""Percent of a target, exactly.

Figures are fractions inside, so that a cliff or a bound lies where its rule puts it whatever was divided before;
`written` makes the Decimal that people read.
"""

from decimal import Decimal
from fractions import Fraction

Number = Decimal | int

FULL = Fraction(100)


def exact(number: Number) -> Fraction:
    """TypeError for a float, which would miss the cliff; ValueError for what is no finite number."""
    if not isinstance(number, Decimal | int):
        raise TypeError(f"a figure is a Decimal or an int, not a {type(number).__name__}")
    if not Decimal(number).is_finite():
        raise ValueError("a figure must be a finite number")
    return Fraction(number)


def written(figure: Fraction) -> Decimal:
    return Decimal(figure.numerator) / figure.denominator


def percent(target: Number, realised: Number) -> Fraction:
    """R/T·100; ValueError for T ≤ 0 or R < 0."""
    owed, done = exact(target), exact(realised)
    if owed <= 0:
        raise ValueError("a target must be above 0")
    if done < 0:
        raise ValueError("what is realised must not be negative")
    return done / owed * 100
