"""A wave goes unit by unit, and each day it begins with another unit; nobody is reminded before being asked."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

from sqlmodel import col, select

from models import kinds
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message
from scheduler.prompts import ask_for_reports, remind
from scheduler.turns import in_turn
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY

DAY = date(2026, 11, 2)


def staff(units: int, *, each: int = 3) -> list[Employee]:
    return [Employee(id=n, agency_id=1, nip=f"{n}", name=f"{n}", unit_id=n // each) for n in range(units * each)]


def test_a_unit_is_asked_together_and_in_its_own_order() -> None:
    for day in range(30):
        order = in_turn(staff(7), on=DAY + timedelta(days=day))
        assert sorted(one.id for one in order) == list(range(21)), "everybody once"
        units = [(unit, [one.id for one in members]) for unit, members in groupby(order, lambda one: one.unit_id)]
        assert len(units) == 7
        assert all(ids == [3 * unit, 3 * unit + 1, 3 * unit + 2] for unit, ids in units)
    assert in_turn([], on=DAY) == []


def test_nobody_is_always_last() -> None:
    """Over the workdays of four weeks, each of forty units is in every quarter of the wave about as often."""
    days = [DAY + timedelta(days=n) for n in range(28) if (DAY + timedelta(days=n)).weekday() < 5]
    quarters: Counter[tuple[int, int]] = Counter()
    for day in days:
        for place, one in enumerate(in_turn(staff(40, each=1), on=day)):
            quarters[one.unit_id, place * 4 // 40] += 1
    assert {quarters[unit, quarter] for unit in range(40) for quarter in range(4)} <= {3, 4, 5, 6, 7}
    fridays = [in_turn(staff(40, each=1), on=DAY + timedelta(days=4 + 7 * week))[-10:] for week in range(12)]
    last = Counter(one.unit_id for order in fridays for one in order)
    assert max(last.values()) <= 5, "nor on the same day of the week"


@ON_SQLITE
async def test_questions_wait_unit_by_unit_and_the_reminder_for_the_question(database_url: str) -> None:
    """Three units whose people were imported all mixed; of two the questions have come, of the last they still wait."""
    database = Database(database_url)
    at, later = TUESDAY, TUESDAY + timedelta(hours=2)
    try:
        async with database.transaction() as session:
            agency = Agency(code="A", name="A")
            session.add(agency)
            await session.flush()
            units = [Unit(agency_id=agency.id, code=code, name=code) for code in "XYZ"]
            session.add_all(units)
            await session.flush()
            joined = at - timedelta(days=9)
            session.add_all(
                Employee(
                    agency_id=agency.id,
                    nip=f"{n}",
                    name=f"{n}",
                    unit_id=units[n % 3].id,
                    telegram_id=100 + n,
                    joined_at=joined,
                )
                for n in range(9)
            )
            await session.flush()
            assert await ask_for_reports(session, at) == 9
            waiting = await questions(session)
            assert [len(list(chats)) for _, chats in groupby(waiting, lambda row: row.chat_id % 3)] == [3, 3, 3]
            assert {row.due_at for row in waiting} == {at}
            for row in waiting[:6]:
                row.shown_revision, row.shown_at = row.revision, at + timedelta(minutes=20)
            await session.flush()
            assert await remind(session, at + timedelta(minutes=30)) == 0
            assert await remind(session, later) == 6
            for row in waiting[6:]:
                row.shown_revision, row.shown_at = row.revision, later
            await session.flush()
            assert await remind(session, later + timedelta(minutes=29)) == 0
            assert await remind(session, later + timedelta(minutes=30)) == 3
    finally:
        await database.close()


async def questions(session: Session) -> list[Message]:
    query = select(Message).where(Message.kind == kinds.PROMPT)
    return list((await session.exec(query.order_by(col(Message.priority), col(Message.due_at), col(Message.id)))).all())
