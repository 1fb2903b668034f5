"""The focus of the day: asked silently in the morning, chosen by taps, named in the afternoon."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from models import focus
from models.absences import Absence
from models.agencies import Agency
from models.targets import WITHDRAWN, Target
from models.workdays import Holiday
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Stage

A1, A2, A3, A4 = (f"{code} · {title}" for code, title, _, _ in office.TARGETS)
LINES = f"""\
Sudah disetujui, dari yang seharusnya sampai hari ini:
• {A1}: 0 dari 1.080 surat
• {A4}: 0 dari 90 %
• {A2}: 0 dari 43 laporan
• {A3}: 0 dari 21 kegiatan
"""
HEAD = "☀️ Fokus hari ini, Rabu, 25 November 2026\n"
WHICH = "Hari ini mengerjakan target yang mana? Ketuk satu atau lebih.\n\n"
ROWS = """\
[☐ A1 · Pengelolaan surat masuk dan kelu…]
[☐ A4 · Penyusunan rencana kerja perangk…]
[☐ A2 · Penyusunan laporan evaluasi prog…]
[☐ A3 · Fasilitasi rapat koordinasi pere…]
"""
ASKED = f"{HEAD}{WHICH}{LINES}{ROWS}[Lewati]"
ROW_A2 = "☐ A2 · Penyusunan laporan evaluasi prog…"
ROW_A3 = "☐ A3 · Fasilitasi rapat koordinasi pere…"
WEDNESDAY = "2026-11-25"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


async def cards(stage: Stage) -> list[str]:
    """What Ani was shown of her focus since the last look."""
    return [text for text in await stage.ani.news() if text.startswith(("☀️", "Fokus"))]


async def chosen(stage: Stage, day: date) -> list[str]:
    id_ = await stage.id_of(ANI)
    async with stage.database.reading() as session:
        return [target.code for target in await focus.chosen(session, id_, day)]


async def test_ani_says_what_she_works_on_and_is_asked_about_it(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:29")
    assert await cards(stage) == []
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.time(f"{WEDNESDAY} 07:31")
    assert await cards(stage) == [ASKED]
    await stage.ani.taps(ROW_A2)
    await stage.ani.taps(ROW_A3)
    picked = ROWS.replace("☐ A2", "☑ A2").replace("☐ A3", "☑ A3")
    assert await stage.ani.reads("☀️") == f"{HEAD}{WHICH}{LINES}{picked}[Selesai]"
    await stage.ani.taps(ROW_A3.replace("☐", "☑"))
    assert await chosen(stage, date(2026, 11, 25)) == ["A2"]
    await stage.ani.taps("Selesai")
    assert await stage.ani.reads("☀️") == f"☀️ Fokus hari ini\n• {A2}\n[Ubah]"
    await stage.ani.news()
    await stage.time(f"{WEDNESDAY} 16:00")
    assert await stage.ani.news() == [f"Selamat sore, Ani. Hari ini mengerjakan apa saja?\nFokus hari ini: {A2}"]
    assert await stage.ani.reads("Fokus") == f"Fokus Rabu, 25 November 2026\n• {A2}"


async def test_it_comes_without_a_sound(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    assert (await stage.ani.finds("☀️"))["silent"]


@ON_SQLITE
async def test_skipped_and_opened_again(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.ani.taps("Lewati")
    assert await stage.ani.reads("☀️") == "☀️ Fokus hari ini\nTidak ada target yang dipilih.\n[Pilih]"
    await stage.ani.taps("Pilih")
    assert await stage.ani.reads("☀️") == ASKED
    await stage.time(f"{WEDNESDAY} 16:00")
    assert await stage.ani.reads("Fokus") == "Fokus Rabu, 25 November 2026\nTidak ada target yang dipilih."
    assert await stage.ani.sees() == "Selamat sore, Ani. Hari ini mengerjakan apa saja?"


@ON_SQLITE
async def test_a_card_tapped_when_the_report_is_due_is_closed(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    stage.clock.set(f"{WEDNESDAY} 16:00")
    assert await stage.ani.taps(ROW_A2) == "Kartu ini sudah ditutup. Fokus hari ini ada di /fokus."
    assert await chosen(stage, date(2026, 11, 25)) == []
    assert await stage.ani.reads("Fokus") == "Fokus Rabu, 25 November 2026\nTidak ada target yang dipilih."


@ON_SQLITE
@pytest.mark.parametrize(("moment", "count"), [("11:59", 1), ("12:00", 0), ("05:00", 0)])
async def test_how_late_is_too_late(stage: Stage, moment: str, count: int) -> None:
    await stage.time(f"{WEDNESDAY} {moment}")
    assert len(await cards(stage)) == count


@ON_SQLITE
async def test_a_unit_whose_day_begins_after_noon_is_asked_then(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await office.unit(session, "PER")).focus_at = time(13, 0)
    await stage.time(f"{WEDNESDAY} 13:05")
    assert len(await cards(stage)) == 1


@ON_SQLITE
async def test_at_the_persons_own_time(stage: Stage) -> None:
    await stage.change(ANI, zone="Asia/Jayapura")
    await stage.time(f"{WEDNESDAY} 05:29")
    assert await cards(stage) == []
    await stage.time(f"{WEDNESDAY} 05:30")
    assert await cards(stage) == [ASKED]
    await stage.time(f"{WEDNESDAY} 13:59")
    assert "[Lewati]" in await stage.ani.reads("☀️")
    await stage.time(f"{WEDNESDAY} 14:00")
    assert (await stage.ani.reads("Fokus Rabu")).endswith("dipilih.")


@ON_SQLITE
@pytest.mark.parametrize("kind", ["annual", "sick", "duty_travel", "training"])
async def test_not_while_away(stage: Stage, kind: str) -> None:
    id_, day = await stage.id_of(ANI), date(2026, 11, 25)
    await stage.keep(Absence(agency_id=1, employee_id=id_, kind=kind, starts_on=day, ends_on=day, noted_at=NOW))
    await stage.time(f"{WEDNESDAY} 08:00")
    assert await cards(stage) == []


@ON_SQLITE
async def test_not_on_days_off(stage: Stage) -> None:
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Hari jadi daerah"))
    for day in (WEDNESDAY, "2026-11-28", "2026-12-25"):
        await stage.time(f"{day} 08:00")
    assert await cards(stage) == []


@ON_SQLITE
async def test_not_where_the_agency_does_not_ask(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.get_one(Agency, 1)).asks_focus = False
    await stage.ani.says("A2 menyusun laporan evaluasi\nRencana besok: menyusun laporan evaluasi")
    await stage.time(f"{WEDNESDAY} 08:00")
    assert await cards(stage) == []


@ON_SQLITE
async def test_nobody_without_targets_is_asked_nor_whoever_has_reported(stage: Stage) -> None:
    stage.clock.set(f"{WEDNESDAY} 07:00")
    await stage.ani.says("A2 menyusun laporan evaluasi")
    await stage.time(f"{WEDNESDAY} 07:30")
    for phone in (stage.ani, stage.budi):
        assert [text for text in await phone.hears() if "Fokus" in text] == []
    assert await stage.budi.tells("/fokus") == (
        "Belum ada target Anda yang disetujui dan berlaku hari ini, jadi belum ada fokus yang bisa dipilih."
    )


@ON_SQLITE
async def test_what_was_announced_is_the_focus(stage: Stage) -> None:
    await stage.ani.says("A1 mengarsipkan 12 surat\nRencana besok: lanjut menyusun laporan evaluasi R&D, A3")
    await stage.ani.news()
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.time(f"{WEDNESDAY} 07:31")
    assert await stage.ani.news() == [
        f"☀️ Fokus hari ini\nDari rencana Anda: “lanjut menyusun laporan evaluasi R&D, A3”\n• {A2}\n• {A3}\n[Ubah]"
    ]
    await stage.ani.taps("Ubah")
    await stage.ani.taps(ROW_A3.replace("☐", "☑"))
    await stage.ani.taps("Selesai")
    await stage.time(f"{WEDNESDAY} 16:00")
    assert await stage.ani.sees() == (
        f"Selamat sore, Ani. Hari ini mengerjakan apa saja?\nFokus hari ini: {A2}\n[Sama seperti kemarin]"
    )


@ON_SQLITE
async def test_a_plan_by_itself_is_the_focus_too(stage: Stage) -> None:
    assert await stage.ani.tells("Besok lanjut menyusun laporan evaluasi") == (
        "Dicatat sebagai rencana Anda untuk Rabu, 25 November 2026: “Besok lanjut menyusun laporan evaluasi”. "
        "Ceritakan kalau sudah dikerjakan."
    )
    await stage.ani.says("A1 mengarsipkan 12 surat\nRencana besok: A3")
    await stage.time(f"{WEDNESDAY} 07:30")
    assert await stage.ani.reads("☀️") == (
        f"☀️ Fokus hari ini\nDari rencana Anda: “A3; Besok lanjut menyusun laporan evaluasi”\n• {A2}\n• {A3}\n[Ubah]"
    )


@ON_SQLITE
async def test_an_uncertain_plan_is_quoted(stage: Stage) -> None:
    await stage.ani.says("A1 mengarsipkan 12 surat\nRencana besok: menemani tamu")
    await stage.time(f"{WEDNESDAY} 07:30")
    assert await stage.ani.sees() == f"{HEAD}Rencana Anda: “menemani tamu”\n{WHICH}{LINES}{ROWS}[Lewati]"


@ON_SQLITE
async def test_the_plan_of_friday_is_for_monday_and_not_for_tuesday(stage: Stage) -> None:
    stage.clock.set("2026-11-27 16:00")
    await stage.ani.says("A1 mengarsipkan 12 surat\nRencana Senin: menyusun laporan evaluasi")
    await stage.ani.news()
    await stage.time("2026-11-30 08:00")
    assert (await stage.ani.reads("☀️")).startswith("☀️ Fokus hari ini\nDari rencana Anda")
    await stage.time("2026-12-01 08:00")
    assert (await stage.ani.reads("☀️")).startswith(f"☀️ Fokus hari ini, Selasa, 1 Desember 2026\n{WHICH}")


@ON_SQLITE
@pytest.mark.parametrize("what", [{"ends_on": date(2026, 11, 24)}, {"status": WITHDRAWN}])
async def test_a_target_that_is_gone_cannot_be_chosen(stage: Stage, what: dict[str, object]) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    async with stage.database.transaction() as session:
        target = (await session.exec(select(Target).where(Target.code == "A2"))).one()
        for name, value in what.items():
            setattr(target, name, value)
    assert await stage.ani.taps(ROW_A2) == ("Target itu bukan target Anda pada tanggal ini. Silakan pilih yang lain.")
    assert A2 not in await stage.ani.reads("☀️")
    assert await chosen(stage, date(2026, 11, 25)) == []


@ON_SQLITE
async def test_five_at_a_time(stage: Stage) -> None:
    await stage.more_targets(2)
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.ani.taps("1/2 ›")
    assert (await stage.ani.reads("☀️")).count("☐") == 1
    await stage.ani.taps("☐ A3 · Fasilitasi rapat koordinasi pere…")
    await stage.ani.taps("2/2 ›")
    shown = await stage.ani.reads("☀️")
    assert shown.count("☐") == 5
    assert "\n\nSudah dipilih juga: A3\n" in shown


@ON_SQLITE
async def test_fokus_at_any_time(stage: Stage) -> None:
    stage.clock.set(f"{WEDNESDAY} 07:00")
    assert await stage.ani.tells("/fokus") == ASKED
    await stage.ani.taps(ROW_A2)
    await stage.ani.news()
    await stage.time(f"{WEDNESDAY} 07:30")
    assert await cards(stage) == []
    await stage.time(f"{WEDNESDAY} 16:05")
    assert await stage.ani.tells("/fokus") == f"☀️ Fokus hari ini\n• {A2}\n[Ubah]"
    await stage.ani.taps("Ubah")
    await stage.ani.taps(ROW_A3)
    assert await chosen(stage, date(2026, 11, 25)) == ["A2", "A3"]
    stage.clock.set("2026-11-26 00:10")
    assert await stage.ani.taps("Selesai") == ""
    assert await stage.ani.reads("Fokus Rabu") == f"Fokus Rabu, 25 November 2026\n• {A2}\n• {A3}"


@ON_SQLITE
async def test_what_was_left_untouched_comes_first(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.ani.taps(ROW_A3)
    await stage.time("2026-11-26 07:30")
    assert "hari ini:\n• A3" in await stage.ani.reads("☀️")


async def test_which_focus_was_kept(stage: Stage) -> None:
    await stage.time(f"{WEDNESDAY} 07:30")
    await stage.ani.taps(ROW_A2)
    await stage.ani.taps(ROW_A3)
    await stage.ani.says("A3 rapat koordinasi")
    await stage.time("2026-11-26 07:30")
    await stage.ani.taps(ROW_A2)
    day = date(2026, 11, 25)
    async with stage.database.reading() as session:
        id_ = (await office.person(session, ANI)).id
        found = await focus.kept(session, [id_, 99], day, day + timedelta(days=1))
        ids = {target.code: target.id for target in (await session.exec(select(Target))).all()}
    first, second = found[id_]
    assert (first.day, first.target_ids, first.served) == (day, (ids["A2"], ids["A3"]), {ids["A3"]})
    assert (first.is_kept, second.is_kept) == (True, False)
    assert found[99] == []
