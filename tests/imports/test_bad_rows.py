"""An office spoilt in one place → exactly these problems, and nothing written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from models.agencies import Agency
from models.database import Database
from models.imports import Key, Problem, import_files, read
from tests.imports.office import ANI, BUDI, HEAD, NOW, SHEETS, Rows, Spoil, as_csv, as_xlsx, spoilt

AGENCY_COLUMNS = tuple(SHEETS["instansi"][0])
HOLIDAY_COLUMNS = tuple(SHEETS["libur"][0])
NOBODY = "190009091925019009"


def problem(key: Key, sheet: str, row: int | None = None, column: str | None = None, /, **values: Any) -> Problem:
    return Problem(key, sheet, row, column, values)


CELLS: dict[str, tuple[Spoil, list[Problem]]] = {
    "empty": ({("unit", 2, "nama"): "   "}, [problem(Key.EMPTY, "unit", 2, "nama")]),
    "too long": (
        {("pegawai", 2, "nama"): "W" * 151},
        [problem(Key.TOO_LONG, "pegawai", 2, "nama", limit=150, length=151)],
    ),
    "control character": (
        {("pegawai", 2, "jabatan"): "Kepala\x07Dinas"},
        [problem(Key.BAD_CHARACTER, "pegawai", 2, "jabatan")],
    ),
    "error of Excel": (
        {("unit", 3, "nama"): "#N/A"},
        [problem(Key.EXCEL_ERROR, "unit", 3, "nama", value="#N/A")],
    ),
    "words for a number": (
        {("target", 2, "target"): "48 berkas"},
        [problem(Key.BAD_NUMBER, "target", 2, "target", value="48 berkas")],
    ),
    "thousand or one and a quarter": (
        {("target", 2, "target"): "1,250"},
        [problem(Key.AMBIGUOUS_NUMBER, "target", 2, "target", value="1,250", whole="1250", decimal="1,25")],
    ),
    "decimals": (
        {("target", 2, "bobot"): "0,33333"},
        [problem(Key.TOO_MANY_DECIMALS, "target", 2, "bobot", value="0,33333", limit=4)],
    ),
    "half a day": (
        {("instansi", 2, "hari_susulan"): "2,5"},
        [problem(Key.NOT_WHOLE, "instansi", 2, "hari_susulan", value="2,5")],
    ),
    "nothing owed": (
        {("target", 2, "target"): "0", ("target", 2, "mutu"): "-1"},
        [
            problem(Key.NOT_POSITIVE, "target", 2, "target", value="0"),
            problem(Key.NOT_POSITIVE, "target", 2, "mutu", value="-1"),
        ],
    ),
    "seven days": (
        {("unit", 3, "hari_kerja"): "7"},
        [problem(Key.OUT_OF_RANGE, "unit", 3, "hari_kerja", value="7", first=5, last=6)],
    ),
    "mark above the scale": (
        {("target", 2, "mutu"): "101"},
        [problem(Key.OUT_OF_RANGE, "target", 2, "mutu", value="101", first=0, last=100)],
    ),
    "day and month": (
        {("target", 2, "mulai"): "01/01/2026"},
        [problem(Key.BAD_DATE, "target", 2, "mulai", value="01/01/2026")],
    ),
    "30 February": (
        {("libur", 2, "tanggal"): "2026-02-30"},
        [problem(Key.BAD_DATE, "libur", 2, "tanggal", value="2026-02-30")],
    ),
    "year typed wrong": (
        {("target", 2, "selesai"): "2206-12-31"},
        [problem(Key.BAD_DATE, "target", 2, "selesai", value="2206-12-31")],
    ),
    "25 o'clock": (
        {("unit", 3, "jam_lapor"): "25:00"},
        [problem(Key.BAD_TIME, "unit", 3, "jam_lapor", value="25:00")],
    ),
    "no zone": (
        {("pegawai", 3, "zona"): "Asia/Arunika", ("unit", 3, "zona"): "GMT+8"},
        [
            problem(Key.BAD_ZONE, "unit", 3, "zona", value="GMT+8"),
            problem(Key.BAD_ZONE, "pegawai", 3, "zona", value="Asia/Arunika"),
        ],
    ),
    "another language and role": (
        {("pegawai", 3, "bahasa"): "jv", ("pegawai", 3, "peran"): "bos"},
        [
            problem(Key.BAD_CHOICE, "pegawai", 3, "bahasa", value="jv", choices=("id", "en")),
            problem(Key.BAD_CHOICE, "pegawai", 3, "peran", value="bos", choices=("admin",)),
        ],
    ),
    "17 digits": (
        {("pegawai", 2, "nip"): HEAD[:-1], ("pegawai", 4, "nip_atasan"): None, ("libur", 2, "nama"): None},
        [
            problem(Key.BAD_NIP, "pegawai", 2, "nip", value=HEAD[:-1], length=17, wanted=18),
            problem(Key.EMPTY, "libur", 2, "nama"),
        ],
    ),
    "NIP as Excel shows it": (
        {("pegawai", 4, "nip_atasan"): "1,90001E+17"},
        [problem(Key.NIP_LOST_DIGITS, "pegawai", 4, "nip_atasan", value="1,90001E+17")],
    ),
    "the same unit twice": (
        {("unit", 3, "kode"): "D", ("unit", 3, "induk"): None, ("pegawai", 3, "unit"): "D"}
        | {("pegawai", 4, "unit"): "D", ("target", 3, "unit"): "D"},
        [problem(Key.TWICE, "unit", 3, "kode", value="D", first=2)],
    ),
    "another unit": (
        {("pegawai", 2, "unit"): "DINAS", ("unit", 3, "induk"): "d"},
        [
            problem(Key.UNKNOWN_UNIT, "unit", 3, "induk", value="d", nearest="D"),
            problem(Key.UNKNOWN_UNIT, "pegawai", 2, "unit", value="DINAS", nearest=None),
        ],
    ),
    "nobody's NIP": (
        {("pegawai", 4, "nip_atasan"): NOBODY, ("target", 2, "nip"): HEAD[:-1] + "2"},
        [
            problem(Key.UNKNOWN_PERSON, "pegawai", 4, "nip_atasan", value=NOBODY, nearest=None),
            problem(Key.UNKNOWN_PERSON, "target", 2, "nip", value=HEAD[:-1] + "2", nearest=HEAD),
        ],
    ),
    "parent that is not there": (
        {("target", 2, "kode_induk"): "S-1"},
        [problem(Key.UNKNOWN_PARENT, "target", 2, "kode_induk", value="S-1", nearest="S1")],
    ),
    "units in a ring": (
        {("unit", 2, "induk"): "S"},
        [problem(Key.CYCLE, "unit", 2, "induk", path=["D", "S", "D"])],
    ),
    "one's own superior": (
        {("pegawai", 2, "nip_atasan"): HEAD},
        [problem(Key.CYCLE, "pegawai", 2, "nip_atasan", path=[HEAD, HEAD])],
    ),
    "superiors in a ring": (
        {("pegawai", 2, "nip_atasan"): ANI},
        [problem(Key.CYCLE, "pegawai", 2, "nip_atasan", path=[HEAD, ANI, BUDI, HEAD])],
    ),
    "targets in a ring": (
        {("target", 3, "kode_induk"): "A1"},
        [problem(Key.CYCLE, "target", 2, "kode_induk", path=["A1", "S1", "A1"])],
    ),
    "held by two and by nobody": (
        {("target", 2, "unit"): "S", ("target", 3, "unit"): None, ("target", 2, "kode_induk"): None},
        [problem(Key.ONE_HOLDER, "target", 2, "nip"), problem(Key.ONE_HOLDER, "target", 3, "nip")],
    ),
    "the end before the start": (
        {("target", 2, "selesai"): "2025-12-31"},
        [
            problem(
                Key.ENDS_BEFORE_START, "target", 2, "selesai", starts_on=date(2026, 1, 1), ends_on=date(2025, 12, 31)
            )
        ],
    ),
    "a weekend": (
        {("target", 2, "mulai"): "2026-01-04", ("target", 2, "selesai"): "2026-01-04"},
        [problem(Key.NO_WORKDAYS, "target", 2, "selesai", starts_on=date(2026, 1, 4), ends_on=date(2026, 1, 4))],
    ),
    "the agency's own holiday": (
        {("target", 2, "mulai"): "2026-03-03", ("target", 2, "selesai"): "2026-03-03"},
        [problem(Key.NO_WORKDAYS, "target", 2, "selesai", starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 3))],
    ),
    "95 percent": (
        {("target", 3, "target"): "95"},
        [problem(Key.MILESTONE_NOT_100, "target", 3, "target", value=Decimal(95))],
    ),
    "a word with too long a meaning": (
        {("istilah", 2, "kata"): "s" * 41, ("istilah", 2, "arti"): "a" * 121, ("istilah", 3, "arti"): None},
        [
            problem(Key.TOO_LONG, "istilah", 2, "kata", limit=40, length=41),
            problem(Key.TOO_LONG, "istilah", 2, "arti", limit=120, length=121),
            problem(Key.EMPTY, "istilah", 3, "arti"),
        ],
    ),
    "a word twice, in capitals": (
        {("istilah", 3, "kata"): " SIRAPI "},
        [problem(Key.TWICE, "istilah", 3, "kata", value="sirapi", first=2)],
    ),
    "header": (
        {("libur", 1, "nama"): "nama_libur", ("instansi", 1, "zona"): "nama"},
        [
            problem(Key.COLUMN_TWICE, "instansi", 1, "nama"),
            problem(Key.UNKNOWN_COLUMN, "libur", 1, "nama_libur", columns=HOLIDAY_COLUMNS, nearest=None),
            problem(Key.MISSING_COLUMN, "libur", 1, "nama"),
        ],
    ),
    "column without a name": (
        {("libur", 1, "jenis"): None},
        [problem(Key.UNNAMED_COLUMN, "libur", 1, place=3)],
    ),
    "a title above the header": (
        {("instansi", 1, column): None for column in AGENCY_COLUMNS[1:]} | {("instansi", 1, "kode"): "DATA INSTANSI"},
        [problem(Key.NO_HEADER, "instansi", 1, columns=AGENCY_COLUMNS)],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CELLS.values(), ids=CELLS.keys())
async def test_a_spoilt_office(database: Database, changes: Spoil, expected: list[Problem]) -> None:
    async with database.transaction() as session:
        result = await import_files(session, as_csv(spoilt(changes)), agency_code=None, now=NOW)
        assert list(result.problems) == expected
        assert (await session.exec(select(Agency))).all() == []


EXCEL: dict[str, tuple[Spoil, list[Problem]]] = {
    "NIP as a number": (
        {("pegawai", 4, "nip"): float(BUDI)},
        [problem(Key.NIP_LOST_DIGITS, "pegawai", 4, "nip", value=190003031925011008)],
    ),
    "code that became a date": (
        {("target", 2, "kode"): date(2026, 2, 1)},
        [problem(Key.EXCEL_DATE, "target", 2, "kode", value="2026-02-01 00:00:00")],
    ),
    "formula nobody calculated": (
        {("target", 2, "target"): "=6*8", ("target", 2, "mutu"): "=90"},
        [
            problem(Key.FORMULA_WITHOUT_VALUE, "target", 2, "target"),
            problem(Key.FORMULA_WITHOUT_VALUE, "target", 2, "mutu"),
        ],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), EXCEL.values(), ids=EXCEL.keys())
def test_what_excel_makes_of_it(changes: Spoil, expected: list[Problem]) -> None:
    assert list(read(as_xlsx(spoilt(changes))).problems) == expected


def test_nips_that_came_through_excel_as_numbers() -> None:
    """A CSV saved again from Excel: every NIP ends in zeros."""
    sheet: Rows = [["nip", "nama", "unit"], [HEAD[:-3] + "000", "Wayan", "D"], [ANI[:-3] + "000", "Ani", "D"]]
    expected = problem(Key.NIP_LOST_DIGITS, "pegawai", 2, "nip", value=HEAD[:-3] + "000")
    assert read(as_csv({"pegawai": sheet})).problems == (expected,)


AGENCIES: dict[str, tuple[dict[str, Rows], str | None, list[Problem]]] = {
    "two in a file": (
        {"instansi": [["kode", "nama"], ["A", "Satu"], ["B", "Dua"]]},
        None,
        [problem(Key.ONE_AGENCY, "instansi", 3, "kode", value="B")],
    ),
    "not the one asked for": (
        {"instansi": [["kode", "nama"], ["A", "Satu"]]},
        "B",
        [problem(Key.AGENCY_DIFFERS, "instansi", 2, "kode", value="A", wanted="B")],
    ),
    "none yet": ({"unit": SHEETS["unit"]}, None, [problem(Key.NO_AGENCY, "instansi")]),
    "header only": (
        {"instansi": [["kode", "nama"]], "unit": SHEETS["unit"]},
        None,
        [problem(Key.NO_AGENCY, "instansi")],
    ),
}


@pytest.mark.parametrize(("sheets", "code", "expected"), AGENCIES.values(), ids=AGENCIES.keys())
async def test_which_agency(
    database: Database, sheets: dict[str, Rows], code: str | None, expected: list[Problem]
) -> None:
    async with database.transaction() as session:
        result = await import_files(session, as_csv(sheets), agency_code=code, now=NOW)
    assert list(result.problems) == expected


async def test_which_of_several_agencies(database: Database) -> None:
    units = as_csv({"unit": SHEETS["unit"]})
    async with database.transaction() as session:
        session.add_all([Agency(code="A", name="Satu"), Agency(code="B", name="Dua")])
        await session.flush()
        unsaid = await import_files(session, units, agency_code=None, now=NOW)
        assert unsaid.problems == (problem(Key.WHICH_AGENCY, "instansi", codes=("A", "B")),)
        wrong = await import_files(session, units, agency_code="C", now=NOW)
        assert wrong.problems == (problem(Key.UNKNOWN_AGENCY, "instansi", value="C", codes=("A", "B")),)
        right = await import_files(session, units, agency_code="B", now=NOW)
        assert right.agency is not None
        assert (right.problems, right.agency.name) == ((), "Dua")
