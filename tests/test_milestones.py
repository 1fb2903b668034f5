"""Milestones: the supervisor says how far a result has come, with a sentence of evidence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from models import milestones, results, summaries
from models.activities import Activity
from models.employees import Deputy, Employee
from models.milestones import MilestoneStep, Reached, merged, newest
from models.scoring.weekly import State
from models.targets import WITHDRAWN, Target
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Stage

D = Decimal
A4 = "A4 · Penyusunan rencana kerja perangkat daerah"
KEYS = "[0 %] [10 %] [25 %] [50 %]\n[75 %] [90 %] [100 %]"
ASKS = "Sudah sampai berapa persen? Ketuk, atau balas dengan angkanya. Setelah itu saya tanyakan buktinya."
EVIDENCE = "draf RKPD dibahas <di forum>"
THIN = (
    "Mohon satu kalimat, bukan satu kata: apa yang menunjukkan capaian itu? Balas sekali lagi pesan yang menanyakannya."
)
SUNDAY = date(2026, 11, 29)


async def moves(stage: Stage, percent: str, evidence: str) -> str:
    """Budi sets Ani's milestone; what he is told."""
    await stage.budi.tells("/tonggak")
    await stage.budi.taps(percent)
    return await stage.budi.tells(evidence, reply_to=(await stage.budi.last())["message_id"])


async def steps(stage: Stage) -> list[tuple[int, str]]:
    async with stage.database.reading() as session:
        rows = (await session.exec(select(MilestoneStep).order_by("id"))).all()
        return [(row.percent, row.evidence) for row in rows]


async def change_a4(stage: Stage, **values: object) -> None:
    async with stage.database.transaction() as session:
        target = (await session.exec(select(Target).where(Target.code == "A4"))).one()
        for name, value in values.items():
            setattr(target, name, value)


def milestone(holder: Employee, code: str) -> Target:
    return Target(
        agency_id=holder.agency_id,
        employee_id=holder.id,
        code=code,
        title=f"Naskah <akademik> {code}",
        planned=D(100),
        measure="persen",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )


async def test_budi_sets_how_far_it_is_and_ani_hears_at_once(stage: Stage) -> None:
    assert await stage.budi.tells("/tonggak") == f"🏁 Ani Lestari – {A4}\nSekarang: 0 %\n\n{ASKS}\n{KEYS}"
    await stage.budi.taps("50 %")
    assert await stage.budi.sees() == (
        f"Ani Lestari – {A4}: 50 %. Apa buktinya? Balas pesan ini dengan satu kalimat, "
        "misalnya: draf sudah dibahas di forum perangkat daerah."
    )
    question = await stage.budi.last()
    assert question["reply_markup"]["force_reply"]
    await stage.ani.news()
    assert await stage.budi.tells(EVIDENCE, reply_to=question["message_id"]) == (
        "Dicatat: 50 %. Ani Lestari sudah diberi tahu."
    )
    assert await stage.ani.news() == [
        f"🏁 Budi Santoso menetapkan tonggak capaian Anda, {A4}:\n"
        f"50 % (sebelumnya 0 %)\n“{EVIDENCE}”\nRiwayat lengkapnya ada di /tonggak."
    ]
    assert await stage.budi.reads("🏁") == (
        f"🏁 Ani Lestari – {A4}\nSekarang: 50 %\nSel 24 Nov: 50 % – “{EVIDENCE}” (Budi Santoso)\n\n{ASKS}\n{KEYS}"
    )


@ON_SQLITE
async def test_it_may_be_moved_back_with_a_reason(stage: Stage) -> None:
    await moves(stage, "50 %", EVIDENCE)
    card = await stage.budi.finds("🏁")
    assert await stage.budi.tells("35%", reply_to=card["message_id"]) == (
        f"Ani Lestari – {A4}: turun dari 50 % ke 35 %. Apa alasannya? Balas pesan ini dengan satu kalimat."
    )
    await stage.budi.says("baru bab satu yang siap", reply_to=(await stage.budi.last())["message_id"])
    assert await stage.ani.tells("/tonggak") == (
        f"🏁 Tonggak capaian Anda\n\n{A4}: 35 %\n"
        "Sel 24 Nov: 35 % – “baru bab satu yang siap” (Budi Santoso)\n"
        f"Sel 24 Nov: 50 % – “{EVIDENCE}” (Budi Santoso)\n\n"
        "Persennya ditetapkan atasan Anda. Anda dapat mengusulkan persen lewat kartu hasil pekan ini."
    )
    assert await steps(stage) == [(50, EVIDENCE), (35, "baru bab satu yang siap")]


@ON_SQLITE
@pytest.mark.parametrize(
    ("evidence", "answer"),
    [
        ("draf", THIN),
        ("50 %", THIN),
        ("✅ ✅", THIN),
        ("sudah " * 60, "Terlalu panjang. Mohon ditulis paling banyak 300 karakter."),
    ],
)
async def test_without_a_sentence_nothing_moves(stage: Stage, evidence: str, answer: str) -> None:
    await stage.budi.tells("/tonggak")
    await stage.budi.taps("50 %")
    question = await stage.budi.last()
    assert await stage.budi.tells(evidence, reply_to=question["message_id"]) == answer
    assert await steps(stage) == []
    await stage.budi.says(EVIDENCE, reply_to=question["message_id"])
    assert await steps(stage) == [(50, EVIDENCE)]


@ON_SQLITE
@pytest.mark.parametrize("typed", ["101", "33,5"])
async def test_a_percent_is_a_whole_number_up_to_100(stage: Stage, typed: str) -> None:
    await stage.budi.tells("/tonggak")
    assert await stage.budi.tells(typed) == "Mohon isi angka 0 sampai 100."


async def test_nobody_else_sets_it(stage: Stage) -> None:
    nothing = "Belum ada tonggak capaian yang berjalan, baik milik Anda maupun milik bawahan Anda."
    assert await stage.citra.tells("/tonggak") == nothing
    assert "[50 %]" not in await stage.ani.tells("/tonggak")
    await stage.budi.tells("/tonggak")
    citra = await stage.id_of(CITRA)
    await stage.change(ANI, superior_id=citra)
    assert await stage.budi.taps("50 %") == "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    assert await stage.budi.reads("Belum") == nothing
    assert (await stage.citra.tells("/tonggak")).startswith(f"🏁 Ani Lestari – {A4}\n")


@ON_SQLITE
async def test_the_sentence_comes_when_somebody_else_decides(stage: Stage) -> None:
    await stage.budi.tells("/tonggak")
    await stage.budi.taps("50 %")
    question = await stage.budi.last()
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    assert (await stage.budi.tells(EVIDENCE, reply_to=question["message_id"])).endswith("Tidak ada yang berubah.")
    assert await steps(stage) == []


@ON_SQLITE
@pytest.mark.parametrize("what", [{"ends_on": date(2026, 11, 22)}, {"status": WITHDRAWN}])
async def test_one_that_is_over_stays_as_it_is(stage: Stage, what: dict[str, object]) -> None:
    await stage.budi.tells("/tonggak")
    await change_a4(stage, **what)
    assert await stage.budi.taps("50 %") == (
        "Tonggak capaian ini sudah berakhir atau tidak disepakati lagi. Tidak ada yang berubah."
    )
    assert await steps(stage) == []


@ON_SQLITE
async def test_what_a_deputy_has_set_meanwhile_is_seen_first(stage: Stage) -> None:
    budi, sari, day = await stage.id_of(BUDI), await stage.id_of(SARI), date(2026, 11, 24)
    await stage.keep(Deputy(agency_id=1, superior_id=budi, deputy_id=sari, starts_on=day, ends_on=day))
    await stage.budi.tells("/tonggak")
    await stage.budi.taps("50 %")
    question = await stage.budi.last()
    assert (await stage.sari.tells("/tonggak")).startswith(f"🏁 Ani Lestari – {A4}\n")
    await stage.sari.taps("75 %")
    await stage.sari.says("rancangan akhir selesai", reply_to=(await stage.sari.last())["message_id"])
    assert "berubah" in await stage.budi.tells(EVIDENCE, reply_to=question["message_id"])
    assert await steps(stage) == [(75, "rancangan akhir selesai")]


@ON_SQLITE
async def test_first_the_person_then_the_milestone(stage: Stage) -> None:
    await stage.hire("Dodi")
    async with stage.database.transaction() as session:
        people = {who.name: who for who in (await session.exec(select(Employee))).all()}
        for name, code in (("Ani Lestari", "M2"), ("Dodi Pratama", "M1"), ("Budi Santoso", "M9")):
            session.add(milestone(people[name], code))
    assert await stage.budi.tells("/tonggak") == (
        "🏁 Tonggak capaian tim Anda\nTonggak capaian siapa yang bergerak?\n"
        "[Ani Lestari (2)]\n[Dodi Pratama (1)]\n[Milik saya]"
    )
    await stage.budi.taps("Ani Lestari (2)")
    assert await stage.budi.sees() == (
        "🏁 Ani Lestari\nTonggak capaian yang mana?\n"
        "[0 % · A4 · Penyusunan rencana kerja per…]\n[0 % · M2 · Naskah <akademik> M2]\n[‹ Tim]"
    )
    await stage.budi.taps("0 % · M2 · Naskah <akademik> M2")
    assert (await stage.budi.sees()).endswith(f"{KEYS}\n[‹ Tim] [‹ Tonggak]")
    await stage.budi.taps("‹ Tonggak")
    await stage.budi.taps("‹ Tim")
    await stage.budi.taps("Dodi Pratama (1)")
    assert (await stage.budi.sees()).startswith("🏁 Dodi Pratama – M1 · Naskah <akademik> M1\n")
    await stage.budi.taps("‹ Tim")
    await stage.budi.taps("Milik saya")
    assert (await stage.budi.sees()).startswith("🏁 Tonggak capaian Anda\n\nM9 · Naskah <akademik> M9: 0 %\n")
    assert "/tonggak" in await stage.budi.tells("/tim")


async def test_the_score_rests_on_the_newest_step_or_approved_percent(stage: Stage) -> None:
    """On Tuesday 40 % is proposed and approved, and Budi sets 30 %: his holds. On Friday 60 % is approved."""
    await stage.ani.says("A4 menyusun rencana kerja")
    async with stage.database.transaction() as session:
        ani = await office.person(session, ANI)
        target = (await session.exec(select(Target).where(Target.code == "A4"))).one()
        for day, percent in ((date(2026, 11, 24), 40), (date(2026, 11, 27), 60)):
            session.add(
                Activity(
                    agency_id=1,
                    employee_id=ani.id,
                    kind="output",
                    worked_on=day,
                    description=target.title,
                    quantity=D(percent),
                    unit="persen",
                    target_id=target.id,
                    output=D(percent),
                    status="approved",
                    reviewer_id=ani.superior_id,
                )
            )
    assert await reached(stage, date(2026, 11, 26)) == (D(40), State.UNMARKED)
    await moves(stage, "25 %", "baru kerangka yang disepakati")
    assert await reached(stage, date(2026, 11, 26)) == (D(25), State.UNMARKED)
    assert await reached(stage, SUNDAY) == (D(60), State.UNMARKED)
    assert (await stage.ani.tells("/tonggak")).startswith(
        f"🏁 Tonggak capaian Anda\n\n{A4}: 60 %\n"
        "Jum 27 Nov: 60 % – usulan sendiri, disetujui Budi Santoso\n"
        "Sel 24 Nov: 25 % – “baru kerangka yang disepakati” (Budi Santoso)\n\n"
    )
    stage.clock.set("2026-11-28 09:00")
    await moves(stage, "90 %", "rancangan akhir disampaikan ke Bappeda")
    assert await reached(stage, SUNDAY) == (D(90), State.UNMARKED)


async def reached(stage: Stage, day: date) -> tuple[Decimal | None, State]:
    """What counts of A4 for the week when only what lies before `day` is looked at."""
    async with stage.database.reading() as session:
        ani = await office.person(session, ANI)
        facts = next(one for one in await summaries.facts_of(session, ani, SUNDAY) if one.code == "A4")
        percent = newest([(on, value) for on, value in facts.outputs if on <= day])
        score = await summaries.person_week(session, ani, SUNDAY)
        return percent, next(one.state for one in score.targets if one.code == "A4")


@ON_SQLITE
async def test_a_step_can_be_marked_in_the_quality_round(stage: Stage) -> None:
    await moves(stage, "50 %", EVIDENCE)
    await stage.time("2026-11-27 17:00")
    card = await stage.budi.reads("Mutu hasil kerja pekan ini")
    assert card.startswith(
        f"Mutu hasil kerja pekan ini (1/1)\nAni Lestari\n\n{A4}\nHasil yang disetujui: 50 persen\n"
        f"• Sel 24 Nov: 50 % – “{EVIDENCE}” (Budi Santoso)\n"
    )
    await stage.budi.taps("1–2 kesalahan kecil")
    assert await reached(stage, SUNDAY) == (D(50), State.COUNTED)


@ON_SQLITE
async def test_a_step_made_while_marking_is_open_stands_below(stage: Stage) -> None:
    stage.clock.set("2026-11-27 15:00")
    await stage.ani.says("A2 menyusun 2 laporan evaluasi")
    await stage.time("2026-11-27 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.time("2026-11-27 17:15")
    await stage.budi.taps("1–2 kesalahan kecil")
    await stage.budi.news()
    await moves(stage, "50 %", EVIDENCE)
    assert [text for text in await stage.budi.news() if text.startswith("Mutu") and A4 in text]


@ON_SQLITE
async def test_moved_back_to_nothing_there_is_nothing_to_mark(stage: Stage) -> None:
    await moves(stage, "50 %", EVIDENCE)
    await moves(stage, "0 %", "keliru, draf belum ada")
    async with stage.database.reading() as session:
        ani = await office.person(session, ANI)
        assert await results.markable(session, [ani], SUNDAY) == []


@ON_SQLITE
async def test_without_an_account_the_holder_is_not_told(stage: Stage) -> None:
    await stage.change(ANI, telegram_id=None)
    assert await moves(stage, "50 %", EVIDENCE) == "Dicatat: 50 %. Ani Lestari belum bergabung, jadi belum diberi tahu."


def step(on: date, percent: int) -> Reached:
    return Reached(on, D(percent), "ada buktinya", "Budi Santoso")


MON, TUE, WED = (date(2026, 11, 23) + timedelta(days=n) for n in range(3))


@pytest.mark.parametrize(
    ("proposed", "set_", "percent"),
    [
        ([], [], 0),
        ([(MON, 40)], [], 40),
        ([], [(MON, 40)], 40),
        ([(TUE, 60)], [(MON, 40)], 60),
        ([(MON, 40)], [(TUE, 30)], 30),
        ([(TUE, 60)], [(TUE, 30)], 30),
        ([(TUE, 60), (TUE, 20)], [(TUE, 30)], 30),
        ([(TUE, 60), (TUE, 20)], [], 60),
        ([], [(TUE, 30), (TUE, 10)], 10),
        ([], [(WED, 30), (TUE, 90)], 30),
    ],
)
def test_which_percent_holds(proposed: list[tuple[date, int]], set_: list[tuple[date, int]], percent: int) -> None:
    outputs = [(day, D(value)) for day, value in proposed]
    assert newest(merged(outputs, [step(day, value) for day, value in set_])) == percent


days = st.dates(MON, MON + timedelta(days=6))
percents = st.integers(0, 100)


@given(st.lists(st.tuples(days, percents), max_size=8), st.lists(st.tuples(days, percents), max_size=8))
def test_the_last_date_decides_and_on_it_the_supervisor(
    proposed: list[tuple[date, int]], set_: list[tuple[date, int]]
) -> None:
    both = [*proposed, *set_]
    last = max((day for day, _ in both), default=None)
    said = [value for day, value in set_ if day == last]
    claimed = [value for day, value in proposed if day == last]
    expected = said[-1] if said else max(claimed, default=0)
    outputs = [(day, D(value)) for day, value in proposed]
    assert newest(merged(outputs, [step(day, value) for day, value in set_])) == expected
    assert milestones.merged(outputs, []) == sorted(outputs)
