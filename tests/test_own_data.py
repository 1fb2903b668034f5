"""`/data_saya`: everything about oneself, to oneself alone, as a workbook in which nothing is a formula."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlmodel import SQLModel

from handlers.own_data_words import SHEETS
from models.employees import Employee
from models.gathering import table_names
from models.own_data import LEFT_OUT, about
from models.suggestions import Suggestion
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, NIPS
from tests.stage import Phone, Stage, picture

OF_NOBODY = {
    "agency",
    "audit_head",
    "holiday",
    "lease",
    "office_word",
    "pulse",
    "summary",
    "trouble",
    "unit",
    "unit_holiday",
    "work_hours",
}
CAPTION = (
    "Semua yang saya simpan tentang Anda, 24 Nov 2026. Berkas ini hanya untuk Anda; mohon berhati-hati membagikannya."
)


async def asks(phone: Phone) -> tuple[str, Workbook]:
    """Caption and workbook."""
    await phone.says("/data_saya")
    sent = await phone.last()
    stored = phone.stage.world.files.get(sent["document"]["file_id"])
    assert stored is not None
    assert sent["document"]["file_name"] == "data-2026-11-24.xlsx"
    return sent["caption"], load_workbook(io.BytesIO(stored.data))


def everything(book: Workbook) -> str:
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def column(book: Workbook, sheet: str, heading: str) -> list[Any]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [row[head.index(heading)] for row in rows]


@ON_SQLITE
async def test_one_gets_all_that_is_stored_about_oneself_and_nobody_elses(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam. Kendala: jaringan putus")
    await stage.ani.shows(picture("green"), caption="A1 mengarsipkan 12 surat")
    await stage.citra.says("rapat rahasia Citra 1 jam")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (2)")
    mine = {"agency_id": 1, "employee_id": await stage.id_of(ANI), "made_at": stage.clock()}
    await stage.keep(Suggestion(**mine, text='=HYPERLINK("http://x","Klik")'))
    caption, book = await asks(stage.ani)
    assert caption == CAPTION
    assert book.sheetnames[:2] == ["Isi", "Data diri"]
    assert {
        "Kegiatan",
        "Pesan Anda",
        "Bukti dukung",
        "Kendala",
        "Sasaran kerja pegawai",
        "Jejak audit",
        "Baru diterima",
    } <= {*book.sheetnames}
    assert column(book, "Data diri", "nip") == [NIPS[ANI]]
    assert column(book, "Data diri", "atasan") == ["Budi Santoso"]
    assert column(book, "Kegiatan", "uraian") == ["rapat koordinasi", "mengarsipkan 12 surat"]
    assert column(book, "Kegiatan", "diputuskan oleh") == ["Budi Santoso"] * 2
    assert column(book, "Kegiatan", "diajukan pada")[0] == "2026-11-24 16:00:00+07:00"
    assert column(book, "Jejak audit", "perbuatan")[:2] == ["seen", "approved"]
    assert {cell.data_type for row in book["Saran"].iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert column(book, "Saran", "teks") == ['=HYPERLINK("http://x","Klik")']
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    text = everything(book)
    for others in ("rahasia", NIPS[BUDI], NIPS[CITRA], f"telegram:{BUDI}", str(BUDI)):
        assert others not in text
    _, again = await asks(stage.ani)
    assert column(again, "Jejak audit", "perbuatan")[-1] == "own_data_given"
    assert "data-2026-11-24.xlsx" not in str(await stage.budi.messages())
    _, citras = await asks(stage.citra)
    assert ("rahasia" in everything(citras), NIPS[ANI] in everything(citras)) == (True, False)


@ON_SQLITE
async def test_not_in_a_group_and_not_for_strangers(stage: Stage) -> None:
    chat = await stage.units_group()
    before = await stage.ani.in_chat(chat).messages()
    await stage.ani.in_chat(chat).says("/data_saya@HarianBot")
    assert len(await stage.ani.in_chat(chat).messages()) == len(before) + 1, "only what she said herself"
    assert await stage.ani.messages() == []
    stranger = await stage.new_person("Dodi")
    assert "document" not in str(await stranger.tells("/data_saya"))


def test_no_table_is_forgotten() -> None:
    """A new table is either about nobody, or is in the file and has a name there."""
    person = Employee(id=1, agency_id=1, nip="1", name="x", unit_id=1, telegram_id=2)
    tables = SQLModel.metadata.tables
    found = {name for name in table_names() if about(tables[name], person) is not None}
    assert found == set(SHEETS)
    assert table_names() - found == OF_NOBODY
    for name, columns in LEFT_OUT.items():
        assert columns <= set(tables[name].c.keys())
