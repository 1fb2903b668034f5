"""Lines of the form 'Kegiatan : …' as printed report forms have them."""

import re
from dataclasses import dataclass

from models.reading import lexicon

WORK, OUTPUT, WHEN, DATE, SKIP, TOMORROW, PEOPLE, TITLE = (
    "work",
    "output",
    "when",
    "date",
    "skip",
    "tomorrow",
    "people",
    "title",
)

_FIELD = re.compile(r"^\(?([A-Za-z][\w'./&() -]{1,40}?)\s*[:=]\s*(.*)$", re.DOTALL)
_KEYS = {
    key: role
    for role, keys in {
        WORK: "kegiatan|kegiatan hari ini|uraian|uraian kegiatan|uraian tugas|uraian pekerjaan|pekerjaan|aktivitas|aktifitas|tugas|giat|nama kegiatan|jenis kegiatan|rincian kegiatan|laporan kegiatan|kegiatan harian|activity|activities|task|tasks|hasil kerja|detail kegiatan|deskripsi|deskripsi kegiatan|realisasi kegiatan|realisasi|pelaksanaan|progres|progress|agenda|agenda kegiatan|isi kegiatan|isi laporan|yang dikerjakan|today|done",
        OUTPUT: "output|hasil|volume|jumlah|vol|kuantitas|qty|capaian|output kegiatan|hasil kegiatan|jumlah output|target/output|satuan|jml|keluaran|produk|jumlah berkas|jumlah dokumen",
        PEOPLE: "peserta|jumlah peserta|pengunjung|jumlah pengunjung|pasien|jumlah pasien|sasaran|jumlah sasaran|warga|yang dilayani|jumlah layanan|responden|jumlah responden|siswa|jumlah siswa|audiens",
        WHEN: "waktu|jam|pukul|jam kerja|shift|waktu pelaksanaan|waktu kegiatan|durasi|lama|lama kegiatan|time|duration|jam kegiatan|jam dinas|waktu kerja|lama waktu|mulai|selesai",
        DATE: "tanggal|hari tanggal|hari|date|tgl|hari/tanggal|hari/tgl|tanggal pelaksanaan|tanggal kegiatan|hari, tanggal|hari & tanggal|hari dan tanggal|hari tgl|tanggal laporan|day",
        TOMORROW: "rencana|rencana besok|rencana kegiatan besok|rencana tindak lanjut|rtl|rencana kerja besok|besok|tindak lanjut|rencana selanjutnya|rencana minggu depan|agenda besok|kegiatan besok|plan|next|tomorrow|to do|todo|rencana esok|rencana esok hari|rencana hari besok|plan besok|next step|rencana lanjutan|yang belum|belum selesai|sisa pekerjaan",
        SKIP: "nama|nip|jabatan|unit|unit kerja|bidang|seksi|pangkat|golongan|pangkat/gol|gol|opd|skpd|instansi|dinas|nama lengkap|nama pegawai|lokasi|tempat|alamat|lokasi kegiatan|tempat kegiatan|kendala|hambatan|permasalahan|masalah|kendala/hambatan|solusi|saran|catatan|keterangan|ket|cuaca|tenaga kerja|pekerja|alat|peralatan|bahan|material|dokumentasi|foto|lampiran|petugas|pelaksana|tim|anggota|personil|personel|dasar|perihal|hal|atasan|atasan langsung|pejabat penilai|nb|note|notes|situasi|kesimpulan|tembusan|kepada|yth|dari|bukti|bukti dukung|link|dihadiri|pimpinan rapat|narasumber|materi|tema|kondisi|status|yang hadir|hadir|jumlah personil|jumlah personel|kekuatan|kuat personil|jumlah pekerja|penanggung jawab|pj|wilayah|kecamatan|kelurahan|desa|puskesmas|sekolah|kelas|semester|tahun|bulan|periode|minggu ke|no hp|hp|email|anggaran|biaya|sumber dana|nilai kontrak|paket|penyedia|konsultan|progres fisik|mata pelajaran|mapel|penutup|issue|issues|blocker|blockers|name|location|place|problem|obstacle|hambatan/kendala|permasalahan/kendala|evaluasi hari ini|kesan|pesan|posisi|tugas pokok",
    }.items()
    for key in keys.split("|")
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    role: str
    key: str
    value: str


def field(line: str) -> Field | None:
    """The line as a field, if its key is one that report forms have."""
    match = _FIELD.match(line)
    if match is None:
        return None
    key = re.sub(
        r"\s*([/,])\s*",
        r"\1",
        re.sub(r"\s+", " ", match[1].strip().lower().replace(".", "").replace("(", " ").replace(")", " ")),
    ).strip()
    role = (
        _KEYS.get(key)
        or _KEYS.get(" ".join(lexicon.normal(word) for word in key.replace("/", " ").split()))
        or _by_part(key)
    )
    return Field(role, key, match[2].strip()) if role else None


def _by_part(key: str) -> str | None:
    words = [lexicon.normal(word) for word in key.split()]
    if words[0] in ("rencana", "besok") and len(words) <= 5:
        return TOMORROW
    if words[0] in ("kendala", "hambatan", "catatan", "masalah"):
        return SKIP
    if words[0] in ("kegiatan", "uraian", "laporan", "pekerjaan") and all(word in _FRAME for word in words[1:]):
        return WORK
    return None


_FRAME = frozenset(
    ["hari", "ini", "harian", "kegiatan", "saya", "yang", "dilakukan", "dilaksanakan", "dikerjakan", "sudah", "pekerjaan", "tugas", "kerja", "adalah", "sbb", "berikut", "sebagai", "ini", "pagi", "siang", "sore"]
)
