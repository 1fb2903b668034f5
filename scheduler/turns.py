"""In which order a wave goes through the units: the members of one together, and each day another unit first."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

GOLDEN = 0.6180339887498949
"""Steps of this part of a round come back to no place soon: over any weeks, no unit is among the last more often."""


class Member(Protocol):
    @property
    def unit_id(self) -> int: ...


M = TypeVar("M", bound=Member)


def in_turn(people: Sequence[M], *, on: date) -> list[M]:
    """People who come unit by unit, in the same order but from another unit on. What is due in the same minute is
    sent in the order in which it was wanted.
    """
    units = list(dict.fromkeys(person.unit_id for person in people))
    first = int(on.toordinal() * GOLDEN % 1 * len(units))
    before = set(units[:first])
    return [p for p in people if p.unit_id not in before] + [p for p in people if p.unit_id in before]
