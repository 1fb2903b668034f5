"""A small office as files, to be spoilt in one place at a time."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook

HEAD, ANI, BUDI = "190001011925011001", "190002021925012002", "190003031925011003"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

Rows = list[list[Any]]

SHEETS: dict[str, Rows] = {
    name: [[cell.strip() or None for cell in line.split("|")] for line in lines.strip().splitlines()]
    for name, lines in {
        "instansi": """
            kode|nama|zona|hari_susulan|tutup_bulan|hari_eskalasi|skema|fokus|target_menunggu|konfirmasi_cuti|jeda_hari|simpan_kata|simpan_bukti
            ARU |Dinas Arsip Kabupaten Arunika|WITA|2|6|3|pp46|Tidak||ya|7|24|36""",
        "unit": """
            kode|nama|induk|zona|hari_kerja|jam_fokus|jam_lapor|jam_ingat|jam_atasan|jam_ringkasan|hari_setuju_otomatis
            D   |Dinas      |     |    |          |         |         |         |          |             |
            S   |Sekretariat|D    |WIT |6         |07:15    |15.00    |16:30    |16:00     |10:00        |3""",
        "pegawai": f"""
            nip   |nama          |jabatan     |unit|nip_atasan|zona|bahasa|peran|nip_penyetuju
            {HEAD}|Wayan Suardana|Kepala Dinas|D   |          |    |      |admin|{ANI}
            {ANI} |Ani Lestari   |Arsiparis   |S   |{BUDI}    |WIB |en    |     |
            {BUDI}|Budi Santoso  |Sekretaris  |S   |{HEAD}    |    |id    |     |""",
        "target": f"""
            kode|nip|unit|rencana_hasil_kerja|indikator|target|satuan|mutu|biaya|mulai|selesai|bobot|kode_induk|kompetensi
            A1|{ANI}||Arsip surat ditata|jumlah|1.250,5|berkas|90||2026-01-01|2026-12-31|2|S1|Teliti; Tekun
            S1||S|Arsip daerah tertata||100|persen|||2026-01-01|2026-12-31|||""",
        "libur": """
            tanggal   |nama             |jenis
            2026-03-03|Hari jadi Arunika|
            2026-03-07|Ganti hari kerja |hari_kerja""",
        "istilah": """
            kata      |arti
            Sirapi    |aplikasi penataan arsip
            depo bawah|ruang simpan arsip inaktif""",
    }.items()
}

Spoil = Mapping[tuple[str, int, str], Any]
"""(sheet, row as Excel counts, column) → what stands there instead."""


def spoilt(changes: Spoil | None = None, *, without: Sequence[str] = ()) -> dict[str, Rows]:
    sheets = {name: [list(row) for row in rows] for name, rows in SHEETS.items() if name not in without}
    for (sheet, row, column), value in (changes or {}).items():
        sheets[sheet][row - 1][SHEETS[sheet][0].index(column)] = value
    return sheets


def as_csv(sheets: Mapping[str, Rows], delimiter: str = ",") -> dict[str, bytes]:
    def cell(value: Any) -> str:
        return "" if value is None else '"' + str(value).replace('"', '""') + '"'

    return {
        f"{name}.csv": "\n".join(delimiter.join(cell(value) for value in row) for row in rows).encode()
        for name, rows in sheets.items()
    }


def as_xlsx(sheets: Mapping[str, Rows]) -> dict[str, bytes]:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return {"kantor.xlsx": saved(book)}


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
