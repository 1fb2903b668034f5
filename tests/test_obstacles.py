"""Obstacles: said in a report or told by a tap, answered by the superior, closed or opened again."""

from datetime import date

import pytest

from models import obstacle_acts, obstacles
from models.database import Session
from models.employees import Deputy
from models.obstacles import Obstacle
from models.refusals import Refusal
from models.targets import Target
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Stage
from tests.test_audit_story import story
from tests.test_week import busy_unit

SAID = "stok < 5 & printer rusak"
A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
KEYS = "[Ubah] [⚠️ Kendala] [Batalkan]"
REPORT = f"Laporan Selasa, 24 November 2026\n\n1. rapat koordinasi\n{A3} · 2 jam"
CARD = f"⚠️ Kendala (1/1)\nAni Lestari, Sel 24 Nov · sejak hari ini\n“{SAID}”\n{A3}\n[💬 Jawab] [✅ Selesai]"
NONE_OPEN = "✅ Tidak ada kendala yang terbuka."
UPDATED = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."


def report(*said: str) -> str:
    lines = [f"⚠️ Kendala: {one}" for one in said]
    return "\n".join([REPORT, *(["", *lines] if lines else []), KEYS])


async def hindered(stage: Stage, said: str = SAID) -> int:
    """Ani reports with an obstacle and Budi has his card of the day; Ani's message."""
    message = await stage.ani.says(f"A3 rapat koordinasi 2 jam\nKendala: {said}")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    return message


async def answered(stage: Stage, text: str = "Pakai <printer> umum dulu") -> int:
    """Budi answers; his message."""
    await stage.budi.taps("⚠️ Kendala (1)")
    await stage.budi.taps("💬 Jawab")
    asked = await stage.budi.last()
    return await stage.budi.says(text, reply_to=asked["message_id"])


async def test_it_is_said_seen_answered_opened_again_and_settled(stage: Stage) -> None:
    await hindered(stage)
    assert await stage.ani.hears() == [report(f"{SAID} · terbuka")]
    assert await stage.budi.reads("Menunggu") == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari\n"
        "• rapat koordinasi · 2 jam\n\n"
        "⚠️ Kendala yang menunggu jawaban\n"
        f"• Ani Lestari: {SAID} · sejak hari ini\n"
        "[✅ Setujui semua (1)]\n"
        "[🔎 Periksa satu per satu]\n"
        "[⚠️ Kendala (1)]"
    )
    await stage.budi.taps("⚠️ Kendala (1)")
    assert await stage.budi.sees() == CARD
    await stage.budi.taps("💬 Jawab")
    asked = f"Apa jawaban Anda untuk Ani Lestari tentang “{SAID}”? Balas pesan ini."
    assert await stage.budi.sees() == asked
    question = await stage.budi.last()
    await stage.budi.says("Pakai <printer> umum dulu", reply_to=question["message_id"])
    assert (await stage.budi.hears())[-3:] == [
        NONE_OPEN,
        asked,
        "Jawaban Anda sudah disampaikan kepada Ani Lestari.",
    ]
    assert await stage.ani.hears() == [
        report(f"{SAID} · dijawab: “Pakai <printer> umum dulu”"),
        f"💬 Budi Santoso menjawab kendala Anda “{SAID}”:\nPakai <printer> umum dulu\n[✅ Selesai] [Belum selesai]",
    ]
    assert await stage.ani.taps("Belum selesai") == "Dibuka lagi; atasan Anda melihatnya."
    assert await stage.ani.hears() == [
        report(f"{SAID} · terbuka"),
        f"⚠️ Masih terbuka: “{SAID}”\nAtasan Anda melihatnya lagi.",
    ]
    assert await stage.budi.reads("⚠️ Kendala (1/1)") == CARD.replace(
        "\n[💬", "\n\nJawaban Budi Santoso: Pakai <printer> umum dulu\nMenurut Ani Lestari, belum selesai.\n[💬"
    )
    assert await stage.budi.taps("✅ Selesai") == "Selesai."
    assert await stage.ani.hears() == [
        report(f"{SAID} · selesai"),
        f"⚠️ Masih terbuka: “{SAID}”\nAtasan Anda melihatnya lagi.",
        f"✅ Budi Santoso menandai kendala Anda sudah selesai: “{SAID}”\n[Belum selesai]",
    ]


@ON_SQLITE
async def test_its_owner_settles_it(stage: Stage) -> None:
    await hindered(stage)
    await answered(stage)
    shown = await stage.ani.last()
    assert await stage.ani.taps("✅ Selesai") == "Selesai."
    assert await stage.ani.sees() == f"✅ Selesai: “{SAID}”\n[Belum selesai]"
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.ani.taps_data(shown["message_id"], data) == UPDATED
    await stage.ani.taps("Belum selesai")
    assert (await stage.ani.hears())[0] == report(f"{SAID} · terbuka")


@ON_SQLITE
async def test_no_obstacle_is_none(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam\nKendala: tidak ada")
    assert await stage.ani.hears() == [report()]
    assert await stage.ani.tells("/kendala") == NONE_OPEN


@ON_SQLITE
async def test_it_follows_an_edited_reply(stage: Stage) -> None:
    message = await hindered(stage)
    await stage.budi.taps("⚠️ Kendala (1)")
    old = await stage.budi.last()
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam\nKendala: listrik padam")
    assert await stage.ani.hears() == [report("listrik padam · terbuka")]
    assert await stage.budi.taps("✅ Selesai", on=old) == UPDATED
    assert await stage.budi.sees() == CARD.replace(SAID, "listrik padam")
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam")
    assert await stage.ani.hears() == [report()]
    assert await stage.budi.sees() == NONE_OPEN
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam\nKendala: listrik padam")
    assert await stage.ani.hears() == [report("listrik padam · terbuka")]


@ON_SQLITE
async def test_words_changed_after_an_answer_are_open_again(stage: Stage) -> None:
    message = await hindered(stage)
    answer = await answered(stage)
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam\nKendala: listrik padam")
    assert await stage.ani.hears() == [
        report("listrik padam · terbuka"),
        "⚠️ Masih terbuka: “listrik padam”\nAtasan Anda melihatnya lagi.",
    ]
    await stage.budi.edits(answer, "Pakai printer umum")
    assert (await stage.budi.hears())[-2:] == [
        CARD.replace(SAID, "listrik padam"),
        "Ini baru saja berubah. Beginilah keadaannya sekarang.",
    ]


@ON_SQLITE
async def test_cancelled_with_its_report_and_put_back(stage: Stage) -> None:
    await hindered(stage)
    await stage.ani.taps("Batalkan")
    assert await stage.ani.hears() == ["🗑 Laporan dibatalkan.\n[Kembalikan]"]
    assert await stage.budi.reads("✅") == "✅ Tidak ada yang menunggu Anda."
    await stage.ani.taps("Kembalikan")
    assert await stage.ani.hears() == [report(f"{SAID} · terbuka")]


async def test_told_by_a_tap(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.taps("⚠️ Kendala")
    asked = await stage.ani.last()
    assert asked["text"] == "Apa kendalanya? Balas pesan ini dengan satu kalimat; atasan Anda akan melihatnya."
    told = await stage.ani.says("Mobil <dinas> mogok", reply_to=asked["message_id"])
    assert await stage.ani.sees() == "Dicatat: “Mobil <dinas> mogok”. Atasan Anda melihatnya di kartu persetujuan."
    assert (await stage.ani.hears())[0] == report("Mobil <dinas> mogok · terbuka")
    await stage.ani.edits(told, "Mobil dinas mogok")
    assert (await stage.ani.hears())[0] == report("Mobil dinas mogok · terbuka")


@ON_SQLITE
async def test_an_edited_report_leaves_what_was_told_by_a_tap(stage: Stage) -> None:
    message = await stage.ani.says("A3 rapat koordinasi")
    await stage.ani.taps("⚠️ Kendala")
    asked = await stage.ani.last()
    await stage.ani.says("Mobil dinas mogok", reply_to=asked["message_id"])
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam")
    assert (await stage.ani.hears())[0] == report("Mobil dinas mogok · terbuka")


@ON_SQLITE
async def test_asked_twice_and_told_twice_it_is_one(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    for _ in range(2):
        await stage.ani.taps("⚠️ Kendala")
        asked = await stage.ani.last()
        await stage.ani.says("Mobil dinas mogok", reply_to=asked["message_id"])
    assert (await stage.ani.hears())[0] == report("Mobil dinas mogok · terbuka")


@ON_SQLITE
async def test_nothing_too_long_and_changed_ones_mind(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.taps("⚠️ Kendala")
    asked = await stage.ani.last()
    too_long = "Terlalu panjang. Mohon ditulis paling banyak 500 karakter."
    assert await stage.ani.tells("x" * 501, reply_to=asked["message_id"]) == too_long
    none = "Baik, tidak ada kendala yang dicatat."
    assert await stage.ani.tells("tidak ada", reply_to=asked["message_id"]) == none
    await stage.ani.taps("⚠️ Kendala")
    assert await stage.ani.tells("/batal") == "Baik, itu tidak saya tunggu lagi."
    assert (await stage.ani.hears())[0] == report()


@ON_SQLITE
async def test_an_obstacle_and_nothing_else(stage: Stage) -> None:
    message = await stage.ani.says("Kendala: server mati")
    alone = (
        "Kendala dicatat\n⚠️ Kendala: server mati · terbuka\n\n"
        "Atasan Anda melihatnya di kartu persetujuan. Kegiatan hari ini tetap bisa ditulis di sini.\n"
        "[⚠️ Kendala] [Batalkan]"
    )
    assert await stage.ani.hears() == [alone]
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert await stage.budi.reads("⚠️") == (
        "⚠️ Kendala yang menunggu jawaban\n• Ani Lestari: server mati · sejak hari ini\n[⚠️ Kendala (1)]"
    )
    await stage.ani.taps("Batalkan")
    assert (await stage.ani.hears())[0] == "🗑 Laporan dibatalkan.\n[Kembalikan]"
    await stage.ani.taps("Kembalikan")
    assert (await stage.ani.hears())[0] == alone
    await stage.ani.edits(message, "A3 rapat koordinasi 2 jam\nKendala: server mati")
    assert (await stage.ani.hears())[0] == report("server mati · terbuka")


@ON_SQLITE
async def test_what_waits_longest_comes_first(stage: Stage) -> None:
    await hindered(stage)
    await stage.budi.taps("✅ Setujui semua (1)")
    (dodi,) = await stage.hire("Dodi")
    stage.clock.set("2026-11-26 15:00")
    await dodi.says("Kendala: listrik padam")
    await stage.ani.says("A3 rapat koordinasi\nKendala: atk habis")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-26 17:00")
    assert await stage.budi.reads("Menunggu") == (
        "Menunggu persetujuan Anda: 1 orang, 1 kegiatan\n\n"
        "Ani Lestari\n"
        "• rapat koordinasi\n\n"
        "⚠️ Kendala yang menunggu jawaban\n"
        f"• Ani Lestari: {SAID} · terbuka 2 hari\n"
        "• Dodi Pratama: listrik padam · sejak hari ini\n"
        "• Ani Lestari: atk habis · sejak hari ini\n"
        "[✅ Setujui semua (1)]\n"
        "[🔎 Periksa satu per satu]\n"
        "[⚠️ Kendala (3)]"
    )
    await stage.budi.says("/kendala")
    page = (
        f"⚠️ Kendala (1/3)\nAni Lestari, Sel 24 Nov · terbuka 2 hari\n“{SAID}”\n{A3}\n[💬 Jawab] [✅ Selesai]\n[‹] [›]"
    )
    assert await stage.budi.sees() == page
    await stage.budi.taps("›")
    assert await stage.budi.sees() == (
        "⚠️ Kendala (2/3)\nDodi Pratama, Kam 26 Nov · sejak hari ini\n“listrik padam”\n[💬 Jawab] [✅ Selesai]\n[‹] [›]"
    )
    await stage.budi.taps("✅ Selesai")
    assert await stage.budi.sees() == (
        f"⚠️ Kendala (2/2)\nAni Lestari, Kam 26 Nov · sejak hari ini\n“atk habis”\n{A3}\n"
        "[💬 Jawab] [✅ Selesai]\n[‹] [›]"
    )
    assert (await stage.ani.tells("/kendala")).endswith("[✅ Selesai]\n[‹] [›]")


@ON_SQLITE
async def test_others_may_not(stage: Stage) -> None:
    await hindered(stage)
    await stage.budi.taps("⚠️ Kendala (1)")
    shown = await stage.budi.last()
    data = shown["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
    gone = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    assert await stage.citra.taps_data(shown["message_id"], data) == gone
    assert await stage.citra.tells("/kendala") == NONE_OPEN
    await stage.budi.taps("💬 Jawab")
    asked = await stage.budi.last()
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    not_yours = "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    assert await stage.budi.tells("Sabar", reply_to=asked["message_id"]) == not_yours
    assert await stage.budi.taps("✅ Selesai") == not_yours
    assert await stage.budi.reads("✅ Tidak ada kendala") == NONE_OPEN
    assert await stage.citra.tells("/kendala") == CARD
    assert await stage.ani.hears() == [report(f"{SAID} · terbuka")]


@ON_SQLITE
async def test_a_deputy_answers(stage: Stage) -> None:
    await hindered(stage)
    superior, deputy = await stage.id_of(BUDI), await stage.id_of(CITRA)
    day = date(2026, 11, 24)
    await stage.keep(Deputy(agency_id=1, superior_id=superior, deputy_id=deputy, starts_on=day, ends_on=day))
    assert await stage.citra.tells("/kendala") == CARD
    await stage.citra.taps("✅ Selesai")
    assert await stage.ani.sees() == f"✅ Citra Dewi menandai kendala Anda sudah selesai: “{SAID}”\n[Belum selesai]"
    await stage.ani.taps("Belum selesai")
    told = await story(stage, ANI)
    assert "Citra Dewi [Telegram 1003]: menandai selesai kendala no. 1 – Ani Lestari" in told
    assert "Ani Lestari [Telegram 1001]: membuka lagi kendala no. 1" in told


@ON_SQLITE
async def test_only_the_revision_that_was_seen(stage: Stage) -> None:
    await hindered(stage)
    async with stage.database.transaction() as session:
        obstacle = await session.get_one(Obstacle, 1)
        budi, on = await office.person(session, BUDI), date(2026, 11, 24)
        await obstacles.reword(session, obstacle, "listrik padam")
        close = obstacle_acts.close(session, budi, obstacle, revision=1, on=on, now=stage.clock())
        for act in (close, _answer(stage, session, obstacle)):
            with pytest.raises(Refusal, match="changed_meanwhile"):
                await act
        assert (obstacle.status, obstacle.revision, obstacle.text) == ("open", 2, "listrik padam")


async def _answer(stage: Stage, session: Session, obstacle: Obstacle) -> None:
    budi = await office.person(session, BUDI)
    on, now = date(2026, 11, 24), stage.clock()
    await obstacle_acts.answer(session, budi, obstacle, "ya", revision=1, on=on, now=now)


@ON_SQLITE
async def test_the_target_is_the_one_it_stands_with(stage: Stage) -> None:
    await stage.ani.says("verifikasi data penerima bantuan\nKendala: listrik padam")
    await stage.ani.taps("A1 · Pengelolaan surat masuk dan keluar")
    await stage.ani.says("1. A3 rapat terkendala listrik\n2. A1 mengarsipkan 12 surat")
    await stage.ani.says("1. A3 rapat koordinasi\n2. A1 mengarsipkan 12 surat\nKendala: gempa")
    async with stage.database.reading() as session:
        rows = await obstacles.open_of(session, [await stage.id_of(ANI)])
        found = [(row.text, await _code(session, row)) for row in rows]
    assert found == [("listrik padam", "A1"), ("terkendala listrik", "A3"), ("gempa", None)]


@ON_SQLITE
async def test_in_english(stage: Stage) -> None:
    await stage.change(ANI, language="en")
    await stage.ani.says("A3 coordination meeting 2 hours\nObstacle: no power")
    assert await stage.ani.sees() == (
        "Report Tuesday, 24 November 2026\n\n1. coordination meeting\n"
        f"{A3} · 2 h\n\n⚠️ Obstacle: no power · open\n[Change] [⚠️ Obstacle] [Cancel report]"
    )


async def _code(session: Session, obstacle: Obstacle) -> str | None:
    target = await session.get(Target, obstacle.target_id) if obstacle.target_id else None
    return target.code if target else None


@ON_SQLITE
async def test_the_group_hears_how_many(stage: Stage) -> None:
    group = await busy_unit(stage, marked=6)
    stage.clock.set("2026-11-29 12:00")
    await stage.ani.says("Kendala: listrik padam")
    for text in ("stok habis", "printer rusak"):
        await stage.budi.says(f"Kendala: {text}")
        await stage.budi.says("/kendala")
        await stage.budi.taps("✅ Selesai")
    await stage.time("2026-11-30 13:00")
    text = (await group.news())[0]
    assert "Kendala: 1 terbuka, 2 selesai\n" in text
    assert "listrik" not in text


@ON_SQLITE
async def test_fewer_than_five_are_not_counted(stage: Stage) -> None:
    group = stage.budi.in_chat(await stage.units_group())
    await hindered(stage)
    await group.news()
    await stage.time("2026-11-30 13:00")
    assert "Kendala" not in (await group.news())[0]
