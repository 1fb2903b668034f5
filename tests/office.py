"""The office of the tests: Ani and Budi, her supervisor, in planning; Citra in another unit; Sari above them all.

Where a test needs a unit of seven, five colleagues of Ani's join it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import select

from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.targets import Target

ANI, BUDI, CITRA, SARI = 1001, 1002, 1003, 1004
FIRST_HIRED = 1100
CAST = {ANI: "Ani", BUDI: "Budi", CITRA: "Citra", SARI: "Sari"}

NIPS = {
    ANI: "199001012015012001",
    BUDI: "198001012005011002",
    CITRA: "198501012010012003",
    SARI: "197001012000032004",
}

TARGETS = [
    ("A1", "Pengelolaan surat masuk dan keluar", "surat", 1200),
    ("A2", "Penyusunan laporan evaluasi program", "laporan", 48),
    ("A3", "Fasilitasi rapat koordinasi perencanaan", "kegiatan", 24),
    ("A4", "Penyusunan rencana kerja perangkat daerah", "persen", 100),
]


async def furnish(session: Session, *, joined: bool, now: datetime) -> None:
    agency = Agency(code="BAPENDA", name="Badan Contoh")
    session.add(agency)
    await session.flush()
    times: dict[str, Any] = {
        "report_at": time(16, 0),
        "remind_at": time(18, 0),
        "nudge_at": time(17, 0),
        "summary_at": time(13, 0),
    }
    root, planning, general = (
        Unit(agency_id=agency.id, code=code, name=name, **times)
        for code, name in (("KB", "Kepala Badan"), ("PER", "Bidang Perencanaan"), ("UMU", "Bagian Umum"))
    )
    session.add_all([root, planning, general])
    await session.flush()

    def person(id_: int, name: str, unit: Unit, nip: str, position: str) -> Employee:
        return Employee(
            agency_id=agency.id,
            nip=nip,
            name=name,
            position=position,
            unit_id=unit.id,
            telegram_id=id_ if joined else None,
            joined_at=now - timedelta(days=1) if joined else None,
        )

    sari = person(SARI, "Sari Utami", root, NIPS[SARI], "Kepala Badan")
    budi = person(BUDI, "Budi Santoso", planning, NIPS[BUDI], "Kepala Bidang Perencanaan")
    ani = person(ANI, "Ani Lestari", planning, NIPS[ANI], "Perencana Ahli Pertama")
    citra = person(CITRA, "Citra Dewi", general, NIPS[CITRA], "Kepala Bagian Umum")
    session.add(sari)
    await session.flush()
    budi.superior_id = citra.superior_id = sari.id
    session.add_all([budi, citra])
    await session.flush()
    ani.superior_id = budi.id
    session.add(ani)
    await session.flush()
    goal = Target(
        agency_id=agency.id,
        code="T1",
        unit_id=planning.id,
        title="Perencanaan daerah yang tepat waktu",
        planned=Decimal(100),
        measure="persen",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    session.add(goal)
    await session.flush()
    session.add_all(_target(ani, *target, goal=goal) for target in TARGETS)
    await session.flush()


async def person(session: Session, who: int) -> Employee:
    """One of the cast, joined or not."""
    return (await session.exec(select(Employee).where(Employee.nip == NIPS[who]))).one()


async def unit(session: Session, code: str) -> Unit:
    return (await session.exec(select(Unit).where(Unit.code == code))).one()


async def more_targets(session: Session, count: int) -> None:
    ani = await person(session, ANI)
    session.add_all(_target(ani, f"B{n}", f"Tugas tambahan nomor {n}", "dokumen", 10) for n in range(1, count + 1))


def _target(holder: Employee, code: str, title: str, measure: str, planned: int, goal: Target | None = None) -> Target:
    return Target(
        agency_id=holder.agency_id,
        code=code,
        employee_id=holder.id,
        title=title,
        planned=Decimal(planned),
        measure=measure,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        parent_id=goal.id if goal else None,
    )


async def hire(session: Session, names: Iterable[str], *, now: datetime) -> dict[int, str]:
    """Colleagues of Ani in planning, each with one target of letters below the unit's goal; account → name."""
    ani = await person(session, ANI)
    goal = (await session.exec(select(Target).where(Target.code == "T1"))).one()
    hired: dict[int, str] = {}
    for n, name in enumerate(names, 1):
        colleague = Employee(
            agency_id=ani.agency_id,
            nip=f"1995010120200120{n:02}",
            name=f"{name} Pratama",
            unit_id=ani.unit_id,
            superior_id=ani.superior_id,
            telegram_id=FIRST_HIRED + n,
            joined_at=now - timedelta(days=1),
        )
        session.add(colleague)
        await session.flush()
        session.add(_target(colleague, "A1", "Pengelolaan surat masuk dan keluar", "surat", 24, goal))
        hired[FIRST_HIRED + n] = name
    return hired
