"""An admin sends a file: read apart, tried out, shown, applied once by a tap, or refused with every problem."""

import io
import os
import zipfile
from datetime import date

from sqlmodel import select

from bot.bounds import MEMORY_AT_MOST
from bot.intake import understand
from models import audit
from models.agencies import Unit
from models.database import Database
from models.employees import Employee
from models.imports import Key, Problem, Sheets, read
from models.uploads import Upload
from models.workdays import Holiday
from tests.databases import ON_SQLITE
from tests.imports.office import as_csv, as_xlsx
from tests.office import ANI, CITRA, NIPS, SARI
from tests.stage import Phone, Stage

STAFF = [
    ["nip", "nama", "unit", "nip_atasan"],
    [NIPS[ANI], "Ani Lestari", "UMU", NIPS[CITRA]],
    ["199505052020012009", "Wati Rahayu", "UMU", NIPS[CITRA]],
]
CARD = """\
Impor kantor.xlsx
pegawai: 1 baru, 1 berubah, 0 tetap
libur: 1 baru, 0 berubah, 0 tetap
Belum ada yang disimpan.
[✅ Terapkan] [Batal]
[📎 Ini bukti dukung saya]"""
BOOK = as_xlsx({"pegawai": STAFF, "libur": [["tanggal", "nama"], ["2026-12-02", "Pilkada"]]})["kantor.xlsx"]


async def sends(phone: Phone, name: str, data: bytes, caption: str = "") -> str:
    await phone.stage.attach(phone, "document", data, caption=caption, name=name)
    return await phone.sees()


async def admin(stage: Stage) -> Phone:
    await stage.change(SARI, role="admin")
    return stage.sari


async def names(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        units = {unit.id: unit.code for unit in (await session.exec(select(Unit))).all()}
        return {one.name: units[one.unit_id] for one in (await session.exec(select(Employee))).all()}


async def test_a_file_is_shown_and_applied_once(stage: Stage) -> None:
    sari = await admin(stage)
    assert await sends(sari, "kantor.xlsx", BOOK) == CARD
    assert (await names(stage.database)).keys() == {"Ani Lestari", "Budi Santoso", "Citra Dewi", "Sari Utami"}
    card = await sari.last()
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await sari.taps("✅ Terapkan") == "Diterapkan."
    done = await sari.reads("Impor kantor.xlsx")
    assert done.splitlines()[-1] == "✅ Diterapkan. Tautan untuk pegawai baru: /admin, atau harian invite."
    found = await names(stage.database)
    assert (found["Ani Lestari"], found["Wati Rahayu"]) == ("UMU", "UMU")
    assert "diperbarui" in str(await sari.taps_data(card["message_id"], data))
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
        told = [
            (entry.act, entry.account, entry.details["field"])
            for entry in await audit.story_of(session, await stage.id_of(ANI))
            if entry.act == "person_imported"
        ]
        [imported] = [e for e in await audit.story_of(session, await stage.id_of(SARI)) if e.act == "imported"]
        assert (await session.exec(select(Upload.rows))).all() == [{}]
    assert told == [
        ("person_imported", f"telegram:{SARI}", "unit_id"),
        ("person_imported", f"telegram:{SARI}", "superior_id"),
    ]
    assert imported.details == {"rows": {"pegawai": [1, 1, 0], "libur": [1, 0, 0]}}
    same = "Semua sudah tersimpan begitu; tidak ada yang perlu diterapkan."
    assert same in await sends(sari, "kantor.xlsx", BOOK)


@ON_SQLITE
async def test_what_has_changed_meanwhile_is_shown_before_anything_is_stored(stage: Stage) -> None:
    sari = await admin(stage)
    await sends(sari, "kantor.xlsx", BOOK)
    await stage.change(ANI, position="Perencana Ahli Muda")
    assert await sari.taps("Batal") == ""
    assert await sari.reads("Impor kantor.xlsx") == "Impor kantor.xlsx\nDibatalkan; tidak ada yang disimpan."
    await sends(sari, "kantor.xlsx", BOOK)
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 12, 2), name="Pilkada"))
    assert await sari.taps("✅ Terapkan") == (
        "Data instansi berubah sejak kartu ini dibuat. Mohon dilihat sekali lagi; belum ada yang disimpan."
    )
    assert "libur: 0 baru, 0 berubah, 1 tetap" in await sari.reads("Impor kantor.xlsx")
    assert "Wati Rahayu" not in await names(stage.database)
    assert await sari.taps("✅ Terapkan") == "Diterapkan."
    assert "Wati Rahayu" in await names(stage.database)


@ON_SQLITE
async def test_problems_are_listed_and_the_rest_come_as_a_file(stage: Stage) -> None:
    sari = await admin(stage)
    rows = [["nip", "nama", "unit"], *([f"1990010120150120{n:02}", f"Pegawai {n}", "TIDAK"] for n in range(12))]
    await sends(sari, "pegawai.csv", as_csv({"pegawai": rows})["pegawai.csv"])
    card = (await sari.reads("Impor pegawai.csv")).splitlines()
    assert card[1:3] == [
        "12 masalah, jadi belum dapat diterapkan:",
        "1. pegawai, baris 2, kolom unit: Tidak ada unit TIDAK. Tambahkan di lembar unit, atau perbaiki kodenya.",
    ]
    assert card[-4:] == [
        "10. pegawai, baris 11, kolom unit: Tidak ada unit TIDAK. Tambahkan di lembar unit, atau perbaiki kodenya.",
        "Semuanya ada di berkas di bawah.",
        "Perbaiki di berkasnya, lalu kirim lagi.",
        "[📎 Ini bukti dukung saya]",
    ]
    sent = await sari.last()
    assert (sent["document"]["file_name"], sent["caption"]) == ("pegawai.txt", "Semua 12 masalah")
    stored = stage.world.files.get(sent["document"]["file_id"])
    assert stored is not None
    lines = stored.data.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[11][:22]) == (12, "pegawai, baris 13, kol")
    assert len(await names(stage.database)) == 4


@ON_SQLITE
async def test_what_cannot_be_imported_is_refused_with_a_reason(stage: Stage) -> None:
    sari = await admin(stage)
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {"xl/vbaProject.bin": b"macro"}
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    macros = "Berkas ini berisi makro, yang tidak diterima. Simpan sebagai .xlsx tanpa makro."
    assert macros in await sends(sari, "kantor.xlsx", hidden.getvalue())
    assert macros in await sends(sari, "kantor.xlsm", BOOK)
    for name, caption in (("kantor.ods", ""), ("surat.pdf", "/impor data pegawai")):
        assert "tidak bisa diimpor" in await sends(sari, name, b"...", caption)
    assert await sends(sari, "laporan.pdf", b"%PDF") == "📎 1 bukti disimpan."
    assert await sends(stage.budi, "kantor.xlsx", BOOK) == "📎 1 bukti disimpan."


async def test_a_file_over_which_the_reader_dies_is_refused() -> None:
    """As one does that asks for more memory or time than it is given."""
    for reader in (ends, runs_out):
        found = await understand("kantor.xlsx", BOOK, reader)
        assert found.problems == (Problem(Key.TOO_MUCH_TO_READ, "kantor.xlsx"),)


def ends(_files: dict[str, bytes]) -> Sheets:
    os._exit(1)


def runs_out(_files: dict[str, bytes]) -> Sheets:
    return read({"pegawai.csv": bytes(bytearray(MEMORY_AT_MOST))})


@ON_SQLITE
async def test_a_table_may_be_evidence_and_is_no_import_of_another_agency(stage: Stage) -> None:
    sari = await admin(stage)
    await sari.says("menyusun laporan evaluasi 2 jam")
    other = as_xlsx({"instansi": [["kode", "nama"], ["LAIN", "Dinas Lain"]]})["kantor.xlsx"]
    assert "LAIN" in await sends(sari, "kantor.xlsx", other)
    await sends(sari, "rekap.xlsx", BOOK)
    await sari.taps("📎 Ini bukti dukung saya")
    assert await sari.sees() == (
        "📎 1 bukti disimpan.\nUntuk kegiatan yang mana?\n[menyusun laporan evaluasi]\n[Hanya untuk hari ini]"
    )
    await sends(sari, "kantor.xlsx", BOOK)
    await stage.change(SARI, role="")
    assert await sari.taps("✅ Terapkan") == "Hanya admin instansi yang dapat melakukannya."
    assert len(await names(stage.database)) == 4
    await stage.time("2026-11-27 16:00")
    async with stage.database.reading() as session:
        assert (await session.exec(select(Upload.id))).all() == []
