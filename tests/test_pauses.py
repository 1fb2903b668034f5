"""`/jeda`: days without the bot's own initiative, within what the agency allows, and quiet hours."""

from datetime import date, datetime, time

import pytest

from models import pauses
from models.agencies import Agency
from models.employees import Employee
from models.reading.pauses import hours_in, pause_in
from tests.databases import ON_SQLITE
from tests.stage import Stage

TUESDAY = date(2026, 11, 24)
FOOT = """

Selama jeda saya tidak bertanya, mengingatkan, atau mengirim catatan. Jawaban, kabar persetujuan, dan peringatan \
sebelum bulan ditutup tetap datang. Harinya tetap hari kerja: laporkan sesudahnya.
Paling lama 5 hari kerja setiap kali. Tanggal lain: balas pesan ini, misalnya sampai Jumat atau 1–3 Desember."""
USUAL = f"""\
Jeda

🔔 Saya bertanya dan mengingatkan seperti biasa.{FOOT}
[1 hari] [3 hari] [sampai Senin]
[🌙 Jam tenang]"""


def silent(last: str, back: str) -> str:
    return f"""\
Jeda

🔕 Saya diam sampai dengan {last}, dan bertanya lagi {back}.{FOOT}
[1 hari] [3 hari] [sampai Senin]
[🔔 Akhiri jeda]
[🌙 Jam tenang]"""


@ON_SQLITE
async def test_a_person_mutes_the_bot_and_ends_it(stage: Stage) -> None:
    assert await stage.ani.tells("/jeda") == USUAL
    await stage.ani.taps("3 hari")
    assert await stage.ani.sees() == silent("Kam 26 Nov", "Jum 27 Nov")
    card = (await stage.ani.last())["message_id"]
    await stage.ani.taps("sampai Senin")
    assert await stage.ani.sees() == silent("Min 29 Nov", "Sen 30 Nov")
    await stage.ani.says("sampai Jumat", reply_to=card)
    assert await stage.ani.sees() == silent("Kam 26 Nov", "Jum 27 Nov")
    await stage.ani.says("2 minggu", reply_to=card)
    assert await stage.ani.sees() == (
        "Jeda paling lama 5 hari kerja setiap kali; dari Sel 24 Nov berarti sampai dengan Sen 30 Nov."
    )
    await stage.ani.taps("🔔 Akhiri jeda")
    assert await stage.ani.reads("Jeda\n") == USUAL
    await stage.ani.says("entahlah", reply_to=card)
    assert await stage.ani.sees() == ("Saya tidak menemukan tanggal dalam “entahlah”. Tulis misalnya 1–5 Desember.")
    assert "🔕 Saya akan diam Sel 1 Des – Kam 3 Des, dan bertanya lagi Jum 4 Des." in await stage.ani.tells(
        "/jeda 1-3 Desember"
    )
    assert await stage.ani.tells("/jeda akhiri") == USUAL


@ON_SQLITE
async def test_in_a_pause_nothing_comes_by_itself_and_everything_else_works(stage: Stage) -> None:
    await stage.ani.says("/jeda 3 hari")
    await stage.budi.says("/jeda 3 hari")
    await stage.ani.news()
    await stage.budi.news()
    for moment in ("24 16:00", "24 17:00", "24 18:00", "25 07:30", "25 16:00", "25 18:00"):
        await stage.time(f"2026-11-{moment}")
    assert await stage.ani.news() == await stage.budi.news() == []
    assert "rapat koordinasi" in await stage.ani.tells("A3 rapat koordinasi 2 jam")
    await stage.budi.says("/tim")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.minutes(11)
    assert (await stage.ani.sees()).startswith("✅ Budi Santoso menyetujui 1 kegiatan")
    await stage.ani.says("A3 rapat lagi 1 jam")
    await stage.ani.news()
    await stage.budi.news()
    await stage.time("2026-11-27 07:30")
    assert [one.split(",")[0] for one in await stage.ani.news()] == ["☀️ Fokus hari ini", "Kamis"]
    await stage.time("2026-11-27 17:00")
    assert "rapat lagi" in "\n".join(await stage.budi.news())


@ON_SQLITE
async def test_what_waits_for_a_muted_supervisor_rises_all_the_same(stage: Stage) -> None:
    await stage.budi.says("/jeda sampai Senin")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-27 17:00")
    assert "Ani Lestari" in "\n".join(await stage.sari.hears())


@ON_SQLITE
async def test_pauses_in_a_row_are_one(stage: Stage) -> None:
    await stage.ani.says("/jeda 5 hari")
    await stage.time("2026-12-01 08:00")
    assert await stage.ani.tells("/jeda 1 hari") == (
        "Jeda paling lama 5 hari kerja setiap kali; dari Sel 1 Des berarti sampai dengan Sen 30 Nov."
    )
    await stage.time("2026-12-02 08:00")
    assert "🔕 Saya diam sampai dengan Rab 2 Des" in await stage.ani.tells("/jeda 1 hari")


@ON_SQLITE
async def test_an_agency_may_allow_no_pauses(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        (await session.get_one(Agency, 1)).mute_days = 0
    assert await stage.ani.tells("/jeda") == (
        "Jeda\n\n🔔 Saya bertanya dan mengingatkan seperti biasa.\n\n"
        "Instansi Anda tidak memakai jeda; jam tenang boleh diatur.\n[🌙 Jam tenang]"
    )
    assert await stage.ani.tells("/jeda 3 hari") == "Instansi Anda tidak memakai jeda. Jam tenang bisa diatur: /jeda."
    assert await stage.ani.tells("/jeda 15.30–19.00") == (
        "Pukul 16.00 saya menanyakan laporan hari itu; di instansi Anda jam tenang tidak boleh meliputinya."
    )


@ON_SQLITE
async def test_what_falls_in_quiet_hours_comes_after_them(stage: Stage) -> None:
    await stage.ani.says("/jeda")
    await stage.ani.taps("🌙 Jam tenang")
    assert await stage.ani.sees() == (
        "Jam tenang\n\nBelum diatur.\n\nYang seharusnya datang sendiri pada jam ini saya kirim sesudahnya. "
        "Ketuk, atau balas pesan ini dengan jam lain: 12.00–13.00.\n"
        "[12.00–13.00] [17.00–07.00] [19.00–06.00]\n[‹ Kembali]"
    )
    card = (await stage.ani.last())["message_id"]
    await stage.ani.says("jam 15.45 sampai jam 17.30", reply_to=card)
    assert "🌙 Jam tenang: 15.45–17.30" in await stage.ani.sees()
    await stage.ani.news()
    await stage.time("2026-11-24 16:05")
    assert await stage.ani.news() == []
    assert "tidak saya kenali" not in await stage.ani.tells("/hari_ini")
    await stage.ani.news()
    await stage.time("2026-11-24 17:30")
    assert ["mengerjakan" in one for one in await stage.ani.news()] == [True]
    await stage.ani.says("/jeda 17.00-07.00")
    await stage.ani.news()
    await stage.time("2026-11-24 18:00")
    await stage.time("2026-11-25 07:00")
    assert await stage.ani.news() == []
    await stage.ani.says("/jeda")
    await stage.ani.taps("🌙 Jam tenang")
    await stage.ani.taps("Tanpa jam tenang")
    assert "Belum diatur." in await stage.ani.sees()
    await stage.ani.taps("‹ Kembali")
    assert await stage.ani.sees() == USUAL


@ON_SQLITE
async def test_what_others_do_is_told_after_quiet_hours_too(stage: Stage) -> None:
    await stage.ani.says("/jeda 17.00-07.00")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    await stage.ani.news()
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps("1")
    await stage.budi.says("Sebutkan hasilnya.", reply_to=(await stage.budi.last())["message_id"])
    assert await stage.ani.news() == []
    await stage.time("2026-11-25 07:00")
    assert any("Sebutkan hasilnya." in one for one in await stage.ani.news())


@pytest.mark.parametrize(
    ("text", "last"),
    [("3 hari", 26), ("sampai Jumat", 26), ("sampai dengan Jumat", 27), ("until Friday", 26), ("sampai Selasa", 30)],
)
def test_dates_as_typed(text: str, last: int) -> None:
    assert pause_in(text, TUESDAY) == (TUESDAY, date(2026, 11, last))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("12.00–13.00", (time(12), time(13))),
        ("jam 5 sore sampai jam 7 pagi", (time(17), time(7))),
        ("9pm-6am", (time(21), time(6))),
        ("12.00", None),
        ("3 hari", None),
        ("25.00–26.00", None),
    ],
)
def test_hours_as_typed(text: str, hours: tuple[time, time] | None) -> None:
    assert hours_in(text) == hours


@pytest.mark.parametrize(
    ("first", "last", "at", "after"),
    [
        (12, 13, "24 11:59", "24 11:59"),
        (12, 13, "24 12:00", "24 13:00"),
        (12, 13, "24 13:00", "24 13:00"),
        (17, 7, "24 16:59", "24 16:59"),
        (17, 7, "24 17:00", "25 07:00"),
        (17, 7, "25 06:59", "25 07:00"),
        (17, 7, "25 07:00", "25 07:00"),
    ],
)
def test_the_end_of_quiet_hours(first: int, last: int, at: str, after: str) -> None:
    person = Employee(agency_id=1, nip="", name="", unit_id=1, quiet_from=time(first), quiet_to=time(last))
    moment, expected = (datetime.fromisoformat(f"2026-11-{text}") for text in (at, after))
    assert pauses.after_quiet(person, moment) == expected
