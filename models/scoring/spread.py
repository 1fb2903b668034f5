"""How one superior's marks of a week are spread: a mirror for themselves, and no part of anybody's score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

BANDS = (91, 76, 61, 51, 0)
"""Lowest mark of each step of the quality scale, best first (Perka BKN 1/2013)."""
ENOUGH = 3
"""Fewer marks have no spread worth speaking of."""
NOTICEABLE = 5
"""Points by which a middle has to move to be higher or lower."""


@dataclass(frozen=True, slots=True)
class Spread:
    """`bands` counts the marks on each step of the scale, best first."""

    count: int
    lowest: int
    median: Decimal
    highest: int
    bands: tuple[int, ...]

    @property
    def same(self) -> int | None:
        """The one mark that everything got."""
        return self.lowest if self.lowest == self.highest else None


class Trend(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Compared:
    """Against the marks the same superior gave in the weeks before. `weeks_of_one` counts the weeks in a row, through
    this one, in each of which everything got one mark.
    """

    count: int
    median: Decimal
    trend: Trend
    weeks_of_one: int


def band_of(mark: int) -> int:
    """The place of a mark on the scale; 0 is the best."""
    return next(place for place, lowest in enumerate(BANDS) if mark >= lowest)


def spread(marks: Iterable[int]) -> Spread | None:
    """None for too few marks."""
    ordered = sorted(marks)
    if len(ordered) < ENOUGH:
        return None
    places = [band_of(mark) for mark in ordered]
    bands = tuple(places.count(place) for place in range(len(BANDS)))
    return Spread(len(ordered), ordered[0], _median(ordered), ordered[-1], bands)


def compare(now: Spread, earlier: Sequence[Sequence[int]]) -> Compared | None:
    """`earlier` are the marks of the weeks before, the oldest first; None when they are too few to compare with."""
    before = spread(mark for week in earlier for mark in week)
    if before is None:
        return None
    moved = now.median - before.median
    trend = Trend.HIGHER if moved >= NOTICEABLE else Trend.LOWER if moved <= -NOTICEABLE else Trend.ALIKE
    return Compared(before.count, before.median, trend, _weeks_of_one(now, earlier))


def _weeks_of_one(now: Spread, earlier: Sequence[Sequence[int]]) -> int:
    weeks = 0
    for one in (now, *map(spread, reversed(earlier))):
        if one is None or one.same is None:
            break
        weeks += 1
    return weeks


def _median(ordered: Sequence[int]) -> Decimal:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return Decimal(ordered[middle - 1] + ordered[middle]) / 2
