"""A unit's weekly score and the progress of its goals, and which figures about groups may be shown side by side.

Rule "no shaming": a figure is shown over five people or more, and never where the figures shown, subtracted from one
another, leave fewer. Within a week `publishable` sees to it. Two units have no member in common, so nothing can be
subtracted between their summaries. From one week to the next, when somebody has come or gone, the difference of two
exact means or sums would be about that person: so they are shown as whole percents only, which leaves an error of
half a percent for everybody counted, and as the figures run on, the others have moved in between.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from models.scoring.weekly import PersonScore

SMALLEST_GROUP = 5
Thing = TypeVar("Thing", bound=Hashable)


def itself(thing: Hashable) -> Hashable:
    return thing


@dataclass(frozen=True, slots=True)
class UnitScore:
    """Mean over the `scored` of the unit's `of` own members; None and `hidden` when too few are scored."""

    mean: Decimal | None
    scored: int
    of: int
    hidden: bool


def score_unit(members: Sequence[PersonScore | None]) -> UnitScore:
    """One entry per own member of the unit; None, or a score of None, is a member without a score."""
    scores = sorted(one.score for one in members if one is not None and one.score is not None)
    if len(scores) < SMALLEST_GROUP:
        return UnitScore(None, len(scores), len(members), hidden=True)
    return UnitScore(sum(scores, Decimal(0)) / len(scores), len(scores), len(members), hidden=False)


@dataclass(frozen=True, slots=True)
class Share:
    """What one person's target brings to a goal: realised against what was expected by now, which is more than 0."""

    person: int
    target: str
    realised: Decimal
    expected: Decimal
    unit: str
    milestone: bool = False


def progress_of(goals: Mapping[str, Sequence[Share]]) -> dict[str, int]:
    """Whole percents of what was planned by now, of those goals that may be shown side by side."""
    groups = {goal: frozenset((share.person, share.target) for share in shares) for goal, shares in goals.items()}
    shown = publishable(groups, whose=lambda share: share[0])
    return {goal: round(_percent(shares)) for goal, shares in goals.items() if goal in shown}


def _percent(shares: Sequence[Share]) -> Decimal:
    """Of the sums when all count one unit, else the mean of the percents."""
    if len({share.unit for share in shares}) == 1 and not any(share.milestone for share in shares):
        expected = sum((share.expected for share in shares), Decimal(0))
        return 100 * sum((share.realised for share in shares), Decimal(0)) / expected
    return sum((100 * share.realised / share.expected for share in shares), Decimal(0)) / len(shares)


def publishable(
    groups: Mapping[str, AbstractSet[Thing]], *, whose: Callable[[Thing], Hashable] = itself
) -> frozenset[str]:
    """Names of the groups over which one and the same figure may be shown, first come first served.

    `groups` maps the name of a group (a unit, a goal) to what its figure is a mean or sum over: people, or things of
    people (`whose`). Groups shown together are disjoint or nested. What subtraction can yield from such figures is
    then a group less the largest shown groups inside it, or a union of those remainders: so every remainder must be
    empty or of enough people.
    """
    shown: dict[str, AbstractSet[Thing]] = {}
    for name, group in groups.items():
        if group and _safe_together([*shown.values(), group], whose):
            shown[name] = group
    return frozenset(shown)


def _safe_together(groups: Sequence[AbstractSet[Thing]], whose: Callable[[Thing], Hashable]) -> bool:
    nested = all(one <= other or other <= one or one.isdisjoint(other) for one in groups for other in groups)
    return nested and all(
        _nobody_or_enough(one, whose, inside=[other for other in groups if other < one]) for one in groups
    )


def _nobody_or_enough(
    group: AbstractSet[Thing], whose: Callable[[Thing], Hashable], *, inside: Sequence[AbstractSet[Thing]]
) -> bool:
    left = {whose(thing) for thing in set(group).difference(*inside)}
    return not left or len(left) >= SMALLEST_GROUP
