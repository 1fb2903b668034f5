"""What was chosen once is not asked again; the office has words of its own; work is said again with a tap."""

from datetime import date
from decimal import Decimal

import pytest

from models.targets import Target
from tests.databases import ON_SQLITE
from tests.office import ANI, CITRA
from tests.stage import Stage

UNCLEAR = "verifikasi data penerima bantuan"
A1, A2, A3, A4 = (
    "A1 · Pengelolaan surat masuk dan keluar",
    "A2 · Penyusunan laporan evaluasi program",
    "A3 · Fasilitasi rapat koordinasi perenc…",
    "A4 · Penyusunan rencana kerja perangkat…",
)
WITH_A1, WITH_A2, WITHOUT = (
    f"🎯 {A1}",
    f"🎯 {A2}",
    "tanpa target",
)
NOTHING_LEARNT = "Belum ada yang saya pelajari dari Anda. Setiap kali Anda memilih target, kalimatnya saya ingat."
ASKED = "Selamat sore, Ani. Hari ini mengerjakan apa saja?"


def card(day: str, *lines: str) -> str:
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join([f"Laporan {day} November 2026", *paragraphs]) + "\n[Ubah] [Batalkan]"


async def chooses(stage: Stage, button: str, text: str = UNCLEAR) -> None:
    """Ani is asked which target it serves, and taps."""
    await stage.ani.says(text)
    await stage.ani.taps(button)


async def corrects(stage: Stage, button: str) -> None:
    """Ani changes the target of the only activity on her newest card."""
    await stage.ani.taps("Ubah")
    await stage.ani.taps("🎯 Target")
    await stage.ani.taps(button)


async def why(stage: Stage) -> str:
    """The line on the item's view that says why it is linked so."""
    await stage.ani.taps("Ubah")
    return next(line for line in (await stage.ani.sees()).split("\n") if line.startswith("Mengapa"))


async def test_the_same_wording_is_linked_next_time_and_says_why(stage: Stage) -> None:
    await chooses(stage, A2)
    stage.clock.set("2026-11-25 16:00")
    assert await stage.ani.tells(f"{UNCLEAR} 3 dokumen") == card(
        "Rabu, 25", f"{UNCLEAR} 3 dokumen\n{WITH_A2} · 3 dokumen"
    )
    assert await why(stage) == "Mengapa target ini: seperti Sel 24 Nov."


@ON_SQLITE
async def test_a_typing_error_makes_no_difference(stage: Stage) -> None:
    await chooses(stage, A2)
    text = "verifikasi data penerma bantuan"
    assert await stage.ani.tells(text) == card("Selasa, 24", f"{text}\n{WITH_A2}")


@ON_SQLITE
async def test_another_wording_is_asked_about(stage: Stage) -> None:
    await chooses(stage, A2)
    assert "untuk target yang mana?" in await stage.ani.tells("verifikasi data penerima hibah")


@ON_SQLITE
async def test_not_a_target_is_remembered(stage: Stage) -> None:
    await chooses(stage, "Bukan target")
    stage.clock.set("2026-11-25 16:00")
    assert await stage.ani.tells(UNCLEAR) == card("Rabu, 25", f"{UNCLEAR}\n{WITHOUT}")
    assert await why(stage) == "Mengapa tanpa target: seperti Sel 24 Nov."


async def test_a_correction_is_remembered_against_the_words(stage: Stage) -> None:
    assert await stage.ani.tells("rapat koordinasi dengan kecamatan") == card(
        "Selasa, 24", "rapat koordinasi dengan kecamatan\n🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
    )
    await corrects(stage, A2)
    assert await stage.ani.tells("rapat koordinasi dengan kecamatan") == card(
        "Selasa, 24", f"rapat koordinasi dengan kecamatan\n{WITH_A2}"
    )


@ON_SQLITE
async def test_a_correction_outweighs_what_was_only_confirmed(stage: Stage) -> None:
    """The wording with a typing error had been linked like the other; it is put right, and so is the other."""
    await chooses(stage, A2)
    await stage.ani.says("verifikasi data penerma bantuan")
    await corrects(stage, A1)
    assert await stage.ani.tells(UNCLEAR) == card("Selasa, 24", f"{UNCLEAR}\n{WITH_A1}")


@ON_SQLITE
async def test_the_latest_choice_counts(stage: Stage) -> None:
    await chooses(stage, A2)
    await stage.ani.says(UNCLEAR)
    await corrects(stage, A1)
    await stage.ani.says(UNCLEAR)
    await corrects(stage, "Bukan target")
    assert await stage.ani.tells(UNCLEAR) == card("Selasa, 24", f"{UNCLEAR}\n{WITHOUT}")


@ON_SQLITE
async def test_a_code_outweighs_what_was_remembered(stage: Stage) -> None:
    await chooses(stage, A2)
    assert await stage.ani.tells(f"A1 {UNCLEAR}") == card("Selasa, 24", f"{UNCLEAR}\n{WITH_A1}")
    assert await why(stage) == "Mengapa target ini: Anda menulis kodenya."


async def citras_target(stage: Stage, title: str, measure: str = "laporan") -> None:
    citra = await stage.id_of(CITRA)
    await stage.keep(
        Target(
            agency_id=1,
            code="U7",
            employee_id=citra,
            title=title,
            planned=Decimal(12),
            measure=measure,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
    )


async def test_a_colleague_with_the_same_target_profits(stage: Stage) -> None:
    await citras_target(stage, "Penyusunan laporan evaluasi program")
    await chooses(stage, A2)
    assert await stage.citra.tells(UNCLEAR) == card(
        "Selasa, 24", f"{UNCLEAR}\n🎯 U7 · Penyusunan laporan evaluasi program"
    )
    await stage.citra.taps("Ubah")
    reason = "Mengapa target ini: rekan Anda memilihnya untuk kalimat yang sama, Sel 24 Nov."
    assert reason in (await stage.citra.sees()).split("\n")
    assert await stage.citra.tells("/ingatan") == NOTHING_LEARNT


@ON_SQLITE
async def test_ones_own_choice_outweighs_a_colleagues(stage: Stage) -> None:
    await citras_target(stage, "Penyusunan laporan evaluasi program")
    await stage.citra.says(UNCLEAR)
    await stage.citra.taps("Bukan target")
    await chooses(stage, A2)
    assert await stage.citra.tells(UNCLEAR) == card("Selasa, 24", f"{UNCLEAR}\n{WITHOUT}")


@ON_SQLITE
@pytest.mark.parametrize(
    ("title", "measure"),
    [("Penyusunan laporan keuangan", "laporan"), ("Penyusunan laporan evaluasi program", "dokumen")],
)
async def test_a_colleague_with_another_target_does_not(stage: Stage, title: str, measure: str) -> None:
    await citras_target(stage, title, measure)
    await chooses(stage, A2)
    assert "untuk target yang mana?" in await stage.citra.tells(UNCLEAR)


async def test_what_was_learnt_is_shown_and_erased(stage: Stage) -> None:
    assert await stage.ani.tells("/ingatan") == NOTHING_LEARNT
    await chooses(stage, A2)
    await chooses(stage, "Bukan target", "koordinasi dengan vendor")
    assert await stage.ani.tells("/ingatan") == (
        "Yang saya pelajari dari Anda\n\n"
        "1. “koordinasi dengan vendor” → tanpa target\n"
        f"2. “{UNCLEAR}” → {A2}\n\n"
        "Ketuk nomornya untuk melupakan.\n"
        "[🗑 1] [🗑 2]\n"
        "[Lupakan semua]"
    )
    assert await stage.ani.taps("🗑 2") == "1 kalimat dilupakan."
    assert await stage.ani.sees() == (
        "Yang saya pelajari dari Anda\n\n"
        "1. “koordinasi dengan vendor” → tanpa target\n\n"
        "Ketuk nomornya untuk melupakan.\n"
        "[🗑 1]\n"
        "[Lupakan semua]"
    )
    assert await stage.ani.taps("Lupakan semua") == "1 kalimat dilupakan."
    assert await stage.ani.sees() == NOTHING_LEARNT
    assert "untuk target yang mana?" in await stage.ani.tells(UNCLEAR)


@ON_SQLITE
async def test_a_long_memory_comes_by_page(stage: Stage) -> None:
    names = [
        "Anggrek",
        "Bougenvil",
        "Cempaka",
        "Dahlia",
        "Edelweis",
        "Flamboyan",
        "Gladiol",
        "Ixora",
        "Kenanga",
        "Melati",
    ]
    for name in names:
        await stage.ani.says(f"A1 pendataan rumah {name}")
        await corrects(stage, A2)
    first = await stage.ani.tells("/ingatan")
    assert first.count("→") == 8
    assert first.endswith("[Lupakan semua] [1/2 ›]")
    await stage.ani.taps("1/2 ›")
    assert (await stage.ani.sees()).count("→") == 2
    await stage.ani.taps("2/2 ›")
    assert await stage.ani.sees() == first


# The office's own words


async def test_an_admin_teaches_a_word_and_it_links(stage: Stage) -> None:
    assert "untuk target yang mana?" in await stage.ani.tells("input siwas 2 jam")
    await stage.change(CITRA, role="admin")
    assert await stage.citra.tells("/istilah Siwas = laporan evaluasi program") == (
        "Dicatat: siwas = laporan evaluasi program."
    )
    assert await stage.ani.tells("input siwas 3 jam") == card("Selasa, 24", f"input siwas\n{WITH_A2} · 3 jam")
    assert await stage.ani.tells("/istilah") == "Istilah kantor\nsiwas = laporan evaluasi program"
    assert await stage.citra.tells("/istilah hapus siwas") == "“siwas” tidak lagi menjadi istilah kantor."
    assert "untuk target yang mana?" in await stage.ani.tells("input siwas 4 jam")


@ON_SQLITE
@pytest.mark.parametrize("text", ["/istilah monev = monitoring dan evaluasi", "/istilah hapus monev"])
async def test_others_only_read_the_words(stage: Stage, text: str) -> None:
    assert await stage.ani.tells(text) == "Hanya admin yang bisa mengubah istilah kantor."
    assert await stage.ani.tells("/istilah") == "Istilah kantor\nBelum ada."


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/istilah", "Istilah kantor\nBelum ada.\n\n"
         "Tambah: /istilah monev = monitoring dan evaluasi. Hapus: /istilah hapus monev."),
        ("/istilah kuda", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        ("/istilah = x", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        ("/istilah x =", "Tulis istilah dan artinya: /istilah monev = monitoring dan evaluasi"),
        (f"/istilah {'a' * 41} = b", "Terlalu panjang: istilah paling banyak 40 karakter, artinya 120."),
        (f"/istilah b = {'a' * 121}", "Terlalu panjang: istilah paling banyak 40 karakter, artinya 120."),
        ("/istilah hapus kuda", "Saya tidak mengenal “kuda”. Semuanya ada di /istilah."),
        ("/istilah p&k = <b>pendidikan</b>", "Dicatat: p&k = <b>pendidikan</b>."),
    ],
)  # fmt: skip
async def test_what_an_admin_may_write(stage: Stage, text: str, answer: str) -> None:
    await stage.change(ANI, role="admin")
    assert await stage.ani.tells(text) == answer


@ON_SQLITE
async def test_many_words_fill_no_more_than_one_message(stage: Stage) -> None:
    await stage.change(ANI, role="admin")
    for n in range(40):
        await stage.ani.says(f"/istilah kata{n:02} = {'arti ' * 22}")
    text = await stage.ani.tells("/istilah")
    assert text.startswith("Istilah kantor\nkata00 = arti arti")
    assert "\n… dan " in text


# Said again by a tap


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
        "Rabu, 25 November 2026 sudah ditutup. Laporan dibuka mulai Jumat, 27 November 2026; "
        "untuk hari yang lebih lama, hubungi bagian kepegawaian."
    )
