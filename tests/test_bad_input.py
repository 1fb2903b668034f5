"""What nobody expects: one clear sentence each, nothing lost, and nothing changed that should not be."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.activities import Activity
from models.inbox import Update
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage, picture

A3 = "🎯 A3 · Fasilitasi rapat koordinasi perencanaan"
STRANGER = (
    "Saya Harian, asisten laporan kerja harian. Untuk bergabung, buka tautan pribadi dari bagian kepegawaian Anda."
)
GONE = "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
STALE = "Kartu ini baru diperbarui. Mohon lihat sekali lagi."
CHANGED = "Ini baru saja berubah. Beginilah keadaannya sekarang."
NOTHING_SAID = "Baik. Kalau ada yang dikerjakan hari ini, tulis saja di sini."
WORDS_ONLY = "Saya hanya bisa membaca tulisan. Tulis sebaris saja apa yang dikerjakan, ya."
SORRY = (
    "Ada gangguan di pihak saya. Pesan Anda tersimpan; mohon kirim lagi sebentar lagi. Untuk admin: kode {reference}."
)
MEETING = f"""\
Laporan Selasa, 24 November 2026

1. rapat koordinasi
{A3}
[Ubah] [⚠️ Kendala] [Batalkan]"""


async def stored(stage: Stage) -> list[tuple[str, str]]:
    """Every activity there is: its words and its status."""
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Activity).order_by(col(Activity.id)))).all()
        return [(row.description, row.status) for row in rows]


async def arrives(stage: Stage, kind: str, **content: Any) -> None:
    """Telegram delivers something that no phone of the sandbox sends."""
    stage.world.updates.push(kind, content)
    await stage.settle()


def from_person(person_id: int, **content: Any) -> dict[str, Any]:
    who = {"id": person_id, "is_bot": False, "first_name": "Ani", "language_code": "id"}
    chat = {"id": person_id, "type": "private", "first_name": "Ani"}
    return {"message_id": 900_001, "date": 1_795_510_800, "from": who, "chat": chat, **content}


# Strangers, bots and groups


async def test_a_stranger_learns_nothing_whatever_they_send(stage: Stage) -> None:
    doni = await stage.new_person("Doni")
    for text in ("A3 rapat koordinasi 2 jam", "/bantuan", "/tim", "2001", "sakit"):
        assert await doni.tells(text) == STRANGER
    assert await doni.shows(picture("red"), caption="rapat koordinasi") == STRANGER
    await stage.people("sticker", person=doni.id, chat=doni.id)
    await stage.settle()
    assert await doni.hears() == [STRANGER] * 7
    assert await stored(stage) == []


@ON_SQLITE
async def test_a_stranger_is_spoken_to_in_their_language(stage: Stage) -> None:
    person = await stage.people("new", first_name="Dana", language_code="en")
    assert await Phone(stage, person["id"]).tells("hello") == (
        "I am Harian, the assistant for daily work reports. "
        "To join, open the personal link from your personnel officer."
    )


@ON_SQLITE
async def test_another_bot_is_not_answered(stage: Stage) -> None:
    bot = {"id": 77, "is_bot": True, "first_name": "Bot lain"}
    chat = {"id": 77, "type": "private", "first_name": "Bot lain"}
    await arrives(stage, "message", **{**from_person(77, text="A3 rapat koordinasi"), "from": bot, "chat": chat})
    assert await stored(stage) == []
    async with stage.database.reading() as session:
        assert [row.tries for row in (await session.exec(select(Update))).all()] == [0]


@ON_SQLITE
async def test_in_a_group_nobody_bound_it_is_silent(stage: Stage) -> None:
    chat = await stage.group(stage.budi, "Arisan", stage.ani)
    await stage.people("add_bot", person=BUDI, chat=chat)
    await stage.people("promote", person=BUDI, chat=chat)
    group = stage.ani.in_chat(chat)
    for text in ("A3 rapat koordinasi 2 jam", "/tim", "/skor@HarianBot", "/start@HarianBot", "sakit"):
        await group.says(text)
    for moment in ("2026-11-24 18:00", "2026-11-30 13:00"):
        await stage.time(moment)
    assert await group.hears() == []
    assert await stored(stage) == []


@ON_SQLITE
async def test_whoever_has_left_the_office_is_a_stranger(stage: Stage) -> None:
    await stage.ani.says("A3 rapat koordinasi")
    card = await stage.ani.last()
    await stage.change(ANI, telegram_id=None)
    assert await stage.ani.taps("Batalkan", on=card) == GONE
    assert await stage.ani.tells("/hari_ini") == STRANGER
    assert await stored(stage) == [("rapat koordinasi", "waiting")]


# Messages


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/entah", "Saya tidak mengenal perintah ini. Lihat /bantuan."),
        ("/entah@HarianBot rapat", "Saya tidak mengenal perintah ini. Lihat /bantuan."),
        ("/", NOTHING_SAID),
        ("😀🎉", NOTHING_SAID),
        ("\u200b", NOTHING_SAID),
        ("\u202e\u202d", NOTHING_SAID),
        ("...", NOTHING_SAID),
        ("x" * 4096, NOTHING_SAID),
        ("99 jam", NOTHING_SAID),
        ("12", "Ini jawaban untuk kartu yang mana? Balas kartunya, ya."),
        ("A1", "Ini jawaban untuk kartu yang mana? Balas kartunya, ya."),
        ("tanggal 24 November 2099 rapat koordinasi",
         "Selasa, 24 November 2099 belum tiba. Ceritakan kalau sudah dikerjakan, ya."),
        ("besok rapat koordinasi",
         "Dicatat sebagai rencana Anda untuk Rabu, 25 November 2026: “besok rapat koordinasi”. "
         "Ceritakan kalau sudah dikerjakan."),
    ],
)  # fmt: skip
async def test_what_cannot_be_noted_gets_one_sentence(stage: Stage, text: str, answer: str) -> None:
    await stage.ani.says(text)
    assert await stage.ani.hears() == [answer]
    assert await stored(stage) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("rapat koordinasi & evaluasi 5 < 6 > 4", "rapat koordinasi & evaluasi 5 < 6 > 4"),
        ("👩‍👩‍👧‍👦 rapat koordinasi 🎉", "rapat koordinasi"),
        ("rapat koordinasi \u202eperencanaan\u202c", "rapat koordinasi perencanaan"),
        ("*rapat* _koordinasi_", "rapat koordinasi"),
        ("rapat koordinasi 99 jam", "rapat koordinasi"),
    ],
)
async def test_signs_are_words_like_others(stage: Stage, text: str, description: str) -> None:
    assert await stage.ani.tells(text) == MEETING.replace("1. rapat koordinasi", f"1. {description}")
    assert await stored(stage) == [(description, "waiting")]
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    assert f"• {description}" in await stage.budi.sees()


async def test_tags_are_no_formatting(stage: Stage) -> None:
    assert await stage.ani.tells("<b>rapat koordinasi</b> perencanaan</i>") == MEETING.replace(
        "rapat koordinasi\n", "rapat koordinasi perencanaan\n"
    )


@ON_SQLITE
async def test_the_longest_message_fills_no_more_than_one_card(stage: Stage) -> None:
    lines = [f"A3 rapat koordinasi perencanaan dengan kelompok {n} & tamunya " + "untuk usulan " * 8 for n in range(25)]
    text = "\n".join(lines)[:4096]
    await stage.ani.says(text)
    card = await stage.ani.sees()
    assert card.startswith(
        "Laporan Selasa, 24 November 2026\n\n1. rapat koordinasi perencanaan dengan kelompok 0 & tamunya"
    )
    assert "\n\n… dan " in card
    assert card.endswith(" lagi\n[Ubah] [⚠️ Kendala] [Batalkan]")
    assert await stage.ani.tells("/hari_ini") != ""
    await stage.budi.says("rapat pimpinan")
    await stage.time("2026-11-24 17:00")
    await stage.budi.taps("🔎 Periksa satu per satu")
    shown = await stage.budi.sees()
    approved = len(shown.split("\n→ ")) - 1
    total = len(await stored(stage)) - 1
    assert 0 < approved < total
    assert f"\n\n… dan {total - approved} lagi\n" in shown
    assert await stage.budi.taps(f"✅ Setujui ({approved})") == f"{approved} kegiatan disetujui."
    assert [status for _, status in await stored(stage)].count("approved") == approved


@ON_SQLITE
async def test_stickers_and_contacts_hold_no_words(stage: Stage) -> None:
    await stage.people("sticker", person=ANI, chat=ANI)
    await stage.settle()
    assert await stage.ani.news() == [WORDS_ONLY]
    await arrives(stage, "message", **from_person(ANI, contact={"phone_number": "0800", "first_name": "Doni"}))
    assert await stage.ani.news() == [WORDS_ONLY]


@ON_SQLITE
async def test_kinds_of_updates_that_are_not_its_business_are_passed_over(stage: Stage) -> None:
    who = {"id": ANI, "is_bot": False, "first_name": "Ani"}
    await arrives(stage, "inline_query", id="1", **{"from": who}, query="rapat", offset="")
    await arrives(stage, "channel_post", message_id=1, date=1, chat={"id": -100, "type": "channel"}, text="halo")
    assert await stage.ani.hears() == []
    assert await stage.ani.tells("A3 rapat koordinasi") == MEETING


# Updates that cannot be handled


async def test_what_cannot_be_parsed_is_parked_and_the_queue_goes_on(stage: Stage) -> None:
    broken = from_person(ANI, text="A1 mengarsipkan 12 surat", entities="bukan daftar")
    stage.world.updates.push("message", broken)
    await stage.ani.says("A3 rapat koordinasi")
    assert await stage.ani.hears() == [SORRY.format(reference="2ZBR81"), MEETING]
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Update).order_by(col(Update.update_id)))).all()
        assert [(row.tries, row.payload["message"]["text"]) for row in rows] == [
            (3, "A1 mengarsipkan 12 surat"),
            (0, "A3 rapat koordinasi"),
        ]


@ON_SQLITE
async def test_what_cannot_be_parsed_and_names_nobody_is_only_parked(stage: Stage) -> None:
    await arrives(stage, "message", text=["?"])
    await arrives(stage, "callback_query", id=7)
    await arrives(stage, "my_chat_member", chat={"id": CITRA})
    assert await stage.ani.tells("A3 rapat koordinasi") == MEETING
    assert await stage.citra.hears() == []
