"""Time passes: who is asked, when, how often; and what is left alone."""

from datetime import UTC, date, datetime

import pytest

from models.absences import Absence
from models.workdays import Holiday
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

ASKED = "Selamat sore, Ani. Hari ini mengerjakan apa saja?"
REMINDED = "Satu baris pendek cukup: hari ini mengerjakan apa? Kalau sedang tidak masuk, bilang saja."
MISSED = "Selasa, 24 November 2026 belum ada kabar dari Anda. Apa yang dikerjakan hari itu? Balas pesan ini."
NOW = datetime(2026, 11, 24, tzinfo=UTC)


async def asked(phone: Phone) -> list[str]:
    """What a person has been told since the last look, without the morning's focus."""
    return [text for text in await phone.news() if not text.startswith("☀️")]


async def away(stage: Stage, kind: str, first: date, last: date) -> Absence:
    id_ = await stage.id_of(ANI)
    return Absence(agency_id=1, employee_id=id_, kind=kind, starts_on=first, ends_on=last, noted_at=NOW)


@ON_SQLITE
async def test_asked_once_at_the_units_time(stage: Stage) -> None:
    await stage.time("2026-11-24 15:59")
    assert await stage.ani.news() == []
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == [ASKED]
    await stage.time("2026-11-24 16:00")
    await stage.time("2026-11-24 16:01")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_one_reminder_to_whoever_has_not_answered(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    await stage.budi.says("rapat pimpinan")
    await stage.ani.news()
    await stage.budi.news()
    await stage.time("2026-11-24 18:00")
    await stage.time("2026-11-24 18:30")
    assert await stage.ani.news() == [REMINDED]
    assert await stage.budi.news() == []


@ON_SQLITE
async def test_whoever_has_reported_is_not_asked(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.news()
    for moment in ("2026-11-24 16:00", "2026-11-24 18:00", "2026-11-25 07:30"):
        await stage.time(moment)
    assert await asked(stage.ani) == []


@ON_SQLITE
@pytest.mark.parametrize("day", ["2026-12-25", "2026-11-28", "2026-11-29", "2027-01-01"])
async def test_silent_on_days_off(stage: Stage, day: str) -> None:
    for moment in ("16:00", "18:00", "20:59"):
        await stage.time(f"{day} {moment}")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_the_agencys_own_dates_overrule_the_calendar(stage: Stage) -> None:
    await stage.keep(
        Holiday(agency_id=1, held_on=date(2026, 11, 24), name="Hari jadi daerah"),
        Holiday(agency_id=1, held_on=date(2026, 11, 28), name="Ganti hari", kind="hari_kerja"),
    )
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == []
    await stage.time("2026-11-28 16:00")
    assert await stage.ani.news() == [ASKED]


@ON_SQLITE
@pytest.mark.parametrize("kind", ["annual", "sick", "duty_travel", "training"])
async def test_silent_while_away(stage: Stage, kind: str) -> None:
    await stage.keep(await away(stage, kind, date(2026, 11, 23), date(2026, 11, 24)))
    for moment in ("2026-11-24 16:00", "2026-11-24 18:00", "2026-11-25 07:30"):
        await stage.time(moment)
    assert await asked(stage.ani) == []
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.news() == [ASKED]


@ON_SQLITE
async def test_whoever_blocked_the_bot_is_not_asked_until_they_are_back(stage: Stage) -> None:
    await stage.people("block", person=ANI)
    await stage.settle()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == []
    await stage.people("unblock", person=ANI)
    await stage.settle()
    await stage.time("2026-11-24 16:01")
    assert await stage.ani.news() == [ASKED]


async def test_the_next_workday_asks_once_about_the_missing_day(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    await stage.ani.news()
    await stage.time("2026-11-25 07:29")
    assert await stage.ani.news() == []
    await stage.time("2026-11-25 07:30")
    await stage.time("2026-11-25 07:31")
    assert await asked(stage.ani) == [MISSED]
    await stage.ani.says("A3 rapat koordinasi 2 jam", reply_to=(await stage.ani.last())["message_id"])
    assert await stage.ani.news() == [
        "Laporan Selasa, 24 November 2026 (terlambat)\n\n"
        "1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    ]
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.news() == [f"{ASKED}\n[Sama seperti kemarin]"]


@ON_SQLITE
async def test_after_a_weekend_the_missing_friday_is_asked_about(stage: Stage) -> None:
    await stage.time("2026-11-27 16:00")
    await stage.ani.news()
    await stage.time("2026-11-30 08:00")
    assert [text for text in await stage.ani.news() if "kabar" in text] == [
        "Jumat, 27 November 2026 belum ada kabar dari Anda. Apa yang dikerjakan hari itu? Balas pesan ini."
    ]


@ON_SQLITE
async def test_an_old_prompt_answered_late_reports_its_own_day(stage: Stage) -> None:
    await stage.time("2026-11-24 16:00")
    prompt = await stage.ani.last()
    await stage.time("2026-11-26 10:00")
    assert await stage.ani.tells("A3 rapat koordinasi", reply_to=prompt["message_id"]) == (
        "Laporan Selasa, 24 November 2026 (terlambat)\n\n"
        "1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    await stage.time("2026-12-02 10:00")
    assert await stage.ani.tells("A3 rapat koordinasi", reply_to=prompt["message_id"]) == (
        "Selasa, 24 November 2026 sudah ditutup (Minggu, 29 November 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Jumat, 27 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."
    )


@ON_SQLITE
async def test_people_are_asked_at_their_own_time(stage: Stage) -> None:
    await stage.change(ANI, zone="Asia/Jayapura")
    await stage.change(CITRA, zone="Asia/Makassar")
    await stage.time("2026-11-24 13:59")
    assert await stage.ani.news() == []
    await stage.time("2026-11-24 14:00")
    assert await stage.ani.news() == [ASKED]
    assert await stage.citra.news() == []
    await stage.time("2026-11-24 15:00")
    assert await stage.citra.news() == ["Selamat sore, Citra. Hari ini mengerjakan apa saja?"]
    assert await stage.budi.news() == []


@ON_SQLITE
async def test_a_late_start_still_asks_and_reminds_only_later(stage: Stage) -> None:
    await stage.time("2026-11-24 18:30")
    assert await stage.ani.news() == [ASKED]
    await stage.time("2026-11-24 18:59")
    assert await stage.ani.news() == []
    await stage.time("2026-11-24 19:00")
    assert await stage.ani.news() == [REMINDED]


@ON_SQLITE
@pytest.mark.parametrize("moment", ["2026-11-24 21:00", "2026-11-25 03:00", "2026-11-25 05:59"])
async def test_nothing_comes_at_night(stage: Stage, moment: str) -> None:
    await stage.time(moment)
    for phone in (stage.ani, stage.budi, stage.citra, stage.sari):
        assert await phone.news() == []


@ON_SQLITE
async def test_the_plan_is_remembered(stage: Stage) -> None:
    await stage.ani.says("A1 mengarsipkan 12 surat\nRencana besok: menyusun laporan evaluasi")
    await stage.time("2026-11-25 16:00")
    assert (
        await stage.ani.sees()
        == f"{ASKED}\nKemarin Anda menyebut akan melanjutkan: menyusun laporan evaluasi\n[Sama seperti kemarin]"
    )


@ON_SQLITE
async def test_the_close_of_the_day_submits_drafts_flagged(stage: Stage) -> None:
    await stage.ani.says("verifikasi data penerima bantuan")
    await stage.time("2026-11-24 23:59")
    assert "untuk target yang mana?" in (await stage.ani.sees())
    await stage.time("2026-11-25 00:01")
    assert await stage.ani.sees() == (
        "Laporan Selasa, 24 November 2026\n\n1. verifikasi data penerima bantuan\ntanpa target\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    await stage.time("2026-11-25 17:00")
    card = next(text for text in await stage.budi.hears() if text.startswith("Menunggu"))
    assert card == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari\n"
        "• verifikasi data penerima bantuan · Sel 24 Nov · belum jelas\n"
        "[✅ Setujui semua (1)]\n"
        "[🔎 Periksa satu per satu]"
    )


async def test_the_group_hears_how_many_in_one_message(stage: Stage) -> None:
    group = Phone(stage, BUDI, await stage.units_group())
    await group.news()
    await stage.time("2026-11-24 16:00")
    assert await group.news() == []
    await stage.time("2026-11-24 18:00")
    await stage.time("2026-11-24 18:01")
    assert await group.news() == ["📋 Selasa, 24 November 2026: 0 dari 2 sudah melapor."]
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await group.sees() == "📋 Selasa, 24 November 2026: 1 dari 2 sudah melapor."
    await stage.budi.says("rapat pimpinan")
    assert await group.sees() == "✅ Selasa, 24 November 2026: semua sudah melapor (2)."
    assert await group.news() == []


@ON_SQLITE
async def test_the_group_hears_nothing_when_all_have_reported(stage: Stage) -> None:
    group = Phone(stage, BUDI, await stage.units_group())
    await group.news()
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.budi.says("cuti hari ini")
    await stage.budi.taps("Ya, catat")
    await stage.time("2026-11-24 18:00")
    assert await group.news() == []


@ON_SQLITE
async def test_the_board_goes_by_the_units_time(stage: Stage) -> None:
    group = Phone(stage, BUDI, await stage.units_group())
    await group.news()
    await stage.change(ANI, zone="Asia/Jayapura")
    await stage.time("2026-11-24 16:30")
    assert await group.news() == []
    await stage.time("2026-11-24 18:00")
    assert await group.news() == ["📋 Selasa, 24 November 2026: 0 dari 2 sudah melapor."]
