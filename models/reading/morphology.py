"""Is this word the name of work? Prefixes and suffixes of Indonesian, its slang and some regional languages."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from models.reading import lexicon, misspellings

ACTIVE, BARE, NOMINAL, EVENT, PASSIVE, ENGLISH = "active", "bare", "nominal", "event", "passive", "english"

_FILE = "actions.txt"
_Prefixes = tuple[tuple[str, tuple[str, ...]], ...]  # prefix → what it may have swallowed
_NASAL: _Prefixes = (("ng", ("", "k")), ("ny", ("s",)), ("m", ("", "p")), ("n", ("", "t")), ("", ("",)))
_PREFIXES: _Prefixes = (
    *((f"me{nasal}", swallowed) for nasal, swallowed in _NASAL),
    *((f"ma{nasal}", swallowed) for nasal, swallowed in _NASAL),  # Minang, Banjar
    ("nge", ("", "k")),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("m", ("p", "")),
    ("n", ("t", "")),
    *((prefix, ("",)) for prefix in ("ber", "ba", "ku", "ta", "nga")),
)
_NOMINAL: _Prefixes = (*((f"pe{nasal}", swallowed) for nasal, swallowed in _NASAL), ("per", ("",)))
_SUFFIXES = (
    *("", "kan", "i", "in", "an", "nya", "kannya", "inya", "annya", "kanlah"),
    *("ki", "ke", "no", "keun", "mi", "pi", "ji"),  # Javanese, Sundanese, Makassar
)
_VERB_SUFFIXES = ("kan", "in", "i", "keun", "")
_NOUN_SUFFIXES = ("an", "nya", "annya")
_DOUBLED = re.compile(
    r"ma'?([bcdjklmnprst])\1[aiueo]\w{2}|ma'[bcdjkls][aiueo]\w|a(?:kk|bb)[aeiou]\w*[aiueo]$"
)  # Makassar, Bugis
_LONGEST = 40  # letters; no word for work is longer


@lru_cache(maxsize=20_000)
def shape(word: str) -> str | None:
    """How a lower-case word names work: ACTIVE, BARE, NOMINAL, EVENT, PASSIVE, ENGLISH, or None."""
    word = _once(word).rstrip("2\"'")
    if len(word) > _LONGEST or word in lexicon.words(_FILE, "not_actions"):
        return None
    listed = _as_listed(word)
    if listed:
        return listed
    if word in lexicon.unit_names() or word in lexicon.words(_FILE, "stems"):
        return NOMINAL if word.endswith("an") and _from_root(_stripped(word, _NOMINAL)) else None
    return _derived(word) or _by_form(word) or (ENGLISH if _is_english(word) else None) or _misspelt(word)


def _once(word: str) -> str:
    """'bersih-bersih', 'nggusak-nggusak' → the word once."""
    first, dash, last = word.partition("-")
    return first if dash and first == last.removesuffix("an") else word


def _as_listed(word: str) -> str | None:
    for section, found in (("forms", ACTIVE), ("events", EVENT), ("roots", BARE)):
        if word in lexicon.words(_FILE, section):
            return found
    return None


@cache
def _roots() -> frozenset[str]:
    return frozenset[str]().union(*(lexicon.words(_FILE, section) for section in ("roots", "stems", "events")))


def _stripped(word: str, prefixes: _Prefixes) -> Iterator[str]:
    """What the word may come from."""
    for prefix, swallowed in prefixes:
        if word.startswith(prefix):
            for core in _without_suffix(word[len(prefix) :], _SUFFIXES):
                yield from (first + core for first in swallowed)


def _without_suffix(word: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            yield word[: len(word) - len(suffix)]


def _from_root(cores: Iterable[str], *, slang: bool = False) -> bool:
    roots = _roots()
    return any(core in roots or (slang and not roots.isdisjoint(_written(core))) for core in cores)


def _written(core: str) -> Iterator[str]:
    """What a spoken core may be in writing: anter → antar; Minang and Banjar tarimo → terima, katik → ketik."""
    place = core.rfind("e")
    if 0 < place >= len(core) - 3:
        yield f"{core[:place]}a{core[place + 1 :]}"
    standard = f"{core[:-1]}a" if core.endswith("o") else core
    yield standard
    if len(core) > 4 and standard[1] == "a":
        yield f"{standard[0]}e{standard[2:]}"


def _derived(word: str) -> str | None:
    if _from_root(_stripped(word, _PREFIXES), slang=True):
        return ACTIVE
    if _from_root(_without_suffix(word, _VERB_SUFFIXES), slang=True):
        return BARE
    if any(core in lexicon.words(_FILE, "roots") for core in _without_suffix(word, _NOUN_SUFFIXES)):
        return BARE
    return NOMINAL if _from_root(_stripped(word, _NOMINAL)) else None


def _by_form(word: str) -> str | None:
    """Without a known root: only forms that nearly always name work."""
    length = len(word)
    if length >= 7 and word.startswith("pe") and word.endswith(("an", "na", "ahn", "nn", "uan", "annya")):
        return NOMINAL
    if length >= 6 and word.startswith("me") and word[2] in "nmlrw":
        return ACTIVE
    if (length >= 5 and word.startswith(("ng", "ny"))) or _DOUBLED.match(word):
        return ACTIVE
    if length >= 5 and word.startswith("di") and (word.endswith(("kan", "i")) or word[2:] in _roots()):
        return PASSIVE
    return None


def _is_english(word: str) -> bool:
    """-ed, -ing, -s of a listed verb, with 'planned', 'coming' and 'tried' in mind."""
    verbs = lexicon.words(_FILE, "english")
    if word in verbs or (len(word) >= 7 and word.endswith("ed")):
        return True
    for core in _without_suffix(word, ("ing", "ed", "d", "s", "es")):
        doubled = len(core) > 3 and core[-1] == core[-2] and core[:-1] in verbs
        if doubled or core in verbs or core + "e" in verbs or (core.endswith("i") and core[:-1] + "y" in verbs):
            return core != word
    return False


def _misspelt(word: str) -> str | None:
    if len(word) < 4:
        return None
    if misspellings.lost_vowel(word):
        return ACTIVE if word[0] == "m" else NOMINAL
    swapped = misspellings.transposed(word) if len(word) < 8 and word[0] in "mnp" else []
    if any(_from_root(_stripped(other, _PREFIXES)) for other in swapped):
        return ACTIVE
    listed = misspellings.meant(word)
    return _as_listed(listed) if listed else None
