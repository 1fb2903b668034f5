"""Work is said again with a tap: the same as the last day, or what a person does often."""

from tests.databases import ON_SQLITE
from tests.stage import Stage

ASKED = "Selamat sore, Ani. Hari ini mengerjakan apa saja?"
WITH_A1 = "🎯 A1 · Pengelolaan surat masuk dan keluar"


def card(day: str, *lines: str) -> str:
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join([f"Laporan {day} November 2026", *paragraphs]) + "\n[Ubah] [⚠️ Kendala] [Batalkan]"


async def test_the_same_as_yesterday(stage: Stage) -> None:
    """Counts and times belonged to yesterday and are not repeated."""
    await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat masuk")
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.sees() == f"{ASKED}\n[Sama seperti kemarin]"
    assert await stage.ani.taps("Sama seperti kemarin") == "Dicatat."
    said = card(
        "Rabu, 25",
        "rapat koordinasi\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan",
        f"mengarsipkan surat masuk\n{WITH_A1}",
    )
    assert await stage.ani.sees() == said
    assert await stage.ani.taps("Sama seperti kemarin") == "Itu sudah ada di laporan hari itu. Tidak ada yang berubah."
    await stage.ani.news()
    await stage.time("2026-11-25 18:00")
    assert await stage.ani.news() == []
    assert await stage.ani.sees() == said


@ON_SQLITE
async def test_only_what_the_day_does_not_say_yet_is_added(stage: Stage) -> None:
    await stage.ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat masuk")
    await stage.time("2026-11-25 16:00")
    await stage.ani.says("A3 rapat koordinasi 1 jam")
    await stage.ani.taps("Sama seperti kemarin")
    assert await stage.ani.sees() == card("Rabu, 25", f"mengarsipkan surat masuk\n{WITH_A1}")


@ON_SQLITE
async def test_taken_back_it_may_be_said_again(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-25 16:00")
    await stage.ani.taps("Sama seperti kemarin")
    await stage.ani.taps("Batalkan")
    assert await stage.ani.taps("Sama seperti kemarin") == "Dicatat."
    assert await stage.ani.sees() == card(
        "Rabu, 25", "rapat koordinasi\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
    )


@ON_SQLITE
async def test_after_a_weekend_it_is_the_last_days_work(stage: Stage) -> None:
    stage.clock.set("2026-11-27 15:00")
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-30 16:00")
    assert await stage.ani.reads(ASKED) == f"{ASKED}\n[Sama seperti Jum 27 Nov]"


@ON_SQLITE
async def test_what_is_done_often_has_a_button_of_its_own(stage: Stage) -> None:
    for day, count, place in ((24, 12, "Mawar"), (25, 7, "Melati"), (26, 9, "Kenanga")):
        stage.clock.set(f"2026-11-{day} 15:00")
        await stage.ani.says(f"1. A1 mengarsipkan {count} surat masuk\n2. A3 rapat di kelurahan {place}")
    await stage.time("2026-11-27 16:00")
    assert await stage.ani.sees() == f"{ASKED}\n[Sama seperti kemarin]\n[+ mengarsipkan surat masuk]"
    await stage.ani.taps("+ mengarsipkan surat masuk")
    assert await stage.ani.sees() == card("Jumat, 27", f"mengarsipkan surat masuk\n{WITH_A1}")


@ON_SQLITE
async def test_an_old_prompt_says_again_for_its_own_day_until_that_has_closed(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.time("2026-11-25 16:00")
    stage.clock.set("2026-11-26 09:00")
    await stage.ani.taps("Sama seperti kemarin")
    assert (await stage.ani.sees()).startswith("Laporan Rabu, 25 November 2026 (terlambat)\n\n1. rapat koordinasi\n")
    await stage.ani.taps("Batalkan")
    stage.clock.set("2026-12-02 09:00")
    assert await stage.ani.taps("Sama seperti kemarin") == (
        "Rabu, 25 November 2026 sudah ditutup (Senin, 30 November 2026, pukul 24.00 WIB). "
        "Yang terbuka: mulai Jumat, 27 November 2026. Hari yang lebih lama dapat dibuka oleh atasan Anda (/buka)."
    )
