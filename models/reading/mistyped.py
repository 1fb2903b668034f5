"""The known word that a mistyped or shortened one was meant to be."""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_MOST_EDITS = 2


@lru_cache(maxsize=16384)
def corrected(word: str, spellings: frozenset[str], most: int = _MOST_EDITS) -> str | None:
    """The known word that was meant: the only one with the same consonants, else the nearest, at most `most` edits."""
    bones = _bones(word)
    by_bones, by_length = _index(spellings)
    if len(bones) >= 3:
        same = [right for right in by_bones.get(bones, ()) if _is_shortened(word, right)]
        if len(same) == 1:
            return same[0]
    if len(word) < 5:
        return None
    near = process.extractOne(
        word, by_length.get((word[0], len(word)), ()), scorer=OSA.normalized_similarity, score_cutoff=0.8
    )
    return str(near[0]) if near and OSA.distance(word, near[0]) <= most else None


def _is_shortened(word: str, right: str) -> bool:
    """Whether every letter of the word stands in the right word, in this order."""
    letters = iter(right)
    return all(letter in letters for letter in word)


@lru_cache(maxsize=4)
def _index(spellings: frozenset[str]) -> tuple[dict[str, list[str]], dict[tuple[str, int], list[str]]]:
    """The words by their consonants, and by first letter and a length they may be mistyped to."""
    by_bones: dict[str, list[str]] = {}
    by_length: dict[tuple[str, int], list[str]] = {}
    for word in sorted(spellings):
        by_bones.setdefault(_bones(word), []).append(word)
        for length in range(len(word) - _MOST_EDITS, len(word) + _MOST_EDITS + 1):
            by_length.setdefault((word[0], length), []).append(word)
    return by_bones, by_length


def _bones(word: str) -> str:
    """Consonants only, doubles once: what hasty typing leaves of a word."""
    return re.sub(r"(.)\1+", r"\1", word[0] + re.sub(r"[aiueo]", "", word[1:]))
