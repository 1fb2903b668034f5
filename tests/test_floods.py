"""One person writes a thousand messages a minute: told once, then silence until it calms; others notice nothing."""

from sqlmodel import col, select

from models.floods import AT_MOST
from models.inbox import Update
from models.replies import Reply
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.office import ANI, BUDI
from tests.stage import Phone, Stage

PATIENCE = (
    "Anda menulis lebih cepat daripada yang bisa saya baca. Semuanya tersimpan; "
    "saya lanjutkan begitu semenit tidak ada yang baru."
)
OUT = "terima kasih"


async def floods(stage: Stage, count: int, *, said: str = OUT, chat: int = ANI) -> None:
    for n in range(count):
        await stage.people("send", person=ANI, chat=chat, text=f"{said} {n}")


async def receive(stage: Stage) -> None:
    while await stage.process.receiver.poll_once(seconds=0):
        pass


async def waiting(stage: Stage) -> int:
    async with stage.database.reading() as session:
        return len((await session.exec(select(Update.update_id).where(col(Update.handled_at).is_(None)))).all())


async def heard(phone: Phone, text: str = PATIENCE) -> int:
    return (await phone.hears()).count(text)


@ON_SQLITE
async def test_a_flood_is_told_once_and_others_notice_nothing(stage: Stage) -> None:
    await floods(stage, 1_000)
    await stage.people("send", person=BUDI, chat=BUDI, text="rapat pimpinan")
    await stage.settle()
    assert (await stage.budi.sees()).startswith("Laporan Selasa")
    assert await heard(stage.ani) == 1
    assert await waiting(stage) == 1_000 - AT_MOST
    stage.clock.forward(seconds=50)
    await floods(stage, AT_MOST + 1)
    await stage.settle()
    stage.clock.forward(seconds=50)
    await stage.settle()
    assert await heard(stage.ani) == 1, "it has not been calm for a minute"
    assert await waiting(stage) == 1_001
    stage.clock.forward(seconds=11)
    await stage.people("send", person=BUDI, chat=BUDI, text="/hari_ini")
    await receive(stage)
    await stage.process.worker.handle_next()
    async with stage.database.reading() as session:
        newest = select(Update.chat_id).order_by(col(Update.handled_at).desc(), col(Update.update_id).desc())
        assert (await session.exec(newest)).first() == BUDI, "whoever waits for something goes before the flood"


@ON_POSTGRESQL
async def test_nothing_of_a_flood_is_lost(stage: Stage) -> None:
    await floods(stage, AT_MOST + 20, said="A3 rapat koordinasi bagian")
    await stage.settle()
    stage.clock.forward(seconds=61)
    await stage.settle()
    async with stage.database.reading() as session:
        texts = (await session.exec(select(Reply.text).order_by(col(Reply.id)))).all()
    assert texts == [f"A3 rapat koordinasi bagian {n}" for n in range(AT_MOST + 20)]
    assert await waiting(stage) == 0
    await floods(stage, AT_MOST + 1)
    await stage.settle()
    assert await heard(stage.ani) == 2, "another flood, another word"


@ON_SQLITE
async def test_what_was_written_while_we_were_away_is_no_flood(stage: Stage) -> None:
    await floods(stage, AT_MOST + 5)
    stage.clock.forward(hours=3)
    await stage.settle()
    assert (await heard(stage.ani), await waiting(stage)) == (0, 0)


@ON_SQLITE
async def test_a_clock_that_goes_back_holds_nobody(stage: Stage) -> None:
    await floods(stage, AT_MOST + 5)
    await stage.settle()
    stage.clock.forward(hours=-2)
    await stage.settle()
    assert await waiting(stage) == 0


@ON_SQLITE
async def test_in_a_group_it_is_slowed_without_a_word(stage: Stage) -> None:
    chat = await stage.units_group()
    group = stage.ani.in_chat(chat)
    before = await group.hears()
    for _ in range(AT_MOST + 5):
        await stage.people("send", person=ANI, chat=chat, text="/tim@HarianBot")
    await stage.settle()
    assert await group.hears() == before
    assert await waiting(stage) > 0
    assert await stage.ani.tells("/hari_ini") != ""
