"""Sick, on leave, travelling: understood from a word, noted with one tap, undone with another."""

import pytest

from tests.databases import ON_SQLITE
from tests.stage import Stage

ASKS = "Pada hari itu saya tidak bertanya."


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("sakit", "sakit, Sel 24 Nov"),
        ("izin tidak masuk, sakit 2 hari", "sakit, Sel 24 Nov – Rab 25 Nov"),
        ("cuti 3 hari mulai besok", "cuti, Rab 25 Nov – Jum 27 Nov"),
        ("dinas luar sampai Jumat", "dinas luar, Sel 24 Nov – Jum 27 Nov"),
        ("DL sampai Jumat", "dinas luar, Sel 24 Nov – Jum 27 Nov"),
    ],
)
async def test_what_is_understood(stage: Stage, text: str, understood: str) -> None:
    assert await stage.ani.tells(text) == f"Saya catat {understood}? {ASKS}\n[Ya, catat] [Bukan]"


async def test_noted_with_a_tap_nobody_asks(stage: Stage) -> None:
    await stage.ani.says("cuti 3 hari mulai besok")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.sees() == f"🗓 Dicatat: cuti, Rab 25 Nov – Jum 27 Nov. {ASKS}\n[Urungkan]"
    await stage.ani.says("A3 rapat koordinasi")
    await stage.ani.news()
    for moment in ("2026-11-24 18:00", "2026-11-25 16:00", "2026-11-27 16:00", "2026-11-27 18:00", "2026-11-30 08:00"):
        await stage.time(moment)
    assert [text for text in await stage.ani.news() if not text.startswith("Pekan")] == []
    await stage.time("2026-11-30 16:00")
    assert [text for text in await stage.ani.news() if text.startswith("Selamat sore, Ani.")]


@ON_SQLITE
async def test_until_it_is_confirmed_it_does_not_count(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


async def test_undone_it_counts_no_more(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.ani.taps("Urungkan")
    assert await stage.ani.sees() == (
        "Baik, tidak ada yang dicatat. Kalau Anda bekerja, tulis saja apa yang dikerjakan."
    )
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


@ON_SQLITE
async def test_declined(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Bukan")
    assert await stage.ani.sees() == (
        "Baik, tidak ada yang dicatat. Kalau Anda bekerja, tulis saja apa yang dikerjakan."
    )


async def test_a_double_tap_notes_it_once(stage: Stage) -> None:
    await stage.ani.says("sakit")
    old = await stage.ani.last()
    await stage.ani.taps("Ya, catat", on=old)
    assert await stage.ani.taps("Ya, catat", on=old) == "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
    await stage.ani.taps("Urungkan")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == ["Selamat sore, Ani. Hari ini mengerjakan apa saja?"]


@ON_SQLITE
async def test_undoing_one_leaves_another(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.ani.taps("Urungkan")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_the_supervisor_sees_who_is_away_and_until_when(stage: Stage) -> None:
    await stage.ani.says("dinas luar sampai Jumat")
    await stage.ani.taps("Ya, catat")
    assert await stage.budi.tells("/tim") == (
        "Tim Anda, Selasa, 24 November 2026\nAni Lestari – 🗓 dinas luar, kembali Sen 30 Nov"
    )


@ON_SQLITE
async def test_the_day_shows_the_absence(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    assert await stage.ani.tells("/hari_ini") == "Selasa, 24 November 2026\nsakit"


@ON_SQLITE
async def test_nothing_done_is_noted_for_the_day(stage: Stage) -> None:
    assert await stage.ani.tells("nihil") == f"Saya catat tidak ada kegiatan, Sel 24 Nov? {ASKS}\n[Ya, catat] [Bukan]"
    await stage.ani.taps("Ya, catat")
    await stage.ani.news()
    await stage.time("2026-11-24 16:00")
    assert await stage.ani.news() == []


@ON_SQLITE
async def test_work_reported_on_a_day_of_absence_is_kept(stage: Stage) -> None:
    await stage.ani.says("sakit")
    await stage.ani.taps("Ya, catat")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await stage.ani.sees() == (
        "Laporan Selasa, 24 November 2026\n\n"
        "1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )


@ON_SQLITE
async def test_somebody_else_cannot_confirm_it(stage: Stage) -> None:
    await stage.ani.says("sakit")
    card = await stage.ani.last()
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await stage.budi.taps_data(card["message_id"], data) == (
        "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    )
    assert (await stage.ani.sees()).startswith("Saya catat sakit")
