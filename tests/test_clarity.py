"""Clarity: on how many person-days people had said what they work on. Beside the score, never in it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import summaries
from models.absences import Absence
from models.agencies import Agency
from models.focus import FocusDay
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Phone, Stage

TEAM = ("Dodi", "Eka", "Fajar", "Gita", "Hadi")
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
A1 = "☐ A1 · Pengelolaan surat masuk dan kelu…"


async def week_of_seven(stage: Stage) -> tuple[Phone, list[Phone]]:
    """Six people with targets and Budi without, asked on three mornings."""
    group = Phone(stage, BUDI, await stage.units_group())
    team = [stage.ani, *await stage.hire(*TEAM)]
    ani, dodi, eka, fajar, gita, _ = team
    await stage.time("2026-11-25 07:30")
    for phone in (ani, dodi, eka):
        await phone.taps(A1)
    await gita.says("sakit hari ini")  # asked, then away: the day does not count
    await gita.taps("Ya, catat")
    await eka.says("A1 mengarsipkan surat, sisanya besok")
    await stage.time("2026-11-26 07:30")
    await ani.taps(A1)
    await dodi.taps(A1)
    await dodi.taps(A1.replace("☐", "☑"))  # taken back: nothing is chosen
    await fajar.says("cuti besok")
    await fajar.taps("Ya, catat")
    await stage.time("2026-11-27 07:30")
    await ani.taps(A1)
    return group, team


async def test_the_groups_summary_says_how_clear_the_week_was(stage: Stage) -> None:
    """Wednesday 3 of 5, Thursday 2 of 6 (Ani, and Eka by her plan), Friday 1 of 5: 6 of 16."""
    group, (ani, dodi, *_) = await week_of_seven(stage)
    await group.news()
    await stage.time("2026-11-30 13:00")
    text = (await group.news())[0]
    assert "\nLaporan harian: 3 % (1 dari 33)\nFokus hari ini dipilih: 38 % (6 dari 16)\n" in text
    assert "\nDi luar skor: fokus dipilih 3 dari 3 hari\n" in await ani.reads("Pekan Anda")
    assert "\nDi luar skor: fokus dipilih 1 dari 3 hari\n" in await dodi.reads("Pekan Anda")
    assert "fokus dipilih" not in await stage.budi.tells("/nilai")


@ON_SQLITE
async def test_an_agency_that_does_not_ask_has_no_clarity(stage: Stage) -> None:
    group, (ani, *_) = await week_of_seven(stage)
    async with stage.database.transaction() as session:
        (await session.get_one(Agency, 1)).asks_focus = False
    await group.news()
    await stage.time("2026-11-30 13:00")
    assert "Fokus" not in (await group.news())[0]
    assert "fokus" not in await ani.reads("Pekan Anda")


@ON_SQLITE
@pytest.mark.parametrize(("people", "figures"), [(4, (None, None)), (5, (5, 10))])
async def test_fewer_than_five_asked_show_nothing(
    stage: Stage, people: int, figures: tuple[int | None, int | None]
) -> None:
    """The unit has seven members all the same. Each was asked twice and chose once."""
    await stage.hire(*TEAM)
    async with stage.database.transaction() as session:
        unit = await office.unit(session, "PER")
        first = (await office.person(session, ANI)).id
        for id_ in [first, *range(first + 1, first + people)]:
            for n in range(2):
                session.add(
                    FocusDay(
                        agency_id=1,
                        employee_id=id_,
                        day=MONDAY + timedelta(days=n),
                        asked_at=NOW,
                        chosen_at=NOW if n else None,
                    )
                )
        await session.flush()
        found = await summaries.unit_week(session, unit, SUNDAY)
    assert (found["clear"], found["clear_of"]) == figures
    assert found["of"] == 7


@ON_SQLITE
async def test_what_one_chose_unasked_does_not_count(stage: Stage) -> None:
    await stage.ani.tells("/fokus")
    await stage.ani.taps(A1)
    async with stage.database.reading() as session:
        ani = await office.person(session, ANI)
        assert await summaries.person_clarity(session, ani, SUNDAY) is None


@ON_SQLITE
async def test_days_of_absence_are_left_out(stage: Stage) -> None:
    id_ = await stage.id_of(ANI)
    await stage.keep(
        *(FocusDay(agency_id=1, employee_id=id_, day=MONDAY + timedelta(days=n), asked_at=NOW) for n in range(5)),
        Absence(
            agency_id=1,
            employee_id=id_,
            kind="training",
            starts_on=MONDAY - timedelta(days=3),
            ends_on=MONDAY + timedelta(days=1),
            noted_at=NOW,
        ),
    )
    async with stage.database.reading() as session:
        found = await summaries.person_clarity(session, await office.person(session, ANI), SUNDAY)
    assert found is not None
    assert (found.clear, found.of) == (0, 3)
