"""What a unit's goals lack: goals without targets, targets untouched, sums that differ; in chat and for operators."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import select

from models import leading
from models.absences import Absence
from models.agencies import Agency, Unit
from models.employees import Deputy, Employee, is_head
from models.targets import Target
from tests import crowd, office
from tests.databases import ON_SQLITE
from tests.long_ago import JANUARY, begun, on_plan, target, worked
from tests.office import ANI, BUDI, CITRA, NIPS, SARI
from tests.stage import Stage
from tests.test_service import harian

HEAD = "Cakupan sasaran – Bidang Perencanaan, Sel 24 Nov"
WELL = (
    f"{HEAD}\n\n✅ Setiap sasaran sudah didukung target pegawai, "
    "tidak ada target yang terbengkalai selama dua pekan terakhir, dan jumlahnya cocok."
)
NOT_FOR_YOU = "Cakupan sasaran hanya untuk pimpinan unit kerja."
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


async def goal(stage: Stage, code: str, planned: int, measure: str, **given: Any) -> Target:
    async with stage.database.transaction() as session:
        unit = await office.unit(session, "PER")
        made = Target(
            agency_id=unit.agency_id,
            unit_id=unit.id,
            code=code,
            title=f"Sasaran {code}",
            planned=Decimal(planned),
            measure=measure,
            **YEAR | given,
        )
        session.add(made)
        await session.flush()
        return made


async def move(stage: Stage, code: str, below: Target) -> None:
    async with stage.database.transaction() as session:
        (await session.get_one(Target, (await target(stage, code)).id)).parent_id = below.id


async def test_what_is_missing_and_what_differs(stage: Stage) -> None:
    await begun(stage)
    await on_plan(stage)
    stage.clock.set("2026-11-24 16:00")
    await worked(stage, "A2", date(2026, 11, 3), 1)
    served = await goal(stage, "T2", 1250, "surat")
    many = await goal(stage, "T3", 20, "kali")
    await goal(stage, "T4", 5, "dokumen")
    await move(stage, "A1", served)
    await move(stage, "A3", many)
    await begun(stage)
    assert await stage.budi.tells("/cakupan") == (
        f"{HEAD}\n\n"
        "Sasaran yang belum didukung target pegawai\n• T4 · Sasaran T4\n\n"
        "Target yang tidak disentuh selama sepuluh hari kerja\n"
        "• Ani Lestari – A1 · Pengelolaan surat masuk dan keluar: belum pernah dikerjakan\n"
        "• Ani Lestari – A3 · Fasilitasi rapat koordinasi perencanaan: belum pernah dikerjakan\n"
        "• Ani Lestari – A4 · Penyusunan rencana kerja perangkat daerah: belum pernah dikerjakan\n"
        "• Ani Lestari – A2 · Penyusunan laporan evaluasi program: terakhir dikerjakan Sel 3 Nov\n\n"
        "Jumlah target yang tidak cocok dengan sasaran\n"
        "• T2 · Sasaran T2: sasarannya 1.250 surat, jumlah target di bawahnya 1.200 (kurang 50)\n"
        "• T3 · Sasaran T3: sasarannya 20 kali, jumlah target di bawahnya 24 (lebih 4)"
    )


@ON_SQLITE
async def test_all_is_well(stage: Stage) -> None:
    await begun(stage)
    for code in ("A1", "A2", "A3", "A4"):
        await worked(stage, code, date(2026, 11, 20), 1)
    assert await stage.budi.tells("/cakupan") == WELL


@ON_SQLITE
async def test_it_is_for_heads_and_those_who_stand_in_for_them(stage: Stage) -> None:
    await begun(stage)
    for person in (stage.ani, stage.citra):
        assert await person.tells("/cakupan") == NOT_FOR_YOU
    assert await stage.sari.tells("/cakupan") == (
        "Cakupan sasaran – Kepala Badan, Sel 24 Nov\n\n"
        "Saat ini unit belum punya sasaran. Tidak ada target yang terbengkalai selama dua pekan terakhir."
    )
    agency, budi, citra = (await target(stage, "A1")).agency_id, await stage.id_of(BUDI), await stage.id_of(CITRA)
    today = date(2026, 11, 24)
    await stage.keep(Deputy(agency_id=agency, superior_id=budi, deputy_id=citra, starts_on=today, ends_on=today))
    assert (await stage.citra.tells("/cakupan")).startswith(f"{HEAD}\n")
    await stage.time("2026-11-25 10:00")
    assert await stage.citra.tells("/cakupan") == NOT_FOR_YOU


@ON_SQLITE
async def test_nothing_is_said_of_the_absent_the_new_and_targets_just_begun(stage: Stage) -> None:
    assert await stage.budi.tells("/cakupan") == WELL  # Ani has joined yesterday
    await begun(stage)
    absence = Absence(
        agency_id=(await target(stage, "A1")).agency_id,
        employee_id=await stage.id_of(ANI),
        kind="maternity",
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 11, 24),
        noted_at=JANUARY,
    )
    await stage.keep(absence)
    assert await stage.budi.tells("/cakupan") == WELL
    async with stage.database.transaction() as session:
        (await session.get_one(Absence, absence.id)).ends_on = date(2026, 11, 20)
        for code, day in (("A1", 21), ("A2", 19), ("A3", 20)):
            (await session.get_one(Target, (await target(stage, code)).id)).starts_on = date(2026, 10, day)
    assert [line for line in (await stage.budi.tells("/cakupan")).split("\n") if line.startswith("•")] == [
        "• Ani Lestari – A2 · Penyusunan laporan evaluasi program: belum pernah dikerjakan",
        "• Ani Lestari – A3 · Fasilitasi rapat koordinasi perencanaan: belum pernah dikerjakan",
        "• Ani Lestari – A4 · Penyusunan rencana kerja perangkat daerah: belum pernah dikerjakan",
    ]


@ON_SQLITE
async def test_many_by_pages(stage: Stage) -> None:
    await begun(stage)
    await stage.more_targets(19)
    first = await stage.budi.tells("/cakupan")
    assert first.endswith("nomor 1: belum pernah dikerjakan\n… dan 18 lagi\n[Semua target tidak disentuh (23)]")
    assert first.count("\n• ") == 5
    await stage.budi.taps("Semua target tidak disentuh (23)")
    assert (await stage.budi.sees()).count("\n• ") == 10
    await stage.budi.taps("‹")
    assert await stage.budi.sees() == (
        f"{HEAD}\n\nTarget yang tidak disentuh selama sepuluh hari kerja\n"
        "• Ani Lestari – B17 · Tugas tambahan nomor 17: belum pernah dikerjakan\n"
        "• Ani Lestari – B18 · Tugas tambahan nomor 18: belum pernah dikerjakan\n"
        "• Ani Lestari – B19 · Tugas tambahan nomor 19: belum pernah dikerjakan\n"
        "[‹] [3/3 ›]\n[‹ Kembali]"
    )
    await stage.change(BUDI, superior_id=await stage.id_of(ANI))
    assert await stage.budi.taps("‹ Kembali") == "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    assert await stage.budi.sees() == NOT_FOR_YOU


@ON_SQLITE
async def test_a_goal_is_served_through_other_goals_and_not_by_who_has_left(stage: Stage) -> None:
    await begun(stage)
    top = await goal(stage, "T0", 100, "persen")
    async with stage.database.transaction() as session:
        (await session.get_one(Target, (await target(stage, "T1")).id)).parent_id = top.id
    assert "Sasaran T0" not in await stage.budi.tells("/cakupan")
    await stage.change(ANI, left_on=date(2026, 11, 24))
    assert "• T1 · Perencanaan daerah yang tepat waktu\n• T0 · Sasaran T0" in await stage.budi.tells("/cakupan")


async def test_heads_are_the_same_asked_one_by_one(stage: Stage) -> None:
    async with stage.database.reading() as session:
        people = (await session.exec(select(Employee))).all()
        one_by_one = {p.id for p in people if await is_head(session, p, await session.get_one(Unit, p.unit_id))}
        top = (await office.person(session, SARI)).id
        assert await leading.heads(session) == one_by_one | {top}
        assert await leading.heads(session, among=[top]) == {top}


@ON_SQLITE
async def test_operators_see_every_unit_with_nips(stage: Stage, database_url: str, tmp_path: Path) -> None:
    await begun(stage)
    await worked(stage, "A2", date(2026, 11, 3), 1)
    await goal(stage, "T2", 5, "dokumen")
    await move(stage, "A1", await goal(stage, "T3", 1000, "surat"))
    await stage.keep(Agency(code="LAIN", name="Instansi Lain"))

    async def check(*arguments: str) -> tuple[int, list[str]]:
        environment = crowd.environment("http://127.0.0.1:1", database_url)
        return await harian("check", *arguments, folder=tmp_path, environment=environment)

    ani = NIPS[ANI]
    assert await check("--targets", "--agency", "BAPENDA", "--at", "2026-11-24") == (
        1,
        [
            "ok  KB Kepala Badan",
            "NO  PER Bidang Perencanaan",
            "    goal T2: nobody's target serves it",
            f"    target A1 of {ani}: never touched",
            f"    target A3 of {ani}: never touched",
            f"    target A4 of {ani}: never touched",
            f"    target A2 of {ani}: not touched since 2026-11-03",
            "    goal T3: 1000 surat planned, the targets below add up to 1200 (200 more)",
            "ok  UMU Bagian Umum",
        ],
    )
    assert await check("--targets", "--agency", "LAIN") == (0, [])
    assert await check("--targets", "--agency", "TIADA") == (1, ["There is no agency TIADA."])
    assert await check("--at", "2026-11-24") == (2, ["--agency and --at go with --targets."])
