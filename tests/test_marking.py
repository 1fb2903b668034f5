"""The quality round when things change: what is approved later, changed, undone, or marked already."""

from tests.databases import ON_SQLITE
from tests.stage import Stage

FRIDAY = "2026-11-27"
HOW = "Ketuk, atau balas dengan angka 0–100; boleh disertai catatan: 85 rapi sekali."
SCALE = """\
[Tanpa salah, melebihi standar]
[1–2 kesalahan kecil]
[3–4 kesalahan kecil]
[5 kesalahan kecil, 1 besar]
[Lebih banyak kesalahan]
[Tidak ada hasil yang layak dinilai]"""
LETTERS = f"""\
Mutu hasil kerja pekan ini (1/1)
Ani Lestari

A1 · Pengelolaan surat masuk dan keluar
Hasil yang disetujui: 12 surat
• mengarsipkan 12 surat · Sel 24 Nov

Seberapa baik hasilnya? {HOW}
{SCALE}
[📝 Catatan]"""
ALL_MARKED = """\
Mutu hasil kerja pekan ini
1 dari 1 hasil dinilai.
Semua sudah dinilai. Terima kasih.
[Lihat sekali lagi]"""
CLOSED = "Penilaian pekan ini sudah ditutup. Tidak ada yang berubah."


async def asked_for_marks(stage: Stage) -> int:
    """Ani's letters of Tuesday are approved, and it is Friday, 17.00; Ani's message."""
    message = await stage.ani.says("A1 mengarsipkan 12 surat")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.time(f"{FRIDAY} 17:00")
    assert await stage.budi.reads("Mutu") == LETTERS
    return message


async def test_what_is_approved_later_comes_up(stage: Stage) -> None:
    await asked_for_marks(stage)
    await stage.budi.taps("1–2 kesalahan kecil")
    await stage.ani.says("A2 menyusun 2 laporan evaluasi")
    await stage.time(f"{FRIDAY} 17:05")
    await stage.budi.news()
    await stage.budi.taps("✅ Setujui semua (1)")
    assert await stage.budi.news() == [
        "Mutu hasil kerja pekan ini (1/1)\n"
        "1 dari 2 hasil dinilai.\n"
        "Ani Lestari\n\n"
        "1. A1 · Pengelolaan surat masuk dan keluar\n"
        "Hasil yang disetujui: 12 surat\n"
        "• mengarsipkan 12 surat · Sel 24 Nov\n"
        "Nilai sekarang: 85 (1–2 kesalahan kecil)\n\n"
        "▸ 2. A2 · Penyusunan laporan evaluasi program\n"
        "Hasil yang disetujui: 2 laporan\n"
        "• menyusun 2 laporan evaluasi · Jum 27 Nov\n\n"
        f"Seberapa baik hasil nomor 2? {HOW}\n{SCALE}\n[✓ 1] [▸ 2]\n[📝 Catatan]"
    ]
    await stage.budi.taps("↶ Urungkan (1) s.d. 17.15")
    assert await stage.budi.reads("Mutu") == ALL_MARKED
    await stage.budi.taps("✅ Setujui semua (1)")
    await stage.budi.taps("Tanpa salah, melebihi standar")
    assert await stage.budi.reads("Mutu") == ALL_MARKED.replace("1 dari 1", "2 dari 2")


@ON_SQLITE
async def test_what_is_changed_after_approval_is_not_marked(stage: Stage) -> None:
    message = await asked_for_marks(stage)
    old = await stage.budi.finds("Mutu")
    await stage.ani.edits(message, "A1 mengarsipkan 15 surat")
    assert await stage.budi.reads("Belum ada hasil") == "Belum ada hasil yang disetujui pekan ini untuk dinilai."
    assert await stage.budi.taps("1–2 kesalahan kecil", on=old) == (
        "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
    )


@ON_SQLITE
async def test_a_mark_is_changed(stage: Stage) -> None:
    await asked_for_marks(stage)
    await stage.budi.says("78")
    await stage.budi.taps("Lihat sekali lagi")
    assert await stage.budi.reads("Mutu") == LETTERS.replace(
        "\n\nSeberapa", "\nNilai sekarang: 78 (1–2 kesalahan kecil)\n\nSeberapa"
    )
    await stage.budi.taps("3–4 kesalahan kecil")
    await stage.budi.taps("Lihat sekali lagi")
    assert "[✓ 3–4 kesalahan kecil]" in await stage.budi.reads("Mutu")
    await stage.budi.says("90")
    assert await stage.budi.reads("Mutu") == ALL_MARKED


@ON_SQLITE
async def test_when_all_is_marked_a_number_is_no_mark(stage: Stage) -> None:
    await asked_for_marks(stage)
    await stage.budi.says("78")
    assert await stage.budi.tells("90") == "Ini jawaban untuk kartu yang mana? Balas kartunya, ya."
    await stage.budi.taps("Lihat sekali lagi")
    assert "Nilai sekarang: 78 (1–2 kesalahan kecil)\n" in await stage.budi.reads("Mutu")


@ON_SQLITE
async def test_a_reply_after_noon_on_monday_is_too_late(stage: Stage) -> None:
    await asked_for_marks(stage)
    stage.clock.set("2026-11-30 12:00")
    card = await stage.budi.finds("Mutu")
    assert await stage.budi.tells("90", reply_to=card["message_id"]) == CLOSED
    assert await stage.budi.taps("1–2 kesalahan kecil") == CLOSED
    assert await stage.budi.tells("90", reply_to=card["message_id"]) == CLOSED


@ON_SQLITE
async def test_others_cannot_mark(stage: Stage) -> None:
    await asked_for_marks(stage)
    shown = await stage.budi.finds("Mutu")
    gone = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    for row in shown["reply_markup"]["inline_keyboard"]:
        for button in row:
            assert await stage.citra.taps_data(shown["message_id"], button["callback_data"]) == gone
            assert await stage.ani.taps_data(shown["message_id"], button["callback_data"]) == gone
    assert await stage.budi.reads("Mutu") == LETTERS


@ON_SQLITE
async def test_of_many_targets_only_the_one_in_turn_is_shown_whole(stage: Stage) -> None:
    await stage.more_targets(24)
    for first in range(1, 24, 6):
        work = "menyusun 2 dokumen tentang pengelolaan barang milik daerah di lingkungan kantor wilayah"
        await stage.ani.says("\n".join(f"B{n} {work} bagian {n}" for n in range(first, first + 6)))
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("✅ Setujui semua (24)")
    await stage.time(f"{FRIDAY} 17:00")
    shown = await stage.budi.reads("Mutu")
    assert shown.startswith(
        "Mutu hasil kerja pekan ini (1/1)\n"
        "0 dari 24 hasil dinilai.\n"
        "Ani Lestari (dan 23 target lain)\n\n"
        "▸ 1. B1 · Tugas tambahan nomor 1\n"
        "Hasil yang disetujui: 2 dokumen\n"
        "• menyusun 2 dokumen tentang pengelolaan barang milik daerah"
    )
    assert shown.endswith("[▸ 1] [2] [3] [4] [5]\n[6] [7] [8] [9] [10]\n[11] [12] [13] [14] [15]\n"
                          "[16] [17] [18] [19] [20]\n[21] [22] [23] [24]\n[📝 Catatan]")  # fmt: skip
    await stage.budi.taps("20")
    await stage.budi.taps("1–2 kesalahan kecil")
    assert (await stage.budi.reads("Mutu")).startswith(
        "Mutu hasil kerja pekan ini (1/1)\n"
        "1 dari 24 hasil dinilai.\n"
        "✓ Ani Lestari – B20: 85 (1–2 kesalahan kecil)\n"
        "Ani Lestari (dan 23 target lain)\n\n"
        "▸ 21. B21 · Tugas tambahan nomor 21\n"
    )
