"""What was chosen once is not asked again, and everybody can see and erase what was learnt."""

from datetime import date
from decimal import Decimal

import pytest

from models.targets import Target
from tests.databases import ON_SQLITE
from tests.office import CITRA
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


def card(day: str, *lines: str) -> str:
    paragraphs = [f"{n}. {line}" for n, line in enumerate(lines, 1)]
    return "\n\n".join([f"Laporan {day} November 2026", *paragraphs]) + "\n[Ubah] [⚠️ Kendala] [Batalkan]"


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


@ON_SQLITE
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


@ON_SQLITE
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
