"""Plans for the time that is left: the rule, and how it comes after a long absence or when a supervisor asks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from models import facts
from models.absences import Absence
from models.scoring.reset import planned_for_part
from models.targets import Target
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Stage

D = Decimal
SERVED = "mendukung: Perencanaan daerah yang tepat waktu"
STARTS = f"mulai: 1 Jan 2026 → 24 Nov 2026\n{SERVED}"
PLANS = f"""\
1. Untuk sisa waktu: A1 · Pengelolaan surat masuk dan keluar
jumlah: 1.200 surat → 130 surat
{STARTS}

2. Untuk sisa waktu: A2 · Penyusunan laporan evaluasi program
jumlah: 48 laporan → 5 laporan
{STARTS}

3. Untuk sisa waktu: A3 · Fasilitasi rapat koordinasi perencanaan
jumlah: 24 kegiatan → 2 kegiatan
{STARTS}

4. Untuk sisa waktu: A4 · Penyusunan rencana kerja perangkat daerah
{STARTS}
[✅ Setujui semua (4)]
[✅ Setujui 1] [↩️ Kembalikan 1 …]
[✅ Setujui 2] [↩️ Kembalikan 2 …]
[✅ Setujui 3] [↩️ Kembalikan 3 …]
[✅ Setujui 4] [↩️ Kembalikan 4 …]
[Biarkan seperti semula]"""
RULE = (
    "Berikut rencana untuk sisa waktu; hasil dan nilai mutu dihitung sejak 24 Nov 2026. Rencana lama tetap tersimpan."
)
NOTHING = "✅ Tidak ada usulan target Ani Lestari yang menunggu."
BACK = f"""\
Target Ani Lestari: 4 usulan
Sudah kembali setelah cuti atau sakit sebulan atau lebih. {RULE}

{PLANS}"""


@pytest.mark.parametrize(
    ("planned", "part", "calendar", "milestone", "expected"),
    [
        (D(48), 26, 235, False, D(5)),
        (D(48), 235, 235, False, D(48)),
        (D(2), 1, 235, False, D(1)),
        (D(48), 0, 235, False, None),
        (D("1250.5"), 1, 3, False, D("416.8333")),
        (D("0.0002"), 1, 9, False, D("0.0001")),
        (D(100), 1, 235, True, D(100)),
        (D(100), 0, 235, True, None),
    ],
)
def test_the_rule(planned: D, part: int, calendar: int, milestone: bool, expected: D | None) -> None:
    assert planned_for_part(planned, part=part, calendar=calendar, milestone=milestone) == expected


PLANNED = st.decimals("0.0001", 10**6, places=4) | st.integers(1, 10**6).map(Decimal)


@given(PLANNED, st.integers(1, 400), st.data())
def test_a_part_is_never_nothing_nor_more_than_the_whole(planned: D, calendar: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(1, calendar))
    found = planned_for_part(planned, part=part, calendar=calendar, milestone=False)
    assert found is not None
    assert 0 < found <= planned
    assert planned_for_part(planned, part=calendar, calendar=calendar, milestone=False) == planned
    if planned == planned.to_integral_value():
        assert found == found.to_integral_value()
        assert found == 1 or found * calendar <= planned * part < (found + 1) * calendar
    less = planned_for_part(planned, part=max(part - 1, 1), calendar=calendar, milestone=False)
    assert less is not None
    assert less <= found


async def away(stage: Stage, *spans: tuple[date, date], kind: str = "sick") -> None:
    async with stage.database.transaction() as session:
        ani = await office.person(session, ANI)
        for first, last in spans:
            values = {"agency_id": ani.agency_id, "employee_id": ani.id, "kind": kind, "noted_at": stage.clock()}
            session.add(Absence(starts_on=first, ends_on=last, **values))


async def plans(stage: Stage) -> list[tuple[Decimal, date]]:
    async with stage.database.reading() as session:
        ani = await office.person(session, ANI)
        rows = (await session.exec(select(Target).where(Target.employee_id == ani.id).order_by(col(Target.code)))).all()
        return [(row.planned, row.starts_on) for row in rows]


FORMER = [(D(planned), date(2026, 1, 1)) for planned in (1200, 48, 24, 100)]
FRESH = [(D(planned), date(2026, 11, 24)) for planned in (130, 5, 2, 100)]


async def test_back_after_a_month(stage: Stage) -> None:
    """Two certificates with a weekend between them are one absence."""
    await away(stage, (date(2026, 10, 21), date(2026, 11, 6)), (date(2026, 11, 9), date(2026, 11, 23)))
    await stage.time("2026-11-24 08:00")
    assert await stage.budi.reads("Target") == BACK
    assert await plans(stage) == FORMER
    assert await stage.budi.taps("✅ Setujui semua (4)") == "4 usulan disetujui."
    assert await plans(stage) == FRESH
    assert await stage.ani.sees() == (
        "✅ Budi Santoso menyetujui target Anda:\n"
        "• untuk sisa waktu: A1 · Pengelolaan surat masuk dan keluar – 130 surat, 24 Nov 2026 – 31 Des 2026\n"
        "• untuk sisa waktu: A2 · Penyusunan laporan evaluasi program – 5 laporan, 24 Nov 2026 – 31 Des 2026\n"
        "• untuk sisa waktu: A3 · Fasilitasi rapat koordinasi perencanaan – 2 kegiatan, 24 Nov 2026 – 31 Des 2026\n"
        "• untuk sisa waktu: A4 · Penyusunan rencana kerja perangkat daerah – 100 persen, 24 Nov 2026 – 31 Des 2026\n"
        "[Buka target]"
    )
    await stage.time("2026-11-25 08:00")
    assert [text for text in await stage.budi.hears() if "usulan" in text] == [NOTHING]


@ON_SQLITE
async def test_the_week_before_is_judged_by_the_plan_of_then(stage: Stage) -> None:
    await away(stage, (date(2026, 10, 20), date(2026, 11, 23)))
    await stage.time("2026-11-24 08:00")
    await stage.budi.taps("✅ Setujui semua (4)")
    async with stage.database.reading() as session:
        ani = await office.person(session, ANI)
        for week, expected in ((date(2026, 11, 22), FORMER), (date(2026, 11, 29), FRESH)):
            found = (await facts.of_people(session, [ani], week))[ani.id].values()
            assert [(one.planned, one.starts_on) for one in found] == expected


@ON_SQLITE
async def test_the_supervisor_may_leave_the_plans(stage: Stage) -> None:
    await away(stage, (date(2026, 10, 20), date(2026, 11, 23)))
    await stage.time("2026-11-24 08:00")
    assert await stage.budi.taps("Biarkan seperti semula") == "Rencana tetap seperti semula."
    await stage.time("2026-11-25 08:00")
    assert await plans(stage) == FORMER
    assert [text for text in await stage.budi.hears() if "usulan" in text] == [NOTHING]


@ON_SQLITE
@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        pytest.param(date(2026, 10, 26), date(2026, 11, 23), "sick", id="29 days"),
        pytest.param(date(2026, 10, 1), date(2026, 11, 23), "training", id="training is work"),
        pytest.param(date(2026, 10, 1), date(2026, 11, 24), "sick", id="not back yet"),
        pytest.param(date(2026, 9, 1), date(2026, 11, 6), "sick", id="back for long"),
    ],
)
async def test_nothing_is_set_anew(stage: Stage, first: date, last: date, kind: str) -> None:
    await away(stage, (first, last), kind=kind)
    await stage.time("2026-11-24 08:00")
    assert [text for text in await stage.budi.hears() if "usulan" in text] == []


@ON_SQLITE
async def test_a_supervisor_asks_for_it(stage: Stage) -> None:
    await stage.budi.says("/target")
    await stage.budi.taps("👥 Target tim saya")
    await stage.budi.taps("Ani Lestari")
    await stage.budi.taps("⏳ Sesuaikan untuk sisa waktu")
    assert await stage.budi.sees() == f"Target Ani Lestari: 4 usulan\nSesuai permintaan Anda. {RULE}\n\n{PLANS}"
    assert await stage.budi.taps("⏳ Sesuaikan untuk sisa waktu") == (
        "Tidak ada yang perlu disesuaikan: tidak ada rencana berjalan yang dimulai sebelum hari ini."
    )
    await stage.budi.taps("✅ Setujui 2")
    assert await plans(stage) == [FORMER[0], FRESH[1], *FORMER[2:]]


@ON_SQLITE
async def test_work_of_the_days_before_finds_its_target(stage: Stage) -> None:
    await stage.budi.says("/target")
    await stage.budi.taps("👥 Target tim saya")
    await stage.budi.taps("Ani Lestari")
    await stage.budi.taps("⏳ Sesuaikan untuk sisa waktu")
    await stage.budi.taps("✅ Setujui semua (4)")
    assert "🎯 A1" in await stage.ani.tells("kemarin A1 mengarsipkan 12 surat")
