"""All except some: the supervisor says by number what shall not be approved, and one tap approves the rest."""

from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Phone, Stage

pytestmark = ON_SQLITE
FOUR = "1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat\n3. A2 menyusun 2 laporan\n4. A1 menyortir 5 surat"
CARD = """\
Menunggu persetujuan Anda: 1 orang, 4 kegiatan

Ani Lestari
• rapat koordinasi · 2 jam
• mengarsipkan 12 surat
• menyusun 2 laporan
• menyortir 5 surat
[✅ Setujui semua (4)]
[➖ Semua kecuali …]
[🔎 Periksa satu per satu]"""
PAGE = """\
Setujui semua kecuali …

Ani Lestari
1. rapat koordinasi · 2 jam
2. mengarsipkan 12 surat
3. menyusun 2 laporan
4. menyortir 5 surat

Ketuk nomor yang belum Anda setujui, atau balas kartu ini dengan nomornya: 3, 7."""
KEYS = "[1] [2] [3] [4]\n[✅ Setujui semua (4)]\n[‹ Kembali]"
TWO_AND_THREE = """\
[1] [✗ 2] [✗ 3] [4]
[✅ Setujui 2, sisakan 2]
[↩️ Setujui 2, kembalikan 2 …]
[‹ Kembali]"""
LEFT = """\
Menunggu persetujuan Anda: 1 orang, 2 kegiatan

Ani Lestari
• mengarsipkan 12 surat
• menyusun 2 laporan
[✅ Setujui semua (2)]
[➖ Semua kecuali …]
[🔎 Periksa satu per satu]
[↶ Urungkan (2) s.d. 17.10]"""
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."


async def opened(stage: Stage) -> None:
    """Ani has reported four things; Budi has opened the page of exceptions."""
    await stage.ani.says(FOUR)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert await stage.budi.sees() == CARD
    await stage.budi.taps("➖ Semua kecuali …")
    assert await stage.budi.sees() == f"{PAGE}\n{KEYS}"


def marked(*numbers: int) -> str:
    return "\n".join(
        f"✗ {line}" if any(line.startswith(f"{n}. ") for n in numbers) else line for line in PAGE.split("\n")
    )


async def test_tapped_left_waiting_and_undone(stage: Stage) -> None:
    await opened(stage)
    await stage.budi.taps("2")
    await stage.budi.taps("3")
    assert await stage.budi.sees() == f"{marked(2, 3)}\n{TWO_AND_THREE}"
    assert await stage.budi.taps("✅ Setujui 2, sisakan 2") == "2 kegiatan disetujui."
    assert await stage.budi.sees() == LEFT
    assert await stage.budi.taps("↶ Urungkan (2) s.d. 17.10") == "2 persetujuan diurungkan."
    assert await stage.budi.sees() == CARD
    await stage.minutes(11)
    assert [text for text in await stage.ani.hears() if text.startswith("✅")] == []


async def test_typed_alone_or_as_a_reply(stage: Stage) -> None:
    """What is typed brings the card to the bottom, ready for the one tap; nothing of it becomes a report."""
    await opened(stage)
    for said in ("2, 3", "kecuali 2 dan 3", "3 2"):
        assert await stage.budi.tells(said) == f"{marked(2, 3)}\n{TWO_AND_THREE}"
    card = await stage.budi.last()
    assert (await stage.budi.tells("4", reply_to=card["message_id"])).startswith(marked(4))
    assert await stage.budi.tells("2, 9, 17") == "Tidak ada nomor 9 dan 17 di kartu."
    await stage.budi.taps("✅ Setujui 3, sisakan 1")
    assert "• menyortir 5 surat\n[✅ Setujui semua (1)]" in await stage.budi.reads("Menunggu")
    assert await stage.budi.tells("2, 3") == ("Ini jawaban untuk kartu yang mana? Balas kartunya, ya.")


async def test_a_report_in_reply_to_the_page_is_a_report(stage: Stage) -> None:
    await opened(stage)
    card = await stage.budi.last()
    assert (await stage.budi.tells("monitoring lapangan", reply_to=card["message_id"])).startswith("Laporan Selasa")


async def test_the_excepted_go_back_with_one_reason(stage: Stage) -> None:
    await opened(stage)
    await stage.budi.says("2, 3")
    await stage.ani.news()
    assert await stage.budi.taps("↩️ Setujui 2, kembalikan 2 …") == "2 kegiatan disetujui."
    asked = await stage.budi.last()
    assert asked["text"] == (
        "Apa yang perlu diperbaiki pada “mengarsipkan 12 surat” dan “menyusun 2 laporan”? Balas pesan ini."
    )
    assert await stage.budi.tells("Sebutkan periodenya", reply_to=asked["message_id"]) == (
        "Dikembalikan kepada Ani Lestari dengan alasan Anda."
    )
    assert await stage.ani.news() == [
        f"↩️ Budi Santoso mengembalikan “{what}”:\nSebutkan periodenya\n[Perbaiki]"
        for what in ("mengarsipkan 12 surat", "menyusun 2 laporan")
    ]


async def test_what_changed_after_it_was_shown_is_not_approved(stage: Stage) -> None:
    """Ani edits while the page stands: an older tap only redraws; what comes in later keeps no number and waits."""
    message = await stage.ani.says(FOUR)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("➖ Semua kecuali …")
    await stage.budi.taps("2")
    old = await stage.budi.last()
    await stage.ani.edits(message, FOUR.replace("5 surat", "50 surat"))
    assert await stage.budi.taps("✅ Setujui 3, sisakan 1", on=old) == STALE
    assert "4. menyortir 50 surat" in await stage.budi.sees()
    await stage.ani.says("A2 telaah staf")
    assert "1 lagi menunggu giliran berikutnya." in await stage.budi.sees()
    assert await stage.budi.taps("✅ Setujui 3, sisakan 1") == "3 kegiatan disetujui."
    text = await stage.budi.sees()
    assert "• mengarsipkan 12 surat\n• telaah staf\n" in text


async def test_one_edited_between_screen_and_tap_is_left_alone(stage: Stage) -> None:
    """The phone still shows the older page, and so does the row: the tap counts for what has not changed."""
    message = await stage.ani.says(FOUR)
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("➖ Semua kecuali …")
    await stage.budi.taps("2")
    page = await stage.budi.last()
    text = FOUR.replace("5 surat", "50 surat")
    await stage.people("edit", person=ANI, chat=ANI, message_id=message, text=text)
    assert await stage.budi.taps("✅ Setujui 3, sisakan 1", on=page) == (
        "2 kegiatan disetujui. Dilewati karena baru saja berubah: “menyortir 50 surat”."
    )


async def test_forty_entries_with_four_taps(stage: Stage) -> None:
    """Ten people, forty entries, two of them not yet: open, two numbers, one confirmation. Typed: two taps."""
    names = ("Dewi", "Eko", "Fajar", "Gita", "Hadi", "Indah", "Joko", "Kartika", "Lukman")
    team: list[Phone] = [stage.ani, *await stage.hire(*names)]
    for n, phone in enumerate(team):
        await phone.says("\n".join(f"{k}. A1 mengagendakan {n + k} surat masuk" for k in range(1, 5)))
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert (await stage.budi.sees()).startswith("Menunggu persetujuan Anda: 10 orang, 40 kegiatan")
    taps = 0
    for words in ("➖ Semua kecuali …", "17", "38", "✅ Setujui 38, sisakan 2"):
        toast = await stage.budi.taps(words)
        taps += 1
    assert (taps, toast) == (4, "38 kegiatan disetujui.")
    assert (await stage.budi.sees()).startswith("Menunggu persetujuan Anda: 2 orang, 2 kegiatan")
    await stage.budi.taps("↶ Urungkan (38) s.d. 17.10")
    await stage.budi.taps("➖ Semua kecuali …")
    await stage.budi.says("17, 38")
    assert await stage.budi.taps("✅ Setujui 38, sisakan 2") == "38 kegiatan disetujui."
