"""What a week's picture shows: plain values that travel to another process, all wording given by the caller."""

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Bar:
    """Progress of one unit goal.

    `percent_of_plan` is 100 when everything expected by now is done. `caption` says the same in words
    ("of what was planned"), `figure` in short ("80%"). ValueError unless the percent is finite and not negative.
    """

    label: str
    percent_of_plan: float
    caption: str
    figure: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.percent_of_plan) and self.percent_of_plan >= 0):
            raise ValueError(f"no bar is {self.percent_of_plan} percent long")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One week: its label under the axis, its score 0–100 (None: no score that week) and the score as written."""

    label: str
    value: float | None
    figure: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not 0 <= self.value <= 100:
            raise ValueError(f"a score goes from 0 to 100, not to {self.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart:
    """A unit's week: goals against plan, and under them the trend of the score, oldest week first.

    Made for up to ten bars and twelve weeks. Without bars, or without any score, that part is left out. A legend is
    shown only when the picture has what it explains: the mark of the plan, output above plan, weeks without a score.
    """

    title: str
    subtitle: str = ""
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    plan_legend: str = ""
    over_legend: str = ""
    trend: tuple[TrendPoint, ...] = ()
    trend_title: str = ""
    gap_legend: str = ""
    footer: str = ""
