"""The words of a text as the thesaurus knows them: their roots, and which say where, with whom or what for."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from models.reading import stems
from models.reading.mistyped import corrected
from models.reading.synonyms import Phrase, thesaurus

_TOKEN = re.compile(r"[^\W_]+|[,;:()/|+&]")
_ROMAN = re.compile(r"[ivx]+")
_STOPS = frozenset(",;:()/|+")
_AND = frozenset(("dan", "serta", "and", "&", "atau", "sekaligus"))
_ASIDE_WORDS = 3
"""So many words after a preposition belong to it."""
_ROOM_WORDS = 2
"""So many words name the room that something stands in."""


class Word(NamedTuple):
    """A word of a text; one that does not tell means something only within a set phrase."""

    word: str
    stem: str
    aside: bool
    opens: bool
    tells: bool


def words_of(text: str) -> Iterator[Word]:
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
            yield Word(word, word, aside > 0, opens, False)
        else:
            if word in known.rooms and said and not opens:
                aside = max(aside, _ROOM_WORDS)
            is_name = named and (stems.known_stem(word, known.roots) is None or before != "ibu")
            if word in known.numbered and following.isdigit() and not is_name:
                continue
            hollow = word in known.empty or is_name or _ROMAN.fullmatch(word) is not None
            for meant in _meant(word, hollow=hollow, aside=aside > 0, opens=opens):
                yield meant
                if meant.tells:
                    opens, told = False, True
                    said = said or meant.stem in known.asides or _is_topic(meant.stem)
            aside -= 1
        named, before = word in known.honorifics, word


@lru_cache(maxsize=65536)
def _meant(word: str, *, hollow: bool, aside: bool, opens: bool) -> tuple[Word, ...]:
    """The words that a written one stands for."""
    empty, roots = thesaurus().empty, thesaurus().roots
    meant = []
    for plain in (word,) if hollow else _standard(word):
        if hollow or plain in empty or len(plain) == 1:
            meant.append(Word(word, plain, aside, opens, False))
        else:
            stem = stems.known_stem(plain, roots) or plain if aside else stem_of(plain)
            meant.append(Word(word, stem, aside, opens, True))
            opens = False
    return tuple(meant)


@lru_cache(maxsize=65536)
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
