"""The office thesaurus: word families, deeds, shorthand, and which words say little. Read once, from text files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.reading import stems

HINT = 0.5
"""How much a word marked "?" means its family."""
NAME = 2.0
"""The strength of a family's own name: what is above 1 tells a name from its members."""

_HERE = Path(__file__).parent

Phrase = tuple[str, ...]
"""The stems of one word or of several that belong together."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Families are named by their first word; `families` and `deeds` say how strongly (0 to 1) a phrase means each."""

    families: Mapping[Phrase, Mapping[str, float]]
    deeds: Mapping[Phrase, Mapping[str, float]]
    shorthand: Mapping[str, Phrase]
    generic: frozenset[str]
    light: frozenset[str]
    asides: frozenset[str]
    meetings: frozenset[str]
    circumstances: frozenset[str]
    reasons: frozenset[str]
    honorifics: frozenset[str]
    numbered: frozenset[str]
    rooms: frozenset[str]
    anything: frozenset[str]
    makings: frozenset[str]
    idioms: frozenset[Phrase]
    set_phrases: Mapping[str, tuple[Phrase, ...]]
    empty: frozenset[str]
    roots: frozenset[str]
    spellings: frozenset[str]
    reach: Mapping[str, int]


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus in models/reading/*.txt."""
    shorthand = {spelling: tuple(words.split()) for words, spellings in _shorthand() for spelling in spellings.split()}
    families, deeds = _families("synonyms.txt"), _families("deeds.txt", "deeds")
    generic = _words("generic")
    spelled = [
        word
        for table in (families, deeds)
        for name, members in table.items()
        for phrase in (name, *members)
        for word in phrase.split()
    ]
    spelled += [word for words in shorthand.values() for word in words] + generic
    own = frozenset(word for word in spelled if stems.stem(word) == word)
    roots = frozenset(stems.stem(word, own) for word in spelled)
    empty = frozenset(_words("empty"))
    by_phrase, by_deed = _by_phrase(families, shorthand, roots), _by_phrase(deeds, shorthand, roots)
    return Thesaurus(
        families=by_phrase,
        deeds=by_deed,
        shorthand=shorthand,
        generic=frozenset(stems.stem(word, roots) for word in generic),
        light=frozenset(stems.stem(word, roots) for word in _words("light")),
        asides=frozenset(stems.stem(word, roots) for word in _words("aside") + _words("meeting")),
        meetings=frozenset(stems.stem(word, roots) for word in _words("meeting")),
        circumstances=frozenset(_words("circumstance")),
        reasons=frozenset(_words("reason")),
        honorifics=frozenset(_words("honorific")),
        numbered=frozenset(_words("numbered")),
        rooms=frozenset(_words("room")),
        anything=frozenset(_words("anything")),
        makings=frozenset(_words("making")),
        idioms=frozenset(
            tuple(stems.stem(word, roots) for word in phrase.split()) for phrase in _section("deeds.txt", "idiom")
        ),
        set_phrases=_set_phrases(by_phrase, empty),
        empty=empty,
        roots=roots,
        spellings=frozenset(word for word in spelled if len(word) > 3),
        reach=_reach([*by_phrase, *by_deed]),
    )


def _set_phrases(phrases: Iterable[Phrase], empty: frozenset[str]) -> dict[str, tuple[Phrase, ...]]:
    """First word → the phrases in which a word stands that says nothing by itself, and one that does."""
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases:
        hollow = [word in empty or len(word) == 1 or word.isdigit() for word in phrase]
        if any(hollow) and not all(hollow):
            table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
    return table


def _reach(phrases: Iterable[Phrase]) -> dict[str, int]:
    """First word → how many words the longest phrase has that begins with it."""
    table: dict[str, int] = {}
    for phrase in phrases:
        table[phrase[0]] = max(len(phrase), table.get(phrase[0], 0))
    return table


def _by_phrase(
    families: Mapping[str, Mapping[str, float]], shorthand: Mapping[str, Phrase], roots: frozenset[str]
) -> dict[Phrase, dict[str, float]]:
    table: dict[Phrase, dict[str, float]] = {}
    for name, members in families.items():
        for phrase, strength in members.items():
            standard = [word for spelled in phrase.split() for word in shorthand.get(spelled, (spelled,))]
            key = tuple(stems.stem(word, roots) for word in standard)
            meaning = table.setdefault(key, {})
            meaning[name] = max(strength, meaning.get(name, 0.0))
    return table


def _families(file: str, section: str = "") -> dict[str, dict[str, float]]:
    """Every family by its first name; lines with the same first name are one family."""
    table: dict[str, dict[str, float]] = {}
    for line in _section(file, section):
        names, _, members = line.partition(":")
        name, *others = (each.strip() for each in names.split("="))
        phrases = [phrase.strip().lower() for phrase in members.split(",") if phrase.strip()]
        strengths = {phrase.rstrip("?"): HINT if phrase.endswith("?") else 1.0 for phrase in phrases}
        family = table.setdefault(name, {})
        for phrase, strength in (strengths | dict.fromkeys((name, *others), NAME)).items():
            family[phrase] = max(strength, family.get(phrase, 0.0))
    return table


def _shorthand() -> Iterator[tuple[str, str]]:
    for line in _section("shorthand.txt"):
        spellings, _, words = line.partition("=")
        yield words, spellings


def _words(section: str) -> list[str]:
    return [word for line in _section("deeds.txt", section) for word in line.split()]


def _section(file: str, section: str = "") -> Iterator[str]:
    """The lines under "[section]" ("" = before any), without comments."""
    current = ""
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif line and not line.startswith("#") and current == section:
            yield line
