"""The card under a reply: one question at most, and everything on it can be put right."""

import pytest
from sqlmodel import select

from models import kinds, outbox
from tests.databases import ON_SQLITE
from tests.stage import Stage

ONE = """\
Laporan Selasa, 24 November 2026

1. rapat koordinasi
🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam
[Ubah] [⚠️ Kendala] [Batalkan]"""
TWO = """\
Laporan Selasa, 24 November 2026

1. rapat koordinasi
🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam

2. mengarsipkan 12 surat
🎯 A1 · Pengelolaan surat masuk dan keluar · 12 surat
[Ubah] [⚠️ Kendala] [Batalkan]"""
ITEM = """\
rapat koordinasi
Target: A3 · Fasilitasi rapat koordinasi perencanaan
Mendukung: Perencanaan daerah yang tepat waktu
Hasil dan waktu: 2 jam
Tanggal: hari ini
Status: ⏳ menunggu atasan
Mengapa target ini: Anda menulis kodenya.
[🎯 Target] [🔢 Jumlah]
[📅 Tanggal] [🗑 Hapus]
[‹ Kembali]"""
UNCLEAR = "verifikasi data penerima bantuan"
LINKED = """\
Laporan Selasa, 24 November 2026

1. verifikasi data penerima bantuan
🎯 A1 · Pengelolaan surat masuk dan keluar
[Ubah] [⚠️ Kendala] [Batalkan]"""
WITHOUT = """\
Laporan Selasa, 24 November 2026

1. verifikasi data penerima bantuan
tanpa target
[Ubah] [⚠️ Kendala] [Batalkan]"""
A1, A2, A3, A4 = (
    "A1 · Pengelolaan surat masuk dan keluar",
    "A2 · Penyusunan laporan evaluasi program",
    "A3 · Fasilitasi rapat koordinasi perenc…",
    "A4 · Penyusunan rencana kerja perangkat…",
)
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."


async def report(stage: Stage, text: str = "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat") -> str:
    return await stage.ani.tells(text)


async def open_item(stage: Stage, words: str) -> str:
    await stage.ani.taps("Ubah")
    await stage.ani.taps(words)
    return await stage.ani.sees()


@ON_SQLITE
async def test_a_clear_reply_needs_no_tap(stage: Stage) -> None:
    assert await report(stage) == TWO
    assert len(await stage.ani.hears()) == 1


@ON_SQLITE
async def test_an_unclear_one_is_asked_about_with_its_likeliest_targets(stage: Stage) -> None:
    card = await report(stage, f"1. A3 rapat koordinasi 2 jam\n2. {UNCLEAR}")
    text, _, buttons = card.partition("?\n")
    assert text == (
        "Laporan Selasa, 24 November 2026\n"
        "\n1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam\n"
        "\n2. verifikasi data penerima bantuan\n"
        "tanpa target · 📝 menunggu jawaban Anda\n\n"
        "❓ No. 2, “verifikasi data penerima bantuan”, untuk target yang mana"
    )
    rows = buttons.split("\n")
    assert len(rows) == 5
    assert rows[3:] == ["[Lainnya …] [Bukan target]", "[Ubah] [⚠️ Kendala] [Batalkan]"]


async def test_a_tap_answers_it(stage: Stage) -> None:
    await report(stage, UNCLEAR)
    assert await stage.ani.taps(A1) == "Dicatat."
    assert await stage.ani.sees() == LINKED


@ON_SQLITE
async def test_not_a_target_is_an_answer(stage: Stage) -> None:
    await report(stage, UNCLEAR)
    assert await stage.ani.taps("Bukan target") == "Dicatat."
    assert await stage.ani.sees() == WITHOUT


@ON_SQLITE
async def test_others_show_every_target_and_back_leads_to_the_question(stage: Stage) -> None:
    asked = await report(stage, UNCLEAR)
    await stage.ani.taps("Lainnya …")
    text, *rows = (await stage.ani.sees()).split("\n")
    assert (text, rows[0]) == (UNCLEAR, "Untuk target yang mana?")
    assert sorted(rows[1:5]) == [f"[{label}]" for label in (A1, A2, A3, A4)]
    assert rows[5:] == ["[Bukan target]", "[‹ Kembali]"]
    await stage.ani.taps("‹ Kembali")
    assert await stage.ani.sees() == asked
    await stage.ani.taps("Lainnya …")
    await stage.ani.taps(A1)
    assert await stage.ani.sees() == LINKED


@ON_SQLITE
async def test_many_targets_come_by_page(stage: Stage) -> None:
    await stage.more_targets(9)
    await report(stage, UNCLEAR)
    await stage.ani.taps("Lainnya …")
    seen = []
    for page in (1, 2, 3):
        _, _, *rows = (await stage.ani.sees()).split("\n")
        seen += rows[:-2]
        assert rows[-1] == f"[‹ Kembali] [Lainnya … ({page}/3)]"
        await stage.ani.taps(f"Lainnya … ({page}/3)")
    assert len(seen) == len(set(seen)) == 13
    assert (await stage.ani.sees()).endswith("[‹ Kembali] [Lainnya … (1/3)]")


@ON_SQLITE
@pytest.mark.parametrize("typed", ["A1", "a1", "target 1", "surat masuk"])
async def test_the_target_may_be_typed_in_reply_to_the_card(stage: Stage, typed: str) -> None:
    await report(stage, UNCLEAR)
    await stage.ani.says(typed, reply_to=(await stage.ani.last())["message_id"])
    assert await stage.ani.sees() == LINKED


@ON_SQLITE
@pytest.mark.parametrize(("typed", "card"), [("A1", LINKED), ("bukan", WITHOUT)])
async def test_a_code_alone_answers_the_only_open_question(stage: Stage, typed: str, card: str) -> None:
    await report(stage, UNCLEAR)
    assert await stage.ani.tells(typed) == card
    assert len(await stage.ani.hears()) == 1


@ON_SQLITE
async def test_with_two_questions_open_a_code_alone_is_no_answer(stage: Stage) -> None:
    first = await report(stage, UNCLEAR)
    second = await report(stage, UNCLEAR)
    await stage.ani.says("A1")
    assert (await stage.ani.hears())[:2] == [first, second]


@ON_SQLITE
async def test_anything_longer_is_a_new_reply(stage: Stage) -> None:
    asked = await report(stage, UNCLEAR)
    assert await report(stage, "A3 rapat koordinasi 2 jam") == ONE
    assert await stage.ani.hears() == [asked, ONE]


@ON_SQLITE
async def test_with_one_activity_change_leads_straight_to_it(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    await stage.ani.taps("Ubah")
    assert await stage.ani.sees() == ITEM
    await stage.ani.taps("‹ Kembali")
    assert await stage.ani.sees() == ONE


@ON_SQLITE
async def test_with_several_one_is_chosen_first(stage: Stage) -> None:
    await report(stage)
    await stage.ani.taps("Ubah")
    choice = TWO.replace(
        "[Ubah] [⚠️ Kendala] [Batalkan]",
        "\nYang mana yang diubah?\n[1. rapat koordinasi]\n[2. mengarsipkan 12 surat]\n[‹ Selesai]",
    )
    assert await stage.ani.sees() == choice
    await stage.ani.taps("1. rapat koordinasi")
    assert await stage.ani.sees() == ITEM
    await stage.ani.taps("‹ Kembali")
    assert await stage.ani.sees() == choice
    await stage.ani.taps("‹ Selesai")
    assert await stage.ani.sees() == TWO


@ON_SQLITE
async def test_another_target(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    await stage.ani.taps("Ubah")
    await stage.ani.taps("🎯 Target")
    text, hint, *rows = (await stage.ani.sees()).split("\n")
    assert (text, hint) == ("rapat koordinasi", "Untuk target yang mana?")
    assert sorted(rows[:4]) == [f"[{label}]" for label in (A1, A2, A3, A4)]
    assert await stage.ani.taps(A2) == "Dicatat."
    assert await stage.ani.sees() == ONE.replace("A3 · Fasilitasi rapat koordinasi perencanaan", A2)
    await stage.ani.taps("Ubah")
    assert "Mengapa target ini: Anda yang memilih." in await stage.ani.sees()


async def test_a_count_by_button(stage: Stage) -> None:
    await report(stage)
    await open_item(stage, "2. mengarsipkan 12 surat")
    await stage.ani.taps("🔢 Jumlah")
    assert await stage.ani.sees() == (
        "mengarsipkan 12 surat\n"
        "Berapa surat? Ketuk, atau ketik angkanya.\n"
        "[1] [2] [3] [4] [5]\n"
        "[6] [7] [8] [9] [10]\n"
        "[‹ Kembali]"
    )
    assert await stage.ani.taps("9") == "Dicatat."
    assert await stage.ani.sees() == TWO.replace("keluar · 12 surat", "keluar · 9 surat")


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "shown"), [("14", "14 surat"), ("1.250", "1.250 surat"), ("2,5", "2,5 surat"), ("20 surat", "20 surat")]
)
async def test_a_count_typed(stage: Stage, typed: str, shown: str) -> None:
    await report(stage)
    await open_item(stage, "2. mengarsipkan 12 surat")
    await stage.ani.taps("🔢 Jumlah")
    assert await stage.ani.tells(typed) == TWO.replace("keluar · 12 surat", f"keluar · {shown}")


@ON_SQLITE
async def test_a_count_out_of_range_is_refused(stage: Stage) -> None:
    await report(stage)
    await open_item(stage, "2. mengarsipkan 12 surat")
    await stage.ani.taps("🔢 Jumlah")
    assert await stage.ani.tells("100001") == "Mohon isi angka 0 sampai 100.000."
    await stage.ani.taps("‹ Kembali")
    await stage.ani.taps("‹ Kembali")
    await stage.ani.taps("‹ Selesai")
    assert (await stage.ani.hears())[0] == TWO


async def test_another_day(stage: Stage) -> None:
    await report(stage)
    await open_item(stage, "2. mengarsipkan 12 surat")
    await stage.ani.taps("📅 Tanggal")
    assert await stage.ani.sees() == (
        "mengarsipkan 12 surat\nDikerjakan hari apa?\n[hari ini] [kemarin]\n[Jum 20 Nov] [Kam 19 Nov]\n[‹ Kembali]"
    )
    await stage.ani.taps("Jum 20 Nov")
    assert await stage.ani.sees() == (
        "Laporan\n"
        "\n1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · 2 jam · Sel 24 Nov\n"
        "\n2. mengarsipkan 12 surat\n"
        "🎯 A1 · Pengelolaan surat masuk dan keluar · 12 surat · Jum 20 Nov\n"
        "[Ubah] [⚠️ Kendala] [Batalkan]"
    )


@ON_SQLITE
async def test_correcting_a_draft_leaves_its_question_open(stage: Stage) -> None:
    asked = await report(stage, UNCLEAR)
    await stage.ani.taps("Ubah")
    await stage.ani.taps("📅 Tanggal")
    await stage.ani.taps("kemarin")
    assert await stage.ani.sees() == asked.replace("Selasa, 24 November 2026", "Senin, 23 November 2026 (terlambat)")
    await stage.ani.taps(A1)
    assert await stage.ani.sees() == LINKED.replace("Selasa, 24 November 2026", "Senin, 23 November 2026 (terlambat)")


async def test_removed_and_put_back(stage: Stage) -> None:
    await report(stage)
    await open_item(stage, "2. mengarsipkan 12 surat")
    assert await stage.ani.taps("🗑 Hapus") == "Dihapus. Bisa dikembalikan dari kartu."
    assert await stage.ani.sees() == f"{ONE}\n[Kembalikan yang dihapus]"
    await stage.ani.taps("Kembalikan yang dihapus")
    assert await stage.ani.sees() == TWO


@ON_SQLITE
async def test_the_only_one_removed_leaves_a_card_that_can_be_put_back(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    await stage.ani.taps("Ubah")
    await stage.ani.taps("🗑 Hapus")
    assert await stage.ani.sees() == "🗑 Laporan dibatalkan.\n[Kembalikan]"
    await stage.ani.taps("Kembalikan")
    assert await stage.ani.sees() == ONE


async def test_cancelled_and_put_back(stage: Stage) -> None:
    await report(stage)
    assert await stage.ani.taps("Batalkan") == "Laporan dibatalkan."
    assert await stage.ani.sees() == "🗑 Laporan dibatalkan.\n[Kembalikan]"
    assert await stage.ani.tells("/hari_ini") == "Selasa, 24 November 2026\nBelum ada laporan."
    await stage.ani.taps("Kembalikan")
    assert (await stage.ani.hears())[0] == TWO


@ON_SQLITE
async def test_a_cancelled_question_comes_back_with_its_report(stage: Stage) -> None:
    asked = await report(stage, UNCLEAR)
    await stage.ani.taps("Batalkan")
    await stage.ani.taps("Kembalikan")
    assert await stage.ani.sees() == asked
    assert await stage.ani.tells("A1") == LINKED


@ON_SQLITE
async def test_each_reply_has_its_own_card(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    await report(stage)
    assert await stage.ani.hears() == [ONE, TWO]
    await stage.ani.taps("Batalkan")
    assert await stage.ani.hears() == [ONE, "🗑 Laporan dibatalkan.\n[Kembalikan]"]


async def test_a_double_tap_changes_nothing_more(stage: Stage) -> None:
    await report(stage, UNCLEAR)
    old = await stage.ani.last()
    await stage.ani.taps(A1)
    assert await stage.ani.taps(A1, on=old) == STALE
    assert await stage.ani.taps("Bukan target", on=old) == STALE
    assert await stage.ani.sees() == LINKED


@ON_SQLITE
async def test_after_its_day_has_closed_a_card_corrects_nothing(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    stage.clock.set("2026-12-01 09:00")
    assert await stage.ani.taps("Batalkan") == (
        "Selasa, 24 November 2026 sudah ditutup (Minggu, 29 November 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Kamis, 26 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."
    )
    assert await stage.ani.sees() == ONE


@ON_SQLITE
async def test_after_its_day_has_closed_nothing_is_put_back(stage: Stage) -> None:
    await report(stage, "A3 rapat koordinasi 2 jam")
    await stage.ani.taps("Batalkan")
    stage.clock.set("2026-12-01 09:00")
    toast = await stage.ani.taps("Kembalikan")
    assert toast is not None
    assert toast.startswith("Selasa, 24 November 2026 sudah ditutup (Minggu")
    assert await stage.ani.sees() == "🗑 Laporan dibatalkan.\n[Kembalikan]"


@ON_SQLITE
async def test_a_tap_that_cannot_be_handled_changes_nothing_and_says_so_once(stage: Stage) -> None:
    """What the card stands for has been lost from its row: handling fails three times, and the queue goes on."""
    await report(stage, "A3 rapat koordinasi 2 jam")
    async with stage.database.transaction() as session:
        card = (await session.exec(select(outbox.Message).where(outbox.Message.kind == kinds.REPORT_CARD))).one()
        card.arguments = {}
    await stage.ani.taps("Batalkan")
    assert await stage.ani.hears() == [
        ONE,
        "Ada gangguan di pihak saya. Tidak ada yang berubah; mohon ketuk lagi sebentar lagi. Untuk admin: kode 2ZBR82.",
    ]
    assert (await stage.ani.tells("/hari_ini")).startswith("Selasa, 24 November 2026\n\n1. rapat koordinasi\n")
