"""Remarks beside marks, results not worth marking, and what is typed: what the supervisor says, the employee reads."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.marks import QualityMark
from models.reading.mark_text import mark_in
from tests.databases import ON_SQLITE
from tests.stage import Stage

FRIDAY = "2026-11-27"
A1 = "Pengelolaan surat masuk dan keluar"
ASKED = f"Apa catatan Anda untuk Ani Lestari tentang A1 · {A1}? Balas pesan ini."
NOT_A_MARK = (
    "Saya tidak menemukan nilai di situ. Balas kartunya dengan angka 0–100; "
    "kalau ini laporan, kirim tanpa membalas kartu."
)
CLOSED = "Penilaian pekan ini sudah ditutup. Tidak ada yang berubah."


async def asked_for_marks(stage: Stage) -> int:
    """Ani's letters are approved, and Budi's card asks for their mark; the card's message."""
    stage.clock.set(f"{FRIDAY} 15:00")
    await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.budi.says("rapat pimpinan")
    await stage.time(f"{FRIDAY} 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.time(f"{FRIDAY} 17:15")
    return int((await stage.budi.finds("Mutu"))["message_id"])


async def stored(stage: Stage) -> list[tuple[int | None, str]]:
    async with stage.database.reading() as session:
        rows = (await session.exec(select(QualityMark).order_by(col(QualityMark.id)))).all()
        assert all(row.week_ends_on == date(2026, 11, 29) for row in rows)
        return [(row.mark, row.remark) for row in rows]


async def anis_week(stage: Stage) -> str:
    await stage.time("2026-11-30 13:00")
    return "\n".join((await stage.ani.reads("Pekan Anda")).split("\n")[1:5])


async def test_a_mark_with_a_remark_in_one_reply(stage: Stage) -> None:
    card = await asked_for_marks(stage)
    await stage.budi.says("85 rapi sekali, <b>lanjutkan</b> & pertahankan", reply_to=card)
    assert await stored(stage) == [(85, "rapi sekali, <b>lanjutkan</b> & pertahankan")]
    await stage.budi.taps("Lihat sekali lagi")
    assert (
        "Nilai sekarang: 85 (1–2 kesalahan kecil)\nCatatan: rapi sekali, <b>lanjutkan</b> & pertahankan\n"
        in await stage.budi.reads("Mutu")
    )
    assert await anis_week(stage) == (
        f"Skor: 10,8 dari 100\n\n• {A1}: 43,1 (kuantitas 1, mutu 85)\n  💬 rapi sekali, <b>lanjutkan</b> & pertahankan"
    )
    await stage.ani.taps("Mengapa?")
    assert "\n\nCatatan atasan: rapi sekali, <b>lanjutkan</b> & pertahankan\n" in await stage.ani.sees()


@ON_SQLITE
async def test_a_remark_before_its_mark_is_kept_until_the_mark(stage: Stage) -> None:
    await asked_for_marks(stage)
    await stage.budi.taps("📝 Catatan")
    assert await stage.budi.sees() == ASKED
    await stage.budi.news()
    await stage.budi.says("85 surat belum diberi nomor", reply_to=(await stage.budi.last())["message_id"])
    assert await stored(stage) == []
    kept = "Catatan Anda (ikut tersimpan begitu hasilnya dinilai): 85 surat belum diberi nomor\n"
    assert kept in await stage.budi.sees()
    assert len(await stage.budi.news()) == 1
    await stage.budi.taps("3–4 kesalahan kecil")
    assert await stored(stage) == [(70, "85 surat belum diberi nomor")]


@ON_SQLITE
async def test_a_remark_after_its_mark_is_changed_and_taken_away(stage: Stage) -> None:
    card = await asked_for_marks(stage)
    await stage.budi.says("78", reply_to=card)
    await stage.budi.taps("Lihat sekali lagi")
    for said, answer, kept in (
        (
            "nomor surat\nkurang rapi",
            "Dicatat. Ani Lestari membacanya bersama nilai pekannya.",
            "nomor surat kurang rapi",
        ),
        ("-", "Catatan dihapus.", ""),
    ):
        await stage.budi.taps("📝 Catatan")
        assert await stage.budi.tells(said, reply_to=(await stage.budi.last())["message_id"]) == answer
        assert await stored(stage) == [(78, kept)]


@ON_SQLITE
async def test_a_new_mark_leaves_the_remark(stage: Stage) -> None:
    card = await asked_for_marks(stage)
    await stage.budi.says("78 nomor kurang rapi", reply_to=card)
    await stage.budi.taps("Lihat sekali lagi")
    await stage.budi.taps("Tanpa salah, melebihi standar")
    assert await stored(stage) == [(100, "nomor kurang rapi")]


@ON_SQLITE
async def test_a_remark_is_too_long(stage: Stage) -> None:
    card = await asked_for_marks(stage)
    too_long = "Terlalu panjang. Mohon tulis catatannya dalam 300 karakter saja."
    assert await stage.budi.tells("85 " + "rapi " * 61, reply_to=card) == too_long
    await stage.budi.taps("📝 Catatan")
    asked = (await stage.budi.last())["message_id"]
    assert await stage.budi.tells("rapi " * 61, reply_to=asked) == too_long
    assert await stored(stage) == []
    await stage.budi.says("x" * 300, reply_to=asked)
    await stage.budi.taps("1–2 kesalahan kecil")
    assert await stored(stage) == [(85, "x" * 300)]


@ON_SQLITE
@pytest.mark.parametrize("typed", ["bagus", "rapat koordinasi 2 jam", "seratus", "85rapi", "👍"])
async def test_a_reply_without_a_number_is_no_mark_and_no_report(stage: Stage, typed: str) -> None:
    card = await asked_for_marks(stage)
    assert await stage.budi.tells(typed, reply_to=card) == NOT_A_MARK
    assert await stored(stage) == []


@ON_SQLITE
@pytest.mark.parametrize("typed", ["101", "85,5", "85.5 rapi", "999999999"])
async def test_a_number_that_is_no_mark_is_refused(stage: Stage, typed: str) -> None:
    card = await asked_for_marks(stage)
    assert await stage.budi.tells(typed, reply_to=card) == "Mohon isi angka 0 sampai 100."
    assert await stored(stage) == []


@ON_SQLITE
async def test_a_count_with_its_unit_standing_alone_is_a_report_and_no_mark(stage: Stage) -> None:
    await asked_for_marks(stage)
    assert (await stage.budi.tells("12 surat")).startswith("Laporan Jumat, 27 November 2026")
    assert await stored(stage) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "mark"),
    [("0", 0), ("100", 100), ("1–2 kesalahan kecil", 85), ("tidak ada hasil yang layak dinilai", None)],
)
async def test_marks_are_typed(stage: Stage, typed: str, mark: int | None) -> None:
    card = await asked_for_marks(stage)
    await stage.budi.says(typed, reply_to=card)
    assert await stored(stage) == [(mark, "")]


@ON_SQLITE
async def test_no_result_worth_marking_is_left_out_and_not_0(stage: Stage) -> None:
    await asked_for_marks(stage)
    assert await stage.budi.taps("Tidak ada hasil yang layak dinilai") == "Dicatat. Tidak dihitung sebagai 0."
    assert await stored(stage) == [(None, "")]
    assert await stage.budi.reads("Mutu") == (
        "Mutu hasil kerja pekan ini\n1 dari 1 hasil dinilai.\nSemua sudah dinilai. Terima kasih.\n[Lihat sekali lagi]"
    )
    await stage.budi.taps("Lihat sekali lagi")
    shown = await stage.budi.reads("Mutu")
    assert "Nilai sekarang: Tidak ada hasil yang layak dinilai\n" in shown
    assert "[✓ Tidak ada hasil yang layak dinilai]" in shown
    assert await anis_week(stage) == (
        "Skor: 0 dari 100\n\n"
        f"◌ {A1}: kuantitas 1, tidak ada hasil yang layak dinilai\n"
        "○ Penyusunan laporan evaluasi program: belum ada hasil yang disetujui"
    )
    await stage.ani.taps("Mengapa?")
    assert await stage.ani.sees() == (
        f"A1 · {A1}\n"
        "Mendukung: Perencanaan daerah yang tepat waktu\n\n"
        "Seharusnya s.d. Min 29 Nov: 1.200 surat × 218 dari 240 hari kerja = 1.090\n"
        "Disetujui sejak Kam 1 Jan: 12 surat\n"
        "Kuantitas: 12 dari 1.090 = 1,1\n"
        "Pekan s.d. Min 29 Nov: tidak ada hasil yang layak dinilai, jadi tidak dihitung (bukan 0).\n"
        "Belum ada nilai mutu yang dapat dihitung, jadi target ini belum dihitung.\n"
        "[‹] [1/5 ›]\n[‹ Kembali]"
    )


@ON_SQLITE
async def test_when_the_round_is_closed_no_remark_is_taken(stage: Stage) -> None:
    card = await asked_for_marks(stage)
    await stage.budi.taps("📝 Catatan")
    asked = (await stage.budi.last())["message_id"]
    stage.clock.set("2026-11-30 12:00")
    assert await stage.budi.tells("rapi", reply_to=asked) == CLOSED
    assert await stage.budi.tells("85 rapi", reply_to=card) == CLOSED
    assert await stage.budi.taps("📝 Catatan") == CLOSED
    assert await stored(stage) == []


@ON_SQLITE
async def test_others_cannot_answer_for_him(stage: Stage) -> None:
    await asked_for_marks(stage)
    await stage.budi.taps("📝 Catatan")
    for phone in (stage.citra, stage.ani):
        await phone.says("85")
        await phone.says("rapi sekali")
    assert await stored(stage) == []


@pytest.mark.parametrize(
    ("text", "number", "remark"),
    [
        ("85", "85", ""),
        (" 85 % ", "85", ""),
        ("85/100 rapi", "85", "rapi"),
        ("85/1000", None, ""),
        ("85: rapi", "85", "rapi"),
        ("85 – rapi\nsekali", "85", "rapi\nsekali"),
        ("85, rapi", "85", "rapi"),
        ("85,5", "85.5", ""),
        ("1.250", "1.25", ""),
        ("-5", None, ""),
        ("+5", None, ""),
        ("٨٥", "85", ""),
        ("²", None, ""),
        ("", None, ""),
        ("rapi 85", None, ""),
        ("9" * 10, None, ""),
    ],
)
def test_mark_text(text: str, number: str | None, remark: str) -> None:
    found = mark_in(text)
    assert (None if found is None else (str(found.number.normalize()), found.remark)) == (
        None if number is None else (number, remark)
    )
