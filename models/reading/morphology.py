"""Is this word the name of work? Prefixes and suffixes of Indonesian, its slang and some regional languages."""

from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from models.reading import lexicon

ACTIVE, BARE, NOMINAL, EVENT, PASSIVE, ENGLISH = "active", "bare", "nominal", "event", "passive", "english"
_FILE = "actions.txt"
_Prefixes = tuple[tuple[str, tuple[str, ...]], ...]
# prefix → what it may have swallowed
_NASAL: _Prefixes = (("ng", ("", "k")), ("ny", ("s",)), ("m", ("", "p")), ("n", ("", "t")), ("", ("",)))
_PREFIXES: _Prefixes = (
    *((f"me{nasal}", swallowed) for nasal, swallowed in _NASAL),
    *((f"ma{nasal}", swallowed) for nasal, swallowed in _NASAL),  # Minang, Banjar
    ("nge", ("", "k")),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("m", ("p", "")),
    ("n", ("t", "")),
    *((prefix, ("",)) for prefix in ("ber", "ba", "ku", "ta")),
)
_NOMINAL: _Prefixes = (*((f"pe{nasal}", swallowed) for nasal, swallowed in _NASAL), ("per", ("",)))
_SUFFIXES = (
    "",
    "kan",
    "i",
    "in",
    "an",
    "nya",
    "kannya",
    "inya",
    "annya",
    "ki",
    "ke",
    "no",
    "keun",
    "kanlah",
    "mi",
    "pi",
    "ji",
)
_VOWELS = frozenset("aiueo")


@cache
def _roots() -> frozenset[str]:
    return lexicon.words(_FILE, "roots") | lexicon.words(_FILE, "stems")


@cache
def _skeletons() -> dict[str, list[tuple[str, str]]]:
    """Skeletons of listed action words → the words and their shapes, for words that are misspelt."""
    table: dict[str, list[tuple[str, str]]] = {}
    for section, shape in (("events", EVENT), ("forms", ACTIVE), ("roots", BARE)):
        for word in lexicon.words(_FILE, section):
            bones = lexicon.skeleton(word)
            if len(bones) >= 3 and len(word) >= 5:
                table.setdefault(bones, []).append((word, shape))
    return table


def _stripped(word: str, prefixes: _Prefixes) -> Iterator[str]:
    for prefix, swallowed in prefixes:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            for suffix in _SUFFIXES:
                if rest.endswith(suffix) and len(rest) - len(suffix) >= 2:
                    core = rest[: len(rest) - len(suffix)] if suffix else rest
                    for first in swallowed:
                        yield first + core


def _formal(core: str) -> str:
    """Slang has e where the written language has a in the last syllable: anter, simpen, bener."""
    place = core.rfind("e")
    return f"{core[:place]}a{core[place + 1 :]}" if 0 < place >= len(core) - 3 else core


def _english(word: str) -> bool:
    base = lexicon.words(_FILE, "english")
    if word in base:
        return True
    for ending in ("ing", "ed", "d", "s", "es"):
        if word.endswith(ending):
            core = word[: -len(ending)]
            if core in base or core + "e" in base or (len(core) > 3 and core[-1] == core[-2] and core[:-1] in base):
                return True
            if core.endswith("i") and core[:-1] + "y" in base:
                return True
    return False


def _slips(word: str, bones: str) -> int:
    """How many typing errors a word of this length may have; more when its vowels are left out."""
    if len(bones) < 4:
        return 1
    return 3 if len(bones) > 0.75 * len(word) or len(word) > 9 else 1 if len(word) < 8 else 2


def _derived(word: str) -> bool:
    roots = _roots()
    return any(core in roots for core in _stripped(word, _PREFIXES))


def _misspelt(word: str) -> str | None:
    if len(word) < 4 or word in lexicon.unit_names():
        return None
    if word[0] in "mp" and len(word) >= 6 and word[1] in "nm" and word[2] not in _VOWELS:
        return ACTIVE if word[0] == "m" else NOMINAL
    if (
        len(word) < 8
        and word[0] in "mnp"
        and any(_derived(word[:i] + word[i + 1] + word[i] + word[i + 2 :]) for i in range(1, len(word) - 1))
    ):
        return ACTIVE
    bones = lexicon.skeleton(word)
    for listed, found in _skeletons().get(bones, ()):
        if listed[0] == word[0] and OSA.distance(listed, word) <= _slips(word, bones):
            return found
    return None


@lru_cache(maxsize=20_000)
def shape(word: str) -> str | None:
    """How a lower-case word names work, or None: active, bare, nominal, event, passive or english."""
    if "-" in word[1:] and word.split("-", maxsplit=1)[0] == word.rsplit("-", maxsplit=1)[-1].removesuffix("an"):
        word = word.split("-", maxsplit=1)[0]
    word = word.rstrip("2\"'")
    if word in lexicon.words(_FILE, "not_actions"):
        return None
    if word in lexicon.words(_FILE, "forms"):
        return ACTIVE
    if word in lexicon.words(_FILE, "events"):
        return EVENT
    if word in lexicon.words(_FILE, "roots"):
        return BARE
    roots = _roots()
    if word in lexicon.unit_names() or word in lexicon.words(_FILE, "stems"):
        return NOMINAL if word[-2:] == "an" and any(core in roots for core in _stripped(word, _NOMINAL)) else None
    if any(core in roots or _formal(core) in roots for core in _stripped(word, _PREFIXES)):
        return ACTIVE
    if any(
        word.endswith(s) and (word[: -len(s)] in roots or _formal(word[: -len(s)]) in roots)
        for s in ("kan", "in", "i", "keun", "")
    ):
        return BARE
    if any(word.endswith(s) and word[: -len(s)] in lexicon.words(_FILE, "roots") for s in ("an", "nya", "annya")):
        return BARE
    if any(core in roots for core in _stripped(word, _NOMINAL)):
        return NOMINAL
    return _by_form(word) or (ENGLISH if _english(word) else None) or _misspelt(word)


def _by_form(word: str) -> str | None:
    """Without a known root: only forms that nearly always name work."""
    long = len(word)
    if long >= 7 and word.startswith("pe") and word.endswith(("an", "na", "ahn", "nn", "uan", "annya")):
        return NOMINAL
    if long >= 6 and word.startswith("me") and word[2] in "nmlrw":
        return ACTIVE
    if long >= 6 and word.startswith(("ng", "ny")) and word.endswith(("in", "i", "kan")):
        return ACTIVE
    if word.startswith("di") and long >= 5 and (word.endswith(("kan", "i")) or word[2:] in _roots()):
        return PASSIVE
    return None
