"""Units of output: one name for every spelling, and which said unit counts as a target's unit."""

import re
from functools import lru_cache

from models.reading import lexicon

# The first is the name; a target counted in any of these may be reported in any other.
_SAME = (
    ("izin", "ijin", "perizinan"), ("boks", "box", "kotak"), ("notulen", "notula", "notulensi"),
    ("draf", "draft", "rancangan", "konsep"), ("aduan", "pengaduan", "keluhan"), ("poktan", "kelompok tani"),
    ("kk", "kartu keluarga", "kepala keluarga"), ("jp", "jam pelajaran"), ("rit", "ritase", "trip"),
    ("karung", "sak", "zak"), ("opd", "skpd", "perangkat daerah", "satker"), ("spd", "surat tugas", "spt"),
    ("ekor", "hewan", "ternak"), ("kali", "kegiatan"), ("lokasi", "titik", "lokus", "tempat"),
    ("permohonan", "usulan", "pengajuan"), ("unit", "buah"), ("berkas", "dokumen"), ("layanan", "pelayanan"),
    ("naskah", "berita", "rilis", "siaran pers"),
)  # fmt: skip
_PERSONS = frozenset(
    [
        "orang",
        "pasien",
        "siswa",
        "mahasiswa",
        "murid",
        "santri",
        "peserta",
        "anak",
        "bayi",
        "balita",
        "ibu",
        "lansia",
        "remaja",
        "petani",
        "nelayan",
        "peternak",
        "warga",
        "penduduk",
        "pegawai",
        "tamu",
        "pemohon",
        "pengunjung",
        "akseptor",
        "klien",
        "responden",
        "pelanggan",
        "pengguna",
        "jemaah",
        "penerima",
        "pedagang",
        "pemustaka",
        "pelapor",
        "anggota",
        "kader",
        "jiwa",
        "tahanan",
        "narapidana",
        "wbp",
        "konsumen",
        "penumpang",
        "atlet",
        "penyandang",
        "penderita",
        "keluarga",
        "bumil",
    ]
)


@lru_cache(maxsize=4096)
def canonical(unit: str) -> str:
    """'Dok.' → 'dokumen', 'lbr' → 'lembar', 'students' → 'siswa'; an unknown unit in lower case, unpunctuated."""
    plain = " ".join(re.sub(r"[^\w -]", "", unit.lower()).split())
    names = lexicon.unit_names()
    if plain in names:
        return names[plain]
    return " ".join(names.get(word, word) for word in plain.split())


def is_unit(word: str) -> bool:
    """Whether the word, however spelled, names something that is counted."""
    return word.lower() in lexicon.unit_names()


@lru_cache(maxsize=4096)
def same_unit(said: str, planned: str) -> bool:
    """Whether a count in one unit is a count in the other: the same word, or a true synonym of it."""
    a, b = canonical(said), canonical(planned)
    return a == b or any(a in group and b in group for group in _SAME)


@lru_cache(maxsize=4096)
def counts_as(said: str, planned: str) -> bool:
    """Like `same_unit`, and '34 orang' may also count a target in patients, pupils or farmers."""
    a, b = canonical(said), canonical(planned)
    return same_unit(a, b) or (a == "orang" and b in _PERSONS) or (b == "orang" and a in _PERSONS)
