"""Taps may carry anything: forged, replayed or old, they do nothing but draw the card again.

Arguments that nobody's button carries are tried on every card in `authority`.
"""

from typing import Any

from sqlmodel import col, select

from handlers.buttons import TAPS
from models import kinds
from models.activities import Activity
from tests.authority.trial import trying
from tests.databases import ON_SQLITE
from tests.office import ANI
from tests.stage import Phone, Stage, looks

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
    async with trying(stage.process, stage.clock) as trial:
        (card,) = (await trial.handle(trial.message(ANI, "A3 rapat koordinasi"))).cards
        for kind in TAPS.keys() - {kinds.REPORT_CARD}:
            for verb in TAPS[kind].keys() - TAPS[kinds.REPORT_CARD].keys():
                effects = await trial.tried(trial.tap(ANI, card, verb, "1"), undrawn=True)
                assert (effects.toast, effects.rows, effects.failure) == (GONE, {}, None), verb


async def forges(phone: Phone, card: dict[str, Any], verb: str, argument: str) -> str | None:
    """Tap with a verb and argument of one's own choice, on a card as it stands now."""
    now = next(message for message in await phone.messages() if message["message_id"] == card["message_id"])
    _, number, revision, _ = now["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":", 3)
    return await phone.taps_data(card["message_id"], f"{verb}:{number}:{revision}:{argument}"[:64])


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
