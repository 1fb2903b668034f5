"""What a person's targets mean beside each other: the title side of linking.

The head of a title says more than what follows it; a family that several titles share says less about each.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from models.reading.synonyms import NAME
from models.reading.terms import GENERIC, Term, analyse

_BY_DEED = 0.7
"""How well the same deed fits in other words."""
_LATER_IN_TITLE, _LEAST_IN_TITLE, _NEXT_PART_OF_TITLE, _UNIT_OF_TITLE = 0.75, 0.6, 0.9, 0.6
_SHARED_FAMILY = 0.2
"""A family counts less with every further target of the person that has it."""
_INITIALS = range(3, 7)
"""So many words may be shortened to their first letters."""
_BY_INITIALS = 0.9

Fits = tuple[float, ...]
"""For each target how well a word fits it, from 0 to 1."""

Titles = tuple[tuple[str, str | None], ...]
"""The targets as (title, unit)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a title means: its stems, families and deeds with their strength (0 to 1), and which words stand together.

    `named` are the families whose own name stands in the title, not just one of their words; `initials` are what the
    title may be shortened to; `open` titles name a deed but not what it is done to ("pengetikan dokumen").
    """

    stems: Mapping[str, float]
    families: Mapping[str, float]
    named: frozenset[str]
    deeds: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    initials: Mapping[str, float]
    open: bool


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """What all targets mean, looked up by the word that may mean one of them: how well it fits each.

    `families` hold only the targets that have them: (place, strength, whether it is named); `open` as in `Meaning`.
    """

    stems: Mapping[str, Fits]
    deeds: Mapping[str, Fits]
    initials: Mapping[str, Fits]
    families: Mapping[str, tuple[tuple[int, float, bool], ...]]
    pairs: Mapping[tuple[str, str], tuple[bool, ...]]
    open: tuple[bool, ...]


@lru_cache(maxsize=4096)
def meanings(targets: Titles) -> Meanings:
    """What each target means beside the others."""
    titles = [analyse(title) for title, _ in targets]
    spread = Counter(name for title in titles for name in {name for term in title for name in term.families})
    each = [_meaning(words, *target, spread) for words, target in zip(titles, targets, strict=True)]
    families: dict[str, tuple[tuple[int, float, bool], ...]] = {}
    for place, meaning in enumerate(each):
        for name, strength in meaning.families.items():
            families[name] = (*families.get(name, ()), (place, strength, name in meaning.named))
    return Meanings(
        stems=_by_word([meaning.stems for meaning in each]),
        deeds=_by_word([meaning.deeds for meaning in each]),
        initials=_by_word([meaning.initials for meaning in each]),
        families=families,
        pairs={pair: tuple(pair in m.pairs for m in each) for meaning in each for pair in meaning.pairs},
        open=tuple(meaning.open for meaning in each),
    )


def _by_word(tables: Sequence[Mapping[str, float]]) -> dict[str, Fits]:
    return {word: tuple(table.get(word, 0.0) for table in tables) for table in tables for word in table}


def pairs(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """The words that stand together, as stems."""
    return [(one.stem, other.stem) for one, other in pairwise(terms)]


def _meaning(words: tuple[Term, ...], title: str, unit: str | None, spread: Mapping[str, int]) -> Meaning:
    stems: dict[str, float] = {}
    families: dict[str, float] = {}
    deeds: dict[str, float] = {}
    for term, role in zip(words, _roles(words), strict=True):
        stems[term.stem] = role
        for name, strength in term.families.items():
            shared = 1 + _SHARED_FAMILY * (spread[name] - 1)
            families[name] = max(families.get(name, 0.0), min(strength, 1.0) * role / shared)
        for name, strength in term.deeds.items():
            if term.light and strength < NAME:
                continue  # "penyusunan" in a title means no more than itself
            deeds[name] = max(deeds.get(name, 0.0), _BY_DEED * min(strength, 1.0) * role)
    for term in analyse(unit) if unit else ():
        stems.setdefault(term.stem, _UNIT_OF_TITLE)
    named = frozenset(name for term in words for name, strength in term.families.items() if strength >= NAME)
    initials = dict.fromkeys(_initials(title), _BY_INITIALS)
    telling = [term for term in words if term.weight > GENERIC and not term.light]
    is_open = bool(telling) and all(term.deeds for term in telling)
    return Meaning(stems, families, named, deeds, frozenset(pairs(words)), initials, is_open)


def _roles(title: tuple[Term, ...]) -> list[float]:
    """How central each word of a title is: 1 for its head, less for every word after it."""
    roles: list[float] = []
    role = 1.0
    for term in title:
        if term.opens and roles:
            role = _NEXT_PART_OF_TITLE
        roles.append(role)
        if not term.light:
            role = max(_LEAST_IN_TITLE, role * _LATER_IN_TITLE)
    return roles


def _initials(title: str) -> set[str]:
    """The first letters of words in a row: "tindak lanjut hasil pemeriksaan" is "tlhp"."""
    words = [word for word in re.findall(r"[a-z]+", title.lower()) if len(word) > 3]
    letters = "".join(word[0] for word in words)
    return {letters[start : start + length] for length in _INITIALS for start in range(len(letters) - length + 1)}
