"""Shifts overrule the unit's week and the holidays for one person: when they are asked, and what is counted."""

from datetime import date, time

from models import boards, placements, rosters, summaries, unit_facts
from models.agencies import Unit
from models.database import Session
from models.results import monday_of
from models.shifts import ShiftDay
from models.workdays import Holiday
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Stage

SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)


async def on_shift(stage: Stage, day: date, *, works: bool, report_at: time | None = None) -> None:
    ani = await stage.id_of(ANI)
    await stage.keep(ShiftDay(agency_id=1, employee_id=ani, day=day, works=works, report_at=report_at))


async def asked(stage: Stage, moment: str) -> bool:
    await stage.ani.news()
    await stage.time(moment)
    return any("mengerjakan apa saja?" in text for text in await stage.ani.news())


async def test_asked_on_a_saturday_and_not_on_a_free_monday(stage: Stage) -> None:
    await on_shift(stage, SATURDAY, works=True, report_at=time(19, 0))
    await on_shift(stage, MONDAY, works=False)
    assert not await asked(stage, "2026-11-28 16:00")
    assert await asked(stage, "2026-11-28 19:00")
    assert not await asked(stage, "2026-11-30 16:00")


@ON_SQLITE
async def test_on_a_holiday_too(stage: Stage) -> None:
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Libur"))
    assert not await asked(stage, "2026-11-25 16:00")
    await on_shift(stage, date(2026, 11, 25), works=True)
    assert await asked(stage, "2026-11-25 16:05")


async def _asked(session: Session, unit: Unit, around: summaries.Around, week: date) -> set[tuple[int, date]]:
    of = await unit_facts.of_people(session, [person for person, _ in around], monday_of(week), week)
    return summaries._asked(unit, around, week, of)


async def test_the_rates_count_the_persons_own_days(stage: Stage) -> None:
    week = date(2026, 11, 29)
    async with stage.database.reading() as session:
        unit = await office.unit(session, "PER")
        people = [await office.person(session, who) for who in (ANI, BUDI)]
        around = await placements.of_unit(session, unit.id, date(2026, 11, 23), week)
        before = await _asked(session, unit, around, week)
    await on_shift(stage, SATURDAY, works=True)
    async with stage.database.reading() as session:
        after = await _asked(session, unit, around, week)
        assert after - before == {(people[0].id, SATURDAY)}
        assert await boards.count(session, unit, SATURDAY) == (0, 1)
        assert await rosters.asked_on(session, people, MONDAY) == {person.id for person in people}
    await on_shift(stage, MONDAY, works=False)
    async with stage.database.reading() as session:
        assert await rosters.asked_on(session, people, MONDAY) == {people[1].id}


@ON_SQLITE
async def test_a_posted_summary_is_not_rewritten_by_a_holiday_of_the_past(stage: Stage) -> None:
    chat = await stage.units_group()
    group = stage.ani.in_chat(chat)
    await stage.hire("Dewi", "Eka", "Fajar", "Gita", "Hadi")
    await stage.ani.says("A1 mengarsipkan 10 surat")
    await stage.time("2026-11-30 13:00")
    posted = [text for text in await group.hears() if "pekan" in text.lower()]
    assert posted
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Libur"))
    await stage.time("2026-11-30 13:30")
    assert [text for text in await group.hears() if "pekan" in text.lower()] == posted
