import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reading.linking import link
from models.reading.types import Link, TargetLine

LIBRARIAN = (
    TargetLine("1", "Pelayanan sirkulasi dan keanggotaan perpustakaan", "orang"),
    TargetLine("2", "Pengolahan bahan pustaka", "judul"),
    TargetLine("3", "Pelaksanaan perpustakaan keliling", "lokasi"),
    TargetLine("4", "Penyusunan laporan bulanan perpustakaan", "laporan"),
)
FIREFIGHTER = (
    TargetLine("F1", "Pemadaman kebakaran", "kejadian"),
    TargetLine("F2", "Penyelamatan dan evakuasi non kebakaran", "kejadian"),
    TargetLine("F3", "Pemeliharaan peralatan dan kendaraan pemadam", "unit"),
    TargetLine("F4", "Sosialisasi pencegahan kebakaran", "kegiatan"),
)
DRIVER = (
    TargetLine("a", "Pelayanan antar jemput pimpinan dan tamu", "kali"),
    TargetLine("b", "Pemeliharaan kendaraan dinas", "unit"),
    TargetLine("c", "Pengelolaan bahan bakar kendaraan", "liter"),
)
VET = (
    TargetLine("V1", "Vaksinasi hewan ternak", "ekor"),
    TargetLine("V2", "Pelayanan inseminasi buatan", "dosis"),
    TargetLine("V3", "Pengobatan ternak sakit", "ekor"),
    TargetLine("V4", "Pengawasan rumah potong hewan", "laporan"),
)

REGISTRAR = (
    TargetLine("C1", "Pencetakan KTP elektronik", "keping"),
    TargetLine("C2", "Penerbitan Kartu Identitas Anak (KIA)", "keping"),
    TargetLine("C3", "Penyusunan laporan bulanan kependudukan", "laporan"),
    TargetLine("C4", "Pemutakhiran Register Desa Wisata", "desa"),
)
TECHNICIAN = (
    TargetLine("I1", "Pemeliharaan server", "unit"),
    TargetLine("I2", "Pemeliharaan pendingin udara", "unit"),
    TargetLine("I3", "Penyusunan SOP layanan", "dokumen"),
    TargetLine("I4", "Dokumentasi kegiatan", "foto"),
)


CLERK = (
    TargetLine("S1", "Pengelolaan surat masuk dan surat keluar", "surat"),
    TargetLine("S2", "Penerimaan, penyimpanan dan distribusi obat", "faktur"),
    TargetLine("S3", "Penyiapan rapat pimpinan", "rapat"),
    TargetLine("S4", "Survei dan pengukuran lapangan", "lokasi"),
    TargetLine("S5", "Pengelolaan server dan jaringan", "unit"),
)
TEACHER = (
    TargetLine("T1", "Melaksanakan pembelajaran matematika", "JP"),
    TargetLine("T2", "Melaksanakan penilaian hasil belajar", "dokumen"),
    TargetLine("T3", "Penerbitan surat keterangan siswa", "surat"),
)


@pytest.mark.parametrize(
    ("description", "targets", "code"),
    [
        # a family's own name, though the word is an everyday one
        ("ngeprint undangan", CLERK, "S1"),
        # what several deeds share: 'penerimaan obat'
        ("terima barang dari PBF", CLERK, "S2"),
        ("pasang mic di aula", CLERK, "S3"),
        # a title that names no object takes any
        ("survei jembatan Kali Anyar", CLERK, "S4"),
        # set phrases with little words in them; verbs that say nothing of their own
        ("ganti kabel LAN ruang kadis", CLERK, "S5"),
        ("setting access point", CLERK, "S5"),
        # layanan | perpustakaan keliling
        ("pusling ke SDN 4", (*LIBRARIAN[:2], TargetLine("3", "Layanan perpustakaan keliling")), "3"),
        # why says nothing about what
        ("mengajar di kelas 8 karena kelas 9 ujian", TEACHER, "T1"),
        ("melayani peminjaman buku", LIBRARIAN, "1"),
        ("nempel barcode dan stempel buku baru", LIBRARIAN, "2"),
        ("klasifikasi buku hibah", LIBRARIAN, "2"),
        ("bikin lap bulanan", LIBRARIAN, "4"),
        ("evakuasi ular di rumah warga", FIREFIGHTER, "F2"),
        ("madamkan api di lahan kosong", FIREFIGHTER, "F1"),
        ("kawin suntik sapi pak Darmo", VET, "V2"),
        ("nyuntik vaksin kambing", VET, "V1"),
        ("vaksinsi sapi di desa sebelah", VET, "V1"),
        ("ganti oli mobil dinas", DRIVER, "b"),
        # what is printed counts, not that it is printed
        ("cetak KIA", REGISTRAR, "C2"),
        # the first letters of a title's words
        ("input rdw", REGISTRAR, "C4"),
        # the head noun counts, not what qualifies it or where it stands
        ("draf SOP server", TECHNICIAN, "I3"),
        ("dokumentasi upacara", TECHNICIAN, "I4"),
        # a meeting about nothing else
        ("rapat sop", TECHNICIAN, "I3"),
    ],
)
def test_words_that_mean_one_target_link_it(description: str, targets: tuple[TargetLine, ...], code: str) -> None:
    found = link(description, None, None, targets)
    assert (found.target, found.why, found.candidates[0]) == (code, "words", code)
    assert found.matched
    assert set(found.candidates) == {target.code for target in targets}


@pytest.mark.parametrize(
    ("description", "targets"),
    [
        ("apel pagi", FIREFIGHTER),
        ("senam bersama", VET),
        ("rapat bulanan di kantor camat", LIBRARIAN),
        ("menerima tamu dari provinsi", VET),
        ("fotokopi", LIBRARIAN),
        ("membeli makan siang", DRIVER),
        ("beres-beres", LIBRARIAN),
        ("cek proyektor ruang server", TECHNICIAN),
        ("rapat dengan vendor server", TECHNICIAN),
        ("cetak kartu undangan", REGISTRAR),
        ("antar surat undangan ke desa", TEACHER),
        ("", LIBRARIAN),
        ("123 !!!", DRIVER),
    ],
)
def test_what_serves_no_target_for_sure_is_asked(description: str, targets: tuple[TargetLine, ...]) -> None:
    found = link(description, None, None, targets)
    assert (found.target, found.why, found.matched) == (None, "", ())
    assert sorted(found.candidates) == sorted(target.code for target in targets)


@pytest.mark.parametrize("title", ["Pengelolaan surat", "Vaksinasi hewan ternak", "Pemeliharaan taman"])
def test_two_targets_that_fit_alike_are_asked(title: str) -> None:
    twins = (TargetLine("1", title), TargetLine("2", title), TargetLine("3", "Pengadaan kendaraan"))
    assert link(title, None, None, twins).target is None


def test_a_deed_before_a_meeting_is_not_its_topic() -> None:
    targets = (TargetLine("1", "Pendampingan penyandang disabilitas"), TargetLine("2", "Penataan arsip"))
    assert link("mendampingi rapat", None, None, targets).target is None
    assert link("rapat penataan arsip", None, None, targets).target == "2"


def test_a_word_that_says_nothing_may_stand_within_a_set_phrase() -> None:
    targets = (
        TargetLine("1", "Penyimpanan berkas rekam medis", "berkas"),
        TargetLine("2", "Pelaporan indikator mutu rumah sakit", "laporan"),
    )
    assert link("isi tracer", None, None, targets).target == "1"


def test_an_explicit_code_wins_over_the_words() -> None:
    found = link("vaksinasi sapi #V3", None, None, VET)
    assert (found.target, found.why, found.candidates[0]) == ("V3", "code", "V3")


def test_a_code_that_no_target_has_gives_no_link() -> None:
    found = link("vaksinasi sapi #V9", None, None, VET)
    assert (found.target, found.why, found.candidates[0]) == (None, "", "V1")


def test_the_unit_of_a_count_can_decide() -> None:
    targets = (
        TargetLine("1", "Penanganan permohonan sambungan rumah", "berkas"),
        TargetLine("2", "Penanganan kebocoran pipa sambungan rumah", "titik"),
    )
    assert link("menangani sambungan rumah", None, None, targets).target is None
    found = link("menangani sambungan rumah, 3 titik", 3, "titik", targets)
    assert (found.target, found.why) == ("2", "unit")


def test_an_agencys_own_abbreviation_is_understood() -> None:
    assert link("entri SIMOLA", None, None, LIBRARIAN).target is None
    found = link("entri SIMOLA", None, None, LIBRARIAN, words={"simola": "pengolahan bahan pustaka"})
    assert found.target == "2"


def test_nobody_without_targets_is_linked() -> None:
    assert link("menyapu halaman", None, None, ()) == Link()


titles = st.lists(st.text(max_size=30), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    description=st.text(max_size=60),
    titles=titles,
    quantity=st.none() | st.floats(0, 99),
    unit=st.none() | st.text(max_size=9),
)
def test_any_text_gives_a_link_to_ones_own_target_or_all_candidates(
    description: str, titles: list[str], quantity: float | None, unit: str | None
) -> None:
    targets = tuple(TargetLine(f"T{i}", title, "laporan") for i, title in enumerate(titles))
    found = link(description, quantity, unit, targets)
    assert sorted(found.candidates) == sorted(target.code for target in targets)
    assert found.target in (None, *found.candidates[:1])


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(VET),
    description=st.sampled_from(["nyuntik vaksin kambing", "kawin suntik sapi", "apel", "ternak"]),
)
def test_the_order_of_the_targets_does_not_matter(order: list[TargetLine], description: str) -> None:
    assert link(description, None, None, order).target == link(description, None, None, VET).target


def test_a_letter_that_only_looks_alike_is_no_word_of_the_office() -> None:
    target = TargetLine("1", "Perjalanan dinas")
    assert link("d\u0131nas ke desa", None, None, [target], words={"dinas": "perjalanan"}).candidates == ("1",)


def test_mending_is_not_keeping_in_order() -> None:
    targets = (TargetLine("1", "Pemeliharaan pompa air"), TargetLine("2", "Perbaikan pompa air"))
    assert link("benerin pompa air", None, None, targets).candidates[0] == "2"
    assert link("lumasi pompa air", None, None, targets).candidates[0] == "1"


def test_what_is_named_first_and_has_no_part_in_a_target_is_asked_about() -> None:
    targets = (TargetLine("1", "Peliputan dan dokumentasi kegiatan pimpinan"), TargetLine("2", "Penataan arsip"))
    assert link("editing foto", None, None, targets).target is None
    assert link("foto kegiatan bupati", None, None, targets).target == "1"
