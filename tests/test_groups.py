"""A unit's group: bound by its head's own link, moved, and left."""

from tests.databases import ON_SQLITE
from tests.office import ANI, BUDI, CITRA, SARI
from tests.stage import Phone, Stage

BOUND = (
    "Ini sekarang grup Bidang Perencanaan. Di sini saya kabarkan berapa yang sudah melapor, "
    "dan setiap pekan ringkasan unit – tanpa nama."
)
REFUSED = "Tautan ini tidak bisa dipakai di sini. Silakan minta yang baru kepada bagian kepegawaian."
BOARD = "📋 Selasa, 24 November 2026: 0 dari 2 sudah melapor."


async def opened_group(stage: Stage, *members: Phone) -> int:
    """A group with the bot in it, bound to nothing."""
    chat = await stage.group(stage.budi, "Grup Perencanaan", *members)
    await stage.people("add_bot", person=BUDI, chat=chat)
    await stage.settle()
    return chat


async def link(stage: Stage, phone: Phone) -> str:
    text = await phone.tells("/grup")
    return text.rpartition("?startgroup=")[2]


async def test_the_head_connects_the_units_group(stage: Stage) -> None:
    text = await stage.budi.tells("/grup")
    told, _, token = text.partition("https://t.me/HarianBot?startgroup=")
    assert told == "Buka tautan ini lalu pilih grup Bidang Perencanaan. Berlaku sekali, dan hanya untuk Anda:\n"
    chat = await stage.group(stage.budi, "Grup Perencanaan", stage.ani)
    await stage.people("add_bot", person=BUDI, chat=chat, startgroup=token)
    await stage.settle()
    group = Phone(stage, BUDI, chat)
    assert await group.hears() == [BOUND]
    await stage.people("send", person=BUDI, chat=chat, text=f"/start@HarianBot {token}")
    await stage.settle()
    assert await group.sees() == REFUSED


@ON_SQLITE
async def test_an_admin_may_connect_it_too(stage: Stage) -> None:
    await stage.change(ANI, role="admin")
    chat = await opened_group(stage, stage.ani)
    await stage.ani.in_chat(chat).says(f"/start@HarianBot {await link(stage, stage.ani)}")
    assert await Phone(stage, ANI, chat).hears() == [BOUND]


@ON_SQLITE
async def test_others_get_no_link(stage: Stage) -> None:
    assert await stage.ani.tells("/grup") == "Hanya kepala unit atau admin yang bisa menghubungkan grup."


async def test_a_link_works_for_nobody_else(stage: Stage) -> None:
    chat = await opened_group(stage, stage.ani)
    token = await stage.invitation(BUDI, "PER")
    stranger = await stage.new_person("Doni")
    await stage.people("join", person=stranger.id, chat=chat)
    await stranger.in_chat(chat).says(f"/start@HarianBot {token}")
    group = Phone(stage, BUDI, chat)
    assert await group.hears() == []
    await stage.ani.in_chat(chat).says(f"/start@HarianBot {token}")
    assert await group.hears() == [REFUSED]
    await stage.time("2026-11-24 18:00")
    assert await group.hears() == [REFUSED]
    await group.says(f"/start@HarianBot {token}")
    assert await group.sees() == BOUND


@ON_SQLITE
async def test_a_personal_link_binds_no_group(stage: Stage) -> None:
    chat = await opened_group(stage)
    await stage.budi.in_chat(chat).says(f"/start@HarianBot {await stage.invitation(BUDI)}")
    assert await Phone(stage, BUDI, chat).hears() == [REFUSED]


@ON_SQLITE
async def test_whoever_is_head_no_more_cannot_use_an_old_link(stage: Stage) -> None:
    chat = await opened_group(stage)
    token = await stage.invitation(BUDI, "PER")
    await stage.change(ANI, superior_id=await stage.id_of(SARI))
    await stage.budi.in_chat(chat).says(f"/start@HarianBot {token}")
    assert await Phone(stage, BUDI, chat).hears() == [REFUSED]


@ON_SQLITE
async def test_anonymous_admins_cannot(stage: Stage) -> None:
    chat = await opened_group(stage)
    await stage.people("promote", person=BUDI, chat=chat, anonymous=True)
    await stage.budi.in_chat(chat).says(f"/start@HarianBot {await stage.invitation(BUDI, 'PER')}")
    assert await Phone(stage, BUDI, chat).hears() == []


@ON_SQLITE
async def test_a_group_belongs_to_one_unit(stage: Stage) -> None:
    chat = await stage.units_group()
    await stage.change(CITRA, role="admin")
    await stage.people("join", person=CITRA, chat=chat)
    await stage.citra.in_chat(chat).says(f"/start@HarianBot {await stage.invitation(CITRA, 'UMU')}")
    assert await Phone(stage, BUDI, chat).hears() == [
        BOUND,
        "Grup ini sudah menjadi grup unit lain. Tidak ada yang berubah.",
    ]


@ON_SQLITE
async def test_a_group_nobody_bound_hears_nothing(stage: Stage) -> None:
    chat = await opened_group(stage, stage.ani)
    await stage.time("2026-11-24 18:00")
    assert await Phone(stage, BUDI, chat).hears() == []


async def test_a_group_that_becomes_a_supergroup_goes_on(stage: Stage) -> None:
    old = (await stage.people("group", title="Grup Perencanaan", creator=BUDI, type="group"))["id"]
    await stage.people("add_bot", person=BUDI, chat=old, startgroup=await stage.invitation(BUDI, "PER"))
    await stage.settle()
    new = (await stage.people("migrate", chat=old))["id"]
    await stage.settle()
    await stage.time("2026-11-24 18:00")
    assert await Phone(stage, BUDI, new).hears() == [BOARD]
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await Phone(stage, BUDI, new).hears() == [BOARD.replace("0 dari 2", "1 dari 2")]


@ON_SQLITE
async def test_a_board_moves_along_with_its_group(stage: Stage) -> None:
    old = (await stage.people("group", title="Grup Perencanaan", creator=BUDI, type="group"))["id"]
    await stage.people("add_bot", person=BUDI, chat=old, startgroup=await stage.invitation(BUDI, "PER"))
    await stage.settle()
    await stage.time("2026-11-24 18:00")
    new = (await stage.people("migrate", chat=old))["id"]
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    assert await Phone(stage, BUDI, new).hears() == [BOARD.replace("0 dari 2", "1 dari 2")]


@ON_SQLITE
async def test_removed_from_its_group_the_bot_is_silent_until_it_is_bound_again(stage: Stage) -> None:
    chat = await stage.units_group()
    group = Phone(stage, BUDI, chat)
    await stage.people("remove_bot", person=BUDI, chat=chat)
    await stage.settle()
    await stage.time("2026-11-24 18:00")
    assert await group.hears() == [BOUND]
    await stage.people("add_bot", person=BUDI, chat=chat)
    await stage.time("2026-11-24 18:01")
    assert await group.hears() == [BOUND]
    await group.says(f"/start@HarianBot {await stage.invitation(BUDI, 'PER')}")
    await stage.time("2026-11-24 18:02")
    assert await group.hears() == [BOUND, BOUND, BOARD]
