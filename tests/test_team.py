"""`/tim`: from the list to a page for each person and all that is theirs; and whom nobody reaches, with new links."""

import re
from datetime import date

from models.employees import Deputy
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

PAGE = """\
Ani Lestari – Perencana Ahli Pertama
Hari ini: ✓ 1 kegiatan

Kegiatan terakhir
• rapat koordinasi · Sel 24 Nov · ⏳ menunggu atasan
[✍️ Catat umpan balik]
[‹] [1/5 ›]
[🎯 Target] [📍 Tonggak capaian]
[🧭 Kompetensi] [🗓 Cuti dan ketidakhadiran]
[📋 Hari-hari terakhir]
[‹ Kembali]"""
NOT_YOURS = "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


async def opened(phone: Phone) -> None:
    await phone.says("/tim")
    await phone.taps("Ani Lestari")


@ON_SQLITE
async def test_a_page_for_each_with_all_that_is_theirs(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await opened(stage.budi)
    assert await stage.budi.sees() == PAGE
    await stage.budi.taps("1/5 ›")
    assert "🎯 A1 · Pengelolaan surat masuk dan keluar" in await stage.budi.sees()
    await stage.budi.taps("📋 Hari-hari terakhir")
    assert await stage.budi.sees() == (
        "Ani Lestari\nSelasa, 24 November 2026\n\n1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam · ⏳ menunggu atasan\n\n"
        "Waktu yang disebut: 2 jam\n[‹ Kembali]"
    )
    await stage.budi.taps("‹ Kembali")
    assert await stage.budi.sees() == PAGE
    for button, beginning in {
        "🎯 Target": "Target Ani Lestari",
        "📍 Tonggak capaian": "🏁 Ani Lestari – A4",
        "🧭 Kompetensi": "Kompetensi Ani Lestari",
        "🗓 Cuti dan ketidakhadiran": "Cuti dan ketidakhadiran Ani Lestari",
    }.items():
        card = await stage.budi.finds("Ani Lestari – ")
        await stage.budi.taps(button, on=card)
        assert (await stage.budi.sees()).startswith(beginning), button
    await stage.budi.taps("✍️ Catat umpan balik", on=await stage.budi.finds("Ani Lestari – "))
    await stage.budi.says("Bagus sekali.", reply_to=(await stage.budi.last())["message_id"])
    assert "Bagus sekali." in await stage.ani.sees()
    await stage.budi.taps("‹ Kembali", on=await stage.budi.finds("Ani Lestari – "))
    assert (await stage.budi.reads("Tim Anda")).startswith("Tim Anda, Selasa, 24 November 2026\nAni Lestari – ✓ 1")


@ON_SQLITE
async def test_the_page_is_theirs_only_as_long_as_the_person_is(stage: Stage) -> None:
    days = {"starts_on": date(2026, 11, 24), "ends_on": date(2026, 11, 24)}
    budi, citra = await stage.id_of(BUDI), await stage.id_of(CITRA)
    await stage.keep(Deputy(agency_id=1, superior_id=budi, deputy_id=citra, **days))
    await opened(stage.citra)
    card = await stage.citra.last()
    assert (await stage.citra.sees()).startswith("Ani Lestari – Perencana")
    stage.clock.set("2026-11-25 08:00")
    for button in ("1/5 ›", "📋 Hari-hari terakhir", "🎯 Target", "📍 Tonggak capaian", "🧭 Kompetensi"):
        assert await stage.citra.taps(button, on=card) in (
            NOT_YOURS,
            "Kartu ini baru diperbarui. Mohon lihat sekali lagi.",
            "Tombol ini sudah tidak berlaku. Tidak ada yang berubah.",
        )
    assert await stage.citra.sees() == "Saat ini tidak ada pegawai yang melapor kepada Anda."
    assert await stage.citra.tells("/tim") == "Saat ini tidak ada pegawai yang melapor kepada Anda."


@ON_SQLITE
async def test_whom_the_bot_does_not_reach_gets_new_links_from_the_head(stage: Stage) -> None:
    await stage.hire("Eka", "Fajar")
    await stage.change(ANI, telegram_id=None, joined_at=None)
    await stage.people("block", person=1101)
    await stage.time("2026-11-24 17:00")
    assert (await stage.budi.tells("/tim")).endswith("\n[🗓 Cuti dan ketidakhadiran] [📵 Tidak terjangkau (2)]")
    await stage.budi.taps("📵 Tidak terjangkau (2)")
    listed = (
        "📵 2 orang tidak terjangkau\n"
        "Mereka tidak ditanya dan tidak dihitung dalam persentase laporan. "
        "Tautan baru berlaku satu kali, selama 14 hari.\n\n"
        "• Ani Lestari – {ani}\n• Eka Pratama – memblokir bot atau tidak aktif sejak Sel 24 Nov\n"
        "[🔗 Ani Lestari]\n[🔗 Eka Pratama]\n[🔗 Tautan untuk semua (2)]"
    )
    assert await stage.budi.sees() == listed.format(ani="belum bergabung")
    await stage.budi.taps("🔗 Ani Lestari")
    one = await stage.budi.sees()
    assert one.startswith("🔗 Untuk Ani Lestari, berlaku satu kali, selama 14 hari. Mohon diteruskan:\nhttps://t.me/")
    assert await stage.budi.reads("📵") == listed.format(ani="tautan berlaku s.d. Sel 8 Des")
    await stage.budi.taps("🔗 Tautan untuk semua (2)")
    both = await stage.budi.sees()
    assert [line.split(": ")[0] for line in both.split("\n")[2:]] == ["Ani Lestari", "Eka Pratama"]
    phone = await stage.new_person("Ani")
    await phone.says(f"/start {LINK.findall(one)[0]}")
    assert "tidak berlaku" in await phone.sees()
    await phone.says(f"/start {LINK.findall(both)[0]}")
    assert (await phone.tells("2001")).startswith("Selamat datang, Ani Lestari")
    await stage.people("unblock", person=1101)
    await stage.settle()
    await stage.time("2026-11-30 17:00")
    assert await stage.budi.taps("🔗 Ani Lestari") == NOT_YOURS
    assert await stage.budi.reads("Semua orang Anda") == "Semua orang Anda terjangkau."


@ON_SQLITE
async def test_the_list_comes_once_a_week_without_a_sound(stage: Stage) -> None:
    await stage.change(ANI, telegram_id=None, joined_at=None)
    await stage.time("2026-11-24 17:00")
    await stage.time("2026-11-30 16:59")
    assert not [one for one in await stage.budi.hears() if one.startswith("📵")]
    await stage.time("2026-11-30 17:00")
    assert (await stage.budi.reads("📵")).startswith("📵 1 orang tidak terjangkau")
    assert (await stage.budi.finds("📵")).get("disable_notification", True)
    await stage.time("2026-12-01 17:00")
    await stage.time("2026-12-07 17:00")
    assert len([one for one in await stage.budi.hears() if one.startswith("📵")]) == 2


@ON_SQLITE
async def test_a_head_who_is_not_reached_is_on_the_list_of_the_next_one(stage: Stage) -> None:
    await stage.change(BUDI, telegram_id=None, joined_at=None)
    await stage.change(ANI, telegram_id=None, joined_at=None)
    await stage.sari.says("/tim")
    await stage.sari.taps("📵 Tidak terjangkau (2)")
    assert "• Ani Lestari – belum bergabung\n• Budi Santoso – belum bergabung\n" in await stage.sari.sees()
    await stage.citra.says("/tim")
    assert "📵" not in "\n".join(await stage.citra.hears())
