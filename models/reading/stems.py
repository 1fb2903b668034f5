"""Stems of Indonesian words as people type them in chat: formal affixes, slang (ng-, -in) and regional ones.

Sastrawi's dictionary of root words decides between the candidates. Its own stemmer knows formal affixes only and takes
up to a millisecond for a word, so the affixes are taken off here.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # prefix → first letters it may have swallowed, the likelier first
    ("memper", ("",)), ("diper", ("",)), ("meng", ("", "k")), ("peng", ("", "k")), ("menge", ("",)), ("penge", ("",)),
    ("meny", ("s", "c")), ("peny", ("s", "c")), ("mem", ("p", "")), ("pem", ("p", "")), ("men", ("t", "")),
    ("pen", ("t", "")), ("me", ("",)), ("pe", ("",)), ("per", ("",)), ("pel", ("",)), ("ber", ("",)), ("bel", ("",)),
    ("be", ("",)), ("ter", ("",)), ("di", ("",)), ("ke", ("",)), ("se", ("",)), ("keber", ("",)),
    # slang and regional
    ("nge", ("",)), ("ng", ("", "k")), ("ny", ("s", "c")), ("n", ("t", "")), ("m", ("p", "")),
    ("mang", ("", "k")), ("many", ("s",)), ("mam", ("p", "b")), ("man", ("t", "")), ("ma", ("",)), ("ba", ("",)),
    ("pang", ("", "k")), ("pam", ("p", "b")), ("pan", ("t", "")), ("pa", ("",)), ("ta", ("",)), ("ka", ("",)),
    ("ku", ("",)),
)  # fmt: skip
_BY_INITIAL = {
    initial: tuple(each for each in _PREFIXES if each[0][0] == initial)
    for initial in {each[0][0] for each in _PREFIXES}
}
_PARTICLES = ("lah", "kah", "pun", "nya", "ku", "mu", "ne", "na", "nyo", "mi", "ji")
_ENDINGS = ("kan", "an", "i", "in", "keun", "ake", "ke", "en")
_SHORTEST = 3
_VOWELS = frozenset("aiueo")
_FITTING = {  # what may follow a prefix that keeps the first letter of the root
    "men": "cdjzsty", "pen": "cdjzsty", "mem": "bfpv", "pem": "bfpv", "meng": "aiueoghkq", "peng": "aiueoghkq",
    "n": "dcj", "m": "b", "ng": "aiueog",
}  # fmt: skip


@cache
def _irregular() -> dict[str, str]:
    """Form → root; a word that is kept whole is its own root."""
    table: dict[str, str] = {}
    for line in (Path(__file__).parent / "irregular.txt").read_text(encoding="utf-8").splitlines():
        root, _, forms = line.partition(":")
        if forms and not line.startswith("#"):
            table.update((form, form if root == "kept" else root) for form in forms.split())
    return table


@cache
def dictionary() -> frozenset[str]:
    """Sastrawi's root words."""
    roots = resources.files("Sastrawi.Stemmer") / "data" / "kata-dasar.txt"
    return frozenset(roots.read_text(encoding="utf-8").split())


def stem(word: str, preferred: frozenset[str] = frozenset()) -> str:
    """The root of a lower-case word; an unknown word stays whole."""
    return known_stem(word, preferred) or word


@lru_cache(maxsize=65536)
def known_stem(word: str, preferred: frozenset[str] = frozenset()) -> str | None:
    """The root of a lower-case word, or None when neither `preferred` roots nor the dictionary has one."""
    if root := _irregular().get(word):
        return root
    known = dictionary()
    if word in preferred or (word in known and len(word) >= _SHORTEST):
        return word
    candidates = _candidates(word)
    for candidate in candidates:
        if candidate in preferred:
            return candidate
    return next((candidate for candidate in candidates if len(candidate) > _SHORTEST and candidate in known), None)


@lru_cache(maxsize=65536)
def _candidates(word: str) -> tuple[str, ...]:
    """What may be left when affixes are taken off, the likeliest first: an ending usually belongs to a prefix."""
    bases = tuple(_without_endings(word))
    once = [(prefix, rest) for base in (*bases, word) for prefix, rest in _without_prefix(base)]
    twice = [again for prefix, rest in once if len(prefix) > 1 and len(rest) > 4 for _, again in _without_prefix(rest)]
    return (*bases, *(rest for _, rest in once), *twice)


def _without_endings(word: str) -> Iterator[str]:
    bare = [
        word,
        *(word[: -len(end)] for end in _PARTICLES if word.endswith(end) and len(word) - len(end) >= _SHORTEST),
    ]
    for base in reversed(bare):
        for ending in _ENDINGS:
            if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST:
                yield base[: -len(ending)]
    yield from bare[1:]


def _without_prefix(base: str) -> Iterator[tuple[str, str]]:
    for prefix, swallowed in _BY_INITIAL.get(base[:1], ()):
        if not base.startswith(prefix):
            continue
        rest = base[len(prefix) :]
        for letter in swallowed:
            if rest[:1] not in (_VOWELS if letter else _FITTING.get(prefix, rest)):
                continue
            if len(letter + rest) >= _SHORTEST:
                yield prefix, letter + rest
