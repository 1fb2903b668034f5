"""A month of six people with one occupation, who report every day and answer what they are asked."""

import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from rapidfuzz import fuzz

from models import activities, asking, corrections, questions, remembered, reports
from models.activities import Activity
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.targets import Target
from tests.benchmarks.habits import Person
from tests.benchmarks.occupations import Occupation
from tests.reading.told import JAKARTA

MONDAY = date(2026, 11, 2)
WEEKS, DAYS, PEOPLE = 4, 5, 6


@dataclass(slots=True)
class Month:
    """Questions by week; links by what made them and whether it was right. Months can be added up."""

    people: int
    questions: Counter[int] = field(default_factory=Counter)
    links: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def a_day(self, week: int) -> float:
        """Questions that one person is asked on a workday of that week, 1 to 4."""
        return self.questions[week] / (DAYS * self.people)

    def __add__(self, other: "Month") -> "Month":
        return Month(self.people + other.people, self.questions + other.questions, self.links + other.links)


async def live(database: Database, occupation: Occupation, *, chance: str, forgetting: bool = False) -> Month:
    """Everybody reports on each of 20 workdays; with `forgetting`, nobody's choices outlive the evening.

    What they do and how they mistype it follows from `chance`, whatever is remembered.
    """
    month = Month(PEOPLE)
    async with database.transaction() as session:
        people = await _furnish(session, occupation, chance)
    for day in range(WEEKS * DAYS):
        week, weekday = divmod(day, DAYS)
        on = MONDAY + timedelta(days=7 * week + weekday)
        for person in people:
            async with database.transaction() as session:
                await _report(session, person, occupation, on, month, week=week + 1)
        if forgetting:
            async with database.transaction() as session:
                for person in people:
                    await remembered.forget(session, person.employee.id)
        if weekday == DAYS - 1:
            for person in people:
                person.last_week, person.this_week = person.this_week, []
    return month


async def _report(
    session: Session, person: Person, occupation: Occupation, on: date, month: Month, *, week: int
) -> None:
    meant = person.day(occupation)
    now = datetime.combine(on, time(16), JAKARTA)
    text, id_ = "\n".join(f"- {line}" for line in meant), person.employee.telegram_id or 0
    recorded = await reports.record(session, person.employee, text, chat_id=id_, message_id=on.toordinal(), sent_at=now)
    if recorded.reply is None:
        return

    def serves(activity: Activity) -> int:
        typed = max(meant, key=lambda line: fuzz.partial_ratio(activity.description, line))
        return person.targets[occupation.serves[meant[typed]]]

    for activity in await activities.of_reply(session, recorded.reply.id):
        if activity.target_id is not None:
            month.links[activity.linked_by, activity.target_id == serves(activity)] += 1
    question = await questions.on_card(session, recorded.reply.card)
    if question is not None:
        month.questions[week] += 1
        asked = await session.get_one(Activity, question.arguments["activity"])
        if question.kind == asking.TARGET:
            wanted, revision = serves(asked), asked.revision
            await corrections.set_target(session, person.employee, asked, wanted, revision=revision, on=on, now=now)
        else:
            await corrections.keep_as_one(session, asked, revision=asked.revision, now=now)


async def _furnish(session: Session, occupation: Occupation, chance: str) -> list[Person]:
    """An agency of their own, so that no other month is remembered."""
    agency = Agency(code=uuid.uuid4().hex, name="Kantor Contoh")
    session.add(agency)
    await session.flush()
    unit = Unit(agency_id=agency.id, code="U", name="Bagian Contoh")
    session.add(unit)
    await session.flush()
    staff = [
        Employee(
            agency_id=agency.id, nip=f"{n:018}", name=f"Pegawai {n}", unit_id=unit.id, telegram_id=1_000 * agency.id + n
        )
        for n in range(PEOPLE)
    ]
    session.add_all(staff)
    await session.flush()
    people = []
    for employee in staff:
        own = [
            Target(
                agency_id=agency.id,
                employee_id=employee.id,
                code=target.code,
                title=target.title,
                measure=target.unit or "",
                planned=Decimal(48),
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
            )
            for target in occupation.targets
        ]
        session.add_all(own)
        await session.flush()
        ids = {target.code: target.id for target in own}
        people.append(Person(employee, ids, random.Random(f"{chance} {employee.nip}")))
    return people
