"""What the database adds up of many people is what their own pages explain, output by output and mark by mark."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlmodel import select

from models import facts, totals
from models.absences import Absence
from models.activities import APPROVED, REMOVED, RETURNED, WAITING, Activity
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.marks import QualityMark
from models.milestones import MilestoneStep
from models.scoring.weekly import of_person, score_person, score_target
from models.targets import Target

FIRST, LAST, NOW = date(2026, 1, 1), date(2026, 12, 31), datetime(2026, 12, 21, tzinfo=UTC)
SUNDAYS = [date(2026, 9, 6) + timedelta(weeks=n) for n in range(16)]


async def furnish(session: Session) -> list[Employee]:
    agency = Agency(code="A", name="A")
    session.add(agency)
    await session.flush()
    unit = Unit(agency_id=agency.id, code="U", name="U")
    session.add(unit)
    await session.flush()
    people = [Employee(agency_id=agency.id, nip=f"{n}", name=f"{n}", unit_id=unit.id) for n in range(4)]
    session.add_all(people)
    await session.flush()
    return people


def held(person: Employee, n: int, chance: Random) -> Target:
    """Some begin in the middle of a week, some have ended, one is a milestone."""
    starts_on = FIRST if n % 2 else SUNDAYS[chance.randrange(10)] - timedelta(days=chance.randrange(6))
    return Target(
        agency_id=person.agency_id,
        employee_id=person.id,
        code=f"R{n}",
        title=f"R{n}",
        planned=Decimal(chance.randrange(1, 400)) / 4,
        measure="persen" if n == 0 else "dokumen",
        weight=chance.choice([None, Decimal("0.5"), Decimal(3)]),
        starts_on=starts_on,
        ends_on=LAST if n % 3 else starts_on + timedelta(days=chance.randrange(20, 120)),
    )


async def live(session: Session, target: Target, chance: Random) -> None:
    """Outputs of any status and size, by a supervisor or by the clock; marks, some without any output in their week."""
    for _ in range(chance.randrange(60)):
        session.add(
            Activity(
                agency_id=target.agency_id,
                employee_id=target.employee_id or 0,
                target_id=target.id,
                worked_on=SUNDAYS[0] - timedelta(days=20) + timedelta(days=chance.randrange(130)),
                description="Kerja",
                output=chance.choice([None, Decimal(0), Decimal(1), Decimal("0.1"), Decimal("33.3333")]),
                status=chance.choice([APPROVED, APPROVED, APPROVED, WAITING, RETURNED, REMOVED]),
                is_automatic=chance.random() < 0.3,
            )
        )
    for sunday in SUNDAYS:
        if chance.random() < 0.5:
            marked = {
                "mark": chance.choice([None, 0, 70, 85, 85, 100]),
                "reviewer_id": target.employee_id,
                "marked_at": NOW,
            }
            same = {"agency_id": target.agency_id, "employee_id": target.employee_id, "target_id": target.id}
            session.add(QualityMark(week_ends_on=sunday, **same, **marked))
    if target.is_milestone:
        step = {"agency_id": target.agency_id, "target_id": target.id, "reviewer_id": target.employee_id, "set_at": NOW}
        day = SUNDAYS[chance.randrange(len(SUNDAYS))]
        session.add(MilestoneStep(reached_on=day, percent=chance.randrange(101), evidence="Naskah jadi", **step))


@pytest.mark.parametrize("seed", range(3))
async def test_the_sums_are_those_of_the_single_rows(database: Database, seed: int) -> None:
    chance = Random(seed)
    async with database.transaction() as session:
        people = await furnish(session)
        for person in people[1:]:
            own = [held(person, n, chance) for n in range(6)]
            session.add_all(own)
            await session.flush()
            for target in own:
                await live(session, target, chance)
            first = SUNDAYS[chance.randrange(16)]
            leave = {"agency_id": person.agency_id, "employee_id": person.id, "kind": "sick", "noted_at": NOW}
            session.add(Absence(starts_on=first, ends_on=first + timedelta(days=9), **leave))
    figures = ("code", "state", "weight", "expected", "realised", "quantity", "quality", "result")
    async with database.reading() as session:
        everybody = (await session.exec(select(Employee))).all()
        for week in SUNDAYS:
            explained = await facts.of_people(session, everybody, week)
            added = await totals.of_people(session, everybody, week)
            assert set(explained) == set(added) == {person.id for person in everybody}
            for id_, owed in explained.items():
                single, summed = list(owed.values()), [one.score for one in added[id_]]
                assert [one.target_id for one in added[id_]] == list(owed)
                for name in figures:
                    wanted = [getattr(score_target(one, week), name) for one in single]
                    assert [getattr(score, name) for score in summed] == wanted, (week, name)
                assert of_person(summed).score == score_person(single, week).score
