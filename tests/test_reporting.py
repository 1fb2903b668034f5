"""People write what they did, in any shape; each message gets one answer."""

import pytest

from tests.databases import ON_SQLITE
from tests.stage import Stage, picture

A1 = "🎯 A1 · Pengelolaan surat masuk dan keluar"
A2 = "🎯 A2 · Penyusunan laporan evaluasi program"
A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"


def card(day: str, *lines: str) -> str:
    """A card with these activities and no question."""
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join([f"Laporan {day}", *paragraphs]) + "\n[Ubah] [⚠️ Kendala] [Batalkan]"


UNSURE = "rapat staf sekaligus cek stok obat"
UNSURE_ASKS = "No. 1: satu kegiatan, atau dua – “rapat staf” dan “cek stok obat”?"
TUESDAY, MONDAY = "Selasa, 24 November 2026", "Senin, 23 November 2026 (terlambat)"


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "- A3 rapat koordinasi 08.00-10.00\n- A1 mengarsipkan 12 surat\n- A2 menyusun 2 laporan evaluasi",
            card(
                TUESDAY,
                f"rapat koordinasi\n{A3} · 08.00–10.00",
                f"mengarsipkan 12 surat\n{A1} · 12 surat",
                f"menyusun 2 laporan evaluasi\n{A2} · 2 laporan",
            ),
        ),
        ("Kemarin rapat koordinasi perencanaan", card(MONDAY, f"rapat koordinasi perencanaan\n{A3}")),
        (
            "Jumat lalu rapat koordinasi perencanaan",
            card("Jumat, 20 November 2026 (terlambat)", f"rapat koordinasi perencanaan\n{A3}"),
        ),
    ],
)
async def test_what_is_clear_is_noted_at_once(stage: Stage, text: str, answer: str) -> None:
    assert await stage.ani.tells(text) == answer
    assert len(await stage.ani.hears()) == 1


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Tanggal 10 November rapat koordinasi",
         "Selasa, 10 November 2026 sudah ditutup (Minggu, 15 November 2026, pukul 24.00 WIB). "
         "Yang terbuka: mulai Kamis, 19 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."),
        ("Tanggal 27 November 2026 mengarsipkan 3 surat masuk",
         "Jumat, 27 November 2026 belum tiba. Ceritakan kalau sudah dikerjakan, ya."),
        ("besok mau rapat",
         "Dicatat sebagai rencana Anda untuk Rabu, 25 November 2026: “besok mau rapat”. "
         "Ceritakan kalau sudah dikerjakan."),
        ("bagaimana cara lapor?",
         "Saya hanya mencatat laporan harian; caranya ada di /bantuan. "
         "Untuk pertanyaan lain, silakan tanya atasan Anda."),
        ("nihil", "Saya catat tidak ada kegiatan, Sel 24 Nov? Pada hari itu saya tidak bertanya.\n[Ya, catat] [Bukan]"),
        ("ok siap", "Baik. Kalau ada yang dikerjakan hari ini, tulis saja di sini."),
    ],
)  # fmt: skip
async def test_what_is_no_report_gets_one_sentence_and_leaves_nothing(stage: Stage, text: str, answer: str) -> None:
    assert await stage.ani.tells(text) == answer
    assert await stage.ani.tells("/hari_ini") == f"{TUESDAY}\nBelum ada laporan."


@ON_SQLITE
async def test_the_last_open_month_closes_on_its_day(stage: Stage) -> None:
    stage.clock.set("2026-12-07 16:00")
    assert await stage.ani.tells("Tanggal 2 Desember rapat koordinasi perencanaan") == card(
        "Rabu, 2 Desember 2026 (terlambat)", f"rapat koordinasi perencanaan\n{A3}"
    )
    assert await stage.ani.tells("Tanggal 30 November rapat koordinasi") == (
        "Senin, 30 November 2026 sudah ditutup (Kamis, 3 Desember 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Rabu, 2 Desember 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."
    )


async def test_a_days_reports_add_up(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.ani.says("A1 mengarsipkan 12 surat")
    assert await stage.ani.tells("/hari_ini") == (
        f"{TUESDAY}\n\n"
        f"1. rapat koordinasi\n{A3} · 2 jam · ⏳ menunggu atasan\n\n"
        f"2. mengarsipkan 12 surat\n{A1} · 12 surat · ⏳ menunggu atasan\n\n"
        "Waktu yang disebut: 2 jam"
    )


@ON_SQLITE
async def test_a_photo_with_a_caption_is_a_report_with_evidence(stage: Stage) -> None:
    await stage.ani.shows(picture("red"), caption="A3 rapat koordinasi 2 jam")
    assert await stage.ani.hears() == [card(TUESDAY, f"rapat koordinasi\n{A3} · 2 jam · 📎 1")]


@ON_SQLITE
async def test_a_photo_without_words_is_evidence_of_what_is_chosen(stage: Stage) -> None:
    await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat")
    assert await stage.ani.shows(picture("red")) == (
        "📎 1 bukti disimpan.\n"
        "Untuk kegiatan yang mana?\n"
        "[rapat koordinasi]\n"
        "[mengarsipkan 12 surat]\n"
        "[Hanya untuk hari ini]"
    )
    await stage.ani.taps("mengarsipkan 12 surat")
    assert await stage.ani.hears() == [
        card(TUESDAY, f"rapat koordinasi\n{A3} · 2 jam", f"mengarsipkan 12 surat\n{A1} · 12 surat · 📎 1"),
        "📎 Disimpan sebagai bukti “mengarsipkan 12 surat”.",
    ]


@ON_SQLITE
async def test_one_or_two_is_asked_and_answered_by_tap(stage: Stage) -> None:
    assert await stage.ani.tells(UNSURE) == (
        f"Laporan {TUESDAY}\n\n1. {UNSURE}\ntanpa target · 📝 menunggu jawaban Anda\n\n"
        f"❓ {UNSURE_ASKS}\n[Pisahkan (dua)] [Satu saja]\n[Ubah] [⚠️ Kendala] [Batalkan]"
    )
    await stage.ani.taps("Satu saja")
    assert await stage.ani.sees() == card(TUESDAY, f"{UNSURE}\ntanpa target")


async def test_two_are_made_of_one(stage: Stage) -> None:
    await stage.ani.says(UNSURE)
    await stage.ani.taps("Pisahkan (dua)")
    assert await stage.ani.sees() == card(TUESDAY, f"rapat staf\n{A3}", "cek stok obat\ntanpa target")


@ON_SQLITE
@pytest.mark.parametrize(("typed", "activities"), [("satu", 1), ("dua", 2), ("2", 2)])
async def test_one_or_two_is_answered_by_a_word(stage: Stage, typed: str, activities: int) -> None:
    await stage.ani.says(UNSURE)
    text = await stage.ani.tells(typed)
    assert "2. " in text if activities == 2 else "2. " not in text
    assert len(await stage.ani.hears()) == 1


@ON_SQLITE
async def test_a_correction_in_words(stage: Stage) -> None:
    await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat")
    assert await stage.ani.tells("ralat rapat koordinasi 3 jam") == card(
        TUESDAY, f"rapat koordinasi\n{A3} · 3 jam", f"mengarsipkan 12 surat\n{A1} · 12 surat"
    )


async def test_a_correction_of_a_count(stage: Stage) -> None:
    await stage.ani.says("A1 mengarsipkan 12 surat")
    assert await stage.ani.tells("ralat 15 surat") == card(TUESDAY, f"mengarsipkan 15 surat\n{A1} · 15 surat")


@ON_SQLITE
async def test_where_it_is_tomorrow_already_the_report_counts_for_that_day(stage: Stage) -> None:
    await stage.change(1001, zone="Asia/Jayapura")
    stage.clock.set("2026-11-24 22:30")
    assert await stage.ani.tells("A3 rapat koordinasi") == card("Rabu, 25 November 2026", f"rapat koordinasi\n{A3}")
