"""What a reply says once it has been read."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target as far as reading needs it."""

    code: str
    title: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The target an activity serves.

    ``why`` is "code", "words", "unit", "memory" or "" (no link); ``matched`` are the words that decided;
    ``candidates`` are target codes, best first, for asking.
    """

    target: str | None = None
    why: str = ""
    matched: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work done on one local date; None means that the reply does not say.

    ``doubt`` is "one_or_two" when the description may be two activities; ``parts`` then says where to cut.
    """

    description: str
    date: date
    start: time | None = None
    end: time | None = None
    minutes: int | None = None
    quantity: float | None = None
    unit: str | None = None
    link: Link = field(default_factory=Link)
    doubt: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsenceSpan:
    """First and last local date away; kind: leave, annual, maternity, important, sick, duty_travel or training."""

    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole reply. Intents: report, edit, leave, sick, duty_travel, plan, question, chat."""

    intent: str
    items: tuple[Item, ...] = ()
    absence: AbsenceSpan | None = None
    tomorrow: str | None = None
    obstacle: str | None = None
    """What stood in the way, as said."""
