"""Suggestions: made with /saran, read once a month without names."""

from datetime import timedelta

from models import suggestions
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, SARI
from tests.stage import Stage

THANKED = "Terima kasih! Admin membacanya awal bulan depan, tanpa nama Anda."
ASKED = "Apa saran Anda tentang Harian atau target? Balas pesan ini. Admin membacanya tanpa nama."
DIGEST = """\
💡 Saran bulan November 2026 (2)
Tanpa nama, supaya semua leluasa berpendapat.

1. target rapat <terlalu> banyak & mirip
2. kartu sore lebih pendek"""


async def suggested(stage: Stage) -> None:
    assert await stage.ani.tells("/saran target rapat <terlalu> banyak & mirip") == THANKED
    assert await stage.ani.tells("/saran") == ASKED
    question = await stage.ani.last()
    assert await stage.ani.tells("kartu sore lebih pendek", reply_to=question["message_id"]) == THANKED


async def test_the_admins_read_them_on_the_first_workday(stage: Stage) -> None:
    await suggested(stage)
    await stage.change(BUDI, role="admin")
    await stage.time("2026-12-01 07:29")
    assert not [text for text in await stage.budi.hears() if "Saran" in text]
    await stage.time("2026-12-01 07:30")
    await stage.time("2026-12-02 08:00")
    assert [text for text in await stage.budi.hears() if "Saran" in text] == [DIGEST]
    assert not [text for text in await stage.sari.hears() if "Saran" in text]


@ON_SQLITE
async def test_without_an_admin_the_top_of_the_tree_reads_them(stage: Stage) -> None:
    await suggested(stage)
    await stage.time("2026-12-01 08:00")
    assert [text for text in await stage.sari.hears() if "Saran" in text] == [DIGEST]
    assert not [text for text in await stage.budi.hears() if "Saran" in text]


@ON_SQLITE
async def test_no_suggestions_no_message(stage: Stage) -> None:
    await stage.time("2026-12-01 08:00")
    assert not [text for text in await stage.sari.hears() if "Saran" in text]


@ON_SQLITE
async def test_many_by_pages_and_long_ones_cut(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        for n in range(21):
            who = await office.person(session, ANI if n % 2 else BUDI)
            moment = stage.clock() + timedelta(days=n // 10 * 2, minutes=n)
            await suggestions.make(session, who, "x" * 141 if n == 0 else f"saran ke-{n}", now=moment)
    await stage.time("2026-12-01 08:00")
    heading = "💡 Saran bulan November 2026 (21)\nTanpa nama, supaya semua leluasa berpendapat.\n\n"
    first = [f"1. {'x' * 139}…", *(f"{n + 1}. saran ke-{n}" for n in range(1, 20))]
    assert await stage.sari.reads("💡") == heading + "\n".join(first) + "\n[‹] [1/2 ›]"
    await stage.sari.taps("1/2 ›")
    assert await stage.sari.reads("💡") == heading + "21. saran ke-20\n[‹] [2/2 ›]"


@ON_SQLITE
async def test_who_is_no_admin_any_more_reads_nothing(stage: Stage) -> None:
    await stage.change(SARI, role="admin")
    async with stage.database.transaction() as session:
        for n in range(21):
            who = await office.person(session, SARI)
            await suggestions.make(session, who, f"saran ke-{n}", now=stage.clock() + timedelta(hours=n * 3))
    await stage.time("2026-12-01 08:00")
    await stage.change(SARI, role="")
    await stage.change(BUDI, role="admin")
    await stage.sari.taps("1/2 ›")
    assert await stage.sari.reads("Saran dibaca") == "Saran dibaca oleh admin."


@ON_SQLITE
async def test_ten_a_day_and_none_too_long(stage: Stage) -> None:
    too_long = "Terlalu panjang. Mohon ditulis paling banyak 1.000 karakter."
    assert await stage.ani.tells(f"/saran {'x' * 1001}") == too_long
    for n in range(10):
        assert await stage.ani.tells(f"/saran nomor {n}") == THANKED
    enough = "Terima kasih, dalam sehari ini sudah ada 10 saran dari Anda. Saran berikutnya kami tunggu besok, ya."
    assert await stage.ani.tells("/saran nomor 11") == enough
    await stage.ani.says("/saran")
    question = await stage.ani.last()
    assert await stage.ani.tells("nomor 11", reply_to=question["message_id"]) == enough
    assert await stage.budi.tells("/saran nomor satu") == THANKED
    stage.clock.forward(hours=24, seconds=1)
    assert await stage.ani.tells("nomor 11", reply_to=question["message_id"]) == THANKED
