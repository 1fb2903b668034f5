"""Competencies: what marked results show, for oneself, one's superior and the unit's head; and the export."""

import asyncio
import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli import app
from handlers.exports.tables import to_csv, to_xlsx
from models.activities import APPROVED, Activity
from models.audit import AuditEntry
from models.database import Database
from models.marks import QualityMark
from models.scoring.competence import mean
from models.scoring.formulas import MarkedWeek
from models.targets import Competency, Target
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import TUESDAY, Stage, staged

SUNDAY = date(2026, 11, 22)
FOOT = "\n\nDiambil dari hasil yang disetujui dan dinilai mutunya; tidak masuk ke skor."
WRITING = "Penulisan <laporan> & analisis"


async def asks_for(database: Database, wanted: Mapping[str, str]) -> None:
    """Target code → competencies, separated by `;`."""
    async with database.transaction() as session:
        for target in (await session.exec(select(Target).where(Target.employee_id != None))).all():  # noqa: E711
            for name in filter(None, wanted.get(target.code, "").split(";")):
                session.add(Competency(agency_id=target.agency_id, target_id=target.id, name=name))


async def marked(database: Database, code: str, *weeks: tuple[int, str, int | None], who: int = ANI) -> None:
    """Weeks before this one, oldest last: (weeks ago, output, mark)."""
    async with database.transaction() as session:
        person, budi = await office.person(session, who), await office.person(session, BUDI)
        own = select(Target).where(Target.code == code, Target.employee_id == person.id)
        target = (await session.exec(own)).one()
        whose = {"agency_id": person.agency_id, "employee_id": person.id, "target_id": target.id}
        for ago, output, mark in weeks:
            ending = SUNDAY - timedelta(weeks=ago)
            work = {"worked_on": ending - timedelta(days=3), "description": f"mengerjakan {code}, {ago} pekan lalu"}
            session.add(Activity(**whose, **work, output=Decimal(output), status=APPROVED))
            given = {"week_ends_on": ending, "mark": mark, "reviewer_id": budi.id}
            session.add(QualityMark(**whose, **given, marked_at=TUESDAY))


async def test_ones_own_profile(stage: Stage) -> None:
    assert await stage.ani.tells("/kompetensi") == "Kompetensi Anda\nBelum ada target yang mencantumkan kompetensi."
    await asks_for(stage.database, {"A1": "Kearsipan", "A2": f"{WRITING};kearsipan ", "A3": "Komunikasi"})
    await marked(stage.database, "A2", (0, "1", 70), (1, "3", 90), (2, "5", None), (3, "2", 85))
    await marked(stage.database, "A1", (4, "10", 60))
    assert await stage.ani.tells("/kompetensi") == (
        "Kompetensi Anda\n\n"
        "Kearsipan (diminta oleh A1 dan A2)\n"
        "Rata-rata 78,8 dari 4 pekan yang dinilai, terakhir pekan s.d. Min 22 Nov\n"
        "Contoh: mengerjakan A2, 0 pekan lalu\n\n"
        "Komunikasi (diminta oleh A3)\n"
        "Belum ada hasil yang dinilai.\n\n"
        f"{WRITING} (diminta oleh A2)\n"
        "Rata-rata 85 dari 3 pekan yang dinilai, terakhir pekan s.d. Min 22 Nov\n"
        f"Contoh: mengerjakan A2, 0 pekan lalu{FOOT}"
    )


@ON_SQLITE
async def test_too_little_is_said_to_be_too_little(stage: Stage) -> None:
    await asks_for(stage.database, {"A2": "Analisis"})
    await marked(stage.database, "A2", (0, "1", 70))
    assert await stage.ani.tells("/kompetensi") == (
        "Kompetensi Anda\n\nAnalisis (diminta oleh A2)\n"
        "70, baru 1 pekan dinilai: belum cukup untuk disimpulkan.\n"
        f"Contoh: mengerjakan A2, 0 pekan lalu{FOOT}"
    )


@ON_SQLITE
async def test_a_mark_whose_results_are_no_longer_approved_shows_nothing(stage: Stage) -> None:
    await asks_for(stage.database, {"A2": "Analisis"})
    await marked(stage.database, "A2", (0, "1", 70))
    async with stage.database.transaction() as session:
        for row in (await session.exec(select(Activity))).all():
            row.status = "waiting"
    assert "Belum ada hasil yang dinilai." in await stage.ani.tells("/kompetensi")


async def test_a_supervisor_sees_the_team_and_the_head_the_gaps(stage: Stage) -> None:
    await stage.hire("Dodi")
    await asks_for(stage.database, {"A1": "Kearsipan", "A2": "Analisis", "A3": "Komunikasi"})
    await marked(stage.database, "A2", (0, "1", 90))
    await marked(stage.database, "A3", (0, "1", 60))
    assert await stage.budi.tells("/kompetensi") == (
        "Kompetensi Anda\nBelum ada target yang mencantumkan kompetensi.\n"
        "[👥 Tim saya]\n[🧭 Kesenjangan Bidang Perencanaan]"
    )
    await stage.budi.taps("👥 Tim saya")
    assert await stage.budi.sees() == "Kompetensi siapa?\n[Ani Lestari]\n[Dodi Pratama]\n[‹ Kompetensi saya]"
    await stage.budi.taps("Dodi Pratama")
    assert await stage.budi.sees() == (
        f"Kompetensi Dodi Pratama\n\nKearsipan (diminta oleh A1)\nBelum ada hasil yang dinilai.{FOOT}\n"
        "[‹ Tim saya]\n[‹ Kompetensi saya]"
    )
    await stage.budi.taps("‹ Kompetensi saya")
    await stage.budi.taps("🧭 Kesenjangan Bidang Perencanaan")
    assert await stage.budi.sees() == (
        "Kesenjangan kompetensi Bidang Perencanaan\n\n"
        "Kearsipan: diminta dari 2 orang\n"
        "Belum ada hasil yang dinilai: Ani Lestari dan Dodi Pratama\n\n"
        "Komunikasi: diminta dari 1 orang\n"
        "Rata-rata 60, di bawah 76\n"
        "Perlu dikuatkan: Ani Lestari\n\n"
        "Hanya untuk Anda; nama tidak dibawa ke grup.\n"
        "[‹ Kompetensi saya]"
    )


@ON_SQLITE
async def test_no_gaps(stage: Stage) -> None:
    await asks_for(stage.database, {"A2": "Analisis"})
    await marked(stage.database, "A2", (0, "1", 76))
    await stage.budi.says("/kompetensi")
    await stage.budi.taps("🧭 Kesenjangan Bidang Perencanaan")
    assert await stage.budi.sees() == (
        "Kesenjangan kompetensi Bidang Perencanaan\n"
        "Tidak ada: 1 kompetensi yang diminta sudah tampak dari hasil yang dinilai.\n[‹ Kompetensi saya]"
    )


@ON_SQLITE
async def test_others_see_nothing_of_it(stage: Stage) -> None:
    """Citra leads another unit and has nobody below her; a forged button and an old card show her nothing."""
    await asks_for(stage.database, {"A2": "Analisis"})
    ani = await stage.id_of(ANI)
    await stage.budi.says("/kompetensi")
    await stage.budi.taps("👥 Tim saya")
    refused = "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    for phone in (stage.citra, stage.ani):
        own = await phone.tells("/kompetensi")
        assert own.startswith("Kompetensi Anda\n")
        assert "Tim saya" not in own
    shown = await stage.budi.finds("Kompetensi siapa?")
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert data.endswith(f":person.{ani}")
    gone = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    assert await stage.citra.taps_data(shown["message_id"], data) == gone
    await stage.change(ANI, superior_id=await stage.id_of(office.CITRA))
    assert await stage.budi.taps("Ani Lestari") == refused


def test_targets_weigh_by_their_marked_weeks_and_weeks_by_their_output() -> None:
    def week(mark: int, output: int) -> MarkedWeek:
        return MarkedWeek(SUNDAY, Decimal(mark), Decimal(output))

    assert mean([]) is None
    assert mean([[], []]) is None
    assert mean([[week(60, 1), week(100, 3)]]) == 90
    assert mean([[week(60, 0), week(100, 0)]]) == 80
    assert mean([[week(60, 1), week(100, 3)], [], [week(60, 1000)]]) == 80


TRAPS = ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a=1", "", 'kata "kutip"; koma, dan\nbaris']


def test_no_cell_of_a_csv_is_a_formula() -> None:
    content = to_csv(["nip", "nama"], [["199001012015012001", text] for text in TRAPS])
    assert content.startswith(b"\xef\xbb\xbfnip,nama\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == [
        "'=1+1", "'+62", "'-5", "'@SUM(A1)", "'\t=1", "'\r=1", "'=1", "a=1", "", 'kata "kutip"; koma, dan\nbaris'
    ]  # fmt: skip


def test_no_cell_of_an_xlsx_is_a_formula() -> None:
    content = to_xlsx(
        "x", ["nip", "n"], [[text, Decimal("84.50")] for text in (*TRAPS, "199001012015012001", "a\x00b")]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    texts = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in texts if cell.value is not None} == {"s"}
    assert [cell.value for cell in texts][:4] == TRAPS[:4]
    assert [cell.value for cell in texts][-2:] == ["199001012015012001", "ab"]
    assert sheet["B2"].value == 84.5


async def exported(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    async with staged(database_url) as stage:
        await asks_for(stage.database, {"A2": "=Analisis", "A3": "Komunikasi"})
        await marked(stage.database, "A2", (0, "1", 70), (1, "2", 85))


def test_export(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asyncio.run(exported(database_url, monkeypatch))
    file = tmp_path / "kompetensi.csv"
    result = CliRunner().invoke(app, ["export", "competencies", "--agency", "BAPENDA", "--out", str(file)])
    assert (result.exit_code, result.output) == (0, f"{file}: 2 rows\n")
    assert file.read_bytes().decode("utf-8") == (
        "\ufeffnip,nama,unit,kompetensi,jumlah_pekan,rata_mutu,contoh_hasil,terakhir\r\n"
        "199001012015012001,Ani Lestari,Bidang Perencanaan,'=Analisis,2,80.00,"
        '"mengerjakan A2, 0 pekan lalu",2026-11-22\r\n'
        "199001012015012001,Ani Lestari,Bidang Perencanaan,Komunikasi,0,,,\r\n"
    )
    book = tmp_path / "kompetensi.xlsx"
    assert CliRunner().invoke(app, ["export", "competencies", "--out", str(book)]).exit_code == 0
    sheet = openpyxl.load_workbook(book)["kompetensi"]
    assert [cell.value for cell in sheet[2]][:7] == [
        "199001012015012001", "Ani Lestari", "Bidang Perencanaan", "=Analisis", 2, 80, "mengerjakan A2, 0 pekan lalu",
    ]  # fmt: skip

    async def acts() -> list[str]:
        database = Database(database_url)
        async with database.reading() as session:
            found = [row.act for row in (await session.exec(select(AuditEntry))).all()]
        await database.close()
        return found

    assert asyncio.run(acts()) == ["exported", "exported"]


@ON_SQLITE
def test_export_called_wrongly(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    wrong = CliRunner().invoke(app, ["export", "competencies", "--out", str(tmp_path / "x.pdf")])
    assert (wrong.exit_code, wrong.stderr) == (2, "x.pdf must end in .csv or .xlsx.\n")
    nobody = CliRunner().invoke(app, ["export", "competencies", "--agency", "X", "--out", str(tmp_path / "x.csv")])
    assert (nobody.exit_code, nobody.stderr) == (1, "There is no agency X.\n")
    assert not (tmp_path / "x.csv").exists()
