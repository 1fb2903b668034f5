"""What the words of a title or of an activity mean: stems, families of the thesaurus, and how much each word says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from models.reading import stems
from models.reading.heard import Word, words_of
from models.reading.synonyms import NAME, Phrase, thesaurus

TOPIC, TELLING_DEED, ORDINARY, DEED, UNKNOWN, GENERIC = 1.0, 0.7, 0.6, 0.45, 0.3, 0.25
"""How much a word says about which target is meant."""

_GENERIC_MEANS = 0.5
"""How much a word that says little, alone, means the families it is a member of."""
_MOST_PARTS = 6
_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Term:
    """One word with what it means.

    `aside` marks place, company or purpose ("… di kantor", "… bersama Babinsa"), `opens` the first word of a new part
    ("surat masuk dan *surat* keluar").
    """

    stem: str
    word: str
    weight: float
    aside: bool
    opens: bool
    families: Mapping[str, float]
    deeds: Mapping[str, float]


@lru_cache(maxsize=8192)
def analyse(text: str) -> tuple[Term, ...]:
    """The meaningful words of a text in their order, each stem once."""
    spoken = tuple(words_of(text))
    words = [word for word in spoken if word.tells]
    found = [word.stem for word in words]
    families: list[dict[str, float]] = [{} for _ in words]
    deeds: list[dict[str, float]] = [{} for _ in words]
    closed = 0
    modified: set[int] = set()
    for start, end, phrase in _phrases(found):
        if end <= closed:
            continue
        if phrase in thesaurus().idioms:
            closed = end
        alone = len(phrase) == 1 and phrase[0] in thesaurus().generic
        modified.update(range(start, end - 1))
        for place in range(start, end):
            meant = thesaurus().families.get(phrase, _NOTHING)
            _strengthen(families[place], meant, factor=_GENERIC_MEANS if alone else 1.0, named=place not in modified)
            _strengthen(deeds[place], thesaurus().deeds.get(phrase, _NOTHING))
    for start, end, phrase in _set_phrases(spoken):
        for place in range(start, end):
            _strengthen(families[place], thesaurus().families[phrase])
    for places, phrase in _coordinated(words):
        for place in places:
            _strengthen(families[place], thesaurus().families.get(phrase, _NOTHING))
    terms: dict[str, Term] = {}
    for place, (word, stem, aside, opens, _) in enumerate(words):
        if stem not in terms:
            weight = _weight(stem, families[place], deeds[place])
            terms[stem] = Term(stem, word, weight, aside, opens, families[place], deeds[place])
    return tuple(terms.values())


def plain_stems(text: str) -> list[str]:
    """The roots of the words that mean something, in their order, repeated where the text repeats them."""
    return [word.stem for word in words_of(text) if word.tells]


def _weight(stem: str, families: Mapping[str, float], deeds: Mapping[str, float]) -> float:
    if stem in thesaurus().generic:
        return GENERIC
    if deeds:
        return TELLING_DEED if families else DEED
    if families:
        return TOPIC
    return ORDINARY if stem in stems.dictionary() else UNKNOWN


def _strengthen(
    meaning: dict[str, float], more: Mapping[str, float], *, factor: float = 1.0, named: bool = True
) -> None:
    """``factor`` is for members of a family; its own name stays its name unless it is said of something special."""
    for name, strength in more.items():
        meant = strength if strength >= NAME and named else strength * factor
        meaning[name] = max(meant, meaning.get(name, 0.0))


def _phrases(found: list[str]) -> Iterator[tuple[int, int, Phrase]]:
    """Every known word and phrase, except a phrase that begins inside another one and goes beyond it.

    "Layanan *perpustakaan keliling*": words that say little hold nothing back.
    """
    known, deeds, reach = thesaurus().families, thesaurus().deeds, thesaurus().reach
    claimed = 0
    for start, first in enumerate(found):
        for length in range(min(reach.get(first, 0), len(found) - start), 0, -1):
            phrase = tuple(found[start : start + length])
            if (phrase in known or phrase in deeds) and not start < claimed < start + length:
                yield start, start + length, phrase
                if first not in thesaurus().light:
                    claimed = max(claimed, start + length)


def _set_phrases(spoken: Sequence[Word]) -> Iterator[tuple[int, int, Phrase]]:
    """Known phrases with a word that says nothing by itself: 'tera *ulang*', '*ibu* hamil'; places among the others."""
    known = thesaurus().set_phrases
    place = 0
    for start, word in enumerate(spoken):
        for phrase in known.get(word.stem, ()):
            said = spoken[start : start + len(phrase)]
            if tuple(each.stem for each in said) == phrase:
                yield place, place + sum(each.tells for each in said), phrase
        place += word.tells


def _coordinated(words: Sequence[Word]) -> Iterator[tuple[tuple[int, ...], Phrase]]:
    """What 'penerimaan, penyimpanan dan distribusi obat' says of each: 'penerimaan obat', 'penyimpanan obat'."""
    starts = [place for place, word in enumerate(words) if word.opens or not place]
    if not 1 < len(starts) <= _MOST_PARTS:
        return
    shared = range(starts[-1] + 1, len(words))
    for start, end in pairwise(starts):
        places = (start, *shared)
        for length in range(len(places), 1, -1) if end == start + 1 else ():
            phrase = tuple(words[place].stem for place in places[:length])
            if phrase in thesaurus().families:
                yield places[:length], phrase
                break
