"""Quantities and their units: what is counted, and what only looks so."""

import pytest

from tests.reading.told import only


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("uji kir 22 kendaraan", 22, "kendaraan"),
        ("input 1.250 data", 1250, "data"),
        ("angkut 2,5 ton sampah", 2.5, "ton"),
        ("melayani dua puluh lima pemohon", 25, "pemohon"),
        ("verifikasi sebanyak 14 (empat belas) dok.", 14, "dokumen"),
        ("periksa 7 pasein", 7, "pasien"),
        ("fotokopi 40 lmbr", 40, "lembar"),
        ("nggusah PKL 4 wong", 4, "orang"),
        ("nerima tamu ada 10an", 10, "tamu"),
        ("surat keluar 9", 9, "surat"),
        ("membuat 2 berita acara", 2, "berita acara"),
        ("memeriksa 5 buah timbangan", 5, "buah"),
        ("nyusun 2 buah dokumen", 2, "dokumen"),
        ("processed 5 leave requests", 5, "permohonan"),
        ("visited 3 villages", 3, "desa"),
        ("vaksinasi 30x", 30, "kali"),
        ("bimbingan siswa kelas 9 sebanyak 12 siswa", 12, "siswa"),
        ("angkat sedimen 75 meter", 75, "meter"),
        ("penyuluhan dihadiri 30 petani", 30, "petani"),
        ("vaksin PMK 15 ekor kambing", 15, "ekor"),
        ("cetak kartu kuning 18", 18, "kartu"),
        ("merawat 6 bilah keris", 6, "bilah"),
        ("numpang uji 7 kend", 7, "kendaraan"),
        ("handle 6 tiket, 2 laptop", 6, "tiket"),
        ("menilai 3 kepala sekolah", 3, "kepala sekolah"),
        ("ketik kartu anggota 6 orang", 6, "orang"),
        ("gambar tata ruang 4 lembar", 4, "lembar"),
        ("mengajar agenda 3 angkatan IV 8 JP", 8, "jp"),
        # not counts
        ("mengajar di ruang 3 kelas 1B", None, None),
        ("berkas yang diteliti 7", 7, "berkas"),
        ("menutup pipa 3 inch", None, None),
        ("reviu 20 dari 35 proposal", 20, "proposal"),
        ("cetak kartu anggota sebanyak 120", 120, "kartu"),
        ("penyuluhan gizi, 40 ibu", 40, "ibu"),
        ("menguji TA 4 mahasiswa", 4, "mahasiswa"),
        ("menyusun RKA TA 2027", None, None),
        ("layani pinjam buku 6", 6, "buku"),
        ("ambil air, sampelnya 8", 8, "sampel"),
        ("rapat dihadiri 25 orang", None, None),
        ("rapat bersama 12 kepala desa", None, None),
        ("Pembinaan UMKM kelas 3 angkatan 5", None, None),
        ("sosialisasi Perda No. 5 Tahun 2020", None, None),
        ("menyusun renja TA 2027", None, None),
        ("cek APAR lantai 3 ruang 305", None, None),
        ("rekap kehadiran 3 bulan terakhir", None, None),
        ("ukur lahan seluas 2 ha", None, None),
        ("telaah PMK 25 tentang pajak", None, None),
        ("bayar honor Rp 5.000.000", None, None),
        ("tindak lanjut surat 800/123/BKD/2026", None, None),
        ("proses NIK 3374010101900001", None, None),
        ("upacara HUT ke-80", None, None),
        ("ukur ruas sta 0+100 s/d 0+900", None, None),
        ("progres pekerjaan 45%", None, None),
        ("vaksin covid-19 dosis 2", None, None),
        ("hubungi 081234567890", None, None),
        ("proses KBLI 47111 risiko rendah", None, None),
    ],
)
def test_counts(text: str, quantity: float | None, unit: str | None) -> None:
    item = only(text)
    assert (item.quantity, item.unit) == (quantity, unit)
