"""What is known of a team's week, and the points it may give rise to: values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    OBSTACLE = "obstacle"  # reported, and nobody has answered
    NO_OUTPUT = "no_output"  # output was due and none is approved
    BEHIND = "behind"  # far behind for weeks
    FALLING = "falling"  # marks fall
    NO_TARGET = "no_target"  # no approved target in force
    NO_FOCUS = "no_focus"  # asked every morning, never chosen
    OTHER_WORK = "other_work"  # chosen, but the days went to something else
    EARLY = "early"  # all that was planned, before its end
    EXCELLENT = "excellent"  # the highest marks, week after week


Value = Decimal | int | date


@dataclass(frozen=True, slots=True)
class Progress:
    """Expected (E) and approved (R) output through one week, in the target's unit."""

    week: date
    expected: Decimal
    realised: Decimal

    @property
    def percent(self) -> Decimal | None:
        """None while nothing is due."""
        return 100 * self.realised / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Course:
    """One target in force: its weeks and its marks (by the Sunday of their week), both the oldest first."""

    id: int
    planned: Decimal
    ends_on: date
    weeks: Sequence[Progress]
    marks: Sequence[tuple[date, Decimal]] = ()
    praised: bool = False
    """The person has had feedback about it lately."""


@dataclass(frozen=True, slots=True)
class OpenObstacle:
    id: int
    raised_on: date
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person in a week. `present` says whether they worked in it at all; `asked` on how many days they were asked
    for a focus, `chosen` on how many they had one, `kept` on how many of those any work served it.
    """

    id: int
    present: bool
    courses: Sequence[Course] = ()
    obstacles: Sequence[OpenObstacle] = ()
    asked: int = 0
    chosen: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """`values` are the numbers that give the reason; `others` how many more targets or obstacles are like it.

    OBSTACLE: obstacle, since · NO_OUTPUT, BEHIND: realised, expected, weeks · FALLING: before, now ·
    NO_FOCUS: asked · OTHER_WORK: chosen, other · EARLY: realised, planned, ends_on · EXCELLENT: mean, weeks.
    """

    kind: Kind
    person: int
    urgency: tuple[Decimal, ...]
    """Smaller comes first among points of one rank."""
    target: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    others: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """`left` counts what was found and has no room."""

    points: tuple[Point, ...]
    left: int
