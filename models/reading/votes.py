"""How much each word of an activity speaks for each of the person's targets.

A word fits a target by standing in its title, by meaning the same deed, or by a family of the thesaurus. What an
activity names first says more than what follows: "*scan* arsip keuangan" is about scanning.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from models.reading.meanings import Meaning, Titles, meanings, pairs
from models.reading.synonyms import NAME, thesaurus
from models.reading.terms import GENERIC, ORDINARY, TOPIC, UNKNOWN, Term, analyse

ASIDE = 0.4
"""How much of its weight a word keeps that says where, with whom or what for."""

_BY_NAME, _BY_MEMBER = 0.85, 0.55
"""How well a word fits that means the family a title names; another word of the family."""
_BESIDE_DIRECT = 0.6
"""What an implied meaning is worth when some target has the very word, or its deed."""
_LATER_IN_ACTIVITY, _LEAST_IN_ACTIVITY = 0.87, 0.5
_COUNTED_WORD, _TELLING_GENERIC, _PAIR = 0.3, 0.45, 0.5
_COUNTED_ELSEWHERE = 0.5
"""A counted word keeps so much when no target names it."""
_GROUNDING_FIT = 0.3
_ONLY = 0.8
"""An everyday word that stands so high in one title only is reason enough to think of it."""
_LEAST_OBJECT, _MAKING_ALONE = 0.4, 0.3
"""From an object that fits so well on, making it for another target counts only so much."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One word (or two that stand together): its weight, and for each target how well it fits (0 to 1).

    `grounds` says for which targets it is reason enough to think of them: more than a deed or an everyday word.
    """

    term: Term
    weight: float
    fits: tuple[float, ...]
    grounds: tuple[bool, ...]


def votes(description: str, unit: str | None, targets: Titles) -> list[Vote]:
    """The votes of a description whose count, if any, is in `unit`."""
    titles = meanings(targets)
    terms = analyse(description)
    counted = {term.stem for term in analyse(unit)} if unit else set()
    cast = []
    place = 1.0
    for term in terms:
        cast.append(_vote(term, titles, place, counted))
        if term.weight >= UNKNOWN and not term.aside:
            place = max(_LEAST_IN_ACTIVITY, place * _LATER_IN_ACTIVITY)
    cast = _makings_follow_objects(cast)
    for term, pair in zip(terms, pairs(terms), strict=False):
        held = tuple(pair in title.pairs for title in titles)
        if any(held) and not all(held):
            cast.append(Vote(term, _PAIR * (ASIDE if term.aside else 1), tuple(map(float, held)), held))
    return cast


def _makings_follow_objects(cast: list[Vote]) -> list[Vote]:
    """Making papers speaks for a target as far as what is made does: "cetak KIA" is no "pencetakan KTP"."""
    known = thesaurus()
    making = [vote.term.stem in known.light or not known.makings.isdisjoint(vote.term.deeds) for vote in cast]
    if not any(making):
        return cast
    objects = [vote for vote in cast if not vote.term.deeds and not vote.term.aside]
    by_target = [
        max((vote.fits[i] * vote.grounds[i] for vote in objects), default=0.0) for i in range(len(cast[0].fits))
    ]
    best = max(by_target)
    if best < _LEAST_OBJECT:
        return cast
    factors = [_MAKING_ALONE + (1 - _MAKING_ALONE) * (fit / best) for fit in by_target]
    return [
        replace(vote, fits=tuple(fit * factor for fit, factor in zip(vote.fits, factors, strict=True)))
        if made
        else vote
        for vote, made in zip(cast, making, strict=True)
    ]


def _vote(term: Term, titles: Sequence[Meaning], place: float, counted: Collection[str]) -> Vote:
    exact = [title.stems.get(term.stem, 0.0) for title in titles]
    if term.weight == UNKNOWN and not any(exact):
        exact = [title.initials.get(term.word, 0.0) for title in titles]
    nothing = (0.0,) * len(titles)
    if not term.families and not term.deeds and not any(exact):
        return Vote(term, _weight(term, 0, place, counted), nothing, (False,) * len(titles))
    deed = [max(title.deeds.get(name, 0.0) for name in term.deeds) for title in titles] if term.deeds else [*nothing]
    named, implied = nothing, nothing
    if term.families:
        named, implied = zip(*(_by_family(term, title) for title in titles), strict=True)
    if any(exact):
        deed = [fit * _BESIDE_DIRECT for fit in deed]
    if any(exact) or any(deed):
        discount = _BESIDE_DIRECT**2 if term.deeds else _BESIDE_DIRECT
        implied = tuple(fit * discount for fit in implied)
    telling = term.weight > GENERIC
    only = sum(fit > 0 for fit in exact) == 1 and max(exact) >= _ONLY
    own = (telling or only) and term.stem not in thesaurus().light
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
        weight = min(weight, _COUNTED_WORD) * (1 if holders else _COUNTED_ELSEWHERE)
    return weight * ASIDE if term.aside else weight


def _by_family(term: Term, title: Meaning) -> tuple[float, float]:
    """The best fit by a family that both have and one of them names, and by any family that both have."""
    named = implied = 0.0
    for name, strength in term.families.items():
        if shared := title.families.get(name):
            fit = min(strength, 1.0) * shared
            if name in title.named or strength >= NAME:
                named = max(named, _BY_NAME * fit)
            implied = max(implied, _BY_MEMBER * fit)
    return named, max(named, implied)
