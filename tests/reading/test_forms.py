"""Report forms with fields, tables, and headers that hold for what follows."""

from datetime import date, time

from tests.reading.told import descriptions, told


def test_a_form_about_one_activity() -> None:
    reading = told(
        "*LAPORAN KEGIATAN*\nNama : Ani\nHari/Tanggal : Selasa, 3/11/2026\nWaktu : 13.00 WIB s/d 15.00 WIB\n"
        "Kegiatan : Penyuluhan hukum\nTempat : Balai desa\nPeserta : 27 org\nKendala : hujan"
    )
    [item] = reading.items
    assert item.description == "Penyuluhan hukum"
    assert (item.date, item.start, item.end, item.minutes) == (date(2026, 11, 3), time(13), time(15), 120)
    assert (item.quantity, item.unit) == (27, "orang")


def test_people_at_a_meeting_are_not_counted() -> None:
    [item] = told("Kegiatan : Rapat koordinasi\nPeserta : 20 orang").items
    assert (item.quantity, item.unit) == (None, None)


def test_a_form_with_several_activities() -> None:
    items = told("Kegiatan 1 : Input DTKS\nOutput : 30 data\nKegiatan 2 : Kunjungan KPM\nWaktu : 2 jam").items
    assert [(i.description, i.quantity, i.minutes) for i in items] == [
        ("Input DTKS", 30, None),
        ("Kunjungan KPM", None, 120),
    ]


def test_times_before_their_activities() -> None:
    items = told("Jam : 08.00-10.00\nUraian : Apel\nJam : 10.00-12.00\nUraian : Pelayanan SKCK").items
    assert [(i.description, i.minutes) for i in items] == [("Apel", 120), ("Pelayanan SKCK", 120)]


def test_a_time_on_a_line_of_its_own_belongs_to_the_next() -> None:
    items = told("08.00-09.00\nApel pagi\n09.00-12.00\nPelayanan loket").items
    assert [(i.description, i.minutes) for i in items] == [("Apel pagi", 60), ("Pelayanan loket", 180)]


def test_sections() -> None:
    reading = told(
        "Hari ini:\n- input SIKS-NG\n- verifikasi DTKS 10 KK\n\nBesok:\n- kunjungan KPM\n\nHambatan:\n- jaringan"
    )
    assert [item.description for item in reading.items] == ["input SIKS-NG", "verifikasi DTKS 10 KK"]
    assert reading.tomorrow == "kunjungan KPM"


def test_pasted_tables() -> None:
    assert descriptions("No | Kegiatan | Volume\n1 | Verifikasi SPJ | 5 dokumen\n2 | Rekap BKU | 1 laporan") == [
        "Verifikasi SPJ, 5 dokumen",
        "Rekap BKU, 1 laporan",
    ]
    items = told("Kegiatan\tJumlah\tSatuan\nInput data\t5\tdata\nArsip surat\t3\tberkas").items
    assert [(i.description, i.quantity, i.unit) for i in items] == [
        ("Input data, 5 data", 5, "data"),
        ("Arsip surat, 3 berkas", 3, "berkas"),
    ]


def test_emphasis_tags_and_invisible_signs_go() -> None:
    assert descriptions("*Kalibrasi* <b>timbangan</b>, _cetak_ sti\u200bker") == ["Kalibrasi timbangan", "cetak stiker"]
