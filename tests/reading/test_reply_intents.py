"""What a reply is for, and from when to when an absence lasts. Today is Thursday, 5 November 2026."""

from datetime import date

import pytest

from models.reading import AbsenceSpan
from tests.reading.told import told


@pytest.mark.parametrize(
    ("intent", "texts"),
    [
        (
            "question",
            [
                "apakah apel dihitung?",
                "pak apel pagi dihitung ga ya",
                "kode target saya apa aja ya",
                "izin tanya min, zoom masuk target mana",
                "kok target saya ga muncul",
                "Can I report tomorrow?",
                "pak apakah upacara dihitung juga",
                "bisa kirim suara nggak",
                "piket malam dilaporkan juga ga ya min",
            ],
        ),
        (
            "chat",
            [
                "ok siap laksanakan",
                "👍",
                "nihil",
                "nihil pak, listrik padam",
                "Tidak ada kegiatan hari ini",
                "maaf baru buka hp, nanti saya laporkan",
                "lagi rapat pak nanti saya lapor",
                "sdh saya kirim tadi pak",
                "qwerty",
                "hjkl qwe",
                "izin terlambat pak, ban bocor",
                "selamat tahun baru pak, sehat selalu sekeluarga",
                "maaf pak nanti saya isi",
                "trada kegiatan bapa, ombak besar",
                "siap bu, segera ditindaklanjuti",
                "zzzz",
                "...",
                "",
                "selamat hari guru",
                "masih di jalan pak, macet",
                "good morning",
                "x",
                "nothing",
                "nothing to report today",
                "no activity",
                "standby, nothing to report yet",
                "sudah upload laporan",
                "submit laporan sudah ya",
                "kantor libur pak jadi nihil kegiatan",
            ],
        ),
        (
            "plan",
            [
                "Besok saya turun ke 3 desa",
                "rencana minggu depan mulai pendataan",
                "lusa ada rapat TAPD",
                "besok kirim arsip ke depo",
                "akan meninjau pompa besok pagi",
                "Tomorrow I will visit the clinic",
            ],
        ),
        (
            "edit",
            [
                "ralat: bukan 12 tapi 21 buku, layanan pinjam",
                "salah ketik bu, cetak KTP 50 keping bukan 500",
                "Mohon maaf ralat, yg benar kunjungan ke desa Suka Maju",
                "koreksi laporan tadi: rapat jam 9-10",
            ],
        ),
        (
            "report",
            [
                "koreksi ujian semester kelas 9",
                "revisi RKA sesuai hasil asistensi",
                "verifikasi cuti pegawai 5 berkas",
                "nelponin semua warga penerima nanya bantuan sudah masuk belum, 20 orang",
                "mengurus surat cuti bu Ani",
                "sakit gigi tapi tetap masuk, rekap presensi",
                "menyusun rencana kerja",
                "rapat",
                "rujuk pasien demam ke RS",
                "opname gudang beras bersama Bulog",
                "tanya jawab dengan petani soal pupuk",
                "bimtek arsip di balai RW 05 selama 90 menit",
                "tidak mengajar karena ujian, hanya merekap nilai",
                "tanya jadwal kapal ke syahbandar",
                "sempat pusing tapi tetap menyusun neraca",
                "upload laporan",
                "upload 2 laporan",
                "upload aplikasi",
            ],
        ),
        (
            "sick",
            [
                "izin sakit hari ini pak",
                "dok maaf saya izin, tifus, surat dokter menyusul",
                "dok, izin saya sakit",
                "masih positif covid pak",
                "saya opname di RS pak",
                "pak saya kurang enak badan, ijin ga masuk dulu",
                "maaf, saya diare jadi ga bisa piket",
                "sa badan panas, tra bisa masuk kantor dulu bapa",
                "I'm sick today, can't come to the office",
            ],
        ),
        (
            "leave",
            [
                "Hari ini saya izin, ada acara keluarga",
                "ijin bu, anak saya dirawat jadi saya tidak masuk",
                "besok sy tdk masuk pak, urus sekolah anak",
                "izin pak hari ini indak masuak, ado urusan kaluarga",
                "hari ini off dulu pak",
            ],
        ),
        (
            "duty_travel",
            [
                "DL pak",
                "hari ini sy DL ke kabupaten antar laporan",
                "Hari ini perjalanan dinas ke Denpasar",
                "sesuai SPT hari ini ke Semarang",
                "masih di Biak ikut rakor, kembali hari Jumat",
            ],
        ),
    ],
)
def test_intents(intent: str, texts: list[str]) -> None:
    assert {text: told(text).intent for text in texts} == dict.fromkeys(texts, intent)


def test_only_reports_and_corrections_have_activities() -> None:
    for text in ("saya cuti, berkas pensiun sudah saya urus", "apakah rapat dihitung?", "besok rapat"):
        assert told(text).items == ()


def test_work_told_before_an_absence_counts() -> None:
    reading = told("Rekap presensi dan antar berkas ke BKD. Besok saya izin tidak masuk")
    assert reading.intent == "report"


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("Cuti hari ini", "leave", (11, 5), (11, 5)),
        ("cuti 3 hari mulai besok", "leave", (11, 6), (11, 10)),
        ("saya ambil cuti tahunan tgl 10 s/d 13", "annual", (11, 10), (11, 13)),
        ("cuti tahunan 2-4 Desember", "annual", (12, 2), (12, 4)),
        ("dinas luar 1 sampai 3 Des ke Jakarta", "duty_travel", (12, 1), (12, 3)),
        ("saya cuti melahirkan mulai 1 Desember", "maternity", (12, 1), (12, 1)),
        ("hari ini dan besok saya cuti, ada hajatan", "leave", (11, 5), (11, 6)),
        ("sakit, istirahat 2 hari, saya izin tidak masuk", "sick", (11, 5), (11, 6)),
        ("izin sakit tiga hari pak", "sick", (11, 5), (11, 7)),
        ("DL sampai Jumat", "duty_travel", (11, 5), (11, 6)),
        ("mulai senin depan sampai rabu saya dinas luar ke Jayapura", "duty_travel", (11, 9), (11, 11)),
        ("Izin, saya di Bandung mengikuti diklat sampai tgl 20", "training", (11, 5), (11, 20)),
    ],
)
def test_spans(text: str, kind: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert told(text).absence == AbsenceSpan(kind, date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    ("text", "description", "quantity"),
    [
        ("ralat: bukan 12 tapi 21 buku, layanan pinjam", "layanan pinjam 21 buku", 21),
        ("Ralat, surat keluar 9 bukan 6", "surat keluar 9", 9),
        ("salah ketik bu, cetak KTP 50 keping bukan 500", "cetak KTP 50 keping", 50),
    ],
)
def test_the_right_half_of_a_correction(text: str, description: str, quantity: float) -> None:
    [item] = told(text).items
    assert (item.description, item.quantity) == (description, quantity)
