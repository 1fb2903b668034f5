"""What people wrote goes after the months for which their agency keeps it; figures and audit stay."""

from datetime import datetime

import pytest
from sqlmodel import select

from models import audit, mentions
from models.activities import Activity
from models.agencies import Agency, Unit
from models.audit import AuditEntry
from models.employees import Employee
from models.evidence import Evidence
from models.obstacles import Obstacle
from models.retention import first_kept
from models.suggestions import Suggestion
from scheduler import upkeep
from tests.authority.cast import FOREIGN, second_agency
from tests.databases import ON_SQLITE
from tests.stage import WIB, Stage
from tests.test_erasure import WORD, figures, live

STAYS = {"appraisal_decision", "appraisal_entry", "competency", "target"}
"""Documents of the agency."""
NOT_YET = {"inbox", "outbox"}
"""The post forgets by itself, after a week."""


async def night(stage: Stage, text: str) -> int:
    """What the sweep does at this time in Jakarta."""
    async with stage.database.transaction() as session:
        return await upkeep.forget_what_is_old(session, datetime.fromisoformat(text).replace(tzinfo=WIB))


async def where(stage: Stage) -> set[str]:
    async with stage.database.reading() as session:
        return (await mentions.count(session, WORD)).keys() - NOT_YET


async def keep(stage: Stage, **months: int | None) -> None:
    async with stage.database.transaction() as session:
        agency = await session.get_one(Agency, 1)
        for name, value in months.items():
            setattr(agency, name, value)


async def test_words_and_files_go_when_their_months_are_over(stage: Stage) -> None:
    await live(stage)
    async with stage.database.transaction() as session:
        other = await second_agency(session, now=stage.clock())
        (await session.exec(select(Unit).where(Unit.agency_id == other.id))).one().code = "X"
        person = (await session.exec(select(Employee).where(Employee.agency_id == other.id))).first()
        assert person is not None
        about = {"agency_id": other.id, "employee_id": person.id}
        session.add(Suggestion(**about, text=FOREIGN, made_at=stage.clock()))
    before, week = await where(stage), await figures(stage)
    assert {"activity", "reply", "obstacle", "feedback", "suggestion", "focus_day", "absence"} <= before
    assert {"qualitymark", "milestone_step", "month_opening"} <= before
    assert await night(stage, "2036-03-01 02:00") == 0, "an agency that has said nothing keeps everything"
    await keep(stage, keep_words_months=15)
    for early in ("2028-02-29 02:00", "2028-03-01 00:59", "2028-03-01 05:00"):
        await night(stage, early)
    assert "reply" in await where(stage), "not yet, or not at this hour"
    assert await night(stage, "2028-03-01 01:00") > 5
    assert await where(stage) == STAYS & before
    assert await figures(stage) == week
    assert await night(stage, "2028-03-01 02:00") == 0
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
        noted = (await session.exec(select(AuditEntry).where(AuditEntry.act == "words_forgotten"))).all()
        assert noted[-1].details["months"] == {"words": 15, "files": None}
        assert {one.status for one in (await session.exec(select(Obstacle))).all()} == {"closed"}
        assert [one.text for one in (await session.exec(select(Suggestion))).all()] == [FOREIGN]
        kept = (await session.exec(select(Evidence))).all()
        assert [one.activity_id is not None for one in kept] == [True]
    await keep(stage, keep_files_months=24)
    assert await night(stage, "2028-11-30 02:00") == 0
    assert await night(stage, "2028-12-01 02:00") == 1
    async with stage.database.reading() as session:
        assert (await session.exec(select(Evidence))).all() == []
        assert len((await session.exec(select(Activity))).all()) == 3


@ON_SQLITE
async def test_it_goes_on_in_portions_through_the_night(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.retention.AT_ONCE", 2)
    for n in range(5):
        await stage.ani.says(f"A1 mengarsipkan {n + 2} surat {WORD}")
    await keep(stage, keep_words_months=15)
    done = [await night(stage, f"2028-03-01 01:0{n}") for n in range(5)]
    assert done == [4, 4, 2, 0, 0]
    assert await where(stage) == set()


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [("2028-03-01", 15, "2026-12-01"), ("2028-02-29", 15, "2026-11-01"), ("2028-12-31", 24, "2026-12-01")],
)
def test_months_go_as_a_whole(today: str, months: int, first: str) -> None:
    assert str(first_kept(datetime.fromisoformat(today).date(), months)) == first
