import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading.heard import stem_of
from models.reading.stems import stem
from models.reading.synonyms import thesaurus


@pytest.mark.parametrize(
    ("root", "forms"),
    [
        ("layan", "melayani pelayanan dilayani layanan ngelayani"),
        ("tulis", "menulis penulisan ditulis nulis tulisan"),
        ("sapu", "menyapu penyapuan nyapu disapu"),
        ("ketik", "mengetik ngetik diketik pengetikan"),
        ("susun", "menyusun penyusunan disusun nyusun"),
        ("perbaiki", "memperbaiki perbaikan diperbaiki"),
        ("arsip", "mengarsipkan pengarsipan kearsipan diarsipkan"),
        ("kirim", "mengirim pengiriman ngirim dikirim kiriman kirimkan"),
        ("upload", "mengupload diupload uploadkan"),
        ("bersih", "membersihkan pembersihan bersihin kebersihan dibersihkan"),
        ("awas", "mengawasi pengawasan ngawasi"),
        ("jahit", "menjahit njahit dijahit"),
        ("mohon", "pemohon permohonan memohon"),
    ],
)
def test_forms_of_one_word_have_one_root(root: str, forms: str) -> None:
    assert {form: stem(form, thesaurus().roots) for form in forms.split()} == dict.fromkeys(forms.split(), root)


@pytest.mark.parametrize("word", ["keluarga", "masyarakat", "lapangan", "petugas", "berkas", "peserta", "posyandu"])
def test_words_that_only_look_derived_stay_whole(word: str) -> None:
    assert stem(word, thesaurus().roots) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pelyanan", "pelayanan"),
        ("penyuluahn", "penyuluhan"),
        ("verfikasi", "verifikasi"),
        ("undngan", "undangan"),
        ("imunisai", "imunisasi"),
        ("msuk", "masuk"),
        ("pengukran", "pengukuran"),
    ],
)
def test_a_misspelt_word_has_the_root_of_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert stem_of(typed) == stem_of(meant)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_any_word_has_a_root_that_is_its_own(word: str) -> None:
    assert stem(word)
    assert stem(stem(word)) != ""
