"""Words that name work, by list, by form, by region, and misspelt."""

import pytest

from models.reading.morphology import ACTIVE, BARE, ENGLISH, EVENT, NOMINAL, PASSIVE, shape


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mengukur", ACTIVE),
        ("menyusun", ACTIVE),
        ("memverifikasi", ACTIVE),
        ("ngerjain", ACTIVE),
        ("nyiapin", ACTIVE),
        ("nulis", ACTIVE),
        ("nganterin", ACTIVE),
        ("mambantu", ACTIVE),
        ("periksa", BARE),
        ("bersihkan", BARE),
        ("bersih-bersih", BARE),
        ("pengukuran", NOMINAL),
        ("penataan", NOMINAL),
        ("pemutakhiran", EVENT),
        ("rapat", EVENT),
        ("dilaksanakan", PASSIVE),
        ("planned", ENGLISH),
        ("reviewing", ENGLISH),
        ("pngukuran", NOMINAL),
        ("mnyusun", ACTIVE),
        ("ptroli", EVENT),
        ("nulsi", ACTIVE),
        ("mereka", None),
        ("pegawai", None),
        ("peraturan", None),
        ("pasien", None),
        ("bandung", None),
        ("melati", None),
        ("jaringan", None),
    ],
)
def test_shapes(word: str, expected: str | None) -> None:
    assert shape(word) == expected
