"""A year of Ani's that can be appraised by hand, and what the appraiser enters of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import select

from models.activities import APPROVED, Activity
from models.agencies import Agency
from models.database import Database, Session
from models.marks import QualityMark
from models.targets import Target
from tests import office
from tests.stage import Stage

YEAR = [
    # target, worked on, output, description, mark of that week
    ("A1", date(2026, 3, 10), 600, "Mengarsipkan surat masuk", 80),
    ("A1", date(2026, 10, 20), 600, "Mengagendakan surat keluar", 90),
    ("A2", date(2026, 5, 12), 36, "Menyusun laporan evaluasi <program>", 85),
    ("A3", date(2026, 6, 16), 24, "Memfasilitasi rapat koordinasi", 90),
    ("A4", date(2026, 11, 10), 100, "Menyelesaikan rencana kerja", 76),
]
"""A1: 1200 of 1200 letters by October, marks 80 and 90 weighed alike against 85. A2: 36 of 48 reports, 85 against
nothing stated. A3: all 24 by June, 90 against 90, with a cost of ten million. A4: a milestone, reached in November."""


BEHAVIOUR = ("service_orientation", "integrity", "commitment", "discipline", "cooperation")


async def use_scheme(database: Database, scheme: str) -> None:
    async with database.transaction() as session:
        (await session.exec(select(Agency))).one().scheme = scheme


async def ask_all(stage: Stage) -> None:
    """Budi enters what is missing, one after the other: 80, 85, 90, 75, 80 for behaviour, four tasks, a creation."""
    await stage.budi.taps("✏️ Isi yang masih kurang (9)")
    await stage.budi.taps("Bukan")
    for figure in ("80", "85", "90", "75", "80", "4"):
        await stage.budi.says(figure)
    await stage.budi.taps("Bermanfaat bagi unit kerja")
    await stage.budi.says("Rp 8.000.000")


async def fill_year(database: Database, *, marked: bool = True) -> None:
    async with database.transaction() as session:
        await _fill(session, marked=marked)


async def _fill(session: Session, *, marked: bool) -> None:
    ani, budi = await office.person(session, office.ANI), await office.person(session, office.BUDI)
    own = (await session.exec(select(Target).where(Target.employee_id == ani.id))).all()
    by_code = {target.code: target for target in own}
    by_code["A1"].quality, by_code["A3"].quality = Decimal(85), Decimal(90)
    by_code["A3"].cost = Decimal(10_000_000)
    for code, day, output, description, mark in YEAR:
        target = by_code[code]
        session.add(
            Activity(
                agency_id=ani.agency_id,
                employee_id=ani.id,
                worked_on=day,
                description=description,
                quantity=Decimal(output),
                unit=target.measure,
                target_id=target.id,
                linked_by="person",
                output=Decimal(output),
                status=APPROVED,
                reviewer_id=budi.id,
                told_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
        if not marked:
            continue
        session.add(
            QualityMark(
                agency_id=ani.agency_id,
                employee_id=ani.id,
                target_id=target.id,
                week_ends_on=date.fromordinal(day.toordinal() + 6 - day.weekday()),
                mark=mark,
                remark="Rapi dan tepat waktu" if code == "A3" else "",
                reviewer_id=budi.id,
                marked_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
