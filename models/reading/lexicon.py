"""The word lists, read once from the text files beside this module."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


def _lines(name: str) -> Iterator[str]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A word list: section → its lines."""
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        else:
            lines.append(line)
    return {section: tuple(lines) for section, lines in found.items()}


@cache
def words(name: str, section: str) -> frozenset[str]:
    return frozenset(word for line in sections(name).get(section, ()) for word in line.split())


@cache
def grammar(section: str) -> frozenset[str]:
    """A closed class of words: greetings, conjunctions, signs of a plan, …"""
    return words("grammar.txt", section)


@cache
def normal_words() -> dict[str, str]:
    """Spelling → the word it stands for, as far as the grammar needs it: abbreviations and regional words."""
    table = {}
    for line in _lines("abbreviations.txt"):
        word, _, spellings = line.partition(":")
        table.update(dict.fromkeys(spellings.split(), word))
    return table


def normal(word: str) -> str:
    return normal_words().get(word, word)


@cache
def unit_names() -> dict[str, str]:
    """Spelling → canonical unit."""
    table = {word: word for word in words("units.txt", "unit")}
    for line in sections("units.txt")["alias"]:
        unit, _, spellings = line.partition(":")
        table.update(dict.fromkeys(spellings.split(), unit))
    return table


@cache
def long_units() -> dict[str, tuple[str, ...]]:
    """First word → units of several words."""
    table: dict[str, tuple[str, ...]] = {}
    for line in sections("units.txt")["multi"]:
        for unit in line.split("|"):
            first = unit.split()[0]
            table[first] = (*table.get(first, ()), " ".join(unit.split()))
    return table


def skeleton(word: str) -> str:
    """What is left of a word when vowels are lost and letters are doubled: most typing errors keep it."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aiueo\d'-]", "", word))


@cache
def unit_skeletons() -> dict[str, tuple[str, str]]:
    """Skeleton → the spelling it is of, and its unit; for units that are misspelt."""
    return {skeleton(word): (word, unit) for word, unit in unit_names().items() if len(word) >= 5}
