"""Holidays of one unit, and the usual times of one person."""

from datetime import date, time

from models import workdays
from models.agencies import Unit
from models.workdays import UnitHoliday
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, SARI
from tests.stage import Stage


async def test_a_units_holiday_is_that_of_the_units_below_it_and_of_nobody_else(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        root, planning = await office.unit(session, "KB"), await office.unit(session, "PER")
        planning.parent_id = root.id
        below = Unit(agency_id=root.agency_id, code="SUB", name="Subbidang", parent_id=planning.id)
        session.add(below)
        session.add(UnitHoliday(agency_id=1, unit_id=planning.id, held_on=date(2026, 11, 25), name="Pilkades"))
        session.add(UnitHoliday(agency_id=1, unit_id=root.id, held_on=date(2026, 11, 26), name="Hari jadi"))
        await session.flush()
        calendar = await workdays.calendar_of(session, 1)
        general = await office.unit(session, "UMU")
        days = [date(2026, 11, day) for day in (24, 25, 26, 27)]
        works = {
            unit.code: [calendar.of_unit(unit.id).is_workday(day, 5) for day in days]
            for unit in (root, planning, below, general)
        }
    assert works == {
        "KB": [True, True, False, True],
        "PER": [True, False, False, True],
        "SUB": [True, False, False, True],
        "UMU": [True, True, True, True],
    }
    assert calendar.of_unit(below.id).holiday_on(date(2026, 11, 25)) == "Pilkades"
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.news() == []
    assert len(await stage.citra.news()) == 1


@ON_SQLITE
async def test_a_person_with_times_of_their_own_is_asked_then(stage: Stage) -> None:
    await stage.change(ANI, report_at=time(15, 0))
    await stage.change(BUDI, nudge_at=time(18, 0))
    await stage.change(SARI, report_at=time(20, 0))
    await stage.time("2026-11-25 15:00")
    assert (len(await stage.ani.news()), len(await stage.citra.news())) == (1, 0)
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-25 17:30")
    assert "Menunggu" not in "\n".join(await stage.budi.news())
    await stage.time("2026-11-25 18:00")
    assert "Ani Lestari" in await stage.budi.reads("Menunggu persetujuan Anda: 1 orang")
    await stage.time("2026-11-25 19:59")
    assert await stage.sari.news() == []
    await stage.time("2026-11-25 20:00")
    assert len(await stage.sari.news()) == 1
