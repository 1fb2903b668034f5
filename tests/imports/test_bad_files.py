"""Files that are not what they should be: one clear problem each."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from models.imports import Key, Problem, read
from models.imports.columns import COLUMNS
from tests.imports.office import SHEETS, as_csv, as_xlsx, saved

SHEET_NAMES = tuple(COLUMNS)
HOLIDAYS = as_csv({"libur": SHEETS["libur"]})["libur.csv"]
BOOK = as_xlsx({"libur": SHEETS["libur"]})["kantor.xlsx"]


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


FILES: dict[str, tuple[Mapping[str, bytes], Problem]] = {
    "nothing in it": ({"unit.csv": b""}, Problem(Key.EMPTY_FILE, "unit.csv")),
    "only separators": ({"unit.csv": b"\xef\xbb\xbf;;;\r\n;;;\r\n"}, Problem(Key.EMPTY_FILE, "unit.csv")),
    "only what cannot be seen": ({"unit.csv": "\u200b\n\u00a0".encode()}, Problem(Key.EMPTY_FILE, "unit.csv")),
    "empty workbook file": ({"data.xlsx": b""}, Problem(Key.EMPTY_FILE, "data.xlsx")),
    "a PDF": ({"data.pdf": b"%PDF-1.7"}, Problem(Key.UNKNOWN_FILE, "data.pdf")),
    "a PDF renamed": ({"data.xlsx": b"%PDF-1.7 ..."}, Problem(Key.NOT_XLSX, "data.xlsx")),
    "cut off": ({"data.xlsx": BOOK[:-400]}, Problem(Key.NOT_XLSX, "data.xlsx")),
    "some other zip": ({"data.xlsx": zipped(readme=b"hello")}, Problem(Key.NOT_XLSX, "data.xlsx")),
    "a bomb": (
        {"data.xlsx": zipped(**{"xl/worksheets/sheet1.xml": b"0" * (97 * 1024**2)})},
        Problem(Key.FILE_TOO_LARGE, "data.xlsx", values={"limit": 96}),
    ),
    "a smaller bomb": (
        {"data.xlsx": zipped(**{"xl/worksheets/sheet1.xml": b"0" * (17 * 1024**2)})},
        Problem(Key.FILE_TOO_LARGE, "data.xlsx", values={"limit": 96}),
    ),
    "macros": ({"data.xlsx": zipped(**{"xl/vbaProject.bin": b"macro"})}, Problem(Key.MACROS, "data.xlsx")),
    "macros by name": ({"data.xlsm": BOOK}, Problem(Key.MACROS, "data.xlsm")),
    "33 MB of text": (
        {"unit.csv": b"x" * (33 * 1024**2)},
        Problem(Key.FILE_TOO_LARGE, "unit.csv", values={"limit": 32}),
    ),
    "100,001 rows": (
        {"libur.csv": b"tanggal,nama\n" + b"x,y\n" * 100_001},
        Problem(Key.TOO_MANY_ROWS, "libur", values={"limit": 100_000}),
    ),
    "Excel 97": ({"data.xlsx": bytes.fromhex("D0CF11E0A1B11AE1") + b"..."}, Problem(Key.OLD_EXCEL, "data.xlsx")),
    "Windows letters": ({"unit.csv": "kode,nama\nS,Café\n".encode("cp1252")}, Problem(Key.NOT_UTF8, "unit.csv")),
    "UTF-16": ({"unit.csv": "kode,nama\n".encode("utf-16")}, Problem(Key.NOT_UTF8, "unit.csv")),
    "an open quotation": ({"unit.csv": b'kode,nama\nS,"Sekretariat\n'}, Problem(Key.BAD_CSV, "unit.csv")),
    "CSV of another name": (
        {"daftar/pegawai (1).csv": HOLIDAYS},
        Problem(Key.UNKNOWN_SHEET, "pegawai (1).csv", values={"sheets": SHEET_NAMES, "nearest": "pegawai"}),
    ),
    "a sheet of another name": (
        as_xlsx({"Libur": SHEETS["libur"], "Petunjuk": [["Isi lembar libur."]]}),
        Problem(Key.UNKNOWN_SHEET, "Petunjuk", values={"sheets": SHEET_NAMES, "nearest": None}),
    ),
    "a sheet twice": ({"kantor.xlsx": BOOK, "libur.csv": HOLIDAYS}, Problem(Key.SHEET_TWICE, "libur")),
    "blank sheets only": (
        {"data.xlsx": saved(Workbook())},
        Problem(Key.NO_SHEET, "data.xlsx", values={"sheets": SHEET_NAMES}),
    ),
}


@pytest.mark.parametrize(("files", "expected"), FILES.values(), ids=FILES.keys())
def test_the_wrong_file(files: Mapping[str, bytes], expected: Problem) -> None:
    assert read(files).problems == (expected,)


def test_a_file_may_not_hide_rows_far_below_or_lie_about_its_size() -> None:
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <dimension ref="A1:XFD1048576"/><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>tanggal</t></is></c><c r="B1" t="inlineStr"><is><t>nama</t></is></c></row>
    <row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>"""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {"xl/worksheets/sheet1.xml": sheet}
    found = read({"data.xlsx": zipped(**parts)})
    assert (found.problems, found.of("libur")) == ((), [])
