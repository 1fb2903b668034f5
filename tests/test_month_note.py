"""The month's note on the first workday: a head's own units, and the whole agency for its top; never a name."""

from datetime import date

from sqlmodel import select

from models.agencies import Agency, Unit
from models.employees import Employee
from models.workdays import Holiday
from tests import office
from tests.databases import ON_SQLITE
from tests.long_ago import begun, target, worked
from tests.office import CITRA
from tests.stage import Phone, Stage

COUNTS = """\
Dihitung sampai Min 29 Nov.
🟢 Sesuai rencana, atau belum jatuh tempo: 1
🟡 Berisiko, di bawah 90 % dari yang seharusnya: 1
🔴 Sudah jatuh tempo, belum ada hasil yang disetujui: 2
"""
GOALS = """
Sasaran yang bermasalah: kurang dari separuh targetnya sesuai rencana
• T1 · Perencanaan daerah yang tepat waktu: 1 dari 4
[Cakupan sasaran]"""
OF_UNIT = f"🗓 Target bulan November 2026 – Bidang Perencanaan\n{COUNTS}{GOALS}"
PER_UNIT = "\nPer unit, dimulai dari yang paling perlu perhatian\n• Bidang Perencanaan: 🟢 1 🟡 1 🔴 2\n"
OF_AGENCY = f"🗓 Target bulan November 2026 – Badan Contoh\n{COUNTS}{PER_UNIT}{GOALS}"


async def a_month(stage: Stage) -> None:
    await begun(stage)
    await worked(stage, "A1", date(2026, 11, 5), 1090)
    await worked(stage, "A2", date(2026, 11, 5), 30)


async def notes(phone: Phone) -> list[str]:
    return [text for text in await phone.hears() if text.startswith("🗓 Target")]


async def test_on_the_first_workday_and_once(stage: Stage) -> None:
    await a_month(stage)
    await stage.time("2026-12-01 12:59")
    assert await notes(stage.budi) == []
    await stage.time("2026-12-01 13:00")
    await stage.time("2026-12-01 13:01")
    await stage.time("2026-12-02 09:00")
    assert await notes(stage.budi) == [OF_UNIT]
    assert await notes(stage.sari) == [OF_AGENCY]
    assert await notes(stage.ani) == await notes(stage.citra) == []
    assert "Lestari" not in OF_AGENCY
    await stage.sari.taps("Cakupan sasaran")
    assert (await stage.sari.sees()).startswith("Cakupan sasaran – Kepala Badan, Rab 2 Des\n")


@ON_SQLITE
async def test_an_admin_sees_the_agency_and_no_coverage(stage: Stage) -> None:
    await a_month(stage)
    await stage.change(CITRA, role="admin")
    await stage.time("2026-12-01 13:00")
    assert await notes(stage.citra) == [OF_AGENCY.removesuffix("\n[Cakupan sasaran]")]


@ON_SQLITE
async def test_a_head_sees_the_units_below(stage: Stage) -> None:
    await a_month(stage)
    async with stage.database.transaction() as session:
        planning = await office.unit(session, "PER")
        below = Unit(agency_id=planning.agency_id, code="PER1", name="Subbidang <Data>", parent_id=planning.id)
        session.add(below)
    await stage.hire("Dewi")
    async with stage.database.transaction() as session:
        dewi = (await session.exec(select(Employee).where(Employee.name == "Dewi Pratama"))).one()
        dewi.unit_id = below.id
    await stage.time("2026-12-01 13:00")
    assert (await notes(stage.budi))[0].split("\n")[5:] == [
        "",
        "Per unit, dimulai dari yang paling perlu perhatian",
        "• Subbidang <Data>: 🟢 0 🟡 0 🔴 1",
        "• Bidang Perencanaan: 🟢 1 🟡 1 🔴 2",
        "",
        "Sasaran yang bermasalah: kurang dari separuh targetnya sesuai rencana",
        "• T1 · Perencanaan daerah yang tepat waktu: 1 dari 5",
        "[Cakupan sasaran]",
    ]


@ON_SQLITE
async def test_the_first_workday_may_be_later_and_another_agency_is_not_counted(stage: Stage) -> None:
    await a_month(stage)
    agency = (await target(stage, "A1")).agency_id
    await stage.keep(Holiday(agency_id=agency, held_on=date(2026, 12, 1), name="Hari jadi"))
    other = Agency(code="LAIN", name="Instansi Lain")
    await stage.keep(other)
    await stage.time("2026-12-01 13:00")
    assert await notes(stage.budi) == []
    await stage.time("2026-12-02 13:00")
    assert await notes(stage.sari) == [OF_AGENCY]


@ON_SQLITE
async def test_it_heals_for_two_days_and_no_longer(stage: Stage) -> None:
    await a_month(stage)
    await stage.time("2026-12-03 13:00")
    assert await notes(stage.budi) == []
    await stage.time("2026-12-03 12:59")
    assert await notes(stage.budi) == [OF_UNIT]
