"""`erase NIP`: no trace of the person in the database's files; the unit's figures and the audit stay."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import select
from typer.testing import CliRunner

from bot.cli import app
from models import agencies, audit, mentions, summaries
from models.absences import Absence
from models.activities import Activity
from models.appraisals import Appraisal, AppraisalDecision, AppraisalEntry
from models.coaching import Feedback
from models.employees import Employee
from models.focus import FocusDay
from models.marks import QualityMark
from models.milestones import MilestoneStep
from models.openings import MonthOpening
from models.targets import Competency, Target
from models.uploads import Upload
from tests import office
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.office import ANI, BUDI, CITRA, NIPS
from tests.stage import Stage, picture

SUNDAY = date(2026, 11, 29)
WORD = "zamrud"
"""Stands in everything that Ani writes and that is written about her."""
TRACES = ("Ani Lestari", NIPS[ANI], WORD, "Perencana Ahli Pertama")
OFFICE = ("Bidang Perencanaan", "Budi Santoso")


async def harian(stage: Stage, *arguments: str, typed: str = "") -> tuple[int, str]:
    address = stage.database.url.replace("+aiosqlite", "").replace("+psycopg", "")
    ended = await asyncio.to_thread(CliRunner().invoke, app, arguments, input=typed, env={"DATABASE_URL": address})
    return ended.exit_code, ended.output


async def live(stage: Stage) -> None:
    """A day of Ani's: report, evidence, obstacle, plan, absence, what others look up; and what is kept of her."""
    await stage.change(CITRA, role="admin")
    await stage.ani.says(f"A3 rapat koordinasi {WORD} 2 jam. Kendala: jaringan {WORD} putus. Besok menyusun {WORD}")
    await stage.ani.shows(picture("green"), caption=f"A1 mengarsipkan 12 surat {WORD}")
    await stage.ani.says(f"/saran kursi {WORD}")
    await stage.ani.says("cuti Kamis")
    await stage.ani.taps("Ya, catat")
    await stage.citra.says(f"/admin {NIPS[ANI]}")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.ani.says(f"A2 menelaah berkas {WORD}")
    async with stage.database.transaction() as session:
        ani, budi = await office.person(session, ANI), await office.person(session, BUDI)
        target = (await session.exec(select(Target).where(Target.employee_id == ani.id))).first()
        assert target is not None
        mine: dict[str, Any] = {"agency_id": ani.agency_id, "employee_id": ani.id}
        now, day = stage.clock(), date(2026, 11, 20)
        target.title, target.indicator = f"Telaah {WORD}", WORD
        appraisal = Appraisal(**mine, scheme="pp46", starts_on=day, ends_on=day)
        session.add_all([appraisal, Feedback(**mine, author_id=budi.id, text=WORD, given_at=now)])
        await session.flush()
        dossier = {"feedback": [{"by": "Ani Lestari", "text": "baik"}]}
        other = Appraisal(agency_id=1, employee_id=budi.id, scheme="pp46", starts_on=day, ends_on=day)
        session.add(other)
        await session.flush()
        by: dict[str, Any] = {"agency_id": 1, "reviewer_id": budi.id, "target_id": target.id}
        entry: dict[str, Any] = {"entered_by_id": budi.id, "entered_at": now, "appraisal_id": appraisal.id}
        decided: dict[str, Any] = {"number": 1, "appraiser_id": budi.id, "decided_at": now, "agency_id": 1}
        sent: dict[str, Any] = {"chat_id": BUDI, "message_id": 9, "name": "x", "reference": "r", "sent_at": now}
        marked: dict[str, Any] = {"employee_id": ani.id, "week_ends_on": SUNDAY, "marked_at": now}
        rows = [
            QualityMark(**by, **marked, mark=80, remark=WORD),
            MilestoneStep(**by, reached_on=day, percent=40, evidence=WORD, set_at=now),
            AppraisalEntry(agency_id=1, **entry, about=WORD, remark=WORD),
            AppraisalDecision(**decided, appraisal_id=appraisal.id, dossier={"x": WORD}, objection=WORD),
            AppraisalDecision(**decided, appraisal_id=other.id, dossier=dossier),
            Competency(agency_id=1, target_id=target.id, name=WORD),
            MonthOpening(**mine, month=day, until=day, reason=WORD, opened_by_id=budi.id, opened_at=now),
            Absence(**mine, kind="sick", starts_on=day, ends_on=day, noted_at=now, reason=WORD),
            FocusDay(**mine, day=day, plan=WORD),
            Upload(agency_id=1, **sent, employee_id=budi.id, rows={"pegawai": [NIPS[ANI]]}),
        ]
        session.add_all(rows)


async def found(stage: Stage) -> dict[str, int]:
    async with stage.database.reading() as session:
        return await mentions.count(session, *TRACES)


async def figures(stage: Stage) -> dict[str, Any]:
    """Of the unit's week, for those who look at it then: what nobody had approved is no work any more."""
    async with stage.database.reading() as session:
        unit = await office.unit(session, "PER")
        week = await summaries.unit_week(session, unit, SUNDAY)
        rows = (await session.exec(select(Activity).where(Activity.status == "approved"))).all()
        return {**week, "approved": sorted((row.worked_on, row.target_id, row.output) for row in rows)}


@ON_SQLITE
async def test_no_trace_is_left_and_the_figures_stay(stage: Stage, database_url: str) -> None:
    await live(stage)
    before = await found(stage)
    assert {"reply", "activity", "inbox", "outbox", "obstacle", "focus_day", "target", "employee"} <= before.keys()
    assert {"appraisal_decision", "milestone_step", "competency", "month_opening", "upload"} <= before.keys()
    week = await figures(stage)
    assert await harian(stage, "erase", NIPS[ANI], typed="1\n") != 0
    assert await found(stage) == before, "asked first"
    assert (await harian(stage, "erase", NIPS[BUDI], "--yes")) == (
        1,
        f"First give another superior, by import or /admin, to: Ani Lestari ({NIPS[ANI]}).\n",
    )
    code, said = await harian(stage, "erase", NIPS[ANI], typed=f"{NIPS[ANI]}\n")
    assert (code, said.splitlines()[0]) == (0, f"Ani Lestari, NIP {NIPS[ANI]}, Bidang Perencanaan")
    assert said.endswith("Erased.\n")
    assert await found(stage) == {}
    path = Path(database_url.removeprefix("sqlite:///"))
    files = [one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name)]
    for text in TRACES:
        assert not [None for content in files if text.encode() in content or text.encode("utf-16-le") in content], text
    assert all(any(text.encode() in content for content in files) for text in OFFICE), "it is the right file"
    assert await figures(stage) == week
    async with stage.database.reading() as session:
        assert (await audit.verify(session, 1)).fault is None
        absences = (await session.exec(select(Absence))).all()
        assert [(one.kind, one.reason) for one in absences] == [("leave", None)]
    await stage.time("2026-11-24 18:00")
    await stage.budi.says("/tim")
    assert "Ani" not in await stage.budi.sees()
    await stage.time("2026-11-30 13:00")
    assert (await stage.ani.tells("A3 rapat")).startswith("Saya Harian, asisten laporan kerja harian. Untuk bergabung")
    assert (await harian(stage, "erase", NIPS[ANI], "--yes"))[0] == 1


@ON_POSTGRESQL
async def test_on_postgresql_the_rows_are_gone_too(stage: Stage) -> None:
    await live(stage)
    week = await figures(stage)
    assert (await harian(stage, "erase", NIPS[ANI], "--yes"))[0] == 0
    assert await found(stage) == {}
    assert await figures(stage) == week


@ON_SQLITE
async def test_what_others_wrote_is_theirs_and_counted(stage: Stage) -> None:
    """Also of somebody who never joined; and a name that is part of another one stays in that one."""
    async with stage.database.transaction() as session:
        ani = await office.person(session, ANI)
        ani.telegram_id = None
        named = Employee(
            agency_id=1, nip="7", name="Ani Lestari Dewi", unit_id=ani.unit_id, superior_id=ani.superior_id
        )
        session.add(named)
    await stage.budi.says("Rapat dengan Ani Lestari 1 jam")
    code, said = await harian(stage, "erase", NIPS[ANI], "--yes")
    assert code == 0
    assert "in their own words: activity, 1 rows" in said
    assert "in their own words: reply, 1 rows" in said
    async with stage.database.reading() as session:
        agency = await agencies.by_code(session, "BAPENDA")
        assert agency is not None
        assert (await session.get_one(Employee, named.id)).name == "Ani Lestari Dewi"
