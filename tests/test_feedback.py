"""Feedback: typed by the supervisor, heard by the person at once, found again by both."""

from tests.databases import ON_SQLITE
from tests.long_ago import NOON, begun
from tests.office import ANI, CITRA
from tests.stage import Stage

A1 = "A1 · Pengelolaan surat masuk dan keluar"
ASKED = f"Apa yang ingin Anda sampaikan kepada Ani Lestari tentang {A1}? Balas pesan ini."
TEXT = "Terima kasih, <b>rapi</b> & cepat.\nTolong lanjutkan."
KEPT = "Sudah disampaikan kepada Ani Lestari. Anda dapat melihatnya lagi di /umpan_balik."


async def asked(stage: Stage) -> int:
    """Budi taps through to the question; its message."""
    await begun(stage)
    await stage.time(NOON)
    await stage.budi.taps("1 · Ani Lestari")
    await stage.budi.taps("✍️ Catat umpan balik")
    assert await stage.budi.sees() == ASKED
    return int((await stage.budi.last())["message_id"])


async def test_given_heard_and_found_again(stage: Stage) -> None:
    question = await asked(stage)
    assert await stage.budi.tells(TEXT, reply_to=question) == KEPT
    assert await stage.ani.sees() == f"💬 Umpan balik dari Budi Santoso tentang {A1}:\n{TEXT}"
    assert await stage.ani.tells("/umpan_balik") == (
        f"Umpan balik untuk Anda\n\nSen 30 Nov, dari Budi Santoso tentang {A1}:\n{TEXT}"
    )
    assert await stage.budi.tells("/umpan_balik") == (
        f"Umpan balik dari Anda\n\nSen 30 Nov, untuk Ani Lestari tentang {A1}:\n{TEXT}"
    )
    assert await stage.citra.tells("/umpan_balik") == "Umpan balik untuk Anda\nBelum ada."


@ON_SQLITE
async def test_too_long_and_then_shorter(stage: Stage) -> None:
    question = await asked(stage)
    too_long = await stage.budi.tells("x" * 1001, reply_to=question)
    assert too_long == "Terlalu panjang. Mohon ditulis paling banyak 1.000 karakter."
    assert not [text for text in await stage.ani.hears() if text.startswith("💬")]
    assert await stage.budi.tells("x" * 1000, reply_to=question) == KEPT
    assert await stage.ani.sees() == f"💬 Umpan balik dari Budi Santoso tentang {A1}:\n{'x' * 1000}"


@ON_SQLITE
async def test_authority_is_checked_when_it_is_typed(stage: Stage) -> None:
    question = await asked(stage)
    await stage.change(ANI, superior_id=await stage.id_of(CITRA))
    assert await stage.budi.tells(TEXT, reply_to=question) == (
        "Ini bukan wewenang Anda hari ini. Tidak ada yang berubah."
    )
    assert not [text for text in await stage.ani.hears() if text.startswith("💬")]


@ON_SQLITE
async def test_it_is_called_off(stage: Stage) -> None:
    await asked(stage)
    assert await stage.budi.tells("/batal") == "Baik, itu tidak saya tunggu lagi."
    assert not [text for text in await stage.ani.hears() if text.startswith("💬")]


@ON_SQLITE
async def test_many_by_pages_and_both_sides(stage: Stage) -> None:
    await begun(stage)
    await stage.time(NOON)
    await stage.budi.taps("1 · Ani Lestari")
    for n in range(4):
        await stage.budi.taps("✍️ Catat umpan balik")
        question = (await stage.budi.last())["message_id"]
        await stage.budi.tells(f"Umpan balik ke-{n}", reply_to=question)
    await stage.sari.taps("1 · Budi Santoso")
    await stage.sari.taps("✍️ Catat umpan balik")
    assert await stage.sari.sees() == "Apa yang ingin Anda sampaikan kepada Budi Santoso? Balas pesan ini."
    await stage.sari.tells("Bagus", reply_to=(await stage.sari.last())["message_id"])
    assert await stage.budi.tells("/umpan_balik") == (
        "Umpan balik untuk Anda\n\nSen 30 Nov, dari Sari Utami:\nBagus\n[Yang Anda berikan]"
    )
    await stage.budi.taps("Yang Anda berikan")
    seen = await stage.budi.sees()
    assert [n for n in range(4) if f"ke-{n}" in seen] == [1, 2, 3]
    assert seen.endswith("\n[‹] [1/2 ›]\n[Yang Anda terima]")
    await stage.budi.taps("1/2 ›")
    assert await stage.budi.sees() == (
        f"Umpan balik dari Anda\n\nSen 30 Nov, untuk Ani Lestari tentang {A1}:\nUmpan balik ke-0\n"
        "[‹] [2/2 ›]\n[Yang Anda terima]"
    )


@ON_SQLITE
async def test_who_has_not_joined_finds_it_later(stage: Stage) -> None:
    question = await asked(stage)
    await stage.change(ANI, telegram_id=None)
    assert await stage.budi.tells("Selamat", reply_to=question) == (
        "Tersimpan. Ani Lestari belum bergabung dan nanti dapat membacanya di /umpan_balik."
    )
