"""`harian appraise`: what is missing, the files and what stands in them, and calls that are refused."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from openpyxl import load_workbook
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.cli import app
from handlers.exports import appraisal_document
from handlers.exports.appraisal_parts import Lines, Table
from handlers.texts import words
from models import agencies, appraisal_states
from models.appraisal_periods import of_year
from models.targets import Target
from tests import office
from tests.appraising import ask_all, fill_year, use_scheme
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY, Stage

ANI = office.NIPS[office.ANI]
FILE = f"penilaian_2026_{ANI}_Ani-Lestari"
FORMULA = '=HYPERLINK("http://x","Klik")'


@pytest.fixture
def harian_calls(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)


@pytest.fixture
async def year(harian_calls: None, stage: Stage) -> Stage:
    await use_scheme(stage.database, "pp46")
    await fill_year(stage.database)
    return stage


@pytest.fixture
def on_the_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 8, tzinfo=UTC), tick=True):
        yield


async def harian(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, ["appraise", *arguments])


async def decided(stage: Stage) -> None:
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await ask_all(stage)
    await stage.budi.taps("✅ Tetapkan: 88,22 – Baik")


async def test_the_numbers_stand_in_the_xlsx_and_text_is_no_formula(year: Stage, tmp_path: Path) -> None:
    async with year.database.transaction() as session:
        for target in (await session.exec(select(Target).where(Target.code == "A2"))).all():
            target.title, target.measure = "Penyusunan laporan", FORMULA
    await decided(year)
    result = await harian("--period", "2026", "--nip", ANI, "--out", "berkas", "--format", "xlsx")
    assert (result.exit_code, result.stdout) == (0, f"berkas/{FILE}.xlsx\n")
    path = tmp_path / "berkas" / f"{FILE}.xlsx"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value is not None}
    first = rows["A1 · Pengelolaan surat masuk dan keluar"]
    assert [cell.value for cell in first][2:11] == ["surat", 1200, 1200, 85, 85, 12, 10, None, None]
    assert first[11].value == pytest.approx(97.5556, abs=0.0001)
    assert (first[11].number_format, first[3].number_format) == ("#,##0.00", "#,##0")
    third = rows["A3 · Fasilitasi rapat koordinasi perencanaan"]
    assert [cell.value for cell in third][9:] == [10_000_000, 8_000_000, 86.5]
    formula = rows["A2 · Penyusunan laporan"][2]
    assert (formula.value, formula.data_type, formula.quotePrefix) == (FORMULA, "s", True)
    everything = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in everything if cell.data_type == "f"]
    texts = {cell.value for cell in everything}
    assert {
        "Prestasi kerja: 88,22 – Baik",
        "Budi Santoso",
        f"NIP {ANI}",
        "Prestasi kerja: 55,42 + 32,8 = 88,22",
    } <= texts


@ON_SQLITE
async def test_what_stands_in_the_document(year: Stage) -> None:
    await decided(year)
    w = words("id")
    async with year.database.transaction() as session:
        ani = await office.person(session, office.ANI)
        agency = await agencies.by_code(session, None)
        standing = await appraisal_states.of_person(session, ani, of_year(2026), on=TUESDAY.date())
        assert agency is not None
        document = appraisal_document.of_person(w, agency, standing, of_year(2026), day=TUESDAY.date())
    assert (document.title, document.subtitle) == ("Penilaian kinerja tahun 2026", "Badan Contoh · PP 46/2011")
    assert dict(document.fields) == {
        "Nama": "Ani Lestari",
        "NIP": ANI,
        "Jabatan": "Perencana Ahli Pertama",
        "Unit kerja": "Bidang Perencanaan",
        "Pejabat penilai": f"Budi Santoso · NIP {office.NIPS[office.BUDI]}",
        "Periode": "Kamis, 1 Januari 2026 – Kamis, 31 Desember 2026",
        "Keadaan": "ditetapkan Selasa, 24 November 2026 oleh Budi Santoso (penetapan ke-1)",
    }
    result, targets, entered, *details = document.parts
    assert result == Lines("Hasil", ["Prestasi kerja: 88,22 – Baik"])
    assert isinstance(targets, Table)
    assert targets.rows[3][3:9] == (100, 100, 100, 76, 12, 11)
    assert isinstance(entered, Table)
    assert [row[1] for row in entered.rows] == [
        "Bukan",
        "4",
        "bermanfaat bagi unit kerja",
        *map(Decimal, (80, 85, 90, 75, 80)),
    ]
    assert [part.title[:4] for part in details] == ["A1 ·", "A2 ·", "A3 ·", "A4 ·", "Baga"]
    assert document.page == f"Ani Lestari · NIP {ANI} · halaman {{n}}/{{total}}"


@ON_SQLITE
async def test_a_unit_gets_a_file_for_each_and_a_summary(year: Stage, tmp_path: Path, on_the_day: None) -> None:
    result = await harian("--period", "2026", "--unit", "PER", "--out", str(tmp_path), "--agency", "BAPENDA")
    assert result.exit_code == 0, result.output
    paths = [Path(line) for line in result.stdout.splitlines()]
    budi = f"penilaian_2026_{office.NIPS[office.BUDI]}_Budi-Santoso"
    summary = "penilaian_2026_rekap_pp46_Bidang-Perencanaan"
    assert [path.name for path in paths] == [
        f"{name}.{kind}" for name in (FILE, budi, summary) for kind in ("xlsx", "pdf")
    ]
    for path in paths:
        begins = b"%PDF-" if path.suffix == ".pdf" else b"PK"
        assert path.read_bytes().startswith(begins)
    assert len(re.findall(rb"/Type /Page\b", paths[1].read_bytes())) >= 3
    sheet = load_workbook(paths[4]).active
    assert sheet is not None
    found = {row[2]: row for row in sheet.iter_rows(values_only=True) if row[1] in office.NIPS.values()}
    assert found["Ani Lestari"][4:8] == (None, None, None, None)
    assert str(found["Ani Lestari"][8]).startswith("kurang: jabatan struktural, orientasi pelayanan, integritas")
    assert found["Budi Santoso"][8] == "kurang: target yang disepakati pada periode ini"
    assert "kurang: jabatan" in result.stderr


@ON_SQLITE
async def test_opening_a_quarter_shows_the_card_to_those_who_appraise(
    harian_calls: None, stage: Stage, on_the_day: None
) -> None:
    result = await harian("--period", "2026-T3", "--open")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Shown to those who appraise: 2\n" in result.stderr
    await stage.settle()
    assert await stage.budi.sees() == (
        "Penilaian triwulan III 2026\n\n1. Ani Lestari – kurang: peringkat hasil kerja dan peringkat perilaku kerja\n\n"
        "Penilaian siapa yang dibuka?\n[1]\n[Tahun 2026]"
    )
    assert (await stage.sari.sees()).startswith("Penilaian triwulan III 2026\n\n1. Budi Santoso")


@ON_SQLITE
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "2026", "--agency", "X"], "There is no agency X."),
        (["--period", "2026", "--nip", "1"], "There is nobody with the NIP 1 in BAPENDA."),
        (["--period", "2026", "--unit", "X"], "There is no unit X in BAPENDA."),
        (
            ["--period", "2026-13"],
            "“2026-13” is not a period. Write a year, a quarter or a month: 2026, 2026-T3 or 2026-11.",
        ),
        (
            ["--period", "2026-11"],
            "BAPENDA appraises by PP 46/2011, where the period is a year: --period 2026",
        ),
    ],
)
async def test_calls_that_are_refused(year: Stage, arguments: list[str], said: str) -> None:
    result = await harian(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{said}\n")


@ON_SQLITE
async def test_wrong_calls(year: Stage) -> None:
    assert (await harian("--period", "2026", "--nip", ANI, "--unit", "PER")).exit_code == 2
    assert (await harian("--period", "2026", "--format", "docx")).exit_code == 2
    assert (await harian()).exit_code == 2
