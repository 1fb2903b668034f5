"""A person objects to a decided appraisal: it goes one level up, and both hear what became of it."""

from typing import Any

import pytest

from models.employees import ADMIN
from tests import office
from tests.databases import ON_SQLITE
from tests.stage import Phone, Stage

CASE = """\
Keberatan atas penilaian
Ani Lestari, tahun 2026, dinilai oleh Budi Santoso
Predikat: Baik

Keberatan Sel 24 Nov: Nilai <saya> terlalu rendah
"""
UPHELD = "Jawaban Sari Utami: penilaian tetap berlaku."
BACK = "Sari Utami mengembalikannya ke penilai: Lihat rekap kehadiran"
ASKS = "Apa yang Anda beratkan, dan apa alasannya? Balas pesan ini. Keberatan diteruskan ke atasan penilai."


async def rate(appraiser: Phone) -> None:
    await appraiser.taps("Perilaku kerja")
    await appraiser.taps("Sesuai ekspektasi")
    await decide(appraiser, "Sesuai ekspektasi", "Baik")


async def decide(appraiser: Phone, results: str, predicate: str) -> None:
    await appraiser.taps("Hasil kerja")
    await appraiser.taps(results)
    await appraiser.taps(f"✅ Tetapkan: {predicate}")


@pytest.fixture
async def decided(stage: Stage) -> Stage:
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await rate(stage.budi)
    return stage


async def object_(person: Phone, text: str = "Nilai <saya> terlalu rendah") -> dict[str, Any]:
    """The message in which the bot asked."""
    await person.taps("Keberatan …")
    asked = await person.last()
    assert asked["text"] == ASKS
    await person.says(text, reply_to=asked["message_id"])
    return asked


@ON_SQLITE
async def test_upheld_and_told_to_both(decided: Stage) -> None:
    await object_(decided.ani)
    assert await decided.ani.sees() == "Keberatan Anda sudah diteruskan ke Sari Utami (Kepala Badan)."
    waiting = "Menunggu jawaban.\n"
    assert f"terlalu rendah\n{waiting}[Mengapa?]" in await decided.ani.reads("Penilaian Anda")
    assert await decided.sari.sees() == (
        f"{CASE}{waiting}[Rincian]\n[Penilaian tetap berlaku]\n[Kembalikan ke penilai …]"
    )
    await decided.budi.news()
    assert await decided.sari.taps("Penilaian tetap berlaku") == "Penilaian tetap berlaku. Keduanya diberi tahu."
    assert await decided.sari.sees() == f"{CASE}{UPHELD}\n[Rincian]"
    assert await decided.budi.news() == [f"{CASE}{UPHELD}\n[Rincian]"]
    assert f"{UPHELD}\n[Mengapa?]" in await decided.ani.sees()
    assert "[Keberatan …]" not in await decided.ani.sees()


async def test_given_back_and_decided_anew(decided: Stage) -> None:
    await object_(decided.ani)
    await decided.sari.taps("Kembalikan ke penilai …")
    asked = await decided.sari.last()
    await decided.sari.says("Lihat rekap kehadiran", reply_to=asked["message_id"])
    assert await decided.sari.sees() == "Dikembalikan ke penilai. Keduanya diberi tahu."
    assert BACK in await decided.ani.sees()
    assert await decided.budi.sees() == f"{CASE}{BACK}\n[Rincian]\n[Buka penilaian]"
    await decided.budi.taps("Buka penilaian")
    assert "Dikembalikan setelah ada keberatan: Lihat rekap kehadiran\n" in await decided.budi.sees()
    assert "[✅ Tetapkan: Baik]" in await decided.budi.sees(), "it may be decided again as it is"
    await decide(decided.budi, "Di atas ekspektasi", "Baik")
    assert "Ini penetapan ke-2" in await decided.ani.sees()
    assert "[Keberatan …]" in await decided.ani.sees(), "once for each decision"


@ON_SQLITE
async def test_not_twice(decided: Stage) -> None:
    asked = await object_(decided.ani)
    await decided.ani.says("Sekali lagi", reply_to=asked["message_id"])
    assert "Sekali lagi" not in "\n".join(await decided.sari.hears())


@ON_SQLITE
async def test_an_objection_to_what_was_decided_anew_is_not_taken(decided: Stage) -> None:
    await decided.ani.taps("Keberatan …")
    asked = await decided.ani.last()
    await decide(decided.budi, "Di bawah ekspektasi", "Butuh Perbaikan")
    said = await decided.ani.tells("Terlambat", reply_to=asked["message_id"])
    assert said == "Ini baru saja berubah. Beginilah keadaannya sekarang."
    assert await decided.sari.hears() == []


@ON_SQLITE
async def test_only_the_judge_answers(decided: Stage) -> None:
    await object_(decided.ani)
    card = await decided.sari.last()
    data = card["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    for other in (decided.citra, decided.budi, decided.ani):
        assert await other.taps_data(card["message_id"], data) == (
            "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
        )
    await decided.change(office.BUDI, superior_id=await decided.id_of(office.CITRA))
    assert await decided.sari.taps("Penilaian tetap berlaku") != "Penilaian tetap berlaku. Keduanya diberi tahu."
    await decided.citra.says("/penilaian")
    await decided.citra.taps("Penilaian tetap berlaku")
    assert "Jawaban Citra Dewi: penilaian tetap berlaku." in await decided.ani.sees()


@ON_SQLITE
async def test_above_the_top_it_goes_to_an_admin_by_name(stage: Stage) -> None:
    await stage.change(office.CITRA, role=ADMIN)
    await stage.change(office.BUDI, superior_id=None)
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await rate(stage.budi)
    await object_(stage.ani)
    assert await stage.ani.sees() == (
        "Belum ada atasan Budi Santoso yang memakai Harian, jadi keberatan Anda diteruskan ke admin instansi: "
        "Citra Dewi (Kepala Bagian Umum)."
    )
    assert (await stage.citra.sees()).startswith("Keberatan atas penilaian\n")


@ON_SQLITE
async def test_with_nobody_to_answer_it_is_said_whom_to_see(stage: Stage) -> None:
    await stage.change(office.SARI, telegram_id=None)
    await stage.budi.says("/penilaian")
    await stage.budi.taps("1")
    await rate(stage.budi)
    await object_(stage.ani)
    assert await stage.ani.sees() == (
        "Keberatan Anda tersimpan bersama penilaian ini, tetapi Sari Utami (Kepala Badan), atasan Budi Santoso, "
        "belum memakai Harian. Mohon sampaikan langsung."
    )
