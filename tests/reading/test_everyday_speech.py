"""How people of all regions and offices talk: what they did, what it was, and what they only said."""

from datetime import date, time

import pytest

from models.reading.morphology import shape
from tests.reading.told import descriptions, only, told


@pytest.mark.parametrize(
    ("text", "activities"),
    [
        # words for work of many trades and regions
        ("betulin pagar, nyambut tamu, follow-up surat", ["betulin pagar", "nyambut tamu", "follow-up surat"]),
        ("ngabagikeun bibit, teras ngalatih kader", ["ngabagikeun bibit", "ngalatih kader"]),
        ("manarimo tamu lalu mangatik surek", ["manarimo tamu", "mangatik surek"]),
        ("mattaneng padi, maccatat warga", ["mattaneng padi", "maccatat warga"]),
        ("escalated a ticket and logged the outage", ["escalated a ticket", "logged the outage"]),
        ("kasi makan rusa, bersihkan kandang", ["kasi makan rusa", "bersihkan kandang"]),
        # sequence
        ("jaga apotek abis tu rekap resep abis itu setor kas", ["jaga apotek", "rekap resep", "setor kas"]),
        ("ngetik SK, tos kitu nyetak kartu", ["ngetik SK", "nyetak kartu"]),
        ("nyapu aula, ti dinya ngirim surat", ["nyapu aula", "ngirim surat"]),
        ("bongkar tenda, sound, dan panggung", ["bongkar tenda, sound, dan panggung"]),
        ("antar berkas ka dinas dari situ jemput tamu", ["antar berkas ka dinas", "jemput tamu"]),
        ("servis pompa, seal habis jadi beli dulu ke toko", ["servis pompa", "beli dulu ke toko"]),
        # several things counted in one unit
        ("legalisir ijazah 7 lembar rapor 2 lembar", ["legalisir ijazah 7 lembar", "rapor 2 lembar"]),
        ("rekam KTP 9 orang, pindah domisili 3 orang", ["rekam KTP 9 orang", "pindah domisili 3 orang"]),
        ("rekam KTP 14 orang, kia 6", ["rekam KTP 14 orang", "kia 6"]),
        ("disposisi 4, undangan 6", ["disposisi 4", "undangan 6"]),
        ("SPJ konsumsi rapat, SPJ perjalanan", ["SPJ konsumsi rapat", "SPJ perjalanan"]),
        ("periksa ternak: kerbau 4 ekor, babi 9 ekor", ["periksa ternak: kerbau 4 ekor, babi 9 ekor"]),
        # a deed of its own after a comma
        ("antar tagihan, telp pelanggan", ["antar tagihan", "telp pelanggan"]),
        ("cek dahak 7 pasien, lanjut TCM 4 sampel", ["cek dahak 7 pasien", "TCM 4 sampel"]),
        # days that only name an event
        ("senam, jumat berkah bagi nasi", ["senam", "jumat berkah bagi nasi"]),
        ("isi khutbah jumat", ["isi khutbah jumat"]),
        # what was found or reached is detail
        ("angkut arsip ke gudang, kurang lebih ada 5 dus", ["angkut arsip ke gudang, kurang lebih ada 5 dus"]),
        ("razia kos, menemukan 2 pasangan", ["razia kos, menemukan 2 pasangan"]),
        ("penyuluhan hipertensi, hadir 31 warga", ["penyuluhan hipertensi, hadir 31 warga"]),
        # announcements
        ("hari ini ada 2 kegiatan yaitu uji emisi dan servis alat", ["uji emisi", "servis alat"]),
        (
            "Saya dan tim melakukan beberapa kegiatan. Memasang rambu. Mengecat marka",
            ["Memasang rambu", "Mengecat marka"],
        ),
        ("Pelayanan di kantor: legalisir 3 berkas, konsultasi warga", ["legalisir 3 berkas", "konsultasi warga"]),
        ("Melakukan pelayanan gizi. Menimbang 9 bayi. Menyusun menu", ["Menimbang 9 bayi", "Menyusun menu"]),
        ("ada beberapa kegiatan, di antaranya uji emisi", ["uji emisi"]),
        ("Hari ini kerja di bagian arsip. Menata boks", ["Menata boks"]),
        ("Dinas luar ke Parepare, hari ini meninjau dermaga", ["meninjau dermaga"]),
        ("Hasil kegiatan: Penyusunan peta rawan", ["Penyusunan peta rawan"]),
        # not there, but working
        ("tidak ikut senam karena menyusun RKA", ["menyusun RKA"]),
        ("tidak ikut apel karena ban kempes, langsung ke pasar survei harga", ["ke pasar survei harga"]),
        # lines without bullets
        ("periksa jentik\nsurvei sanitasi", ["periksa jentik", "survei sanitasi"]),
        ("tambal jalan Kenari\ndepan pasar", ["tambal jalan Kenari depan pasar"]),
        ("senam pagi bersama pegawai", ["senam pagi bersama pegawai"]),
    ],
)
def test_activities(text: str, activities: list[str]) -> None:
    assert descriptions(text) == activities


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("rakor dg 6 perangkat daerah", None, None),
        ("rapat koordinasi bersama 5 desa dan 2 puskesmas", None, None),
        ("pengamanan pawai bersama 25 personil", None, None),
        ("padamkan api dengan 2 unit armada", None, None),
        ("menerima kunjungan DPRD Bantul 9 orang", None, None),
        ("unggah naskah 4 perda", 4, "perda"),
        ("kompilasi data dari 5 desa", 5, "desa"),
        ("lapor SPT pph 21 pegawai 12 orang", 12, "orang"),
        ("pasang tenda 3", 3, "tenda"),
        ("tanam bibit 40 polibag", 40, "polybag"),
        ("inspected meters at 12 houses", 12, "rumah"),
    ],
)
def test_counts(text: str, quantity: float | None, unit: str | None) -> None:
    item = only(text)
    assert (item.quantity, item.unit) == (quantity, unit)


@pytest.mark.parametrize(
    ("text", "start", "end", "minutes"),
    [
        ("jam 7 sampe stgh 9 jaga pintu", time(7), time(8, 30), 90),
        ("lembur laporan semester 1 sampe jam 8 malem", None, time(20), None),
        ("8-10 ngajar las", time(8), time(10), 120),
        ("6-8 berkas diteliti", None, None, None),
        ("Edit video profil, durasi 2 menit", None, None, None),
        ("rapat, durasi 45 menit", None, None, 45),
    ],
)
def test_times(text: str, start: time | None, end: time | None, minutes: int | None) -> None:
    item = only(text)
    assert (item.start, item.end, item.minutes) == (start, end, minutes)


def test_this_morning_is_today() -> None:
    days = [item.date for item in told("kemarin rapat komite, pagi ini menyebarkan notulen").items]
    assert days == [date(2026, 11, 4), date(2026, 11, 5)]


def test_a_table_may_open_with_times() -> None:
    items = told("Waktu\tUraian\tVolume\n08.00\tRekap presensi\t26 guru\n10.00\tEntri nilai\t31 siswa").items
    assert [(i.start, i.quantity, i.unit) for i in items] == [(time(8), 26, "guru"), (time(10), 31, "siswa")]


@pytest.mark.parametrize(
    ("intent", "texts"),
    [
        (
            "chat",
            [
                "standby di kantor, belum ada tugas",
                "aplikasinya lemot banget",
                "bot ini bikin pusing aja",
                "[stiker] Semangat Pagi",
                "met ultah bu sekdis",
                "wakakak",
                "tes 123",
                "bismillah",
                "maaf bu baru bisa respon",
                "msh nunggu arahan pak sekcam",
                "listrik mati dari subuh, ga bisa kerja",
                "baru nyampe kantor pak",
                "hp baru nyala, laporannya nyusul ya",
                "lagi rapat nih, ntar ya",
                "ok nanti saya lengkapi",
            ],
        ),
        ("question", ["sudah masuk belum laporan saya yg tadi"]),
        ("plan", ["Sebentar sore mau rapat sama pak camat"]),
        ("sick", ["punten bu, abdi teu tiasa lebet, nuju udur", "saya lagi isoman pak", "ijin sy mencret2 dr pagi"]),
        (
            "leave",
            [
                "ijin bu, anak demam jd sy temani di puskesmas",
                "besok saya izin ya pak antar istri lahiran",
                "off dulu hari ini ya, ada acara adat",
                "pak ijin datang siang, urus STNK",
                "mama sa meninggal, sa ijin dulu",
                "izin bu, adik saya masuk rs, hari ini tdk masuk",
            ],
        ),
        (
            "duty_travel",
            ["masih rakor di Palu, pulang jumat", "Hari ini SPPD ke Merauke", "otw Sorong, dinas luar 2 hari"],
        ),
        ("report", ["Perjalanan dinas ke Solo, hari ini kunjungan ke TPA", "dokumentasi aplikasi absensi"]),
    ],
)
def test_intents(intent: str, texts: list[str]) -> None:
    assert {text: told(text).intent for text in texts} == dict.fromkeys(texts, intent)


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("ralat tadi pak, yg benar 24 kotak bukan 42, kemas vaksin", "kemas vaksin 24 kotak"),
        ("maaf typo, maksudnya 31 rumah bukan 13, periksa jentik", "periksa jentik 31 rumah"),
        ("Koreksi pak, seharusnya 26 guru, rekap presensi", "rekap presensi 26 guru"),
    ],
)
def test_corrections_that_begin_with_the_count(text: str, description: str) -> None:
    reading = told(text)
    assert (reading.intent, [item.description for item in reading.items]) == ("edit", [description])


@pytest.mark.parametrize("word", ["nyetrika", "ngabenerkeun", "mambanarakan", "mappaccing", "dispatched", "ngebor"])
def test_words_for_work(word: str) -> None:
    assert shape(word) is not None


@pytest.mark.parametrize("word", ["massal", "nyoman", "nyaris", "speed", "malam", "mata", "smpn"])
def test_words_that_are_none(word: str) -> None:
    assert shape(word) is None


@pytest.mark.parametrize(
    "text",
    [
        "menyusun 2 laporan",
        "membuat 3 laporan kegiatan",
        "mengirim dua laporan",
        "Verifikasi 4 tugas siswa",
        "upload dokumen",
    ],
)
def test_a_counted_report_is_work_and_no_announcement(text: str) -> None:
    assert [item.description for item in told(text).items] == [text]
