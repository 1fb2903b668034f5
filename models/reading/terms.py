"""What the words of a title or of an activity mean: stems, families of the thesaurus, and how much each word says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from models.reading import stems
from models.reading.mistyped import corrected
from models.reading.synonyms import NAME, Phrase, thesaurus

TOPIC, TELLING_DEED, ORDINARY, DEED, UNKNOWN, GENERIC = 1.0, 0.7, 0.6, 0.45, 0.3, 0.25
"""How much a word says about which target is meant."""

_TOKEN = re.compile(r"[^\W_]+|[,;:()/|+&]")
_ROMAN = re.compile(r"[ivx]+")
_STOPS = frozenset(",;:()/|+")
_AND = frozenset(("dan", "serta", "and", "&", "atau", "sekaligus"))
_ASIDE_WORDS = 3
"""So many words after a preposition belong to it."""
_ROOM_WORDS = 2
"""So many words name the room that something stands in."""
_GENERIC_MEANS = 0.5
"""How much a word that says little, alone, means the families it is a member of."""
_MOST_PARTS = 6
_NOTHING: Mapping[str, float] = {}


class _Word(NamedTuple):
    """A word of a text; one that does not tell means something only within a set phrase."""

    word: str
    stem: str
    aside: bool
    opens: bool
    tells: bool


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
    spoken = tuple(_words(text))
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
    return [word.stem for word in _words(text) if word.tells]


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
        strength = strength if strength >= NAME and named else strength * factor
        meaning[name] = max(strength, meaning.get(name, 0.0))


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
                if found[start] not in thesaurus().light:
                    claimed = max(claimed, start + length)


def _set_phrases(spoken: Sequence[_Word]) -> Iterator[tuple[int, int, Phrase]]:
    """Known phrases with a word that says nothing by itself: 'tera *ulang*', '*ibu* hamil'; places among the others."""
    known = thesaurus().set_phrases
    place = 0
    for start, word in enumerate(spoken):
        for phrase in known.get(word.stem, ()):
            said = spoken[start : start + len(phrase)]
            if tuple(each.stem for each in said) == phrase:
                yield place, place + sum(each.tells for each in said), phrase
        place += word.tells


def _coordinated(words: Sequence[_Word]) -> Iterator[tuple[tuple[int, ...], Phrase]]:
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


def _words(text: str) -> Iterator[_Word]:
    """Every word; those that may mean something tell."""
    known = thesaurus()
    aside, named, opens, told, said, before = 0, False, True, False, False, ""
    tokens = _TOKEN.findall(text.lower())
    for word, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        if word in _STOPS:
            aside, opens = 0, True
        elif word in _AND:
            opens = True
        elif word in known.reasons and told:
            return  # why says nothing about what
        elif word in known.circumstances and aside <= _ASIDE_WORDS:
            aside = _ASIDE_WORDS if said else 0
        elif word.isdigit():
            yield _Word(word, word, aside > 0, opens, False)
        else:
            if word in known.rooms and said and not opens:
                aside = max(aside, _ROOM_WORDS)
            is_name = named and (stems.known_stem(word, known.roots) is None or before != "ibu")
            if word not in known.empty and not is_name and not _ROMAN.fullmatch(word):
                if word in known.numbered and following.isdigit():
                    continue
                for plain in _standard(word):
                    if plain not in known.empty and len(plain) > 1:
                        stem = stem_of(plain) if aside <= 0 else stems.known_stem(plain, known.roots) or plain
                        yield _Word(word, stem, aside > 0, opens, True)
                        opens, told = False, True
                        said = said or stem in known.asides or _is_topic(stem)
                    else:
                        yield _Word(word, plain, aside > 0, opens, False)
            else:
                yield _Word(word, word, aside > 0, opens, False)
            aside -= 1
        named, before = word in known.honorifics, word


def _is_topic(stem: str) -> bool:
    known = thesaurus()
    return (stem,) in known.families and (stem,) not in known.deeds and stem not in known.generic


@lru_cache(maxsize=65536)
def _standard(word: str) -> Phrase:
    """The usual words for a shorthand; 'foto2' and 'surat²' are their singular."""
    known = thesaurus().shorthand
    if word in known:
        return known[word]
    bare = word.rstrip("2²")
    if bare != word and len(bare) > 3 and bare.isalpha():
        return known.get(bare, (bare,))
    return (word,)


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The root of a word, mistyped or not."""
    known = thesaurus()
    root = stems.known_stem(word, known.roots)
    if root and (2 * len(root) >= len(word) or word in known.spellings):
        return root
    if len(word) >= 4 and (right := corrected(word, known.spellings, most=1 if root else 2)):
        return stems.stem(right, known.roots)
    return root or word
