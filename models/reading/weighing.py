"""Add up the votes for each target."""

from dataclasses import dataclass

from models.reading.meanings import Titles, meanings
from models.reading.unit_names import counts_as
from models.reading.votes import Vote, votes

UNIT_BONUS = 0.25
"""What it adds to a target that a count was given in a unit which no other target has."""


@dataclass(frozen=True, slots=True)
class Case:
    """The votes for all targets and the order they give; `by_unit` is the only target with the unit that was said.

    `open`: which targets take any object, because their titles name none.
    """

    votes: tuple[Vote, ...]
    order: tuple[int, ...]
    scores: tuple[float, ...]
    by_unit: int | None
    open: tuple[bool, ...]

    @property
    def best(self) -> int:
        return self.order[0]


def weigh(text: str, quantity: float | None, unit: str | None, targets: Titles) -> Case:
    """The case of an activity; `targets` are not empty."""
    cast = tuple(votes(text, unit, targets))
    scores = [0.0] * len(targets)
    for vote in cast:
        if top := max(vote.fits):
            rivals = sum((fit / top) ** 2 for fit in vote.fits)
            for i, fit in enumerate(vote.fits):
                scores[i] += vote.weight * fit * (fit / top) / rivals
    holders = [
        i for i, (_, own) in enumerate(targets) if own and unit and quantity is not None and counts_as(unit, own)
    ]
    by_unit = holders[0] if len(holders) == 1 else None
    if by_unit is not None:
        scores[by_unit] += UNIT_BONUS
    return Case(cast, _order(scores), tuple(scores), by_unit, meanings(targets).open)


def without_unit(case: Case) -> Case:
    """The same case if no unit had been said."""
    scores = [score - UNIT_BONUS * (i == case.by_unit) for i, score in enumerate(case.scores)]
    return Case(case.votes, _order(scores), tuple(scores), None, case.open)


def _order(scores: list[float]) -> tuple[int, ...]:
    return tuple(sorted(range(len(scores)), key=lambda i: -scores[i]))
