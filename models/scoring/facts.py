"""What Harian's weekly score of one target rests on: values only, gathered by the caller."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

FULL = Decimal(100)


def week_ending(day: date) -> date:
    """The Sunday that ends the week of `day`."""
    return day + timedelta(days=6 - day.weekday())


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """One approved target of one person.

    `planned` is the whole output owed from `starts_on` to `ends_on`, in `unit`; a milestone's is 100 whatever is
    given. `workdays` are the unit's (holidays already taken out); dates outside the span are ignored. `absent` are the
    dates of leave and sickness only: official travel and training are work. `outputs` are (worked on, output in
    `unit`) of approved activities, or (worked on, percent reached) of a milestone. `marks` are the quality marks,
    0–100, by the Sunday of their week; None says that there was no result worth marking, which is left out and is not
    0. `weight` None counts as 1. `by_clock` are those of `outputs` that nobody looked at, approved because time had
    passed: they are part of what was reached, and have no part in the mean of the marks.

    Raises ValueError for facts that have no score: planned output or weight not above 0, a span without workdays,
    a negative output, a mark outside the scale or not on a Sunday.
    """

    code: str
    title: str
    planned: Decimal
    unit: str
    weight: Decimal | None
    starts_on: date
    ends_on: date
    milestone: bool
    workdays: Collection[date]
    absent: AbstractSet[date]
    outputs: Sequence[tuple[date, Decimal]]
    marks: Mapping[date, Decimal | int | None]
    by_clock: Sequence[tuple[date, Decimal]] = ()

    def __post_init__(self) -> None:
        if not (self.plan.is_finite() and self.plan > 0):
            raise ValueError(f"target {self.code}: planned output must be above 0")
        if self.weight is not None and not (self.weight.is_finite() and self.weight > 0):
            raise ValueError(f"target {self.code}: weight must be above 0")
        if not any(self.starts_on <= day <= self.ends_on for day in self.workdays):
            raise ValueError(f"target {self.code}: no workday between its start and its end")
        if not all(output.is_finite() and output >= 0 for _, output in self.outputs):
            raise ValueError(f"target {self.code}: an output must not be negative")
        if not all(mark is None or 0 <= mark <= FULL for mark in self.marks.values()):
            raise ValueError(f"target {self.code}: quality marks go from 0 to 100")
        if not all(week.weekday() == 6 for week in self.marks):
            raise ValueError(f"target {self.code}: a quality mark belongs to the Sunday of its week")

    @property
    def plan(self) -> Decimal:
        """P: the planned output, or 100 percent of a milestone."""
        return FULL if self.milestone else self.planned

    @property
    def share(self) -> Decimal:
        """The target's weight in its person's score."""
        return Decimal(1) if self.weight is None else self.weight

    @property
    def calendar(self) -> frozenset[date]:
        """The unit's workdays in start … end."""
        days = frozenset(self.workdays)
        if days and self.starts_on <= min(days) and max(days) <= self.ends_on:
            return days
        return frozenset(day for day in days if self.starts_on <= day <= self.ends_on)

    def outputs_until(self, last_day: date) -> list[tuple[date, Decimal]]:
        return [(day, output) for day, output in self.outputs if self.starts_on <= day <= last_day]

    def by_clock_until(self, last_day: date) -> list[tuple[date, Decimal]]:
        return [(day, output) for day, output in self.by_clock if self.starts_on <= day <= last_day]

    def marks_until(self, last_day: date) -> list[tuple[date, Decimal]]:
        """The marks of weeks since the start, oldest first."""
        given = ((week, Decimal(mark)) for week, mark in self.marks.items() if mark is not None)
        return sorted((week, mark) for week, mark in given if self.starts_on <= week <= last_day)

    def unworthy_until(self, last_day: date) -> list[date]:
        """The weeks since the start of which the superior said that no result was worth marking, oldest first."""
        return sorted(week for week, mark in self.marks.items() if mark is None and self.starts_on <= week <= last_day)
