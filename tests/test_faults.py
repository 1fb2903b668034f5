"""A bad day at Telegram: refusals, floods, outages, and answers that never arrive."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.drawing import GIVE_UP_AFTER
from bot.sandbox.faults import Fault
from bot.sandbox.people import groups
from bot.sandbox.server import running
from models.agencies import Unit
from models.database import Database
from models.employees import Employee
from models.outbox import Message
from tests import office
from tests.databases import ON_SQLITE
from tests.post import ANI, BUDI, Post
from tests.stage import Stage

PROMPT = "2026-11-24 16:00"


def misbehave(post: Post, how: str, *, method: str = "sendMessage", chat: int | None = None, **given: float) -> None:
    post.world.faults.plan(Fault(method, how, chat=chat, **given))  # type: ignore[arg-type]


def group(post: Post) -> int:
    chat = groups.new_group(post.world, "Grup", post.world.person(ANI))
    groups.add_bot(post.world, post.world.person(ANI), chat)
    return chat.id


async def unreachable(database: Database, who: int) -> bool:
    async with database.reading() as session:
        return (await office.person(session, who)).unreachable_at is not None


async def prompts(stage: Stage) -> list[int]:
    """Who has been asked, or is to be."""
    async with stage.database.reading() as session:
        query = select(Employee.nip).join(Message, col(Message.employee_id) == col(Employee.id))
        found = (await session.exec(query.where(col(Message.key).startswith("prompt:")))).all()
    return sorted(who for who, nip in office.NIPS.items() if nip in found)


@pytest.mark.parametrize("how", ["500", "502", "503", "504"])
@ON_SQLITE
async def test_a_server_error_is_tried_again_with_growing_pauses(post: Post, how: str) -> None:
    misbehave(post, how, times=3)
    await post.wants()
    pauses = []
    for _ in range(3):
        await post.send()
        row = await post.row()
        assert (row.failure, row.shown_revision) == ("NetworkError", 0)
        assert row.retry_at is not None
        pauses.append((row.retry_at - post.time.clock()).total_seconds())
        post.time.pass_by(pauses[-1])
    await post.send()
    assert (pauses, post.sees()) == ([1, 2, 4], ["Halo"])
    row = await post.row()
    assert (row.attempts, row.failure, row.retry_at) == (4, None, None)


@pytest.mark.parametrize(("attempts", "pause"), [(8, 256), (9, 300), (100, 300), (GIVE_UP_AFTER - 1, None)])
@ON_SQLITE
async def test_no_pause_is_longer_than_five_minutes_and_after_a_day_it_ends(
    post: Post, attempts: int, pause: int | None
) -> None:
    misbehave(post, "502")
    await post.wants()
    async with post.database.transaction() as session:
        (await session.exec(select(Message))).one().attempts = attempts
    await post.send()
    row = await post.row()
    wanted = None if pause is None else post.time.clock() + timedelta(seconds=pause)
    assert (row.attempts, row.retry_at, row.shown_revision) == (attempts + 1, wanted, int(pause is None))


@ON_SQLITE
async def test_an_answer_that_does_not_come_in_time_may_repeat_once(post: Post) -> None:
    misbehave(post, "slow", seconds=1.2)
    await post.wants()
    await post.send()
    assert (await post.row()).failure == "TimedOut"
    post.time.pass_by(1)
    await post.send()
    async with asyncio.timeout(5):
        while len(post.sees()) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert (post.sees(), (await post.row()).attempts) == (["Halo", "Halo"], 2)


async def test_a_message_whose_answer_is_lost_repeats_once(post: Post) -> None:
    misbehave(post, "lost", chat=ANI)
    await post.wants()
    await post.wants(key="other", chat=BUDI)
    for _ in range(3):
        await post.send()
        post.time.pass_by(60)
    assert (post.sees(), post.sees(BUDI)) == (["Halo", "Halo"], ["Halo"])
    twice, once = await post.row(), await post.row("other")
    assert (twice.attempts, twice.shown_revision, twice.message_id) == (2, 1, 2)
    assert (once.attempts, once.shown_revision, once.message_id) == (1, 1, 1)


async def test_an_edit_whose_answer_is_lost_is_not_modified_and_that_is_fine(post: Post) -> None:
    await post.wants("lama")
    await post.send()
    misbehave(post, "lost", method="editMessageText")
    await post.wants("baru")
    await post.send()
    assert (await post.row()).shown_revision == 1
    post.time.pass_by(1)
    await post.send()
    row = await post.row()
    assert (post.sees(), row.shown_revision, row.screen_revision, row.failure) == (["baru"], 2, 2, None)
    assert post.calls() == {"sendmessage": 1, "editmessagetext": 2}


async def test_a_message_that_telegram_refuses_is_given_up_without_quoting_it(post: Post) -> None:
    await post.wants("<b>rahasia", key="bad")
    await post.wants(key="next")
    await post.send()
    assert post.sees() == ["Halo"]
    bad = await post.row("bad")
    assert (bad.shown_revision, bad.message_id, bad.retry_at) == (1, None, None)
    assert bad.failure is not None
    assert "rahasia" not in bad.failure
    assert "parse entities" in bad.failure


async def test_a_flood_in_a_private_chat_holds_the_whole_bot(post: Post) -> None:
    misbehave(post, "429", chat=ANI, retry_after=7)
    await post.wants()
    await post.send()
    await post.wants(key="other", chat=BUDI)
    post.time.pass_by(6.9)
    assert (await post.send(), post.calls()) == (0, {"sendmessage": 1})
    post.time.pass_by(0.2)
    assert await post.send() == 2
    assert (post.sees(), post.sees(BUDI)) == (["Halo"], ["Halo"])
    row = await post.row()
    assert (row.attempts, row.failure) == (1, None), "it was certainly not carried out"


async def test_a_flood_in_a_group_holds_the_group_alone(post: Post) -> None:
    chat = group(post)
    misbehave(post, "429", chat=chat, retry_after=7)
    await post.wants(key="group", chat=chat)
    await post.send()
    await post.wants(key="other", chat=BUDI)
    assert await post.send() == 1
    assert (post.sees(chat), post.sees(BUDI)) == ([], ["Halo"])
    post.time.pass_by(7.1)
    assert await post.send() == 1
    assert post.sees(chat) == ["Halo"]


@ON_SQLITE
async def test_answers_to_taps_are_not_held_up_by_a_flood(stage: Stage) -> None:
    await stage.time(PROMPT)
    await stage.ani.says("rapat koordinasi 2 jam; memeriksa berkas arsip")
    card = await stage.ani.last()
    await stage.people("misbehave", method="sendMessage", how="429", retry_after=3600)
    await stage.people("send", person=office.BUDI, chat=office.BUDI, text="terima kasih")
    process = stage.process
    await process.receiver.poll_once(seconds=0)
    await process.worker.work_off()
    await process.sender.send_due()
    await process.sender.land(seconds=5)
    await process.sender.send_due()
    assert stage.world.calls["sendmessage"] > 0
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await stage.people("tap", person=office.ANI, chat=office.ANI, message_id=card["message_id"], data=data)
    await process.receiver.poll_once(seconds=0)
    before = stage.world.calls["answercallbackquery"]
    await process.worker.work_off()
    assert stage.world.calls["answercallbackquery"] == before + 1
    assert await process.sender.send_due() == 0


async def test_while_the_network_is_away_nothing_counts_as_a_try(post: Post) -> None:
    port = int(post.url.rpartition(":")[2])
    await post.server.aclose()
    await post.wants()
    pauses: list[float] = []
    for _ in range(3):
        await post.send()
        row = await post.row()
        assert (row.attempts, row.failure, row.shown_revision) == (0, "no network", 0)
        began = post.time.seconds
        while await post.send() == 0:
            post.time.pass_by(0.5)
        pauses.append(post.time.seconds - began)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1]
    async with running(post.world, port):
        post.time.pass_by(30)
        await post.send()
    assert (post.sees(), (await post.row()).attempts) == (["Halo"], 1)


async def test_whoever_blocks_the_bot_is_asked_no_more_until_they_are_back(stage: Stage) -> None:
    await stage.people("misbehave", method="sendMessage", how="403", chat=office.ANI)
    await stage.time(PROMPT)
    assert office.ANI in await prompts(stage)
    assert [await unreachable(stage.database, who) for who in (office.ANI, office.BUDI)] == [True, False]
    await stage.time("2026-11-24 18:00")
    await stage.time("2026-11-25 16:00")
    assert await stage.ani.hears() == []
    await stage.ani.says("/start")
    assert not await unreachable(stage.database, office.ANI)
    assert len(await stage.ani.hears()) == 1
    await stage.time("2026-11-26 16:00")
    assert len(await stage.ani.hears()) > 1


@ON_SQLITE
async def test_unblocking_is_enough(stage: Stage) -> None:
    await stage.people("block", person=office.ANI)
    await stage.settle()
    assert await unreachable(stage.database, office.ANI)
    await stage.time(PROMPT)
    assert await prompts(stage) == [office.BUDI, office.CITRA, office.SARI]
    await stage.people("unblock", person=office.ANI)
    await stage.settle()
    assert not await unreachable(stage.database, office.ANI)
    await stage.minutes(1)
    assert office.ANI in await prompts(stage)


@ON_SQLITE
async def test_thrown_out_of_its_group_the_unit_has_none(stage: Stage) -> None:
    """Found out by a refusal, before the service message is read."""
    chat = await stage.units_group()
    await stage.people("misbehave", method="sendMessage", how="403", chat=chat)
    await stage.time("2026-11-24 18:00")
    async with stage.database.reading() as session:
        assert (await office.unit(session, "PER")).chat_id is None


async def test_a_group_that_moved_takes_unit_and_messages_along(stage: Stage) -> None:
    """Found out by a refusal: the service message has not been read yet."""
    old = (await stage.people("group", title="Grup Perencanaan", creator=office.BUDI, type="group"))["id"]
    token = await stage.invitation(office.BUDI, "PER")
    await stage.people("add_bot", person=office.BUDI, chat=old, startgroup=token)
    await stage.settle()
    new = (await stage.people("migrate", chat=old))["id"]
    stage.world.updates.pending.clear()
    await stage.time("2026-11-24 18:00")
    async with stage.database.reading() as session:
        assert (await session.exec(select(Unit.chat_id).where(Unit.code == "PER"))).one() == new
        assert (await session.exec(select(Message).where(Message.chat_id == old))).all() == []
        board = (await session.exec(select(Message).where(col(Message.key).startswith("board:")))).one()
    assert (board.chat_id, board.attempts, board.shown_revision) == (new, 1, board.revision)
    assert len(await stage.budi.in_chat(new).hears()) == 1
