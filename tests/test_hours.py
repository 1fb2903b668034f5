"""Which times of day hold on a date; and that people are asked by them."""

from datetime import date, time

import pytest

from models.agencies import Unit
from models.work_hours import Times, WorkHours, times_on
from tests.databases import ON_SQLITE
from tests.stage import Stage

UNIT = Unit(id=7, agency_id=1, code="U", name="U")
OWN = Times(UNIT.focus_at, UNIT.report_at, UNIT.remind_at, UNIT.nudge_at, UNIT.summary_at)


def hours(first: int, last: int, unit_id: int | None = None, id_: int = 1, **at: time) -> WorkHours:
    return WorkHours(
        id=id_,
        agency_id=1,
        unit_id=unit_id,
        name="Ramadan",
        starts_on=date(2026, 2, first),
        ends_on=date(2026, 2, last),
        **at,
    )


ALL = hours(10, 20, report_at=time(14), remind_at=time(15))
OURS = hours(12, 18, 7, report_at=time(13))
OTHERS = hours(1, 28, 8, report_at=time(9))
LATER = hours(15, 16, None, 2, report_at=time(12), focus_at=time(9))


@pytest.mark.parametrize(
    ("day", "in_force", "expected"),
    [
        (9, [ALL], {}),
        (10, [ALL], {"report_at": time(14), "remind_at": time(15)}),
        (20, [ALL], {"report_at": time(14), "remind_at": time(15)}),
        (21, [ALL], {}),
        (12, [ALL, OURS], {"report_at": time(13), "remind_at": time(15)}),
        (12, [OURS, ALL], {"report_at": time(13), "remind_at": time(15)}),
        (12, [OTHERS], {}),
        (15, [ALL, LATER], {"report_at": time(12), "remind_at": time(15), "focus_at": time(9)}),
        (15, [LATER, OURS, ALL], {"report_at": time(13), "remind_at": time(15), "focus_at": time(9)}),
    ],
)
def test_the_narrower_wins_then_the_later(day: int, in_force: list[WorkHours], expected: dict[str, time]) -> None:
    found = times_on(UNIT, in_force, date(2026, 2, day))
    assert {name: getattr(found, name) for name in expected} == expected
    rest = [name for name in ("focus_at", "report_at", "remind_at", "nudge_at", "summary_at") if name not in expected]
    assert all(getattr(found, name) == getattr(OWN, name) for name in rest)


async def test_people_are_asked_by_the_hours_in_force(stage: Stage) -> None:
    week = {"starts_on": date(2026, 11, 25), "ends_on": date(2026, 11, 25)}
    await stage.keep(WorkHours(agency_id=1, name="Ramadan", report_at=time(14, 0), remind_at=time(15, 0), **week))
    await stage.ani.news()
    await stage.time("2026-11-25 13:59")
    assert [text for text in await stage.ani.news() if "mengerjakan apa saja?" in text] == []
    await stage.time("2026-11-25 14:00")
    assert [text for text in await stage.ani.news() if "mengerjakan apa saja?" in text] == [
        "Selamat siang, Ani. Hari ini mengerjakan apa saja?"
    ]
    await stage.time("2026-11-25 15:00")
    assert [text for text in await stage.ani.news() if text.startswith("Satu baris pendek cukup")]
    await stage.time("2026-11-26 14:30")
    assert [text for text in await stage.ani.news() if "Hari ini mengerjakan apa saja?" in text] == []


@ON_SQLITE
async def test_a_week_later_the_summary_comes_by_the_hours_in_force(stage: Stage) -> None:
    monday = {"starts_on": date(2026, 11, 30), "ends_on": date(2026, 11, 30)}
    chat = await stage.units_group()
    group = stage.ani.in_chat(chat)
    await stage.keep(WorkHours(agency_id=1, unit_id=2, name="Upacara", summary_at=time(15, 0), **monday))
    await stage.ani.says("A1 mengarsipkan 10 surat")
    await group.news()
    await stage.time("2026-11-30 14:00")
    assert [text for text in await group.news() if "pekan" in text.lower()] == []
    await stage.time("2026-11-30 15:00")
    assert [text for text in await group.news() if "pekan" in text.lower()]
