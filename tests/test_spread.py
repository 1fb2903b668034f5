"""A round of ten people in twenty taps, and how one's own marks are spread afterwards: seen by nobody else."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from models.employees import Employee
from models.marks import QualityMark
from models.scoring.spread import BANDS, Compared, Spread, Trend, band_of, compare, spread
from models.targets import Target
from tests.databases import ON_SQLITE
from tests.office import BUDI
from tests.stage import Phone, Stage

FRIDAY = "2026-11-27"
SUNDAY = date(2026, 11, 29)
NAMES = ("Dodi", "Eka", "Fajar", "Gita", "Hadi", "Intan", "Joko", "Kiki", "Lina")
GOOD, BEST = "1–2 kesalahan kecil", "Tanpa salah, melebihi standar"


async def round_begins(stage: Stage, *, colleagues: int, targets: int = 1) -> None:
    """Ani and so many colleagues have approved results of `targets` targets each; Budi's card is there."""
    team = [stage.ani, *await stage.hire(*NAMES[:colleagues])]
    if targets == 2:
        await _second_targets(stage)
    stage.clock.set(f"{FRIDAY} 15:00")
    for phone in team:
        await phone.says("\n".join(["A1 mengarsipkan 12 surat", "A2 menyusun 2 laporan evaluasi"][:targets]))
    await stage.budi.says("rapat pimpinan")
    await stage.time(f"{FRIDAY} 17:00")
    await stage.budi.taps(f"✅ Setujui semua ({len(team) * targets})")
    await stage.time(f"{FRIDAY} 17:15")
    await stage.budi.news()


async def _second_targets(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        hired = select(Employee).where(Employee.superior_id == await stage.id_of(BUDI), Employee.position == "")
        for person in (await session.exec(hired)).all():
            session.add(
                Target(
                    agency_id=person.agency_id,
                    code="A2",
                    employee_id=person.id,
                    title="Penyusunan laporan evaluasi program",
                    planned=Decimal(48),
                    measure="laporan",
                    starts_on=date(2026, 1, 1),
                    ends_on=date(2026, 12, 31),
                )
            )


async def marked_before(stage: Stage, weeks: Sequence[Sequence[int]]) -> None:
    """What Budi gave in the weeks before, the oldest first; targets that need not be in this week's round."""
    async with stage.database.transaction() as session:
        ani = (await session.exec(select(Target).where(Target.code == "A1"))).first()
        assert ani is not None
        for n, marks in enumerate(reversed(weeks), 1):
            for m, mark in enumerate(marks):
                other = Target(**{**ani.model_dump(exclude={"id"}), "code": f"X{n}.{m}"})
                session.add(other)
                await session.flush()
                session.add(
                    QualityMark(
                        agency_id=ani.agency_id,
                        employee_id=ani.employee_id or 0,
                        target_id=other.id,
                        week_ends_on=SUNDAY - timedelta(weeks=n),
                        mark=mark,
                        reviewer_id=await stage.id_of(BUDI),
                        marked_at=stage.clock(),
                    )
                )


@ON_SQLITE
async def test_ten_people_with_two_targets_each_take_twenty_taps(stage: Stage) -> None:
    await round_begins(stage, colleagues=9, targets=2)
    taps = 0
    while "Semua sudah dinilai" not in await stage.budi.reads("Mutu"):
        person = taps // 2 + 1
        assert (await stage.budi.reads("Mutu")).startswith(
            f"Mutu hasil kerja pekan ini ({person}/10)\n{taps} dari 20 hasil dinilai.\n"
        )
        await stage.budi.taps(BEST if taps % 5 == 0 else GOOD)
        taps += 1
    assert taps == 20
    assert await stage.budi.news() == [
        "Nilai mutu yang Anda berikan, Sen 23 Nov – Min 29 Nov\n"
        "20 hasil dinilai: terendah 85, tertinggi 100, nilai tengah 85.\n"
        "• Tanpa salah, melebihi standar: 4\n"
        "• 1–2 kesalahan kecil: 16\n"
        "[Lihat lagi penilaian saya]"
    ]


@ON_SQLITE
async def test_one_mark_for_all_is_said_to_the_supervisor_alone(stage: Stage) -> None:
    group = Phone(stage, BUDI, await stage.units_group())
    await round_begins(stage, colleagues=2)
    await group.news()
    for _ in range(3):
        await stage.budi.taps(GOOD)
    assert await stage.budi.news() == [
        "Nilai mutu yang Anda berikan, Sen 23 Nov – Min 29 Nov\n"
        "3 hasil dinilai, semuanya 85.\n\n"
        "Nilai yang sama untuk semua tidak memberi tahu siapa pun apa yang perlu diperbaiki.\n"
        "Lihat lagi yang terbaik dan yang terlemah?\n"
        "[Lihat lagi penilaian saya]"
    ]
    assert await group.news() == []
    heard = [text for phone in (stage.ani, stage.citra, stage.sari) for text in await phone.hears()]
    assert not [text for text in heard if "Nilai mutu yang Anda berikan" in text]
    await stage.budi.taps("Lihat lagi penilaian saya")
    assert (await stage.budi.sees()).startswith("Mutu hasil kerja pekan ini (1/3)\n3 dari 3 hasil dinilai.\nAni Les")
    await stage.budi.taps(BEST)
    assert await stage.budi.reads("Nilai mutu") == (
        "Nilai mutu yang Anda berikan, Sen 23 Nov – Min 29 Nov\n"
        "3 hasil dinilai: terendah 85, tertinggi 100, nilai tengah 85.\n"
        "• Tanpa salah, melebihi standar: 1\n"
        "• 1–2 kesalahan kecil: 2\n"
        "[Lihat lagi penilaian saya]"
    )


async def test_at_closing_what_is_not_marked_is_named_and_the_spread_comes_once(stage: Stage) -> None:
    await round_begins(stage, colleagues=4)
    await marked_before(stage, [[70, 70, 70], [60, 90]])
    for words in (GOOD, "Tidak ada hasil yang layak dinilai", BEST, GOOD):
        await stage.budi.taps(words)
    assert await stage.budi.news() == []
    await stage.time("2026-11-30 12:00")
    spread_ = (
        "Nilai mutu yang Anda berikan, Sen 23 Nov – Min 29 Nov\n"
        "3 hasil dinilai: terendah 85, tertinggi 100, nilai tengah 85.\n"
        "• Tanpa salah, melebihi standar: 1\n"
        "• 1–2 kesalahan kecil: 2\n"
        "• Tidak ada hasil yang layak dinilai: 1\n"
        "Belum dinilai: 1\n\n"
        "Lebih tinggi daripada penilaian Anda pekan-pekan sebelumnya (nilai tengah 70 dari 5 hasil)."
    )
    assert await stage.budi.news() == [spread_]
    await stage.time("2026-11-30 12:01")
    assert await stage.budi.news() == []


@ON_SQLITE
async def test_after_closing_the_button_opens_nothing(stage: Stage) -> None:
    await round_begins(stage, colleagues=2)
    for _ in range(3):
        await stage.budi.taps(GOOD)
    stage.clock.set("2026-11-30 12:00")
    assert await stage.budi.taps("Lihat lagi penilaian saya") == (
        "Penilaian pekan ini sudah ditutup. Tidak ada yang berubah."
    )
    assert await stage.budi.reads("Nilai mutu") == (
        "Nilai mutu yang Anda berikan, Sen 23 Nov – Min 29 Nov\n"
        "3 hasil dinilai, semuanya 85.\n\n"
        "Nilai yang sama untuk semua tidak memberi tahu siapa pun apa yang perlu diperbaiki.\n"
        "Pekan depan, bandingkan dulu yang terbaik dan yang terlemah sebelum menilai."
    )


@ON_SQLITE
async def test_two_marks_have_no_spread(stage: Stage) -> None:
    await round_begins(stage, colleagues=1)
    for _ in range(2):
        await stage.budi.taps(GOOD)
    await stage.time("2026-11-30 12:00")
    assert not [text for text in await stage.budi.hears() if text.startswith("Nilai mutu")]


@ON_SQLITE
async def test_a_round_without_marks_says_nothing(stage: Stage) -> None:
    await round_begins(stage, colleagues=3)
    await stage.time("2026-11-30 12:00")
    assert await stage.budi.news() == []


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], None),
        ([85, 85], None),
        ([85, 85, 85], Spread(3, 85, Decimal(85), 85, (0, 3, 0, 0, 0))),
        ([100, 40, 70, 55], Spread(4, 40, Decimal("62.5"), 100, (1, 0, 1, 1, 1))),
        ([91, 90, 76, 75, 61, 60, 51, 50, 0], Spread(9, 0, Decimal(61), 91, (1, 2, 2, 2, 2))),
    ],
)
def test_spread(marks: list[int], expected: Spread | None) -> None:
    assert spread(marks) == expected


SAME = spread([85, 85, 85])


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], None),
        ([[85], [85]], None),
        ([[85, 85, 85]], Compared(3, Decimal(85), Trend.ALIKE, 2)),
        ([[70, 70, 90], [85, 85, 85], [85, 85, 85]], Compared(9, Decimal(85), Trend.ALIKE, 3)),
        ([[85, 85, 85], [70, 70, 90]], Compared(6, Decimal(85), Trend.ALIKE, 1)),
        ([[85, 85, 85], []], Compared(3, Decimal(85), Trend.ALIKE, 1)),
        ([[80, 80, 80]], Compared(3, Decimal(80), Trend.HIGHER, 2)),
        ([[81, 81, 81]], Compared(3, Decimal(81), Trend.ALIKE, 2)),
        ([[90, 100, 90]], Compared(3, Decimal(90), Trend.LOWER, 1)),
    ],
)
def test_compared_with_ones_own_weeks(earlier: list[list[int]], expected: Compared | None) -> None:
    assert SAME is not None
    assert compare(SAME, earlier) == expected


@given(st.lists(st.integers(0, 100), min_size=3))
def test_every_mark_stands_on_one_step(marks: list[int]) -> None:
    found = spread(marks)
    assert found is not None
    assert sum(found.bands) == found.count == len(marks)
    assert found.lowest <= found.median <= found.highest
    assert all(mark >= BANDS[band_of(mark)] for mark in marks)
