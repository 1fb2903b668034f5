"""How much each word of an activity speaks for each of the person's targets.

A word fits a target by standing in its title, by meaning the same deed, or by a family of the thesaurus. What an
activity names first says more than what follows: "*scan* arsip keuangan" is about scanning.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from models.reading.meanings import Meanings, Titles, meanings, pairs
from models.reading.synonyms import NAME
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


class Vote(NamedTuple):
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
    counted = {term.stem for term in analyse(unit)} if unit else ()
    cast = []
    place = 1.0
    for term in terms:
        fit = _fit(term, titles)
        cast.append(Vote(term, _weight(term, fit, place, counted), fit.fits, fit.grounds))
        if term.weight >= UNKNOWN and not term.aside:
            place = max(_LEAST_IN_ACTIVITY, place * _LATER_IN_ACTIVITY)
    cast = _makings_follow_objects(cast, counted)
    for term, pair in zip(terms, pairs(terms), strict=False):
        held = titles.pairs.get(pair)
        if held and not all(held):
            cast.append(Vote(term, _PAIR * (ASIDE if term.aside else 1), tuple(map(float, held)), held))
    return cast


def _makings_follow_objects(cast: list[Vote], counted: Collection[str]) -> list[Vote]:
    """Making papers speaks for a target as far as what is made does: "cetak KIA 9 keping" is no "pencetakan KTP"."""
    if not any(vote.term.makes for vote in cast):
        return cast
    objects = [vote for vote in cast if not (vote.term.deeds or vote.term.aside or vote.term.stem in counted)]
    by_target = [
        max((vote.fits[i] * vote.grounds[i] for vote in objects), default=0.0) for i in range(len(cast[0].fits))
    ]
    best = max(by_target)
    if best < _LEAST_OBJECT:
        return cast
    factors = [_MAKING_ALONE + (1 - _MAKING_ALONE) * (fit / best) for fit in by_target]
    return [
        vote._replace(fits=tuple(fit * factor for fit, factor in zip(vote.fits, factors, strict=True)))
        if vote.term.makes
        else vote
        for vote in cast
    ]


class Fit(NamedTuple):
    """How well a word fits each target, for which of them that is a reason, and how many titles hold the word."""

    fits: tuple[float, ...]
    grounds: tuple[bool, ...]
    holders: int


@lru_cache(maxsize=32768)
def _fit(term: Term, titles: Meanings) -> Fit:
    nothing = (0.0,) * len(titles.open)
    exact = titles.stems.get(term.stem, nothing)
    if term.weight == UNKNOWN and exact is nothing:
        exact = titles.initials.get(term.word, nothing)
    holders = sum(fit > 0 for fit in exact)
    deeds = [
        [fit * min(strength, 1.0) for fit in titles.deeds[name]]
        for name, strength in term.deeds.items()
        if name in titles.deeds
    ]
    deed: Sequence[float] = tuple(map(max, nothing, *deeds)) if deeds else nothing
    named, implied = _by_family(term, titles)
    if holders or deeds:
        discount = _BESIDE_DIRECT**2 if term.deeds else _BESIDE_DIRECT
        implied = [fit * discount for fit in implied]
    if holders:
        deed = [fit * _BESIDE_DIRECT for fit in deed]
    telling = term.weight > GENERIC
    own = (telling or (holders == 1 and max(exact) >= _ONLY)) and not term.light
    return Fit(
        fits=tuple(map(max, exact, deed, implied)),
        grounds=tuple((own and e > 0) or (telling and n > _GROUNDING_FIT) for e, n in zip(exact, named, strict=True)),
        holders=holders,
    )


def _weight(term: Term, fit: Fit, place: float, counted: Collection[str]) -> float:
    weight = term.weight
    if fit.holders and weight in (UNKNOWN, ORDINARY):
        weight = TOPIC
    elif fit.holders == 1 and weight == GENERIC:
        weight = _TELLING_GENERIC
    weight *= place
    if term.stem in counted:
        weight = min(weight, _COUNTED_WORD) * (1 if fit.holders else _COUNTED_ELSEWHERE)
    return weight * ASIDE if term.aside else weight


def _by_family(term: Term, titles: Meanings) -> tuple[list[float], list[float]]:
    """For each target the best fit by a family that it and the word have and one of them names, and by any family."""
    named, implied = [0.0] * len(titles.open), [0.0] * len(titles.open)
    for name, strength in term.families.items():
        for place, shared, is_named in titles.families.get(name, ()):
            fit = min(strength, 1.0) * shared
            if is_named or strength >= NAME:
                named[place] = max(named[place], _BY_NAME * fit)
            implied[place] = max(implied[place], _BY_MEMBER * fit)
    return named, [max(pair) for pair in zip(named, implied, strict=True)]
