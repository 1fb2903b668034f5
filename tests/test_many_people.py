"""What a minute costs does not grow with the people in it: statements are counted, and indexes asked for by name."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from bot.migrating import upgrade
from models import activities, focus, focus_due, kinds, reviews
from models.activities import WAITING, Activity
from models.agencies import Agency, Unit
from models.database import Database, Session
from models.employees import Employee
from models.outbox import Message
from scheduler.timetable import SWEEPS
from tests.databases import ON_SQLITE
from tests.stage import TUESDAY

MORNING, EVENING = TUESDAY.replace(hour=8), TUESDAY.replace(hour=17, minute=30)


async def furnish(session: Session, count: int) -> None:
    """One unit whose head all others report to; each has reported nothing."""
    agency = Agency(code="A", name="A", asks_focus=False)
    session.add(agency)
    await session.flush()
    unit = Unit(agency_id=agency.id, code="U", name="U", chat_id=-5)
    session.add(unit)
    await session.flush()
    same = {"agency_id": agency.id, "unit_id": unit.id, "joined_at": TUESDAY - timedelta(days=30)}
    head = Employee(nip="0", name="0", telegram_id=100, **same)
    session.add(head)
    await session.flush()
    names = [f"{n}" for n in range(1, count)]
    session.add_all(Employee(nip=n, name=n, telegram_id=100 + int(n), superior_id=head.id, **same) for n in names)
    await session.flush()


async def statements(database: Database, count: int, moments: list[datetime]) -> dict[tuple[str, datetime], int]:
    """How many each sweep needs at each moment, one after the other."""
    async with database.transaction() as session:
        await furnish(session, count)
    counted: dict[tuple[str, datetime], int] = {}
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    for moment in moments:
        for name, sweep in SWEEPS.items():
            async with database.transaction() as session:
                seen.clear()
                await sweep(session, moment)
                counted[name, moment] = len(seen)
    return counted


PERSON_BY_PERSON = {"bring menus", "follow changes of people"}
"""Once for each change, so many a minute."""


async def test_ten_times_the_people_need_no_more_statements(tmp_path: Path) -> None:
    moments = [MORNING, TUESDAY, EVENING, TUESDAY.replace(hour=3) + timedelta(days=1)]
    counted = []
    for count in (4, 40):
        upgrade(f"sqlite:///{tmp_path}/{count}.db")
        database = Database(f"sqlite:///{tmp_path}/{count}.db")
        counted.append(await statements(database, count, moments))
        await database.close()
    few, many = counted
    assert few["ask for reports", TUESDAY] > few["ask for reports", MORNING] > 0, "somebody was asked in the afternoon"
    more = {key for key, n in many.items() if n > few[key] and key[0] not in PERSON_BY_PERSON}
    assert more == set()


async def plan(session: Session, query: object) -> str:
    compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})  # type: ignore[attr-defined]
    rows = (await session.exec(text(f"EXPLAIN QUERY PLAN {compiled}"))).all()  # type: ignore[call-overload]
    return "; ".join(str(row[3]) for row in rows)


@ON_SQLITE
@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("ix_activity_open", reviews.owners_of_waiting()),
        ("ix_activity_open", select(Activity.id).where(Activity.employee_id == 1, *activities.is_still(WAITING))),
        ("ix_activity_untold", select(Activity.id).where(*activities.is_untold(), Activity.reviewed_at <= TUESDAY)),
        (
            "ix_activity_output",
            select(Activity.output).where(
                Activity.target_id == 1, *activities.is_counted(), Activity.worked_on <= date(2026, 11, 22)
            ),
        ),
        (
            "ix_activity_of_day",
            select(Activity.id).where(Activity.employee_id == 1, Activity.worked_on == date(2026, 11, 22)),
        ),
        (
            "ix_focus_day_open",
            select(focus.FocusDay.employee_id).where(focus_due.is_open_still(), focus.FocusDay.day < TUESDAY.date()),
        ),
        (
            "ix_outbox_of_kind",
            select(Message.id).where(Message.employee_id == 1, Message.kind == kinds.WEEK, Message.due_at >= TUESDAY),
        ),
    ],
)
async def test_what_is_looked_up_each_minute_has_an_index(database: Database, index: str, query: object) -> None:
    async with database.reading() as session:
        assert index in await plan(session, query)
