"""Telegram → inbox → handlers: on disk before it is confirmed, once each, in the order of its chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from telegram import Update
from telegram.ext import TypeHandler

from bot.clock import system
from bot.process import WORKERS
from bot.receiver import Receiver, is_update
from models import inbox
from models.activities import Activity
from models.database import Database
from models.outbox import Message
from tests.databases import ON_POSTGRESQL
from tests.office import ANI, BUDI
from tests.stage import Stage

SORRY = (
    "Ada gangguan di pihak saya. Pesan Anda tersimpan; mohon kirim lagi sebentar lagi. Untuk admin: kode {reference}."
)


async def write(stage: Stage, text_: str, *, who: int = ANI) -> None:
    """Somebody writes while nobody reads."""
    await stage.people("send", person=who, chat=who, text=text_)


async def rows(database: Database) -> list[inbox.Update]:
    async with database.reading() as session:
        return list((await session.exec(select(inbox.Update).order_by(col(inbox.Update.update_id)))).all())


def pending(stage: Stage) -> list[int]:
    """The updates that Telegram still keeps for us."""
    return [update["update_id"] for update in stage.world.updates.pending]


@asynccontextmanager
async def unwritable(stage: Stage) -> AsyncIterator[None]:
    """The inbox's table is away meanwhile."""
    async with stage.database.transaction() as session:
        await (await session.connection()).execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
    yield
    async with stage.database.transaction() as session:
        await (await session.connection()).execute(text("ALTER TABLE elsewhere RENAME TO inbox"))


def breaking(stage: Stage, times: int, word: str = "rusak") -> list[str]:
    """The next `times` messages with that word make the handler fail, after it has changed something; what it saw."""
    seen: list[str] = []

    async def handle(update: Update, context: Any) -> None:
        said = update.effective_message.text if update.effective_message else ""
        if said and word in said:
            seen.append(said)
            await context.say("half done")
            if len(seen) <= times:
                raise ZeroDivisionError

    stage.process.application.add_handler(TypeHandler(Update, handle), group=-1)
    return seen


async def test_telegram_hears_only_of_what_is_stored(stage: Stage) -> None:
    await stage.settle()
    asked = stage.world.calls["getupdates"]
    await write(stage, "rapat koordinasi 2 jam")
    async with unwritable(stage):
        for _ in range(2):
            with pytest.raises(Exception, match="inbox"):
                await stage.process.receiver.poll_once(seconds=0)
        assert stage.world.calls["getupdates"] == asked + 2, "fetched, and fetched again"
        assert len(pending(stage)) == 1
    assert await stage.process.receiver.poll_once(seconds=0) == 1
    assert len(pending(stage)) == 1, "confirmed by the next call, and not before"
    assert await stage.process.receiver.poll_once(seconds=0) == 0
    assert pending(stage) == []
    await stage.settle()
    assert len(await stage.ani.hears()) == 1


async def test_a_poller_that_cannot_store_goes_on_when_it_can(stage: Stage) -> None:
    """The real loop; a failing database ends it neither then nor later."""
    await stage.settle()
    asked = stage.world.calls["getupdates"]
    await write(stage, "rapat koordinasi 2 jam")
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        async with unwritable(stage):
            polling = group.create_task(stage.process.receiver.poll())
            while stage.world.calls["getupdates"] == asked:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        while pending(stage):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        polling.cancel()
    assert len(await rows(stage.database)) == 1


async def test_the_same_update_twice_is_one(database: Database) -> None:
    payload = {"update_id": 7, "message": {"chat": {"id": 5}}}
    async with database.transaction() as session:
        assert await inbox.store(session, [payload, payload, {**payload, "update_id": 8}], now=system()) == 2
    async with database.transaction() as session:
        assert await inbox.store(session, [payload], now=system()) == 0
    assert [(row.update_id, row.chat_id) for row in await rows(database)] == [(7, 5), (8, 5)]


async def test_fetched_again_after_it_was_handled_it_changes_nothing(stage: Stage) -> None:
    await write(stage, "rapat koordinasi 2 jam")
    update = dict(stage.world.updates.pending[0])
    await stage.settle()
    before = await stage.ani.hears()
    stage.world.updates.pending.append(update)
    assert await stage.process.receiver.store([update]) == 0
    await stage.settle()
    assert await stage.ani.hears() == before
    async with stage.database.reading() as session:
        assert len((await session.exec(select(Activity))).all()) == 1


@pytest.mark.parametrize(
    ("payload", "chat"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 9}}}, -5),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -5}}}}, -5),
        ({"callback_query": {"from": {"id": 9}}}, 9),
        ({"inline_query": {"from": {"id": 9}}}, 9),
        ({"my_chat_member": {"chat": {"id": 3}, "from": {"id": 9}}}, 3),
        ({"poll": {"id": "1"}}, 0),
        ({"message": None, "other": [1]}, 0),
        ({"message": {"chat": {"id": "5"}}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"callback_query": {"message": "x"}}, 0),
    ],
)
def test_where_an_update_belongs(payload: dict[str, Any], chat: int) -> None:
    assert inbox.chat_of({"update_id": 1, **payload}) == chat


async def test_junk_is_parked_and_blocks_nothing(stage: Stage) -> None:
    junk = [
        {"update_id": 900, "message": {"message_id": "x", "chat": {"id": ANI}}},
        {"update_id": 901, "callback_query": 5},
        {"update_id": 902, "message": {"chat": []}},
        {"update_id": 903, "brand_new_thing": {"x": 1}},
    ]
    stage.world.updates.pending.extend(junk)
    await write(stage, "rapat koordinasi 2 jam")
    async with asyncio.timeout(20):
        await stage.settle()
    kept = {row.update_id: row for row in await rows(stage.database)}
    assert {900, 901, 902, 903} < kept.keys()
    assert all(row.handled_at is not None for row in kept.values())
    assert {number: kept[number].tries for number in (900, 901, 902, 903)} == {900: 3, 901: 3, 902: 3, 903: 0}
    assert "apat koordinasi" in await stage.ani.sees()
    assert pending(stage) == []


@pytest.mark.parametrize(
    ("payload", "is_one"),
    [
        ({"update_id": 1}, True),
        ({"update_id": 2**62, "message": 5}, True),
        ({"update_id": "1"}, False),
        ({"update_id": True}, False),
        ({"update_id": -1}, False),
        ({"update_id": 2**63}, False),
        ({"message": {}}, False),
        (["update_id"], False),
        (None, False),
    ],
)
def test_what_can_be_stored(payload: object, is_one: bool) -> None:
    assert is_update(payload) is is_one


async def test_three_tries_then_it_is_parked_and_the_person_told(stage: Stage) -> None:
    seen = breaking(stage, times=3)
    await write(stage, "rusak parah")
    await write(stage, "rapat koordinasi 2 jam")
    await stage.settle()
    first, second = await stage.ani.hears()
    assert first == SORRY.format(reference="2ZBR81")
    assert "apat koordinasi" in second
    assert seen == ["rusak parah"] * 3
    parked, fine = await rows(stage.database)
    assert (parked.tries, parked.failure, parked.handled_at) == (3, "ZeroDivisionError", stage.clock())
    assert (fine.tries, fine.failure) == (0, None)


async def test_a_try_that_failed_leaves_nothing_behind(stage: Stage) -> None:
    seen = breaking(stage, times=2)
    await write(stage, "rusak sebentar")
    await stage.settle()
    assert seen == ["rusak sebentar"] * 3
    assert (await stage.ani.hears()).count("half done") == 1
    assert len(await stage.ani.hears()) == 2
    async with stage.database.reading() as session:
        keys = (await session.exec(select(Message.key).where(col(Message.key).startswith("say:")))).all()
    (row,) = await rows(stage.database)
    assert keys == [f"say:{row.update_id}:0", f"say:{row.update_id}:1"]
    assert row.tries == 2


async def test_in_a_group_nobody_is_told(stage: Stage) -> None:
    chat = await stage.units_group()
    breaking(stage, times=3)
    await stage.ani.in_chat(chat).says("/start@HarianBot rusak")
    assert not any(said.startswith(SORRY[:20]) for said in await stage.ani.in_chat(chat).hears())


@ON_POSTGRESQL
async def test_several_workers_keep_the_order_of_each_chat(stage: Stage) -> None:
    """Forty messages of two people, handled by four workers: side by side, in order, once each."""
    handled: list[tuple[int, str]] = []
    most = flying = 0

    async def handle(update: Update, _context: Any) -> None:
        nonlocal most, flying
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.002 * (update.update_id % 5))
        flying -= 1
        if update.message is not None and update.message.text:
            handled.append((update.message.chat.id, update.message.text))

    stage.process.application.add_handler(TypeHandler(Update, handle), group=-1)
    written = [(who, f"terima kasih {n}") for n in range(20) for who in (ANI, BUDI)]
    for who, said in written:
        await write(stage, said, who=who)
    await stage.process.receiver.poll_once(seconds=0)
    await asyncio.gather(*(stage.process.worker.work_off() for _ in range(WORKERS)))
    assert most == 2, "one at a time in a chat, and both chats at once"
    for who in (ANI, BUDI):
        assert [said for chat, said in handled if chat == who] == [said for chat, said in written if chat == who]


async def test_after_pruning_the_offset_still_confirms(stage: Stage) -> None:
    """What was handled long ago is forgotten; the offset is known for a day, and then there is nothing to confirm."""
    await stage.ani.says("terima kasih")
    (row,) = await rows(stage.database)
    now = stage.clock()

    async def next_offset(**later: float) -> int | None:
        async with stage.database.reading() as session:
            return await inbox.next_offset(session, bot_id=row.bot_id, now=now + timedelta(**later))

    assert await next_offset(hours=23) == row.update_id + 1
    assert await next_offset(hours=25) is None
    async with stage.database.transaction() as session:
        assert await inbox.prune(session, now=now + inbox.KEPT_FOR) == 0
        assert await inbox.prune(session, now=now + inbox.KEPT_FOR + timedelta(seconds=1)) == 1
    assert await next_offset() is None


async def test_after_a_quiet_week_a_lower_number_is_not_taken_for_confirmed(stage: Stage) -> None:
    """Telegram goes on with a random number then."""
    now = 0.0
    receiver = Receiver(stage.database, stage.process.bot, stage.clock, asyncio.Event(), monotonic=lambda: now)
    await write(stage, "terima kasih")
    assert await receiver.poll_once(seconds=0) == 1
    stage.world.updates.pending.clear()
    stage.world.updates.pending.append({"update_id": 5})
    now = timedelta(days=7).total_seconds()
    stage.clock.forward(days=7)
    assert await receiver.poll_once(seconds=0) == 1
    again = Receiver(stage.database, stage.process.bot, stage.clock, asyncio.Event())
    assert (await again.poll_once(seconds=0), pending(stage)) == (0, [])


async def test_what_waits_is_not_pruned(database: Database) -> None:
    long_ago = system() - timedelta(days=30)
    async with database.transaction() as session:
        await inbox.store(session, [{"update_id": 1, "message": {}}], now=long_ago)
        assert await inbox.prune(session, now=system()) == 0
        assert await inbox.waiting(session) == 1
