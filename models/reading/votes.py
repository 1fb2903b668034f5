"""How much each word of an activity speaks for each of the person's targets.

A word fits a target by standing in its title, by meaning the same deed, or by a family of the thesaurus. The head of a
title says more than what follows it, in an activity as well: "*scan* arsip keuangan" is about scanning.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from models.reading.synonyms import NAME, thesaurus
from models.reading.terms import GENERIC, ORDINARY, TOPIC, UNKNOWN, Term, analyse

ASIDE = 0.4
"""How much of its weight a word keeps that says where, with whom or what for."""

_BY_NAME, _BY_MEMBER, _BY_DEED = 0.85, 0.55, 0.7
"""How well a word fits that means the family a title names; another word of the family; the same deed."""
_BESIDE_DIRECT = 0.6
"""What an implied meaning is worth when some target has the very word, or its deed."""
_LATER_IN_TITLE, _LEAST_IN_TITLE, _NEXT_PART_OF_TITLE, _UNIT_OF_TITLE = 0.75, 0.6, 0.9, 0.35
_LATER_IN_ACTIVITY, _LEAST_IN_ACTIVITY = 0.92, 0.5
_SHARED_FAMILY = 0.2
"""A family counts less with every further target of the person that has it."""
_COUNTED_WORD, _TELLING_GENERIC, _PAIR = 0.3, 0.45, 0.5
_GROUNDING_FIT = 0.3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a title means: its stems, families and deeds with their strength (0 to 1), and which words stand together.

    `named` are the families whose own name stands in the title, not just one of their words.
    """

    stems: Mapping[str, float]
    families: Mapping[str, float]
    named: frozenset[str]
    deeds: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Vote:
    """One word (or two that stand together): its weight, and for each target how well it fits (0 to 1).

    `grounds` says for which targets it is reason enough to think of them: more than a deed or an everyday word.
    """

    term: Term
    weight: float
    fits: tuple[float, ...]
    grounds: tuple[bool, ...]


@lru_cache(maxsize=4096)
def meanings(targets: tuple[tuple[str, str | None], ...]) -> tuple[Meaning, ...]:
    """What the targets, as (title, unit), mean beside each other."""
    titles = [analyse(title) for title, _ in targets]
    spread = Counter(name for title in titles for name in {name for term in title for name in term.families})
    return tuple(_meaning(title, unit, spread) for title, (_, unit) in zip(titles, targets, strict=True))


def _meaning(title: tuple[Term, ...], unit: str | None, spread: Mapping[str, int]) -> Meaning:
    stems: dict[str, float] = {}
    families: dict[str, float] = {}
    deeds: dict[str, float] = {}
    for term, role in zip(title, _roles(title), strict=True):
        stems[term.stem] = role
        for name, strength in term.families.items():
            shared = 1 + _SHARED_FAMILY * (spread[name] - 1)
            families[name] = max(families.get(name, 0.0), min(strength, 1.0) * role / shared)
        for name, strength in term.deeds.items():
            deeds[name] = max(deeds.get(name, 0.0), _BY_DEED * min(strength, 1.0) * role)
    for term in analyse(unit) if unit else ():
        stems.setdefault(term.stem, _UNIT_OF_TITLE)
    named = frozenset(name for term in title for name, strength in term.families.items() if strength >= NAME)
    return Meaning(stems, families, named, deeds, frozenset(_pairs(title)))


def _roles(title: tuple[Term, ...]) -> list[float]:
    """How central each word of a title is: 1 for its head, less for every word after it."""
    roles: list[float] = []
    role = 1.0
    for term in title:
        if term.opens and roles:
            role = _NEXT_PART_OF_TITLE
        roles.append(role)
        if term.stem not in thesaurus().light:
            role = max(_LEAST_IN_TITLE, role * _LATER_IN_TITLE)
    return roles


def _pairs(terms: Sequence[Term]) -> list[tuple[str, str]]:
    return [(one.stem, other.stem) for one, other in pairwise(terms)]


def votes(description: str, unit: str | None, targets: tuple[tuple[str, str | None], ...]) -> list[Vote]:
    """The votes of a description whose count, if any, is in `unit`, for targets given as (title, unit)."""
    titles = meanings(targets)
    terms = analyse(description)
    counted = {term.stem for term in analyse(unit)} if unit else set()
    cast = []
    place = 1.0
    for term in terms:
        cast.append(_vote(term, titles, place, counted))
        if term.weight >= UNKNOWN and not term.aside:
            place = max(_LEAST_IN_ACTIVITY, place * _LATER_IN_ACTIVITY)
    for term, pair in zip(terms, _pairs(terms), strict=False):
        held = tuple(pair in title.pairs for title in titles)
        if any(held) and not all(held):
            cast.append(Vote(term, _PAIR * (ASIDE if term.aside else 1), tuple(map(float, held)), held))
    return cast


def _vote(term: Term, titles: Sequence[Meaning], place: float, counted: Collection[str]) -> Vote:
    exact = [title.stems.get(term.stem, 0.0) for title in titles]
    deed = [max((title.deeds.get(name, 0.0) for name in term.deeds), default=0.0) for title in titles]
    named = [_by_name(term, title) for title in titles]
    implied = [max(by_name, _by_member(term, title)) for by_name, title in zip(named, titles, strict=True)]
    if any(exact):
        deed = [fit * _BESIDE_DIRECT for fit in deed]
    if any(exact) or any(deed):
        discount = _BESIDE_DIRECT**2 if term.deeds else _BESIDE_DIRECT
        implied = [fit * discount for fit in implied]
    telling = term.weight > GENERIC
    own = telling and term.stem not in thesaurus().light
    return Vote(
        term=term,
        weight=_weight(term, sum(fit > 0 for fit in exact), place, counted),
        fits=tuple(map(max, exact, deed, implied)),
        grounds=tuple((own and e > 0) or (telling and n > _GROUNDING_FIT) for e, n in zip(exact, named, strict=True)),
    )


def _weight(term: Term, holders: int, place: float, counted: Collection[str]) -> float:
    weight = term.weight
    if holders and weight in (UNKNOWN, ORDINARY):
        weight = TOPIC
    elif holders == 1 and weight == GENERIC:
        weight = _TELLING_GENERIC
    weight *= place
    if term.stem in counted:
        weight = min(weight, _COUNTED_WORD)
    return weight * ASIDE if term.aside else weight


def _by_name(term: Term, title: Meaning) -> float:
    """The best fit by a family that both have, whose name one of them says."""
    return max(
        (
            _BY_NAME * min(strength, 1.0) * title.families[name]
            for name, strength in term.families.items()
            if name in title.named or (strength >= NAME and name in title.families)
        ),
        default=0.0,
    )


def _by_member(term: Term, title: Meaning) -> float:
    """The best fit by a family of which both say some word."""
    strengths = (min(strength, 1.0) * title.families.get(name, 0.0) for name, strength in term.families.items())
    return _BY_MEMBER * max(strengths, default=0.0)
