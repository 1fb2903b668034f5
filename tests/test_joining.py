"""Joining: the personal link binds one account once; everybody else learns nothing."""

import re
from hashlib import sha256

from sqlmodel import col, select

from models.invitations import Invitation
from tests import office
from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA
from tests.stage import Phone, Stage

STRANGER = (
    "Saya Harian, asisten laporan kerja harian. Untuk bergabung, buka tautan pribadi dari bagian kepegawaian Anda."
)
BAD_LINK = "Tautan ini tidak berlaku (lagi). Silakan minta yang baru kepada bagian kepegawaian."
DIGITS = "Selamat datang. Agar saya yakin ini Anda: kirim empat angka terakhir NIP Anda."
WELCOME = """\
Selamat datang, Ani Lestari – Bidang Perencanaan.
Ada 4 target Anda yang saya kenal.
Setiap hari kerja pukul 16.00 saya bertanya apa yang dikerjakan. Jawab saja dengan kata-kata sendiri.
Tulis saja yang dikerjakan, misalnya: Rapat koordinasi 2 jam, lalu periksa 15 berkas. Selengkapnya: /bantuan"""
ALREADY = (
    "Anda sudah bergabung, Ani Lestari. "
    "Tulis saja yang dikerjakan, misalnya: Rapat koordinasi 2 jam, lalu periksa 15 berkas. Selengkapnya: /bantuan"
)


async def join(stage: Stage, phone: Phone, who: int) -> str:
    await phone.says(f"/start {await stage.invitation(who)}")
    return await phone.tells(office.NIPS[who][-4:])


async def test_the_link_and_four_digits_bind_the_account(empty_stage: Stage) -> None:
    ani = empty_stage.ani
    token = await empty_stage.invitation(ANI)
    assert await ani.tells(f"/start {token}") == DIGITS
    assert (await ani.last())["reply_markup"]["force_reply"]
    assert await ani.tells("2001") == WELCOME
    assert await ani.tells("/start") == ALREADY
    assert await ani.tells(f"/start {token}") == ALREADY
    menu = next(chat for chat in (await empty_stage.state())["chats"] if chat["id"] == ani.id)["commands"]
    assert [one["command"] for one in menu] == [
        "hari_ini", "fokus", "riwayat", "nilai", "target", "cuti", "kendala", "umpan_balik", "kompetensi",
        "penilaian", "ingatan", "data_saya", "istilah", "saran", "jeda", "batal", "bahasa", "bantuan",
    ]  # fmt: skip


@ON_SQLITE
async def test_digits_may_be_wrong_twice(empty_stage: Stage) -> None:
    ani = empty_stage.ani
    await ani.says(f"/start {await empty_stage.invitation(ANI)}")
    assert await ani.tells("Ini Ani") == "Kirim empat angka terakhir NIP saja, misalnya 0012."
    assert await ani.tells("12345") == "Kirim empat angka terakhir NIP saja, misalnya 0012."
    assert await ani.tells("1111") == "Angkanya tidak cocok. Masih ada 2 kali kesempatan."
    assert await ani.tells("2222") == "Angkanya tidak cocok. Masih ada 1 kali kesempatan."
    assert await ani.tells(" 2001 ") == WELCOME


async def test_the_third_wrong_answer_closes_the_link(empty_stage: Stage) -> None:
    doni = await empty_stage.new_person("Doni")
    token = await empty_stage.invitation(ANI)
    await doni.says(f"/start {token}")
    await doni.says("1111")
    await doni.says("2222")
    assert await doni.tells("3333") == (
        "Angkanya tidak cocok, dan tautan ini sekarang ditutup. Silakan minta yang baru kepada bagian kepegawaian."
    )
    assert await doni.tells("2001") == STRANGER
    assert await doni.tells(f"/start {token}") == BAD_LINK
    assert await empty_stage.ani.tells(f"/start {token}") == BAD_LINK
    assert await join(empty_stage, empty_stage.ani, ANI) == WELCOME


async def test_an_account_that_guesses_opens_no_third_link(empty_stage: Stage) -> None:
    """The officer's new link for the same person lets it try again."""
    doni = await empty_stage.new_person("Doni")
    for who in (ANI, BUDI):
        await doni.says(f"/start {await empty_stage.invitation(who)}")
        for digits in ("1111", "2222", "3333"):
            await doni.says(digits)
    token = await empty_stage.invitation(CITRA)
    assert await doni.tells(f"/start {token}") == BAD_LINK
    assert await empty_stage.citra.tells(f"/start {token}") == DIGITS
    anew = await empty_stage.invitation(BUDI)
    assert await doni.tells(f"/start {anew}") == DIGITS
    assert await doni.tells(office.NIPS[BUDI][-4:]) != BAD_LINK


@ON_SQLITE
async def test_a_token_is_long_by_chance_and_not_kept(empty_stage: Stage) -> None:
    tokens = [await empty_stage.invitation(who) for who in (ANI, BUDI, CITRA)]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{24}", token) for token in tokens), "24 characters of 6 bits: 144 bits"
    assert len(set(tokens)) == 3
    async with empty_stage.database.reading() as session:
        rows = (await session.exec(select(Invitation).order_by(col(Invitation.id)))).all()
    assert [row.token_hash for row in rows] == [sha256(token.encode()).hexdigest() for token in tokens]
    assert not any(token in str(row.model_dump()) for token in tokens for row in rows)


@ON_SQLITE
async def test_links_that_are_no_good_say_the_same(empty_stage: Stage) -> None:
    doni = await empty_stage.new_person("Doni")
    assert await doni.tells("/start rahasia") == BAD_LINK
    used = await empty_stage.invitation(ANI)
    await empty_stage.ani.says(f"/start {used}")
    await empty_stage.ani.says("2001")
    assert await doni.tells(f"/start {used}") == BAD_LINK
    replaced = await empty_stage.invitation(BUDI)
    of_a_group = await empty_stage.invitation(BUDI, unit="PER")
    expired = await empty_stage.invitation(BUDI)
    assert await doni.tells(f"/start {replaced}") == BAD_LINK
    assert await doni.tells(f"/start {of_a_group}") == BAD_LINK
    empty_stage.clock.forward(days=14)
    assert await doni.tells(f"/start {expired}") == BAD_LINK
    assert await doni.tells("1002") == STRANGER


@ON_SQLITE
async def test_a_link_expires_while_the_digits_are_awaited(empty_stage: Stage) -> None:
    ani = empty_stage.ani
    await ani.says(f"/start {await empty_stage.invitation(ANI)}")
    empty_stage.clock.forward(days=14)
    assert await ani.tells("2001") == STRANGER


@ON_SQLITE
async def test_whoever_opened_a_link_last_is_asked(empty_stage: Stage) -> None:
    doni = await empty_stage.new_person("Doni")
    token = await empty_stage.invitation(ANI)
    await doni.says(f"/start {token}")
    await empty_stage.ani.says(f"/start {token}")
    assert await doni.tells("2001") == STRANGER
    assert await empty_stage.ani.tells("2001") == WELCOME


@ON_SQLITE
async def test_a_new_phone_needs_a_new_invitation(stage: Stage) -> None:
    phone = await stage.new_person("Ani")
    assert await phone.tells("Rapat koordinasi perencanaan") == STRANGER
    await stage.ani.says("A3 rapat koordinasi")
    card = await stage.ani.last()
    assert await join(stage, phone, ANI) == WELCOME
    assert await stage.ani.tells("Rapat koordinasi perencanaan") == STRANGER
    assert await stage.ani.taps("Batalkan", on=card) == "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    assert await phone.tells("/hari_ini") == (
        "Selasa, 24 November 2026\n"
        "\n1. rapat koordinasi\n"
        "🎯 A3 · Fasilitasi rapat koordinasi perencanaan · ⏳ menunggu atasan"
    )


@ON_SQLITE
async def test_an_account_that_is_bound_takes_no_other_person(stage: Stage) -> None:
    token = await stage.invitation(BUDI)
    assert await stage.ani.tells(f"/start {token}") == ALREADY
    assert await stage.ani.tells("1002") != WELCOME
    assert await stage.ani.tells("/start") == ALREADY
    assert (await stage.budi.tells("/start")).startswith("Anda sudah bergabung, Budi Santoso.")


@ON_SQLITE
async def test_strangers_get_one_polite_sentence(stage: Stage) -> None:
    doni = await stage.new_person("Doni")
    for text in ("/start", "halo", "/hari_ini", "/tim", "Rapat koordinasi 2 jam", "2001"):
        await doni.says(text)
        assert await doni.news() == [STRANGER]


@ON_SQLITE
async def test_a_stranger_who_speaks_english_is_greeted_in_english(stage: Stage) -> None:
    john = Phone(stage, (await stage.people("new", first_name="John", language_code="en-GB"))["id"])
    assert await john.tells("hello") == (
        "I am Harian, the assistant for daily work reports. "
        "To join, open the personal link from your personnel officer."
    )


@ON_SQLITE
async def test_groups_get_silence(stage: Stage) -> None:
    doni = await stage.new_person("Doni")
    group = await stage.group(doni, "Arisan", stage.ani)
    await stage.people("add_bot", person=doni.id, chat=group)
    await stage.people("promote", person=stage.world.bot_id, chat=group)
    await doni.in_chat(group).says("/start rahasia")
    await doni.in_chat(group).says("halo")
    await stage.ani.in_chat(group).says("Rapat koordinasi perencanaan")
    await stage.ani.in_chat(group).says("/hari_ini")
    assert await doni.in_chat(group).hears() == []
    assert await stage.ani.hears() == []
