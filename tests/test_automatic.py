"""Approval by the clock: only where a unit wants it, labelled, reversible, and without any part in the quality."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from handlers.appraisal_pages import evidence_of
from handlers.texts import words
from models import competencies, marks
from models.activities import REMOVED, Activity
from models.agencies import Unit
from models.appraisal_facts import gather
from models.appraisal_periods import Period
from models.scoring.formulas import marked_weeks
from models.scoring.weekly import State, score_target
from models.targets import Competency, Target
from tests import office
from tests.databases import ON_SQLITE
from tests.scoring_facts import FIRST, SECOND, target
from tests.stage import Phone, Stage

BOTH = "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat"
CARD = """\
🕒 Disetujui otomatis karena belum ada yang memutuskan. Tidak ikut dinilai mutunya.

Ani Lestari
1. rapat koordinasi · 2 jam · Sel 24 Nov
2. mengarsipkan 12 surat · Sel 24 Nov"""
KEYS = "[✅ Setujui atas nama saya (2)]\n[↶ Jadikan menunggu lagi (2)]\n[↩️ Kembalikan …]"
NONE_LEFT = "Tidak ada lagi yang disetujui otomatis."


async def automatic(stage: Stage, days: int = 3, said: str = BOTH) -> None:
    """Planning approves by the clock; Ani has reported on Tuesday."""
    async with stage.database.transaction() as session:
        (await session.exec(select(Unit).where(Unit.code == "PER"))).one().auto_approve_days = days
    await stage.ani.says(said)
    await stage.budi.says("rapat pimpinan")


async def card_of(phone: Phone) -> str:
    return await phone.reads("🕒 Disetujui otomatis karena")


async def states(stage: Stage) -> list[tuple[str, bool, int | None]]:
    async with stage.database.reading() as session:
        ani = await office.person(session, office.ANI)
        found = select(Activity).where(Activity.employee_id == ani.id, Activity.status != REMOVED)
        rows = (await session.exec(found.order_by(col(Activity.id)))).all()
        return [(row.status, row.is_automatic, row.reviewer_id) for row in rows]


async def test_labelled_everywhere_and_told_to_both(stage: Stage) -> None:
    await automatic(stage)
    await stage.time("2026-11-27 20:00")
    assert await states(stage) == [("waiting", False, None)] * 2
    await stage.time("2026-11-30 07:00")
    assert await states(stage) == [("approved", True, None)] * 2
    assert "2 jam · ✅ disetujui otomatis" in await stage.ani.reads("Laporan Selasa")
    await stage.minutes(10)
    assert "✅ 2 kegiatan (Sel 24 Nov) disetujui otomatis karena belum ada yang memutuskan." in await stage.ani.hears()
    await stage.time("2026-11-30 17:00")
    assert await card_of(stage.budi) == f"{CARD}\n{KEYS}"
    await stage.time("2026-12-01 17:00")
    assert len([text for text in await stage.budi.hears() if text.startswith("🕒")]) == 1
    await stage.ani.says("/riwayat")
    assert "✅ disetujui otomatis" in await stage.ani.sees()


@ON_SQLITE
async def test_off_by_default_and_counted_in_workdays(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.time("2026-12-23 17:00")
    assert await states(stage) == [("waiting", False, None)] * 2


@ON_SQLITE
async def test_an_edit_begins_the_days_anew(stage: Stage) -> None:
    message = await _says(stage, "A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-27 09:00")
    await stage.ani.edits(message, "A3 rapat koordinasi 3 jam")
    await stage.time("2026-12-02 17:00")
    assert await states(stage) == [("waiting", False, None)]
    await stage.time("2026-12-03 17:00")
    assert await states(stage) == [("approved", True, None)]


async def _says(stage: Stage, text: str) -> int:
    await automatic(stage, said="A3 monitoring")
    await stage.ani.taps("Batalkan")
    return await stage.ani.says(text)


@ON_SQLITE
async def test_taken_over_in_ones_own_name(stage: Stage) -> None:
    await automatic(stage)
    await stage.time("2026-11-30 17:00")
    assert await stage.budi.taps("✅ Setujui atas nama saya (2)") == "2 kegiatan disetujui atas nama Anda."
    assert await states(stage) == [("approved", False, await stage.id_of(office.BUDI))] * 2
    assert NONE_LEFT in await stage.budi.hears()
    await stage.minutes(10)
    assert "✅ Budi Santoso menyetujui 2 kegiatan (Sel 24 Nov)." in await stage.ani.hears()


@ON_SQLITE
async def test_it_waits_again_and_the_clock_begins_anew(stage: Stage) -> None:
    await automatic(stage)
    await stage.time("2026-11-30 17:00")
    old = await stage.budi.finds("🕒")
    assert await stage.budi.taps("↶ Jadikan menunggu lagi (2)") == "2 kegiatan menunggu lagi."
    assert await stage.budi.taps("✅ Setujui atas nama saya (2)", on=old) == (
        "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
    )
    await stage.time("2026-12-03 17:00")
    assert await states(stage) == [("waiting", False, None)] * 2
    await stage.budi.taps("✅ Setujui semua (2)")
    await stage.budi.taps("↶ Urungkan (2) s.d. 17.10")
    await stage.time("2026-12-04 17:00")
    assert await states(stage) == [("waiting", False, None)] * 2
    await stage.time("2026-12-09 17:00")
    assert await states(stage) == [("approved", True, None)] * 2


@ON_SQLITE
async def test_returned_from_the_daily_card_while_the_month_is_open(stage: Stage) -> None:
    await automatic(stage)
    await stage.time("2026-12-03 17:00")
    await stage.ani.says("A1 mengarsipkan 4 surat")
    await stage.time("2026-12-04 17:00")
    await stage.budi.taps("🕒 Disetujui otomatis (2)")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps("2")
    asked = await stage.budi.last()
    await stage.budi.says("Surat apa saja?", reply_to=asked["message_id"])
    assert (await stage.ani.sees()).startswith("↩️ Budi Santoso mengembalikan “mengarsipkan 12 surat”")
    assert [status for status, _, _ in await states(stage)] == ["approved", "returned", "waiting"]
    card = await stage.budi.finds("🕒")
    stage.clock.set("2026-12-07 09:00")
    assert await stage.budi.taps("✅ Setujui atas nama saya (1)", on=card) == (
        "Bulan itu sudah ditutup. Persetujuannya tetap berlaku."
    )


@ON_SQLITE
async def test_no_part_in_the_quality_round(stage: Stage) -> None:
    """What the clock approved is not marked; what a person approved of the same target is, without it."""
    await automatic(stage, days=1, said="1. A1 mengarsipkan 12 surat\n2. A2 menyusun 2 laporan")
    await stage.time("2026-11-26 17:00")
    await stage.ani.says("A1 mengarsipkan 5 surat")
    await stage.time("2026-11-26 17:01")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.time("2026-11-27 17:01")
    page = await stage.budi.reads("Mutu hasil kerja pekan ini")
    assert "Hasil yang disetujui: 5 surat\n• mengarsipkan 5 surat" in page
    assert "Tidak termasuk: 1 kegiatan yang disetujui otomatis" in page
    assert "A2" not in page


@ON_SQLITE
async def test_no_part_in_competencies_nor_in_the_mean_of_an_appraisal(stage: Stage) -> None:
    """Even where a mark stands from before: the words it was given for are others now."""
    await automatic(stage, days=1, said="A1 mengarsipkan 12 surat")
    await stage.time("2026-11-26 07:00")
    async with stage.database.transaction() as session:
        ani, budi = await office.person(session, office.ANI), await office.person(session, office.BUDI)
        letters = (await session.exec(select(Target).where(Target.code == "A1"))).one()
        session.add(Competency(agency_id=1, target_id=letters.id, name="Ketelitian"))
        week = date(2026, 11, 29)
        about = {"target_id": letters.id, "week": week, "value": 85, "now": stage.clock()}
        await marks.give(session, budi, ani, **about)
    async with stage.database.reading() as session:
        ani = await office.person(session, office.ANI)
        assert [(one.weeks, one.mean) for one in await competencies.of_person(session, ani.id)] == [(0, None)]
        period = Period(date(2026, 11, 1), date(2026, 11, 30))
        goals = {goal.code: goal for goal in (await gather(session, ani, period, "permenpanrb6")).goals}
    letters_goal = goals["A1"]
    assert (letters_goal.realised, letters_goal.by_clock, letters_goal.quality, letters_goal.marks) == (12, 1, None, ())
    lines = [str(line) for line in evidence_of(words("id"), letters_goal)]
    assert "1 kegiatan di antaranya disetujui otomatis; nilai mutu tidak didasarkan padanya." in lines


def test_it_weighs_nothing_and_alone_it_bears_no_mark() -> None:
    outputs = [(FIRST, Decimal(10)), (FIRST, Decimal(30)), (SECOND, Decimal(10))]
    known = dataclasses.replace(target(planned="200", marks={FIRST: 100, SECOND: 40}), outputs=outputs)
    assert score_target(known, SECOND).quality == Decimal(88)
    half = dataclasses.replace(known, by_clock=outputs[1:2])
    assert score_target(half, SECOND).quality == Decimal(70)
    alone = dataclasses.replace(known, by_clock=outputs[:2])
    assert score_target(alone, SECOND).quality == Decimal(40)
    every = score_target(dataclasses.replace(known, by_clock=outputs), SECOND)
    assert (every.state, every.quality, every.realised) == (State.UNMARKED, None, Decimal(50))
    assert "by_clock" in [line.key for line in every.lines]


@given(st.lists(st.tuples(st.integers(0, 13), st.integers(0, 50), st.booleans()), max_size=12))
def test_a_mark_weighs_what_a_person_approved(said: list[tuple[int, int, bool]]) -> None:
    start = SECOND - timedelta(days=13)
    rows = [(start + timedelta(days=day), Decimal(output), unseen) for day, output, unseen in said]
    seen = dataclasses.replace(
        target(marks={FIRST: 90, SECOND: 60}), outputs=[(day, output) for day, output, unseen in rows if not unseen]
    )
    both = dataclasses.replace(
        seen,
        outputs=[(day, output) for day, output, _ in rows],
        by_clock=[(day, output) for day, output, unseen in rows if unseen],
    )
    weighed = {one.ending: one.output for one in marked_weeks(seen, SECOND)}
    for one in marked_weeks(both, SECOND):
        assert one.output == weighed[one.ending]
