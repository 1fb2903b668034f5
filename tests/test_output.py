"""The output card when it is answered oddly, late, or not at all."""

import pytest

from tests.databases import ON_SQLITE
from tests.stage import Stage

WORK = "1. A3 rapat koordinasi 2 jam\n2. A4 menyusun rencana kerja"
ASKED = """\
Hasil pekan ini

(1/2) Fasilitasi rapat koordinasi perencanaan
Berapa kegiatan selesai pekan ini? Ketuk, atau ketik angkanya.
[0] [1] [2] [3] [4] [5]"""
HOW_FAR = """\
Hasil pekan ini
✓ Fasilitasi rapat koordinasi perencanaan: 2 kegiatan

(2/2) Penyusunan rencana kerja perangkat daerah
Sudah sampai berapa persen? Ketuk, atau ketik angkanya. Atasan Anda yang menyetujuinya.
[10 %] [25 %] [50 %] [75 %] [90 %] [100 %]"""
SAID = """\
Hasil pekan ini
✓ Fasilitasi rapat koordinasi perencanaan: 2 kegiatan
✓ Penyusunan rencana kerja perangkat daerah: 40 %
Terima kasih. Diteruskan ke atasan Anda.
[Ubah]"""


async def asked(stage: Stage) -> str:
    """Friday evening, in a week in which Ani has worked on two targets."""
    await stage.ani.says(WORK)
    await stage.time("2026-11-27 18:00")
    return await stage.ani.reads("Hasil pekan ini")


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "answer"), [("3 kegiatan", "3"), ("1.250", "1.250"), ("2,5", "2,5"), ("0", "0"), ("12", "12")]
)
async def test_numbers_as_people_type_them(stage: Stage, typed: str, answer: str) -> None:
    assert await asked(stage) == ASKED
    await stage.ani.says(typed)
    said = (await stage.ani.reads("Hasil pekan ini")).split("\n")[1]
    assert said == f"✓ Fasilitasi rapat koordinasi perencanaan: {answer} kegiatan"


@ON_SQLITE
async def test_what_is_out_of_range_is_refused_and_stays_asked(stage: Stage) -> None:
    await asked(stage)
    assert await stage.ani.tells("100001") == "Mohon isi angka 0 sampai 100.000."
    await stage.ani.taps("2")
    assert await stage.ani.tells("101") == "Mohon isi angka 0 sampai 100."
    assert await stage.ani.reads("Hasil pekan ini") == HOW_FAR
    await stage.ani.says("40 %")
    assert await stage.ani.reads("Hasil pekan ini") == SAID


async def test_it_is_answered_as_long_as_its_sunday_is_open(stage: Stage) -> None:
    await asked(stage)
    stage.clock.set("2026-12-02 09:00")
    await stage.ani.taps("2")
    assert await stage.ani.reads("Hasil pekan ini") == HOW_FAR
    stage.clock.set("2026-12-03 09:00")
    assert await stage.ani.taps("50 %") == (
        "Minggu, 29 November 2026 sudah ditutup (Rabu, 2 Desember 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Senin, 30 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."
    )
    assert await stage.ani.reads("Hasil pekan ini") == HOW_FAR


@ON_SQLITE
async def test_unanswered_it_does_not_stand_in_the_way_for_ever(stage: Stage) -> None:
    """Days later a code alone answers the new question; the old one is answered by replying to its card."""
    await asked(stage)
    stage.clock.set("2026-12-01 16:00")
    await stage.ani.says("verifikasi data penerima bantuan")
    await stage.ani.says("A1")
    assert await stage.ani.sees() == (
        "Laporan Selasa, 1 Desember 2026\n\n"
        "1. verifikasi data penerima bantuan\n"
        "🎯 A1 · Pengelolaan surat masuk dan keluar\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    card = await stage.ani.finds("Hasil pekan ini")
    await stage.ani.says("2", reply_to=card["message_id"])
    assert await stage.ani.reads("Hasil pekan ini") == HOW_FAR
