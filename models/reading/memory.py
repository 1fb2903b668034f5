"""Links that people confirmed before: the same work, said the same way, serves the same target again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from models.reading.stems import dictionary
from models.reading.terms import plain_stems
from models.reading.unit_names import is_unit

_NEAR = 90.0
"""Wordings at least this alike, in percent, may be the same."""
_TYPO = 0.8
_LONG_WORD = 5
_COUNT = re.compile(r"\d[\d.,/:-]*\s*([^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A confirmed link: `wording` is normalised, `own` is the person's, not a colleague's with the same target.

    `corrected` links were chosen against what had been proposed. `weight` counts confirmations;
    `said` is how it was written.
    """

    wording: str
    target_code: str
    own: bool
    corrected: bool
    confirmed_on: date
    weight: float = 1.0
    said: str = field(default="", compare=False)


@lru_cache(maxsize=8192)
def normalised(description: str) -> str:
    """The roots of the words that mean something, in their order: no counts, dates, names of months, fillers."""
    return " ".join(plain_stems(_COUNT.sub(_without_unit, description)))


@lru_cache(maxsize=8192)
def _typed(description: str) -> str:
    """The words as they were typed, without counts: a typo may hide the root."""
    return " ".join(_COUNT.sub(_without_unit, description.lower()).split())


def _without_unit(count: re.Match[str]) -> str:
    after = count[1] or ""
    return " " if is_unit(after) else f" {after}"


def recall(description: str, remembered: Sequence[Remembered]) -> Remembered | None:
    """The remembered link of the same wording, typing errors aside.

    The person's own links come before colleagues', corrections before plain confirmations, the very wording before a
    near one. None when those left name different targets.
    """
    wording = normalised(description)
    if not wording:
        return None
    wordings = [link.wording for link in remembered]
    found = process.extract(wording, wordings, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
    same = [remembered[place] for other, _, place in found if _differs_by_typos(wording, other)]
    if not same:
        typed = _typed(description)
        found = process.extract(
            typed, [_typed(link.said) for link in remembered], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None
        )
        same = [remembered[place] for other, _, place in found if _differs_by_typos(typed, other)]
    same = _preferring(same, [link.own for link in same])
    same = _preferring(same, [link.corrected for link in same])
    if len({link.target_code for link in same}) > 1:
        same = [link for link in same if link.wording == wording]
    if len({link.target_code for link in same}) != 1:
        return None
    return max(same, key=lambda link: (link.wording == wording, link.weight, link.confirmed_on))


def _preferring(links: list[Remembered], preferred: Iterable[bool]) -> list[Remembered]:
    return [link for link, is_better in zip(links, preferred, strict=True) if is_better] or links


def _differs_by_typos(one: str, other: str) -> bool:
    """Whether only misspelt words differ: 'verifikasi spj' and 'verifikasi spm' are alike, and not the same work."""
    if one == other:
        return True
    ours, theirs = Counter(one.split()), Counter(other.split())
    left, right = list((ours - theirs).elements()), list((theirs - ours).elements())
    return len(left) == len(right) and all(any(_is_typo(word, meant) for meant in right) for word in left)


def _is_typo(word: str, meant: str) -> bool:
    if max(len(word), len(meant)) < _LONG_WORD or OSA.normalized_similarity(word, meant) < _TYPO:
        return False
    return not (word in dictionary() and meant in dictionary())
