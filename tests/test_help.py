"""`/bantuan`: the next useful thing first, by what one is to others, with a button where something can be done."""

import pytest

from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Stage

HOW_TO = """\
Tulis saja apa yang dikerjakan hari ini – dengan kata-kata sendiri, berapa pun kegiatannya, urutannya bebas.
• Jumlah atau jam boleh disebut, tidak wajib: periksa 15 berkas 08.00–10.00
• Untuk hari lain: kemarin rapat dengan kecamatan
• Tidak masuk: sakit, cuti 3 hari mulai besok
• Ada yang keliru: sunting pesan Anda, atau ketuk Ubah di kartunya.

"""
EMPLOYEES = f"""{HOW_TO}\
/hari_ini – Laporan hari ini
/target – Target saya, dan apa yang didukungnya
/nilai – Nilai pekan saya, dan mengapa
/cuti – Cuti, sakit, dinas luar
/jeda – Jeda beberapa hari, jam tenang
/bahasa – Bahasa
Selebihnya ada di menu (/)."""
HEADS = f"""{HOW_TO}\
/tim – Tim saya, dan yang menunggu saya
/hari_ini – Laporan hari ini
/target – Target saya, dan apa yang didukungnya
/nilai – Nilai pekan saya, dan mengapa
/cuti – Cuti, sakit, dinas luar
/plh – Plh dan Plt
/cakupan – Cakupan sasaran unit
/jeda – Jeda beberapa hari, jam tenang
/bahasa – Bahasa
Selebihnya ada di menu (/)."""
NOT_YET = "▶️ Laporan hari ini belum ada. Satu pesan sudah cukup, caranya:\n"
NO_TARGET = (
    "▶️ Belum ada target Anda yang berlaku hari ini. Usulkan satu, atau mintalah kepada atasan: "
    "tanpa target tidak ada capaian.\n"
)
NO_GROUP = "▶️ Grup unit Anda belum terhubung, jadi ringkasan pekan unit belum terlihat siapa pun.\n"


@ON_SQLITE
@pytest.mark.parametrize("command", ["/bantuan", "/help"])
async def test_nothing_reported_comes_first(stage: Stage, command: str) -> None:
    assert await stage.ani.tells(command) == f"{NOT_YET}\n{EMPLOYEES}"
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await stage.ani.tells(command) == EMPLOYEES


@ON_SQLITE
async def test_what_waits_for_a_head_comes_first(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.budi.says("rapat pimpinan")
    buttons = "[📋 Buka kartunya]\n[➕ Usulkan target]\n[👥 Hubungkan grup]"
    assert await stage.budi.tells("/bantuan") == (
        f"▶️ 1 kegiatan menunggu Anda.\n{NO_TARGET}{NO_GROUP}\n{HEADS}\n{buttons}"
    )
    await stage.budi.taps("📋 Buka kartunya")
    assert (await stage.budi.sees()).startswith("Menunggu persetujuan Anda: 1 orang, 1 kegiatan")
    await stage.budi.taps("✅ Setujui semua (1)")
    helps = await stage.budi.finds("▶️")
    assert await stage.budi.taps("📋 Buka kartunya", on=helps) == (
        "Ini baru saja berubah. Beginilah keadaannya sekarang."
    )
    await stage.budi.taps("➕ Usulkan target")
    assert (await stage.budi.sees()).startswith("Target Anda")
    await stage.budi.taps("👥 Hubungkan grup")
    assert "startgroup=" in await stage.budi.sees()


@ON_SQLITE
async def test_an_open_quality_round_can_be_opened_from_it(stage: Stage) -> None:
    await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.budi.says("/jeda sampai Senin")
    await stage.time("2026-11-27 17:05")
    assert (await stage.budi.tells("/bantuan")).startswith("▶️ Penilaian mutu sedang dibuka: 1 hasil belum dinilai.")
    await stage.budi.taps("⭐ Nilai hasil")
    assert "A1 · Pengelolaan surat masuk dan keluar" in await stage.budi.sees()
    await stage.budi.says("90")
    await stage.budi.says("/jeda 1-2 Desember")
    assert "Penilaian mutu" not in await stage.budi.tells("/bantuan")


@ON_SQLITE
async def test_what_came_back_pauses_and_people_out_of_reach(stage: Stage) -> None:
    await stage.change(ANI, telegram_id=None, joined_at=None)
    await stage.budi.says("rapat pimpinan")
    assert "▶️ 1 orang Anda tidak terjangkau.\n" in await stage.budi.tells("/bantuan")
    await stage.budi.taps("🔗 Tautan baru")
    assert (await stage.budi.sees()).startswith("📵 1 orang tidak terjangkau")
    await stage.change(ANI, telegram_id=ANI, joined_at=stage.clock())
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.budi.taps("↩️ Kembalikan …")
    await stage.budi.taps("1")
    await stage.budi.says("Sebutkan hasilnya.", reply_to=(await stage.budi.last())["message_id"])
    await stage.ani.says("/jeda 3 hari")
    assert (await stage.ani.tells("/bantuan")).startswith(
        "▶️ 1 kegiatan dikembalikan kepada Anda dengan alasan.\n"
        "▶️ Saya sedang jeda atas permintaan Anda, jadi tidak bertanya.\n"
    )
    await stage.ani.taps("✏️ Lihat yang dikembalikan")
    assert "Sebutkan hasilnya." in await stage.ani.sees()
    assert await stage.ani.taps("🔔 Akhiri jeda", on=await stage.ani.finds("▶️")) == (
        "Mulai sekarang saya bertanya dan mengingatkan lagi."
    )
    assert "jeda atas" not in await stage.ani.reads("▶️")


@ON_SQLITE
async def test_in_english_too(stage: Stage) -> None:
    await stage.change(ANI, language="en")
    assert (await stage.ani.tells("/help")).startswith(
        "▶️ Nothing is reported today yet. One message is enough, here is how:\n\nJust write what you did today"
    )
    stage.clock.set("2026-11-28 09:00")  # a Saturday: nothing is due
    assert (await stage.ani.tells("/help")).startswith("Just write what you did today")
