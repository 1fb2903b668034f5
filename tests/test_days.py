"""One's own days by command: today, past days, taking back, the language; and the supervisor's team today."""

from models.employees import Employee
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Stage

A1 = "🎯 A1 · Pengelolaan surat masuk dan keluar"
A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
WAITING = "⏳ menunggu atasan"
NOTHING_TODAY = "Selasa, 24 November 2026\nBelum ada laporan."
TODAY = f"""\
Selasa, 24 November 2026

1. rapat koordinasi
{A3} · 1 jam 30 mnt · {WAITING}

2. mengarsipkan 10 surat
{A1} · 10 surat · {WAITING}

Waktu yang disebut: 1 jam 30 mnt"""
FRIDAY = f"""\
Jumat, 20 November 2026

1. rapat koordinasi perencanaan
{A3} · 2 jam · {WAITING}

Waktu yang disebut: 2 jam"""
MONDAY = f"""\
Senin, 23 November 2026

1. mengarsipkan 12 surat masuk
{A1} · 12 surat · {WAITING}"""
CANCELLED = "🗑 Laporan dibatalkan.\n[Kembalikan]"


async def three_days(stage: Stage) -> None:
    await stage.ani.says("Jumat lalu rapat koordinasi perencanaan 2 jam")
    await stage.ani.says("kemarin mengarsipkan 12 surat masuk")
    await stage.ani.says("1. A3 rapat koordinasi 90 menit\n2. A1 mengarsipkan 10 surat")


async def test_today(stage: Stage) -> None:
    assert await stage.ani.tells("/hari_ini") == NOTHING_TODAY
    await stage.ani.says("1. A3 rapat koordinasi 90 menit\n2. A1 mengarsipkan 10 surat")
    assert await stage.ani.tells("/hari_ini") == TODAY


@ON_SQLITE
async def test_today_shows_where_everything_stands(stage: Stage) -> None:
    await stage.ani.says("1. A3 rapat koordinasi 90 menit\n2. A1 mengarsipkan 10 surat")
    await stage.ani.says("verifikasi data penerima bantuan")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps("2")
    await stage.budi.says("Jumlahnya keliru", reply_to=(await stage.budi.last())["message_id"])
    await stage.budi.taps("✅ Setujui semua (1)")
    assert await stage.ani.tells("/hari_ini") == (
        "Selasa, 24 November 2026\n\n"
        f"1. rapat koordinasi\n{A3} · 1 jam 30 mnt · ✅ disetujui\n\n"
        f"2. mengarsipkan 10 surat\n{A1} · 10 surat · ↩️ dikembalikan\n\n"
        "3. verifikasi data penerima bantuan\ntanpa target · 📝 menunggu jawaban Anda\n\n"
        "Waktu yang disebut: 1 jam 30 mnt"
    )


@ON_SQLITE
async def test_today_is_the_day_where_the_person_lives(stage: Stage) -> None:
    await stage.change(ANI, zone="Asia/Jayapura")
    stage.clock.set("2026-11-24 22:30")
    assert await stage.ani.tells("/hari_ini") == "Rabu, 25 November 2026\nBelum ada laporan."


@ON_SQLITE
async def test_past_days_by_page(stage: Stage) -> None:
    assert await stage.ani.tells("/riwayat") == "Belum ada laporan dari hari-hari sebelumnya."
    await three_days(stage)
    monday = f"{MONDAY}\n[‹ Jum 20 Nov] [Sel 24 Nov ›]"
    assert await stage.ani.tells("/riwayat") == monday
    await stage.ani.taps("‹ Jum 20 Nov")
    assert await stage.ani.sees() == f"{FRIDAY}\n[Sen 23 Nov ›]"
    await stage.ani.taps("Sen 23 Nov ›")
    assert await stage.ani.sees() == monday
    await stage.ani.taps("Sel 24 Nov ›")
    assert await stage.ani.sees() == f"{TODAY}\n[‹ Sen 23 Nov]"


@ON_SQLITE
async def test_without_a_report_today_the_way_forward_still_leads_there(stage: Stage) -> None:
    await stage.ani.says("kemarin mengarsipkan 12 surat masuk")
    await stage.ani.says("/riwayat")
    await stage.ani.taps("Sel 24 Nov ›")
    assert await stage.ani.sees() == f"{NOTHING_TODAY}\n[‹ Sen 23 Nov]"


async def test_the_last_report_is_taken_back_and_put_back(stage: Stage) -> None:
    assert await stage.ani.tells("/batal") == "Tidak ada yang bisa dibatalkan hari ini."
    await three_days(stage)
    before = await stage.ani.sees()
    assert await stage.ani.tells("/batal") == CANCELLED
    assert await stage.ani.tells("/hari_ini") == f"{NOTHING_TODAY}\n[‹ Sen 23 Nov]"
    await stage.ani.taps("Kembalikan")
    assert before in await stage.ani.hears()
    assert await stage.ani.tells("/hari_ini") == f"{TODAY}\n[‹ Sen 23 Nov]"


@ON_SQLITE
async def test_yesterdays_report_is_not_the_last_one(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 90 menit")
    stage.clock.set("2026-11-25 16:00")
    assert await stage.ani.tells("/batal") == "Tidak ada yang bisa dibatalkan hari ini."


@ON_SQLITE
async def test_taken_back_it_waits_for_nobody(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 90 menit")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.ani.says("/batal")
    assert await stage.budi.sees() == "✅ Tidak ada yang menunggu Anda."


async def test_the_language_is_chosen(stage: Stage) -> None:
    assert await stage.ani.tells("/bahasa") == (
        "Dengan bahasa apa saya menulis kepada Anda?\n[✓ Bahasa Indonesia] [English]"
    )
    assert await stage.ani.taps("English") == "From now on in English."
    assert await stage.ani.sees() == "In which language shall I write to you?\n[Bahasa Indonesia] [✓ English]"
    assert await stage.ani.tells("/hari_ini") == "Tuesday, 24 November 2026\nNothing reported."
    chat = next(chat for chat in (await stage.state())["chats"] if chat["id"] == ANI)
    assert {"command": "hari_ini", "description": "Today's report"} in chat["commands"]
    assert await stage.ani.taps("Bahasa Indonesia") == "Mulai sekarang dalam bahasa Indonesia."
    assert await stage.ani.tells("/hari_ini") == NOTHING_TODAY


@ON_SQLITE
async def test_the_team_today(stage: Stage) -> None:
    doni = "Doni"
    await stage.change(CITRA, superior_id=await stage.id_of(BUDI), name=doni, telegram_id=None)
    assert await stage.budi.tells("/tim") == (
        f"Tim Anda, Selasa, 24 November 2026\nAni Lestari – belum\n{doni} – belum bergabung\n"
        "\nPersen tonggak capaian tim ditetapkan di /tonggak.\n"
        f"[Ani Lestari] [{doni}]\n"
        "[🗓 Cuti dan ketidakhadiran] [📵 Tidak terjangkau (1)]"
    )
    await stage.ani.says("1. A3 rapat koordinasi 90 menit\n2. A1 mengarsipkan 10 surat")
    assert (await stage.budi.tells("/tim")).startswith(
        f"Tim Anda, Selasa, 24 November 2026\nAni Lestari – ✓ 2 kegiatan\n{doni} – belum bergabung\n\n"
    )


@ON_SQLITE
async def test_whoever_leads_nobody_sees_no_names(stage: Stage) -> None:
    assert await stage.ani.tells("/tim") == "Saat ini tidak ada pegawai yang melapor kepada Anda."


@ON_SQLITE
async def test_a_large_team_fills_no_more_than_one_message(stage: Stage) -> None:
    sari, agency, unit = await stage.id_of(SARI), 1, 1
    names = [f"Pegawai dengan nama yang cukup panjang nomor {n:03}" for n in range(120)]
    await stage.keep(
        *(
            Employee(agency_id=agency, unit_id=unit, nip=f"1995{n:014}", name=name, superior_id=sari)
            for n, name in enumerate(names)
        )
    )
    text = await stage.sari.tells("/tim")
    assert text.startswith("Tim Anda, Selasa, 24 November 2026\nBudi Santoso – belum\nCitra Dewi – belum\n")
    shown = sum(name in text for name in names)
    assert f"\n… dan {120 - shown} lagi\n[Budi Santoso] [Citra Dewi]\n" in text
    assert text.endswith("\n[‹] [1/13 ›]\n[🗓 Cuti dan ketidakhadiran] [📵 Tidak terjangkau (120)]")
    await stage.sari.taps("‹")
    assert (await stage.sari.sees()).count("[Pegawai") == 2
