"""Which days are open, as a table and by property; a month opened by the level above; warnings before it closes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from models import windows, workdays
from models.agencies import Agency
from models.database import Database
from models.rosters import Roster
from models.windows import Window
from models.workdays import Calendar, Holiday
from tests.databases import ON_SQLITE
from tests.office import ANI, CITRA
from tests.stage import Stage

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def agency(back: int = 3, closes: int = 5) -> Agency:
    return Agency(code="A", name="A", backfill_days=back, month_close_day=closes)


def roster(*away: date, shifts: dict[date, bool] | None = None, week_days: int = 5) -> Roster:
    return Roster(Calendar({}).with_days(shifts or {}), week_days, frozenset(away))


@pytest.mark.parametrize(
    ("today", "back", "first"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 19)),  # Tuesday: Monday, Friday, Thursday
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 22), 3, date(2026, 11, 17)),  # a Sunday counts from its Friday
        (date(2026, 12, 2), 3, date(2026, 11, 27)),
        (date(2026, 12, 5), 7, date(2026, 11, 25)),  # the last day of November's month
        (date(2026, 12, 6), 7, DECEMBER),  # November is closed
        (date(2026, 12, 3), 31, NOVEMBER),  # never into October, which closed a month ago
    ],
)
def test_the_first_open_day(today: date, back: int, first: date) -> None:
    assert windows.first_day(agency(back), roster(), today) == first


def test_days_of_absence_do_not_use_up_the_window() -> None:
    away = [date(2026, 11, day) for day in (19, 20, 23)]
    assert windows.first_day(agency(), roster(*away), date(2026, 11, 24)) == date(2026, 11, 16)


def test_the_window_counts_the_persons_own_shifts() -> None:
    """Works Saturday and Sunday, is free on Monday and on Friday."""
    shifts = {date(2026, 11, 20): False, date(2026, 11, 21): True, date(2026, 11, 22): True, date(2026, 11, 23): False}
    assert windows.first_day(agency(), roster(shifts=shifts), date(2026, 11, 24)) == date(2026, 11, 19)
    assert windows.first_day(agency(), roster(week_days=6), date(2026, 11, 24)) == date(2026, 11, 20)


DAYS = st.dates(date(2026, 2, 1), date(2026, 12, 31))


@given(DAYS, st.integers(0, 31), st.integers(1, 28), st.sets(st.integers(0, 40)), st.sampled_from([5, 6]))
def test_a_day_is_open_from_itself_until_its_last_chance(
    day: date, back: int, closes: int, away: set[int], week_days: int
) -> None:
    office = agency(back, closes)
    days = roster(*(day + timedelta(days=n - 20) for n in away), week_days=week_days)
    last = windows.last_chance(office, days, day)
    open_on = {
        today: windows.first_day(office, days, today) <= day
        for today in (day + timedelta(days=n) for n in range((last - day).days + 2))
    }
    assert open_on == {today: today <= last for today in open_on}


@given(DAYS, st.integers(1, 28))
def test_a_month_closes_in_the_next(day: date, closes: int) -> None:
    month = day.replace(day=1)
    closing = windows.closing_day(agency(closes=closes), month)
    assert windows.first_month(agency(closes=closes), closing) == month
    assert windows.first_month(agency(closes=closes), closing + timedelta(days=1)) > month


def test_an_opened_month_is_open_and_no_other() -> None:
    window = Window(date(2026, 12, 20), date(2026, 12, 15), DECEMBER, frozenset({date(2026, 10, 1)}))
    found = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), NOVEMBER, date(2026, 12, 15)]
    assert [window.is_open(day) for day in found] == [False, True, True, False, True]
    assert not window.is_open(date(2026, 12, 21))


async def opened(stage: Stage, month: str = "Oktober 2026", days: str = "3 hari") -> None:
    await stage.budi.says("/buka")
    await stage.budi.taps("Ani Lestari")
    await stage.budi.taps(month)
    await stage.budi.taps(days)
    await stage.budi.says("Jaringan putus", reply_to=(await stage.budi.last())["message_id"])


@ON_SQLITE
async def test_a_month_is_opened_for_one_person(stage: Stage) -> None:
    closed = await stage.ani.tells("2 Oktober: rapat koordinasi")
    assert closed.startswith("Jumat, 2 Oktober 2026 sudah ditutup (Rabu, 7 Oktober 2026, pukul 24.00 WIB).")
    assert await stage.budi.tells("/buka") == "Buka bulan yang sudah ditutup\n\nUntuk siapa?\n[Ani Lestari]"
    await stage.budi.taps("Ani Lestari")
    assert await stage.budi.sees() == (
        "Buka bulan yang sudah ditutup\n\nAni Lestari\nBulan apa?\n"
        "[November 2026] [Oktober 2026]\n[September 2026] [Agustus 2026]\n[‹ Kembali]"
    )
    await stage.budi.taps("Oktober 2026")
    assert await stage.budi.sees() == (
        "Buka bulan yang sudah ditutup\n\nAni Lestari · Oktober 2026\nBerapa hari dibuka, terhitung hari ini?\n"
        "[1 hari] [2 hari] [3 hari]\n[5 hari] [7 hari] [14 hari]\n[‹ Kembali]"
    )
    await stage.budi.taps("3 hari")
    assert await stage.budi.sees() == "Mengapa bulan ini dibuka? Balas pesan ini; alasannya disimpan."
    await stage.budi.says("Jaringan putus", reply_to=(await stage.budi.last())["message_id"])
    until = "Kamis, 26 November 2026, pukul 24.00 WIB"
    assert await stage.budi.sees() == (
        f"✅ Oktober 2026 dibuka untuk Ani Lestari sampai {until}. Ani Lestari sudah diberi tahu."
    )
    assert await stage.ani.sees() == (
        f"🔓 Budi Santoso membuka Oktober 2026 untuk Anda sampai {until}. Tulis kegiatan Anda beserta tanggalnya: "
        "2 November: rapat koordinasi. Laporannya ditandai terlambat."
    )
    assert (await stage.ani.tells("2 Oktober: rapat koordinasi")).startswith(
        "Laporan Jumat, 2 Oktober 2026 (terlambat)"
    )
    assert (await stage.ani.tells("30 September: rapat koordinasi")).startswith("Rabu, 30 September 2026 sudah ditutup")
    stage.clock.set("2026-11-27 08:00")
    assert (await stage.ani.tells("5 Oktober: rapat koordinasi")).startswith("Senin, 5 Oktober 2026 sudah ditutup")


@ON_SQLITE
async def test_one_level_higher_may_open_it_too_and_nobody_else(stage: Stage) -> None:
    assert "[Ani Lestari]" in await stage.sari.tells("/buka")
    assert await stage.citra.tells("/buka") == "Saat ini tidak ada pegawai yang melapor kepada Anda."
    await stage.budi.says("/buka")
    await stage.budi.taps("Ani Lestari")
    await stage.budi.taps("Oktober 2026")
    await stage.budi.taps("3 hari")
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    assert await stage.budi.tells("Alasan", reply_to=(await stage.budi.last())["message_id"]) == (
        "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    )


async def test_before_a_month_closes_whoever_has_something_left_is_warned(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.exec(select(Agency))).one().backfill_days = 7
    await stage.units_group()
    await stage.budi.says("kemarin rapat pimpinan")
    for day in (24, 25, 26, 27):
        stage.clock.set(f"2026-11-{day} 15:00")
        await stage.budi.says("rapat pimpinan")
    stage.clock.set("2026-11-30 15:00")
    await stage.budi.says("rapat pimpinan")
    await stage.ani.says("mengarsipkan surat")
    stage.clock.set("2026-12-04 07:00")
    await stage.ani.news(), await stage.budi.news()
    await stage.time("2026-12-04 08:00")
    deadline = "Sabtu, 5 Desember 2026, pukul 24.00 WIB"
    assert [text for text in await stage.ani.news() if text.startswith("📅")] == [
        f"📅 Laporan November 2026 dapat ditulis dan diperbaiki sampai {deadline}.\n"
        "Belum ada laporan: Rab 25 Nov, Kam 26 Nov, dan Jum 27 Nov. Tulis saja beserta tanggalnya.\n"
        "Sudah lewat batas susulan: Sen 23 Nov dan Sel 24 Nov. Atasan Anda dapat membuka bulannya (/buka)."
    ]
    assert [text for text in await stage.budi.news() if text.startswith("📅")] == []
    group = stage.ani.in_chat((await stage.state())["chats"][-1]["id"])
    assert [text for text in await group.hears() if text.startswith("📅")] == [
        f"📅 November 2026 ditutup {deadline}. 1 dari 2 masih punya hari tanpa laporan "
        "atau kegiatan yang perlu diperbaiki."
    ]
    await stage.time("2026-12-04 09:00")
    assert [text for text in await stage.ani.news() if text.startswith("📅")] == []


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 11, 27), None),  # only the weekend follows
        (date(2026, 12, 23), (date(2026, 12, 24), date(2026, 12, 27))),  # cuti bersama, Natal, weekend
        (date(2026, 8, 14), (date(2026, 8, 15), date(2026, 8, 17))),  # weekend, Independence Day
    ],
)
def test_days_off_that_follow(day: date, off: tuple[date, date] | None) -> None:
    found = Calendar({}).days_off_after(day, 5)
    assert (found and found[:2]) == off


@ON_SQLITE
async def test_the_group_hears_of_days_off_the_day_before(stage: Stage) -> None:
    chat = await stage.units_group()
    group = stage.ani.in_chat(chat)
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Hari <Jadi>"))
    await group.news()
    await stage.time("2026-11-24 16:00")
    assert await group.news() == ["🌴 Besok libur (Hari <Jadi>). Laporan hari ini tetap ditunggu."]
    await stage.time("2026-11-24 16:05")
    assert await group.news() == []


@ON_SQLITE
async def test_a_holiday_decreed_today_withdraws_what_is_not_sent_yet(stage: Stage, database: Database) -> None:
    stage.clock.set("2026-11-25 16:00")
    done = await stage.process.sweep()
    assert done["ask for reports"] > 0
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Pilkada"))
    await stage.ani.news()
    await stage.settle()
    assert [text for text in await stage.ani.news() if "Hari ini mengerjakan" in text] == []


async def test_the_calendar_knows_the_agencys_names(stage: Stage) -> None:
    await stage.keep(Holiday(agency_id=1, held_on=date(2026, 11, 25), name="Hari Jadi"))
    async with stage.database.reading() as session:
        calendar = await workdays.calendar_of(session, 1)
    assert calendar.holiday_on(date(2026, 11, 25)) == "Hari Jadi"
    assert calendar.holiday_on(date(2026, 11, 24)) is None


@given(
    st.dates(date(2026, 10, 1), date(2026, 11, 24)),
    st.dates(date(2026, 11, 25), date(2026, 12, 9)),
    st.integers(0, 5),
    st.sampled_from([5, 6]),
)
def test_waited_out_is_what_lies_before_more_workdays_than_that(since: date, day: date, most: int, week: int) -> None:
    """Also for what came in at a weekend, and seen from one."""
    calendar = Calendar({})
    assert (since <= calendar.waited_out(day, most, week)) == (
        len(calendar.between(since + timedelta(days=1), day, week)) > most
    )
