"""A unit's weekly score, and which figures about groups may be shown side by side.

Rule "no shaming": a score, a mark or a rate is shown over five people or more, and never where the figures shown,
subtracted from one another, leave fewer.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from models.scoring.weekly import PersonScore

SMALLEST_GROUP = 5


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


def publishable(groups: Mapping[str, AbstractSet[str]]) -> frozenset[str]:
    """Names of the groups over whose people one and the same figure may be shown, first come first served.

    `groups` maps the name of a group (a unit, an agency) to the people its figure is a mean or sum over. Groups shown
    together are disjoint or nested. What subtraction can yield from such figures is then a group less the largest
    shown groups inside it, or a union of those remainders: so every remainder must be empty or large enough.
    """
    shown: dict[str, AbstractSet[str]] = {}
    for name, people in groups.items():
        if people and _safe_together([*shown.values(), people]):
            shown[name] = people
    return frozenset(shown)


def _safe_together(groups: Sequence[AbstractSet[str]]) -> bool:
    nested = all(one <= other or other <= one or one.isdisjoint(other) for one in groups for other in groups)
    return nested and all(_nobody_or_enough(one, inside=[other for other in groups if other < one]) for one in groups)


def _nobody_or_enough(people: AbstractSet[str], *, inside: Sequence[AbstractSet[str]]) -> bool:
    left = set(people).difference(*inside)
    return not left or len(left) >= SMALLEST_GROUP
