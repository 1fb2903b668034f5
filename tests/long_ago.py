"""The office when everybody has been with Harian since January; and what is known of Ani's work by then."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import select

from models.activities import Activity
from models.marks import QualityMark
from models.obstacles import Obstacle
from models.targets import Target
from tests import office
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import WIB, Stage

WEEK = date(2026, 11, 29)
NOON = "2026-11-30 13:00"
"""A Monday: when the summary of the week is due."""
JANUARY = datetime(2026, 1, 5, 8, 0, tzinfo=WIB)


async def begun(stage: Stage) -> None:
    for who in (ANI, BUDI, CITRA, SARI):
        await stage.change(who, joined_at=JANUARY)


async def target(stage: Stage, code: str) -> Target:
    async with stage.database.reading() as session:
        return (await session.exec(select(Target).where(Target.code == code).order_by("id"))).all()[0]  # type: ignore[arg-type]


async def worked(stage: Stage, code: str, day: date, output: int, *, what: str = "Bekerja", who: int = ANI) -> None:
    """Approved work of that day on one of Ani's targets."""
    goal = await target(stage, code)
    amount = Decimal(output)
    await stage.keep(
        Activity(
            agency_id=goal.agency_id,
            employee_id=await stage.id_of(who),
            worked_on=day,
            description=what,
            quantity=amount,
            unit=goal.measure,
            output=amount,
            target_id=goal.id,
            status="approved",
            told_at=JANUARY,
            reviewed_at=JANUARY,
        )
    )


async def on_plan(stage: Stage) -> None:
    """Each of Ani's targets has more than what was expected by then."""
    for code, output in (("A1", 1150), ("A2", 46), ("A3", 23), ("A4", 95)):
        await worked(stage, code, date(2026, 11, 25), output)


async def marked(stage: Stage, code: str, *marks: int) -> None:
    """Budi's marks of the last weeks, the oldest first."""
    goal, reviewer = await target(stage, code), await stage.id_of(BUDI)
    for n, mark in enumerate(reversed(marks)):
        await stage.keep(
            QualityMark(
                agency_id=goal.agency_id,
                employee_id=goal.employee_id or 0,
                target_id=goal.id,
                week_ends_on=WEEK - timedelta(weeks=n),
                mark=mark,
                reviewer_id=reviewer,
                marked_at=JANUARY,
            )
        )


async def hindered(stage: Stage, text: str, day: date = date(2026, 11, 26)) -> None:
    async with stage.database.transaction() as session:
        ani = await office.person(session, ANI)
        session.add(
            Obstacle(agency_id=ani.agency_id, employee_id=ani.id, unit_id=ani.unit_id, raised_on=day, text=text)
        )
