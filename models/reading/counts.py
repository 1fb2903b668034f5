"""How many of what: '12 pasien', 'sebanyak 3 (tiga) dok.', 'tamu ada 15an', 'surat keluar 9'."""

from models.reading.lexicon import grammar
from models.reading import lexicon
from models.reading.morphology import shape
from models.reading.numbers import number_at
from models.reading.tokens import NUMBER, PUNCTUATION, WORD, Token

# a number after one of these names or numbers a thing, it does not count
_FUNCTION = grammar("named") | grammar("between") | frozenset("lebar tinggi hingga untuk utk dari dengan yang tapi juga sama karena krn sudah belum masih para serta atas agar oleh bagi tadi nya terakhir pertama kali sisa penuh macam jenis".split())
_LARGEST = 1_000_000


def count(tokens: list[Token]) -> tuple[float | None, str | None]:
    """The first quantity that a piece of work states, with its canonical unit; (None, None) if none."""
    if not any(t.kind == NUMBER or t.norm in grammar("maybe") for t in tokens):
        return None, None
    meeting = any(t.norm in grammar("meetings") for t in tokens[:2])
    i = 0
    while i < len(tokens):
        found = number_at(tokens, i)
        if found is None:
            i += 1
            continue
        value, after = found
        if 0 < value <= _LARGEST:
            unit = _unit(tokens, i, after) if not _is_name(tokens, i, after) else None
            if unit and not (unit in ("orang", "peserta", "tamu") and (meeting or _in_company(tokens, i))):
                return value, unit
        i = after
    return None, None




def _norm(tokens: list[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def _is_name(tokens: list[Token], i: int, after: int) -> bool:
    """'kelas 5', 'Perda No. 2', 'TA 2026': a number that names."""
    before = _norm(tokens, i - 1)
    if before in (".", "-", "/") and i >= 2:
        before = _norm(tokens, i - 2)
    raw = tokens[i - 1].value if i and isinstance(tokens[i - 1].value, str) else before
    if before == "ke" and _norm(tokens, i - 2) in ("jam", "hari", "minggu", "kelas", "bulan", "urutan", "anak"):
        return True
    if (before in grammar("numbered") or raw in grammar("numbered")) and _norm(tokens, after) not in lexicon.unit_names():
        return True
    if before in grammar("named") or raw in grammar("named") or (_norm(tokens, i - 2) in ("kelas", "kls") and before in ("dan", ",", "-")):
        return True
    token = tokens[i]
    return (
        token.kind == NUMBER
        and 1900 <= (token.value or 0) <= 2100
        and "." not in token.norm
        and _norm(tokens, i + 1) not in lexicon.unit_names()
    )


def _in_company(tokens: list[Token], i: int) -> bool:
    return any(_norm(tokens, j) in grammar("company") for j in range(max(0, i - 4), i))


def _unit(tokens: list[Token], i: int, after: int) -> str | None:
    j = after
    if _norm(tokens, j) == "(" and number_at(tokens, j + 1):  # 1 (satu)
        while j < len(tokens) and tokens[j].norm != ")":
            j += 1
        j += 1
    while _norm(tokens, j) in ("an", "-", "buah", "lagi") and (
        _norm(tokens, j) != "buah" or _is_unit(_norm(tokens, j + 1))
    ):
        j += 1
    if j < len(tokens) and tokens[j].kind == WORD and (unit := _named_unit(tokens, j, digits=tokens[i].kind == NUMBER)):
        return unit
    return _unit_before(tokens, i, j)


def _is_unit(word: str) -> bool:
    return word in lexicon.unit_names()


def _named_unit(tokens: list[Token], j: int, *, digits: bool) -> str | None:
    token = tokens[j]
    raw = token.value if isinstance(token.value, str) else token.norm
    raw = raw.rstrip("2\"'").removesuffix("-an")
    for unit in lexicon.long_units().get(raw, ()):
        if [t.norm for t in tokens[j : j + len(unit.split())]] == unit.split() or [
            t.value for t in tokens[j : j + len(unit.split())]
        ] == unit.split():
            return unit
    if raw in grammar("not units") or token.norm in grammar("not units"):
        return None
    names = lexicon.unit_names()
    if raw in names:
        return names[raw]
    following = tokens[j + 1].value if j + 1 < len(tokens) and isinstance(tokens[j + 1].value, str) else ""
    if shape(raw) == "english" or following in (
        "requests",
        "reports",
        "letters",
        "documents",
        "files",
        "tickets",
        "students",
    ):
        return names.get(following)
    if not digits or tokens[j - 1].kind == NUMBER and (tokens[j - 1].value or 0) >= 2000:
        return None
    return _respelt(raw) or (raw if raw not in _FUNCTION and len(raw) >= 3 and shape(raw) is None and raw.isalpha() else None)


def _respelt(word: str) -> str | None:
    """A unit that was misspelt, by its consonants."""
    bones = lexicon.skeleton(word)
    return lexicon.unit_skeletons().get(bones) if len(bones) >= 3 and len(word) >= 4 else None


def _unit_before(tokens: list[Token], i: int, after: int) -> str | None:
    """'tiket 6', 'surat keluar 9', 'tamu ada 15an': the noun stands before the number, nothing follows it."""
    if (
        after < len(tokens)
        and tokens[after].kind not in (PUNCTUATION,)
        and tokens[after].norm not in ("di", "ke", "dari", "untuk", "dan")
    ):
        return None
    j = i - 1
    linked = False
    while j >= 0 and _norm(tokens, j) in grammar("between"):
        linked, j = True, j - 1
    for back in range(2 if not linked else 1):
        word = _norm(tokens, j - back)
        if word in grammar("counted before"):
            return lexicon.unit_names()[word]
    return None
