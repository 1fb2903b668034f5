"""Photos, albums, files, links, places and voice notes are evidence of what was done; nothing that is sent is lost."""

import pytest
from sqlmodel import col, select

from models.activities import Activity
from models.evidence import Evidence
from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Stage, picture

A1 = "🎯 A1 · Pengelolaan surat masuk dan keluar"
A2 = "🎯 A2 · Penyusunan laporan evaluasi program"
A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
BOTH = "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat"
CHOICE = """\
Untuk kegiatan yang mana?
[rapat koordinasi]
[mengarsipkan 12 surat]
[Hanya untuk hari ini]"""
ASKED = f"📎 1 bukti disimpan.\n{CHOICE}"
RED, BLUE, GREEN = picture("red"), picture("blue"), picture("green")


def card(*lines: str) -> str:
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join(["Laporan Selasa, 24 November 2026", *paragraphs]) + "\n[Ubah] [⚠️ Kendala] [Batalkan]"


def both(*, meeting: str = "", letters: str = "") -> str:
    return card(f"rapat koordinasi\n{A3} · 2 jam{meeting}", f"mengarsipkan 12 surat\n{A1} · 12 surat{letters}")


async def kept(stage: Stage) -> list[tuple[str, str | None]]:
    """Every piece of evidence: its kind, and the activity under which it hangs."""
    async with stage.database.reading() as session:
        names = {row.id: row.description for row in (await session.exec(select(Activity))).all()}
        pieces = (await session.exec(select(Evidence).order_by(col(Evidence.id)))).all()
        return [(piece.kind, names[piece.activity_id] if piece.activity_id else None) for piece in pieces]


async def test_a_caption_that_names_what_was_reported(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    assert await stage.ani.shows(RED, caption="dokumentasi rapat koordinasi") == (
        "📎 Disimpan sebagai bukti “rapat koordinasi”."
    )
    assert (await stage.ani.hears())[0] == both(meeting=" · 📎 1")
    assert await kept(stage) == [("photo", "rapat koordinasi")]


@ON_SQLITE
async def test_a_caption_that_may_name_two_is_asked_about(stage: Stage) -> None:
    await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A2 rapat evaluasi program")
    assert await stage.ani.shows(RED, caption="foto rapat") == (
        "📎 1 bukti disimpan.\n"
        "Untuk kegiatan yang mana?\n"
        "[rapat koordinasi]\n[rapat evaluasi program]\n[Hanya untuk hari ini]"
    )


@ON_SQLITE
@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("A2 evaluasi program triwulan III", f"evaluasi program triwulan III\n{A2} · 📎 1"),
        ("A1 mengarsipkan 15 surat", f"mengarsipkan 15 surat\n{A1} · 15 surat · 📎 1"),
        ("A2 rapat koordinasi dan evaluasi program", f"rapat koordinasi dan evaluasi program\n{A2} · 📎 1"),
    ],
)
async def test_a_caption_that_says_more_is_a_report(stage: Stage, caption: str, said: str) -> None:
    await stage.ani.says(BOTH)
    assert await stage.ani.shows(RED, caption=caption) == card(said)
    assert (await stage.ani.hears())[0] == both()


async def test_without_a_caption_it_is_asked_once_and_chosen_by_tap(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.ani.news()
    await stage.ani.shows(RED)
    assert await stage.ani.news() == [ASKED]
    await stage.ani.taps("mengarsipkan 12 surat")
    assert await stage.ani.hears() == [
        both(letters=" · 📎 1"),
        "📎 Disimpan sebagai bukti “mengarsipkan 12 surat”.",
    ]
    assert await kept(stage) == [("photo", "mengarsipkan 12 surat")]


@ON_SQLITE
async def test_or_it_stays_with_the_day(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.ani.shows(RED)
    await stage.ani.taps("Hanya untuk hari ini")
    assert await stage.ani.hears() == [both(), "📎 1 bukti disimpan."]
    assert await kept(stage) == [("photo", None)]


async def test_an_album_is_asked_about_once(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.ani.news()
    await stage.ani.shows(RED, BLUE, GREEN)
    assert await stage.ani.news() == [f"📎 3 bukti disimpan.\n{CHOICE}"]
    await stage.ani.taps("rapat koordinasi")
    assert (await stage.ani.hears())[0] == both(meeting=" · 📎 3")
    assert await kept(stage) == [("photo", "rapat koordinasi")] * 3


@ON_SQLITE
async def test_an_album_whose_caption_is_a_report(stage: Stage) -> None:
    await stage.ani.shows(RED, BLUE, GREEN, caption="A3 rapat koordinasi 2 jam")
    assert await stage.ani.hears() == [card(f"rapat koordinasi\n{A3} · 2 jam · 📎 3")]


@ON_SQLITE
async def test_an_album_whose_caption_names_what_was_reported(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.ani.shows(RED, BLUE, caption="rapat koordinasi")
    assert await stage.ani.hears() == [both(meeting=" · 📎 2"), "📎 Disimpan sebagai bukti “rapat koordinasi”."]


async def test_a_photo_before_the_report_can_still_be_placed(stage: Stage) -> None:
    assert await stage.ani.shows(RED) == "📎 1 bukti disimpan."
    await stage.ani.says(BOTH)
    assert await stage.ani.hears() == [ASKED, both()]
    await stage.ani.taps("rapat koordinasi")
    assert await stage.ani.hears() == ["📎 Disimpan sebagai bukti “rapat koordinasi”.", both(meeting=" · 📎 1")]


@ON_SQLITE
@pytest.mark.parametrize(
    ("caption", "answer"),
    [
        ("ok siap", ASKED),
        ("besok rapat koordinasi", ASKED),
        ("A1", ASKED),
        ("sakit", "Saya catat sakit, Sel 24 Nov? Pada hari itu saya tidak bertanya.\n[Ya, catat] [Bukan]"),
    ],
)
async def test_under_any_caption_the_photo_is_kept(stage: Stage, caption: str, answer: str) -> None:
    await stage.ani.says(BOTH)
    assert await stage.ani.shows(RED, caption=caption) == answer
    assert await kept(stage) == [("photo", None)]


@ON_SQLITE
@pytest.mark.parametrize(("kind", "stored"), [("document", "file"), ("video", "file")])
async def test_files_and_films(stage: Stage, kind: str, stored: str) -> None:
    await stage.ani.says(BOTH)
    await stage.attach(stage.ani, kind, RED)
    assert await stage.ani.sees() == ASKED
    await stage.ani.taps("rapat koordinasi")
    assert await kept(stage) == [(stored, "rapat koordinasi")]


@ON_SQLITE
async def test_a_place(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.people("location", person=ANI, chat=ANI, latitude="-6.2", longitude="106.8")
    await stage.settle()
    assert await stage.ani.sees() == ASKED
    await stage.ani.taps("rapat koordinasi")
    async with stage.database.reading() as session:
        piece = (await session.exec(select(Evidence))).one()
        assert (piece.kind, piece.reference) == ("place", "-6.2,106.8")


@ON_SQLITE
async def test_a_voice_note(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.attach(stage.ani, "voice", b"OggS")
    assert await stage.ani.sees() == (
        "📎 1 bukti disimpan. Saya tidak bisa mendengarkannya: tulis sebaris saja apa yang dikerjakan, ya.\n" + CHOICE
    )


async def test_a_link_in_the_text_hangs_under_the_activity_that_has_it(stage: Stage) -> None:
    text = "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan surat https://contoh.go.id/arsip?a=1&b=2"
    assert await stage.ani.tells(text) == card(
        f"rapat koordinasi\n{A3} · 2 jam", f"mengarsipkan surat https://contoh.go.id/arsip?a=1&b=2\n{A1} · 📎 1"
    )


@ON_SQLITE
async def test_a_link_alone_is_asked_about(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    assert await stage.ani.tells("https://contoh.go.id/notulen.pdf") == ASKED
    await stage.ani.taps("rapat koordinasi")
    assert await kept(stage) == [("link", "rapat koordinasi")]


@ON_SQLITE
async def test_the_supervisor_sees_that_there_is_evidence(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("🔎 Periksa satu per satu")
    await stage.ani.shows(RED, caption="rapat koordinasi")
    assert "\nSel 24 Nov · 2 jam · 📎 1\n" in await stage.budi.sees()
    assert await stage.budi.taps("✅ Setujui (1)") == "1 kegiatan disetujui."


@ON_SQLITE
async def test_an_old_question_and_a_double_tap(stage: Stage) -> None:
    await stage.ani.says(BOTH)
    await stage.ani.shows(RED)
    old = await stage.ani.last()
    await stage.ani.taps("rapat koordinasi", on=old)
    assert await stage.ani.taps("mengarsipkan 12 surat", on=old) == (
        "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
    )
    assert await kept(stage) == [("photo", "rapat koordinasi")]
