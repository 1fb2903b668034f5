"""The sheets `cuti`, `jadwal` and `jam`: absences, shifts and other times of day come in, and again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from models import absences
from models.absences import Absence
from models.agencies import Agency
from models.database import Database
from models.employees import Deputy
from models.imports import Count, Key, Problem, Result, import_files
from models.shifts import ShiftDay
from models.work_hours import WorkHours
from tests.databases import ON_SQLITE
from tests.imports.office import ANI, BUDI, SHEETS, Rows, as_csv

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ABSENCES: Rows = [
    ["nip", "jenis", "mulai", "selesai", "nip_plh"],
    [ANI, "Cuti Tahunan", "2026-12-01", "2026-12-04", None],
    [BUDI, "dinas luar", "2026-12-01", "2026-12-02", None],
]
SHIFTS: Rows = [
    ["nip", "tanggal", "kerja", "jam_lapor"],
    [ANI, "2026-12-05", "ya", "20:00"],
    [ANI, "2026-12-07", "tidak", None],
]
HOURS: Rows = [
    ["nama", "unit", "mulai", "selesai", "jam_lapor", "jam_ingat"],
    ["Ramadan 1448", None, "2027-02-08", "2027-03-09", "14:30", "16:00"],
    ["Ramadan 1448", "S", "2027-02-08", "2027-03-09", "14:00", None],
]
SOME = {"cuti": ABSENCES, "jadwal": SHIFTS, "jam": HOURS}


async def imported(database: Database, sheets: Mapping[str, Rows]) -> Result:
    async with database.transaction() as session:
        return await import_files(session, as_csv(sheets), agency_code=None, now=NOW)


async def rows(database: Database, table: type[SQLModel]) -> list[Any]:
    async with database.reading() as session:
        return sorted((await session.exec(select(table))).all(), key=lambda row: row.id)  # type: ignore[attr-defined]


def changed(sheet: Rows, row: int, column: str, value: Any) -> Rows:
    copy = [list(cells) for cells in sheet]
    copy[row - 1][sheet[0].index(column)] = value
    return copy


async def test_they_come_in_and_only_once(database: Database) -> None:
    await imported(database, SHEETS)
    first = await imported(database, SOME)
    assert first.problems == ()
    assert first.counts == {name: Count(created=2) for name in SOME}
    second = await imported(database, SOME)
    assert second.counts == {name: Count(unchanged=2) for name in SOME}
    noted = [(row.kind, row.starts_on, row.ends_on, row.status) for row in await rows(database, Absence)]
    assert noted == [
        ("annual", date(2026, 12, 1), date(2026, 12, 4), "confirmed"),
        ("duty_travel", date(2026, 12, 1), date(2026, 12, 2), "confirmed"),
    ]
    shifts = [(row.day, row.works, row.report_at) for row in await rows(database, ShiftDay)]
    assert shifts == [(date(2026, 12, 5), True, time(20)), (date(2026, 12, 7), False, None)]
    hours = [(row.unit_id is None, row.report_at, row.remind_at) for row in await rows(database, WorkHours)]
    assert hours == [(True, time(14, 30), time(16)), (False, time(14), None)]


async def test_again_they_update(database: Database) -> None:
    await imported(database, SHEETS)
    await imported(database, SOME)
    await imported(database, {"cuti": changed(ABSENCES, 2, "selesai", "2026-12-11")})
    await imported(database, {"cuti": changed(changed(ABSENCES, 2, "selesai", "2026-12-11"), 2, "mulai", "2026-11-30")})
    result = await imported(database, {"jadwal": changed(SHIFTS, 2, "kerja", "tidak")})
    assert result.counts == {"jadwal": Count(updated=1, unchanged=1)}
    ani, budi = await rows(database, Absence)
    assert (ani.starts_on, ani.ends_on) == (date(2026, 11, 30), date(2026, 12, 11))
    assert (budi.starts_on, budi.ends_on) == (date(2026, 12, 1), date(2026, 12, 2))
    assert [row.works for row in await rows(database, ShiftDay)] == [False, False]


@ON_SQLITE
async def test_the_deputy_follows_the_row(database: Database) -> None:
    await imported(database, SHEETS)
    await imported(database, {"cuti": changed(ABSENCES, 3, "nip_plh", ANI)})
    (deputy,) = await rows(database, Deputy)
    assert (deputy.starts_on, deputy.ends_on, deputy.kind) == (date(2026, 12, 1), date(2026, 12, 2), "plh")
    await imported(database, {"cuti": ABSENCES})
    assert await rows(database, Deputy) == []


@ON_SQLITE
async def test_what_the_office_imports_agrees_to_what_waited(database: Database) -> None:
    await imported(database, SHEETS)
    async with database.transaction() as session:
        session.add(
            Absence(
                agency_id=1,
                employee_id=2,
                kind="leave",
                starts_on=date(2026, 12, 2),
                ends_on=date(2026, 12, 3),
                noted_at=NOW,
                status=absences.WAITING,
            )
        )
    result = await imported(database, {"cuti": ABSENCES})
    assert result.counts == {"cuti": Count(created=1, updated=1)}
    assert [(row.kind, row.status, row.revision) for row in await rows(database, Absence)] == [
        ("annual", "confirmed", 2),
        ("duty_travel", "confirmed", 1),
    ]


@ON_SQLITE
async def test_whether_absences_are_confirmed_is_a_column(database: Database) -> None:
    await imported(database, SHEETS)
    await imported(database, {"instansi": [["kode", "nama", "konfirmasi_cuti"], ["ARU", "Dinas Arsip", "ya"]]})
    (agency,) = await rows(database, Agency)
    assert agency.confirms_absences


def problem(key: Key, sheet: str, row: int, column: str, /, **values: Any) -> Problem:
    return Problem(key, sheet, row, column, values)


NOBODY = "190009091925019009"
BAD: dict[str, tuple[dict[str, Rows], list[Problem]]] = {
    "the end before the start": (
        {"cuti": changed(ABSENCES, 2, "selesai", "2026-11-30")},
        [problem(Key.ENDS_BEFORE_START, "cuti", 2, "selesai", starts_on=date(2026, 12, 1), ends_on=date(2026, 11, 30))],
    ),
    "two at one time": (
        {"cuti": [*ABSENCES, [ANI, "sakit", "2026-12-04", "2026-12-05", None]]},
        [
            problem(
                Key.ABSENCES_OVERLAP,
                "cuti",
                4,
                "mulai",
                starts_on=date(2026, 12, 1),
                ends_on=date(2026, 12, 4),
                other="cuti 2",
            )
        ],
    ),
    "nobody, and one's own deputy": (
        {"cuti": changed(changed(ABSENCES, 2, "nip", NOBODY), 3, "nip_plh", BUDI)},
        [
            problem(Key.UNKNOWN_PERSON, "cuti", 2, "nip", value=NOBODY, nearest=None),
            problem(Key.DEPUTY_SELF, "cuti", 3, "nip_plh"),
        ],
    ),
    "at night, of nobody": (
        {"jadwal": changed(changed(SHIFTS, 2, "jam_lapor", "22:00"), 3, "nip", NOBODY)},
        [
            problem(Key.OUTSIDE_HOURS, "jadwal", 2, "jam_lapor", value="22:00", first="06:00", last="21:00"),
            problem(Key.UNKNOWN_PERSON, "jadwal", 3, "nip", value=NOBODY, nearest=None),
        ],
    ),
    "hours of another unit, twice": (
        {"jam": [*changed(HOURS, 3, "unit", "X"), [*HOURS[1]]]},
        [
            problem(Key.UNKNOWN_UNIT, "jam", 3, "unit", value="X", nearest=None),
            problem(Key.TWICE, "jam", 4, "nama", value="Ramadan 1448", first=2),
        ],
    ),
}


@ON_SQLITE
@pytest.mark.parametrize(("sheets", "expected"), BAD.values(), ids=BAD.keys())
async def test_bad_rows(database: Database, sheets: dict[str, Rows], expected: list[Problem]) -> None:
    await imported(database, SHEETS)
    assert list((await imported(database, sheets)).problems) == expected
    assert await rows(database, Absence) == await rows(database, ShiftDay) == await rows(database, WorkHours) == []


@ON_SQLITE
async def test_another_kind_stands_in_the_way(database: Database) -> None:
    await imported(database, SHEETS)
    await imported(database, {"cuti": [ABSENCES[0], [ANI, "sakit", "2026-12-03", "2026-12-04", None]]})
    result = await imported(database, {"cuti": ABSENCES})
    where = {"starts_on": date(2026, 12, 3), "ends_on": date(2026, 12, 4), "other": "cuti sakit"}
    assert list(result.problems) == [problem(Key.ABSENCES_OVERLAP, "cuti", 2, "mulai", **where)]
