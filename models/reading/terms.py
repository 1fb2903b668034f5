"""What the words of a title or of an activity mean: stems, families of the thesaurus, and how much each word says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from models.reading import stems
from models.reading.heard import Word, words_of
from models.reading.synonyms import NAME, Phrase, thesaurus

TOPIC, TELLING_DEED, ORDINARY, DEED, UNKNOWN, GENERIC = 1.0, 0.7, 0.6, 0.45, 0.3, 0.25
"""How much a word says about which target is meant."""

_GENERIC_MEANS = 0.5
"""How much a word that says little, alone, means the families it is a member of."""
_MOST_PARTS = 6
_FILLERS = frozenset(("berkas", "dokumen", "data", "kegiatan", "laksana", "barang", "hasil", "usul", "jasa"))
"""They may stand within a set phrase: what is known of it holds all the same."""
_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One word with what it means.

    `aside` marks place, company or purpose ("… di kantor", "… bersama Babinsa"), `opens` the first word of a new part
    ("surat masuk dan *surat* keluar"); `light` words say little, `makes`: it, or its deed, makes papers.
    """

    stem: str
    word: str
    weight: float
    aside: bool
    opens: bool
    families: Mapping[str, float]
    deeds: Mapping[str, float]
    light: bool
    makes: bool


@lru_cache(maxsize=8192)
def analyse(text: str) -> tuple[Term, ...]:
    """The meaningful words of a text in their order, each stem once."""
    spoken = tuple(words_of(text))
    words = [word for word in spoken if word.tells]
    found = [word.stem for word in words]
    within: dict[int, tuple[Phrase, ...]] = {}
    for places, phrase in chain(_phrases(found), _interrupted(found), _set_phrases(spoken), _coordinated(words)):
        for place in places:
            within[place] = (*within.get(place, ()), phrase)
    terms: dict[str, Term] = {}
    for place, word in enumerate(words):
        if word.stem not in terms:
            terms[word.stem] = _term(word, within.get(place, ()))
    return tuple(terms.values())


def plain_stems(text: str) -> list[str]:
    """The roots of the words that mean something, in their order, repeated where the text repeats them."""
    return [word.stem for word in words_of(text) if word.tells]


@lru_cache(maxsize=32768)
def _term(word: Word, phrases: tuple[Phrase, ...]) -> Term:
    """What a word means by itself and in the phrases of which it is a part; in an idiom it means only that."""
    known, stem = thesaurus(), word.stem
    is_generic = stem in known.generic
    families: dict[str, float] = {}
    deeds: dict[str, float] = {}
    if known.idioms.isdisjoint(phrases):
        is_head = all(phrase[-1] == stem for phrase in phrases)
        own = known.families.get((stem,), _NOTHING)
        _strengthen(families, own, factor=_GENERIC_MEANS if is_generic else 1.0, named=is_head)
        _strengthen(deeds, known.deeds.get((stem,), _NOTHING))
    for phrase in phrases:
        _strengthen(families, known.families.get(phrase, _NOTHING))
        _strengthen(deeds, known.deeds.get(phrase, _NOTHING))
    if is_generic:
        weight = GENERIC
    elif deeds:
        weight = TELLING_DEED if families else DEED
    elif families:
        weight = TOPIC
    else:
        weight = ORDINARY if stem in stems.dictionary() else UNKNOWN
    light = stem in known.light
    makes = light or not known.makings.isdisjoint(deeds)
    return Term(stem, word.word, weight, word.aside, word.opens, families, deeds, light, makes)


def _strengthen(
    meaning: dict[str, float], more: Mapping[str, float], *, factor: float = 1.0, named: bool = True
) -> None:
    """``factor`` is for members of a family; its own name stays its name unless it is said of something special."""
    for name, strength in more.items():
        meant = strength if strength >= NAME and named else strength * factor
        meaning[name] = max(meant, meaning.get(name, 0.0))


def _phrases(found: Sequence[str]) -> Iterator[tuple[Sequence[int], Phrase]]:
    """Every known phrase of several words, except one that begins inside another one and goes beyond it.

    "Layanan *perpustakaan keliling*": words that say little hold nothing back.
    """
    known = thesaurus()
    claimed = closed = 0
    for start, first in enumerate(found):
        for length in range(min(known.reach.get(first, 0), len(found) - start), 1, -1):
            end = start + length
            phrase = tuple(found[start:end])
            is_known = phrase in known.families or phrase in known.deeds
            if not is_known or start < claimed < end or end <= closed:
                continue
            yield range(start, end), phrase
            if phrase in known.idioms:
                closed = end
            if first not in known.light:
                claimed = max(claimed, end)


def _interrupted(found: Sequence[str]) -> Iterator[tuple[Sequence[int], Phrase]]:
    """Known phrases within which a word stands that says nothing: "penyimpanan *berkas* rekam medis"."""
    if not _FILLERS.isdisjoint(found):
        places = [place for place, stem in enumerate(found) if stem not in _FILLERS]
        for inner, phrase in _phrases([found[place] for place in places]):
            yield [places[place] for place in inner], phrase


def _set_phrases(spoken: Sequence[Word]) -> Iterator[tuple[Sequence[int], Phrase]]:
    """Known phrases with a word that says nothing by itself: 'tera *ulang*', '*ibu* hamil'; places among the others."""
    known = thesaurus().set_phrases
    place = 0
    for start, word in enumerate(spoken):
        for phrase in known.get(word.stem, ()):
            said = spoken[start : start + len(phrase)]
            if tuple(each.stem for each in said) == phrase:
                yield range(place, place + sum(each.tells for each in said)), phrase
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
