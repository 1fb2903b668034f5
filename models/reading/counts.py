"""How many of what: '12 pasien', 'sebanyak 3 (tiga) dok.', 'tamu ada 15an', 'surat keluar 9'."""

from rapidfuzz.distance import OSA

from models.reading import lexicon
from models.reading.lexicon import grammar
from models.reading.morphology import ACTIVE, BARE, ENGLISH, PASSIVE, shape
from models.reading.numbers import number_at, number_words
from models.reading.pieces import norm_at
from models.reading.tokens import NUMBER, PUNCTUATION, WORD, Token

Count = tuple[float | None, str | None]

_LARGEST = 1_000_000
_LARGEST_OF_UNLISTED = 2000  # a larger number before an unknown noun is a number of something: 'KBLI 47111 …'
_PEOPLE = frozenset(("orang", "peserta", "tamu", "personil", "personel", "petugas", "pegawai", "anggota"))
_AGENCIES = frozenset(
    ("opd", "perangkat daerah", "instansi", "dinas", "puskesmas", "sekolah", "lembaga", "ormas", "bidang", "desa")
) | frozenset(("kelurahan", "kecamatan", "distrik", "kampung", "nagari"))
_HOSTS = frozenset(("menerima", "mendampingi", "dampingi", "menyambut", "sambut", "menemani"))
_MEANS = frozenset(("menggunakan", "memakai", "pakai", "gunakan", "pake"))
_AFTER_BARE_NUMBER = frozenset(("di", "ke", "dari", "untuk", "dan"))
_ORDINALS = frozenset(("jam", "hari", "minggu", "kelas", "bulan", "urutan", "anak"))
_ROOMS, _PLACES = frozenset(("ruang", "ruangan")), frozenset(("di", "ke", "dari", "dan", ",", ""))
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))
_AMOUNTS = frozenset(("sebanyak", "sejumlah"))
_BETWEEN = frozenset(("an", "-", "lagi"))


def count(tokens: list[Token]) -> Count:
    """The first quantity that a piece of work states, with its canonical unit; (None, None) if none."""
    if not any(t.kind == NUMBER or t.norm in number_words() for t in tokens):
        return None, None
    attended = any(t.norm in grammar("attended") for t in tokens[:2])
    i = 0
    while i < len(tokens):
        found = number_at(tokens, i)
        if found is None:
            i += 1
            continue
        value, after = found
        if 0 < value <= _LARGEST and not _is_name(tokens, i, after):
            unit = _unit(tokens, i, after)
            people = unit in _PEOPLE or unit not in lexicon.unit_names() or (attended and unit in _AGENCIES)
            came = people and ((attended and unit in _PEOPLE) or _is_company(tokens, i))
            if unit and not came and not _is_means(tokens, i, after):
                return value, unit
        i = after
    return None, None


def _is_name(tokens: list[Token], i: int, after: int) -> bool:
    """A number that names, not counts: 'kelas 5', 'Perda No. 2', 'TA 2026', 'jam ke 6'."""
    place = i - 1
    if place >= 1 and tokens[place].norm in (".", "-", "/"):
        place -= 1
    before = norm_at(tokens, place)
    if before == "ke" and norm_at(tokens, place - 1) in _ORDINALS:
        return True
    if before in _ROMAN and norm_at(tokens, place - 1) in grammar("named"):
        return False  # 'angkatan V 6 JP'
    names = {before, tokens[place].raw if place >= 0 else ""}
    counted = norm_at(tokens, after) in lexicon.unit_names()
    if before == "ta" and counted:
        return False  # 'bimbingan TA 3 mahasiswa', unlike 'DPA TA 2026'
    if names & grammar("named"):
        return not (counted and before in _ROOMS and norm_at(tokens, place - 1) not in _PLACES)  # 'pola ruang 6 lembar'
    if names & grammar("numbered") and not counted:
        return True
    if norm_at(tokens, i - 2) == "kelas" and before in ("dan", ",", "-"):
        return True
    year = tokens[i].kind == NUMBER and 1900 <= tokens[i].value <= 2100 and "." not in tokens[i].norm
    return year and not counted


def _is_company(tokens: list[Token], i: int) -> bool:
    """People who were there but not served: 'bersama 4 orang', 'menerima kunker DPRD 9 orang'."""
    if norm_at(tokens, 0) in _HOSTS and norm_at(tokens, 1) in grammar("delegations"):
        return True
    return any(norm_at(tokens, j) in grammar("company") for j in range(i - 4, i))


def _is_means(tokens: list[Token], i: int, after: int) -> bool:
    """What was used for the work: 'dengan 2 unit armada', 'menggunakan 3 pompa'."""
    before = norm_at(tokens, i - 1)
    vehicles = any(norm_at(tokens, j) in grammar("vehicles") for j in (after, after + 1))
    return before in _MEANS or (before in ("dengan", "bersama") and vehicles)


def _unit(tokens: list[Token], i: int, after: int) -> str | None:
    """The unit of the number at i, after which the tokens go on at ``after``."""
    place = _skip_repetition(tokens, after)
    if norm_at(tokens, place) == "dari" and (whole := number_at(tokens, place + 1)):
        place = whole[1]  # 'verifikasi 20 dari 35 proposal'
    while norm_at(tokens, place) in _BETWEEN or (norm_at(tokens, place) == "buah" and _is_listed(tokens, place + 1)):
        place += 1
    if place < len(tokens) and tokens[place].kind == WORD and (unit := _noun(tokens, i, place)):
        return unit
    return _noun_before(tokens, i, place)


def _skip_repetition(tokens: list[Token], i: int) -> int:
    """'1 (satu) berkas'."""
    if norm_at(tokens, i) != "(" or number_at(tokens, i + 1) is None:
        return i
    closing = next((j for j in range(i + 1, min(i + 8, len(tokens))) if tokens[j].norm == ")"), i - 1)
    return closing + 1


def _is_listed(tokens: list[Token], i: int) -> bool:
    return norm_at(tokens, i) in lexicon.unit_names()


def _noun(tokens: list[Token], i: int, place: int) -> str | None:
    """The counted noun at ``place``; an unknown one counts only after figures."""
    raw = tokens[place].raw.rstrip("2\"'").removesuffix("-an")
    ahead = [t.raw for t in tokens[place : place + 3]]
    for unit in lexicon.long_units().get(raw, ()):
        if ahead[: unit.count(" ") + 1] == unit.split():
            return unit
    if raw in grammar("not units") or tokens[place].norm in grammar("not units"):
        return None
    names = lexicon.unit_names()
    if raw in names:
        return names[raw]
    english = next((names[word] for word in ahead[1:] if word.endswith("s") and word in names), None)
    if english or shape(raw) == ENGLISH:
        return english  # '5 leave requests'
    if tokens[i].kind != NUMBER or tokens[i].value >= _LARGEST_OF_UNLISTED:
        return None
    return _respelt(raw) or (raw if _could_be_noun(raw) else None)


def _could_be_noun(word: str) -> bool:
    if len(word) < 3 or not word.isalpha() or shape(word) is not None:
        return False
    return not any(word in grammar(section) for section in ("named", "before a count", "not counted"))


def _respelt(word: str) -> str | None:
    """A unit that was misspelt, by its consonants: 'pasein', 'lmbar'."""
    bones = lexicon.skeleton(word)
    meant, unit = lexicon.unit_skeletons().get(bones, ("", ""))
    slips = 1 if len(bones) < 4 else 2
    return unit if meant and len(word) >= 4 and OSA.distance(meant, word) <= slips else None


def _is_counted_object(tokens: list[Token], place: int) -> bool:
    """'pasang tenda | 3', 'layani pinjam buku | 4': a unit right after the words that name the work."""
    word = tokens[place].norm
    if word not in lexicon.unit_names() or word in grammar("named") or word in grammar("numbered"):
        return False
    return 0 < place < 3 and all(shape(token.norm) in (ACTIVE, BARE) for token in tokens[:place])


def _noun_before(tokens: list[Token], i: int, after: int) -> str | None:
    """'tiket 6', 'surat keluar 9', 'tamu ada 15an': the noun stands before the number, nothing follows it."""
    if after < len(tokens) and tokens[after].kind != PUNCTUATION and tokens[after].norm not in _AFTER_BARE_NUMBER:
        return None
    place = i - 1
    while place >= 0 and tokens[place].norm in grammar("before a count"):
        place -= 1
    if place >= 2 and norm_at(tokens, place - 1) == "yang" and shape(tokens[place].norm) == PASSIVE:
        place -= 2  # 'SPP yang diteliti 5'
    amount = norm_at(tokens, i - 1) in _AMOUNTS  # 'kartu pelajar sebanyak 120'
    reach = 1 if place < i - 1 and not amount else 2  # one word may stand between: 'surat keluar 9'
    for back in range(reach):
        word = norm_at(tokens, place - back)
        if word.endswith("nya") and not back and word.removesuffix("nya") not in _PEOPLE:
            word = word.removesuffix("nya")  # 'sampelnya 8', but 'orangnya ada 4' tells who came
        word = lexicon.unit_names().get(word, word)
        if word in grammar("counted before") or (back == 0 and _is_counted_object(tokens, place)):
            return word
    return None
