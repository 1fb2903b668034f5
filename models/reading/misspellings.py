"""Words for work that are misspelt: lost vowels, transposed letters, doubled consonants."""

from functools import cache

from rapidfuzz.distance import OSA

from models.reading import lexicon

_VOWELS = frozenset("aiueo")


@cache
def _listed() -> dict[str, list[str]]:
    """Consonants → the listed words for work that have them."""
    table: dict[str, list[str]] = {}
    for section in ("events", "forms", "roots"):
        for word in lexicon.words("actions.txt", section):
            bones = lexicon.skeleton(word)
            if len(bones) >= 3 and len(word) >= 5:
                table.setdefault(bones, []).append(word)
    return table


def meant(word: str) -> str | None:
    """The listed word that this one was to be, or None."""
    bones = lexicon.skeleton(word)
    allowed = _slips(word, bones)
    for listed in _listed().get(bones, ()):
        if listed[0] == word[0] and OSA.distance(listed, word) <= allowed:
            return listed
    return None


def _slips(word: str, bones: str) -> int:
    """How many typing errors a word of this length may have; more when its vowels are left out."""
    if len(bones) < 4:
        return 1
    if len(bones) > 0.75 * len(word) or len(word) > 9:
        return 3
    return 1 if len(word) < 8 else 2


def lost_vowel(word: str) -> bool:
    """'pngukuran', 'mnyusun': the prefix without its vowel."""
    return len(word) >= 6 and word[0] in "mp" and word[1] in "nm" and word[2] not in _VOWELS


def transposed(word: str) -> list[str]:
    """The word with each two neighbouring letters exchanged."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]
