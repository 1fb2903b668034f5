"""Taps may carry anything: forged, replayed or old, they do nothing but draw the card again."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.buttons import TAPS
from models import outbox
from models.activities import Activity
from models.marks import QualityMark
from models.targets import Target
from tests.databases import ON_SQLITE
from tests.office import BUDI
from tests.stage import Phone, Stage, looks, picture

GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
CHANGED = "Ini baru saja berubah. Beginilah keadaannya sekarang."
MEETING = """\
Laporan Selasa, 24 November 2026

1. rapat koordinasi
🎯 A3 · Fasilitasi rapat koordinasi perencanaan
[Ubah] [⚠️ Kendala] [Batalkan]"""


async def stored(stage: Stage) -> list[tuple[str, str]]:
    """Every activity there is: its words and its status."""
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Activity).order_by(col(Activity.id)))).all()
        return [(row.description, row.status) for row in rows]


FORGED = [
    "", ":", ":::", "view", "view:1", "view:1:1", "entah:1:1:x", "view:x:1:main", "view:1:x:main", "view:-1:1:main",
    "view:0:1:main", "view:99999999999999999999:1:main", "view:2147483648:1:main", "view:1:99999999999999999999:main",
    "cancel:²:1:", "a" * 64, "a" * 65, "view:1:1:" + "é" * 28, "\x00", "🗑:1:1:1",
]  # fmt: skip


@ON_SQLITE
async def test_forged_data_does_nothing(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi")
    card = await stage.ani.last()
    for data in FORGED:
        assert await stage.ani.taps_data(card["message_id"], data) in (GONE, STALE), data
    assert await stage.ani.hears() == [MEETING]
    assert await stored(stage) == [("rapat koordinasi", "waiting")]


@ON_SQLITE
async def test_buttons_of_one_kind_do_nothing_on_another(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi")
    for kind in TAPS.keys() - {outbox.REPORT_CARD}:
        for verb in TAPS[kind]:
            assert await forges(stage.ani, await stage.ani.last(), verb, "1") == GONE, verb
    assert await stage.ani.hears() == [MEETING]


async def forges(phone: Phone, card: dict[str, Any], verb: str, argument: str) -> str | None:
    """Tap with a verb and argument of one's own choice, on a card as it stands now."""
    now = next(message for message in await phone.messages() if message["message_id"] == card["message_id"])
    _, number, revision, _ = now["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":", 3)
    return await phone.taps_data(card["message_id"], f"{verb}:{number}:{revision}:{argument}"[:64])


ARGUMENTS = ["", "x", "0", "9.9", "-1", "9.-1", "99999999999999999999", "9.99999999999", ".", "return.9", "person.99"]
ACTS_WITHOUT_ARGUMENT = {
    "cancel",
    "obstacle",
    "obstacles",
    "restore",
    "undo",
    "approve",
    "except",
    "approve_return",
    "undo_approval",
    "same",
    "output_again",
    "open_round",
}
MEANT = {("evidence", "0"), ("why", "0"), ("review", "person.99"), ("review", "return.9")}
"""Arguments that buttons do carry."""


@ON_SQLITE
@pytest.mark.parametrize("kind", TAPS)
async def test_an_argument_nobodys_button_carries_changes_nothing(stage: Stage, kind: str) -> None:
    phone, card = await one_of(stage, kind)
    before, heard = await stored(stage), len(await phone.hears())
    for verb in TAPS[kind].keys() - ACTS_WITHOUT_ARGUMENT:
        for argument in ARGUMENTS:
            if (verb, argument) not in MEANT:
                await forges(phone, card, verb, argument)
    assert await stored(stage) == before
    assert len(await phone.hears()) == heard


async def marked_already(stage: Stage, *codes: str) -> None:
    """Budi has marked these targets of Ani's for the week."""
    budi = await stage.id_of(BUDI)
    async with stage.database.transaction() as session:
        for target in (await session.exec(select(Target).where(col(Target.code).in_(codes)))).all():
            week = {"week_ends_on": date(2026, 11, 29), "marked_at": stage.clock()}
            about = {"agency_id": target.agency_id, "employee_id": target.employee_id, "target_id": target.id}
            session.add(QualityMark(**about, **week, mark=85, reviewer_id=budi))


async def one_of(stage: Stage, kind: str) -> tuple[Phone, dict[str, Any]]:
    """A card of that kind on somebody's screen."""
    ani, budi = stage.ani, stage.budi
    await ani.says("1. A3 rapat koordinasi 2 jam\n2. A1 mengarsipkan 12 surat")
    await budi.says("rapat pimpinan")
    if kind == outbox.MARKS_SPREAD:
        await marked_already(stage, "A2", "A3")
    if kind == outbox.REPORT_CARD:
        return ani, await ani.last()
    if kind == outbox.PROMPT:
        await stage.time("2026-11-25 16:00")
        return ani, await ani.finds("Selamat sore")
    if kind == outbox.ABSENCE_CARD:
        await ani.says("sakit besok")
        return ani, await ani.last()
    commands = {outbox.HISTORY: "/hari_ini", outbox.WEEK: "/nilai", outbox.LANGUAGE: "/bahasa"}
    if kind in commands:
        stage.clock.set("2026-11-30 09:00" if kind == outbox.WEEK else "2026-11-25 09:00")
        await ani.says(commands[kind])
        return ani, await ani.last()
    if kind == outbox.COMPETENCIES:
        await budi.says("/kompetensi")
        return budi, await budi.last()
    if kind == outbox.MEMORY:
        await ani.taps("Ubah")
        await ani.taps("1. rapat koordinasi")
        await ani.taps("🎯 Target")
        await ani.taps("A2 · Penyusunan laporan evaluasi program")
        await ani.says("/ingatan")
        return ani, await ani.last()
    if kind == outbox.EVIDENCE_CARD:
        await ani.shows(picture("red"))
        return ani, await ani.last()
    await stage.time("2026-11-24 17:00")
    if kind == outbox.REVIEW_CARD:
        return budi, await budi.finds("Menunggu")
    if kind == outbox.RETURNED:
        await budi.taps("🔎 Periksa satu per satu")
        await budi.taps("↩️ Kembalikan …")
        await budi.taps("2")
        await budi.says("Jumlahnya keliru", reply_to=(await budi.last())["message_id"])
        return ani, await ani.finds("↩️")
    await budi.taps("✅ Setujui semua (2)")
    await stage.time("2026-11-27 18:00")
    if kind == outbox.MARKS_SPREAD:
        await budi.says("85", reply_to=(await budi.finds("Mutu"))["message_id"])
        return budi, await budi.finds("Nilai mutu")
    return (budi, await budi.finds("Mutu")) if kind == outbox.QUALITY_CARD else (ani, await ani.finds("Hasil pekan"))


@ON_SQLITE
async def test_a_replayed_tap_changes_nothing(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi")
    card = await stage.ani.last()
    data = card["reply_markup"]["inline_keyboard"][0][2]["callback_data"]
    assert await stage.ani.taps_data(card["message_id"], data) == "Laporan dibatalkan."
    await stage.ani.taps("Kembalikan")
    assert await stage.ani.taps_data(card["message_id"], data) == STALE
    assert await stage.ani.hears() == [MEETING]


async def test_the_card_of_somebody_else_does_nothing(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi")
    await stage.citra.says("rapat staf")
    hers, own = await stage.ani.last(), await stage.citra.last()
    data = hers["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
    assert await stage.citra.taps_data(hers["message_id"], data) == GONE
    assert await stage.citra.taps_data(own["message_id"], data) == GONE
    assert await stored(stage) == [("rapat koordinasi", "waiting"), ("rapat staf", "waiting")]


@ON_SQLITE
async def test_the_activity_of_somebody_else_is_not_on_ones_card(stage: Stage) -> None:
    """Citra forges Ani's activity into the data of her own card."""
    await stage.ani.says("A3 rapat koordinasi")
    await stage.citra.says("rapat staf")
    own = await stage.citra.last()
    for verb, argument in (
        ("remove", "1"),
        ("target", "1.0"),
        ("count", "1.5"),
        ("day", "1.20261123"),
        ("join", "2.1"),
    ):
        assert await forges(stage.citra, own, verb, argument) == CHANGED
    assert await stored(stage) == [("rapat koordinasi", "waiting"), ("rapat staf", "waiting")]
    assert await stage.ani.sees() == MEETING


@ON_SQLITE
async def test_a_target_of_somebody_else_is_no_choice(stage: Stage) -> None:
    await stage.hire("Dodi")
    await stage.ani.says("verifikasi data penerima bantuan")
    card = await stage.ani.last()
    verb, number, revision, argument = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":", 3)
    activity, _, _ = argument.partition(".")
    assert await stage.ani.taps_data(card["message_id"], f"{verb}:{number}:{revision}:{activity}.6") == (
        "Target itu bukan target Anda pada tanggal ini. Silakan pilih yang lain."
    )
    assert looks(await stage.ani.last()) == looks(card)


@ON_SQLITE
async def test_a_tap_on_a_message_that_is_gone(stage: Stage) -> None:
    assert await stage.ani.taps_data(987_654, "cancel:1:1:") == GONE
    stranger = await stage.new_person("Doni")
    await stranger.says("halo")
    assert await stranger.taps_data((await stranger.last())["message_id"], "cancel:1:1:") == GONE
