"""Files → database, and again."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from models import agencies, employees, office_words, targets
from models.activities import WAITING, Activity
from models.agencies import Agency, Unit
from models.database import Database
from models.employees import Employee
from models.imports import Count, Key, Problem, Result, import_files
from models.office_words import OfficeWord
from models.targets import Competency, Target
from models.workdays import Holiday
from tests.imports.office import ANI, BUDI, HEAD, NOW, SHEETS, Rows, as_csv, as_xlsx, spoilt

Write = Callable[[Mapping[str, Rows]], dict[str, bytes]]


async def imported(database: Database, files: Mapping[str, bytes], agency: str | None = None) -> Result:
    async with database.transaction() as session:
        return await import_files(session, files, agency_code=agency, now=NOW)


async def rows(database: Database, table: type[SQLModel]) -> list[dict[str, Any]]:
    async with database.reading() as session:
        found = (await session.exec(select(table))).all()
        return sorted((row.model_dump() for row in found), key=lambda row: row["id"])


@pytest.mark.parametrize("write", [as_csv, lambda sheets: as_csv(sheets, ";"), as_xlsx], ids=[",", ";", "xlsx"])
async def test_an_office_comes_in_whole_and_only_once(database: Database, write: Write) -> None:
    first = await imported(database, write(SHEETS))
    assert first.problems == ()
    counts = {"instansi": 1, "unit": 2, "pegawai": 3, "target": 2, "libur": 2, "istilah": 2}
    assert first.counts == {sheet: Count(created=count) for sheet, count in counts.items()}
    tables: list[type[SQLModel]] = [Agency, Unit, Employee, Target, Competency, Holiday, OfficeWord]
    stored = [await rows(database, table) for table in tables]

    second = await imported(database, write(SHEETS))
    assert second.counts == {sheet: Count(unchanged=count) for sheet, count in counts.items()}
    assert second.moves == ()
    assert [await rows(database, table) for table in tables] == stored


async def test_every_column_finds_its_place(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    (agency,) = await rows(database, Agency)
    assert agency == {
        "id": agency["id"],
        "code": "ARU",
        "name": "Dinas Arsip Kabupaten Arunika",
        "zone": "Asia/Makassar",
        "backfill_days": 2,
        "month_close_day": 6,
        "escalate_days": 3,
        "scheme": "pp46",
        "confirms_absences": True,
        "mute_days": 7,
        "asks_focus": False,
        "targets_wait": False,
        "keep_words_months": 24,
        "keep_files_months": 36,
        "forgot_on": None,
        "bot_id": 0,
    }
    office, unit = await rows(database, Unit)
    assert office == Unit(id=office["id"], agency_id=agency["id"], code="D", name="Dinas").model_dump()
    assert unit == {
        "id": unit["id"],
        "agency_id": agency["id"],
        "code": "S",
        "name": "Sekretariat",
        "parent_id": office["id"],
        "zone": "Asia/Jayapura",
        "week_days": 6,
        "focus_at": time(7, 15),
        "report_at": time(15),
        "remind_at": time(16, 30),
        "nudge_at": time(16),
        "summary_at": time(10),
        "auto_approve_days": 3,
        "chat_id": None,
    }
    people = {person["nip"]: person for person in await rows(database, Employee)}
    expected = Employee(
        id=people[ANI]["id"],
        agency_id=agency["id"],
        nip=ANI,
        name="Ani Lestari",
        position="Arsiparis",
        unit_id=unit["id"],
        superior_id=people[BUDI]["id"],
        zone="Asia/Jakarta",
        language="en",
    )
    assert people[ANI] == expected.model_dump()
    assert (people[HEAD]["role"], people[HEAD]["superior_id"], people[HEAD]["approver_id"]) == (
        "admin",
        None,
        people[ANI]["id"],
    )
    own, goal = await rows(database, Target)
    assert own == {
        "id": own["id"],
        "agency_id": agency["id"],
        "code": "A1",
        "employee_id": people[ANI]["id"],
        "unit_id": None,
        "title": "Arsip surat ditata",
        "indicator": "jumlah",
        "planned": Decimal("1250.5"),
        "measure": "berkas",
        "quality": Decimal(90),
        "cost": None,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "weight": Decimal(2),
        "parent_id": goal["id"],
        "status": "approved",
    }
    assert (goal["unit_id"], goal["employee_id"]) == (unit["id"], None)
    assert {row["name"] for row in await rows(database, Competency)} == {"Teliti", "Tekun"}
    assert [(row["held_on"], row["kind"]) for row in await rows(database, Holiday)] == [
        (date(2026, 3, 3), "libur"),
        (date(2026, 3, 7), "hari_kerja"),
    ]


async def test_one_problem_and_nothing_is_written(database: Database) -> None:
    result = await imported(database, as_csv(spoilt({("libur", 3, "tanggal"): "7 Maret"})))
    assert result.problems == (Problem(Key.BAD_DATE, "libur", 3, "tanggal", {"value": "7 Maret"}),)
    assert (result.counts, result.agency) == ({}, None)
    assert await rows(database, Agency) == []


async def test_a_move_keeps_the_person_and_is_reported(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    before = {person["nip"]: person for person in await rows(database, Employee)}
    units = {unit["code"]: unit["id"] for unit in await rows(database, Unit)}
    changes = {("pegawai", 3, "unit"): "D", ("pegawai", 3, "nip_atasan"): HEAD, ("pegawai", 3, "peran"): "admin"}
    result = await imported(database, as_csv(spoilt(changes)))
    assert result.counts["pegawai"] == Count(updated=1, unchanged=2)
    assert [(move.employee.nip, move.field, move.old, move.new) for move in result.moves] == [
        (ANI, "role", "", "admin"),
        (ANI, "unit_id", units["S"], units["D"]),
        (ANI, "superior_id", before[BUDI]["id"], before[HEAD]["id"]),
    ]
    moved = {"unit_id": units["D"], "superior_id": before[HEAD]["id"], "role": "admin"}
    assert {person["nip"]: person for person in await rows(database, Employee)} == {
        **before,
        ANI: {**before[ANI], **moved},
    }


async def test_what_is_not_in_the_files_stays(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    only = {"pegawai": [["nip", "nama", "unit"], [ANI, "Ani Lestari, A.Md.", "S"]]}
    result = await imported(database, as_csv(only))
    assert result.counts == {"pegawai": Count(updated=1)}
    async with database.reading() as session:
        agency = await agencies.by_code(session, None)
        assert agency is not None
        ani = await employees.by_nip(session, agency.id, ANI)
        assert ani is not None
        assert (ani.name, ani.position, ani.language) == ("Ani Lestari, A.Md.", "Arsiparis", "en")
        assert ani.superior_id is not None
        assert [target.code for target in await targets.all_of(session, ani.id)] == ["A1"]


async def test_an_empty_cell_takes_a_value_back(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    changes = {("unit", 3, "jam_lapor"): None, ("target", 2, "kompetensi"): "Tekun; Luwes"}
    result = await imported(database, as_csv(spoilt(changes)))
    assert (result.counts["unit"], result.counts["target"]) == (Count(0, 1, 1), Count(0, 1, 1))
    assert {unit["code"]: unit["report_at"] for unit in await rows(database, Unit)} == {
        "D": time(15, 30),
        "S": time(15, 30),
    }
    assert {row["name"] for row in await rows(database, Competency)} == {"Tekun", "Luwes"}


async def test_a_word_gets_a_new_meaning_and_what_was_taught_in_chat_stays(database: Database) -> None:
    result = await imported(database, as_csv(SHEETS))
    assert result.agency is not None
    id_ = result.agency.id
    async with database.transaction() as session:
        await office_words.teach(session, id_, "Bakti", "kerja bakti")
    sheet: Rows = [["kata", "arti"], ["sirapi", "aplikasi surat"], ["DEPO  bawah", "ruang simpan arsip inaktif"]]
    again = await imported(database, as_csv({"istilah": [*sheet, ["spj", "pertanggungjawaban"]]}))
    assert again.counts == {"istilah": Count(1, 1, 1)}
    async with database.reading() as session:
        assert await office_words.mapping(session, id_) == {
            "bakti": "kerja bakti",
            "depo bawah": "ruang simpan arsip inaktif",
            "sirapi": "aplikasi surat",
            "spj": "pertanggungjawaban",
        }


async def test_two_agencies_never_meet(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    other = spoilt({("instansi", 2, "kode"): "LAIN", ("instansi", 2, "nama"): "Dinas Lain"})
    assert (await imported(database, as_csv(other))).problems == ()
    assert len(await rows(database, Employee)) == 6
    assert len(await rows(database, OfficeWord)) == 4
    # Their codes and NIPs are unknown to each other.
    async with database.transaction() as session:
        third = spoilt({("instansi", 2, "kode"): "TIGA"}, without=["unit", "pegawai", "libur"])
        result = await import_files(session, as_csv(third), agency_code=None, now=NOW)
    assert [(problem.key, problem.row) for problem in result.problems] == [
        ("unknown_person", 2),
        ("unknown_unit", 3),
    ]


def target(code: str, nip: str | None, unit: str | None, parent: str | None = None, **more: Any) -> list[Any]:
    values = {"kode": code, "nip": nip, "unit": unit, "rencana_hasil_kerja": "Laporan disusun", "target": 1}
    values |= {"satuan": "laporan", "mulai": "2026-01-01", "selesai": "2026-12-31", "kode_induk": parent, **more}
    return [values.get(column) for column in SHEETS["target"][0]]


def with_targets(*rows: list[Any]) -> dict[str, bytes]:
    return as_csv({**SHEETS, "target": [SHEETS["target"][0], *rows]})


@pytest.mark.parametrize(
    "above",
    [
        [target("1", BUDI, None), target("1", HEAD, None)],
        [target("1", None, "S"), target("1", None, "D")],
        [target("1", HEAD, None)],
    ],
    ids=["the superior's", "the unit's", "the only one"],
)
async def test_a_code_used_twice_means_the_nearest_holder(database: Database, above: list[list[Any]]) -> None:
    """Offices number everybody's targets 1, 2, 3."""
    assert (await imported(database, with_targets(target("1", ANI, None, "1"), *above))).problems == ()
    own, parent, *_ = await rows(database, Target)
    assert own["parent_id"] == parent["id"]


async def test_a_code_that_may_mean_two_targets_is_refused(database: Database) -> None:
    sheets = with_targets(target("1", ANI, None, "1"), target("1", BUDI, None), target("1", None, "S"))
    expected = {"value": "1", "holders": (BUDI, "S"), "count": 2}
    assert (await imported(database, sheets)).problems == (
        Problem(Key.AMBIGUOUS_PARENT, "target", 2, "kode_induk", expected),
    )


async def test_a_ring_closed_by_what_is_stored_is_refused(database: Database) -> None:
    await imported(database, as_csv(SHEETS))
    sheets = as_csv({"pegawai": [["nip", "nama", "unit", "nip_atasan"], [HEAD, "Wayan Suardana", "D", ANI]]})
    assert (await imported(database, sheets)).problems == (
        Problem(Key.CYCLE, "pegawai", 2, "nip_atasan", {"path": [HEAD, ANI, BUDI, HEAD]}),
    )


async def test_a_measure_in_which_output_was_reported_stays(database: Database) -> None:
    await imported(database, with_targets(target("1", ANI, None)))
    (own,) = await rows(database, Target)
    async with database.transaction() as session:
        done: dict[str, Any] = {
            "worked_on": date(2026, 2, 2),
            "description": "Laporan",
            "status": WAITING,
            "output": Decimal(1),
        }
        session.add(Activity(agency_id=own["agency_id"], employee_id=own["employee_id"], target_id=own["id"], **done))
    changed = await imported(database, with_targets(target("1", ANI, None, satuan="surat")))
    expected = {"value": "surat", "used": "laporan"}
    assert changed.problems == (Problem(Key.MEASURE_IN_USE, "target", 2, "satuan", expected),)
    synonym = await imported(database, with_targets(target("1", ANI, None, satuan="lap.")))
    assert (synonym.problems, synonym.counts["target"]) == ((), Count(updated=1))
