import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.unit_names import canonical, counts_as, is_unit, same_unit


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("dok", "dokumen"),
        ("Dok.", "dokumen"),
        ("lbr", "lembar"),
        ("letters", "surat"),
        ("students", "siswa"),
        ("wong", "orang"),
        ("urang", "orang"),
        ("berita acara", "berita acara"),
        ("ba", "berita acara"),
        ("people", "orang"),
        ("anak asuh", "anak asuh"),
        ("perahu", "perahu"),
    ],
)
def test_a_unit_has_one_name(said: str, unit: str) -> None:
    assert canonical(said) == unit


@pytest.mark.parametrize(
    ("said", "planned", "same", "counts"),
    [
        ("dok", "dokumen", True, True),
        ("titik", "lokasi", True, True),
        ("poktan", "kelompok tani", True, True),
        ("ijin", "izin", True, True),
        ("orang", "pasien", False, True),
        ("siswa", "orang", False, True),
        ("siswa", "pasien", False, False),
        ("lembar", "dokumen", False, False),
        ("jam", "kegiatan", False, False),
    ],
)
def test_which_units_are_the_same(said: str, planned: str, *, same: bool, counts: bool) -> None:
    assert (same_unit(said, planned), counts_as(said, planned)) == (same, counts)


def test_what_is_counted_is_known_as_a_unit() -> None:
    assert [word for word in ("berkas", "lbr", "orang", "apel", "mengetik") if is_unit(word)] == [
        "berkas",
        "lbr",
        "orang",
    ]


@given(st.text(max_size=20))
def test_a_name_is_final_and_the_same_unit_as_itself(said: str) -> None:
    assert canonical(canonical(said)) == canonical(said)
    assert same_unit(said, canonical(said))
    assert counts_as(said, said)
