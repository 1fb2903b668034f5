"""What is wanted on the screens, who may take it, and who may send at all: the rows by themselves."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from models import claims, leases, messages, outbox
from models.database import Database
from models.kinds import ANSWER, CARD, WAVE
from models.outbox import Message
from tests.databases import ON_POSTGRESQL, ON_SQLITE

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANI, BUDI = 11, 12


async def want(database: Database, key: str = "k", *, chat: int = ANI, **wanted: Any) -> Message:
    given: dict[str, Any] = {"kind": "note", "due_at": NOW, **wanted}
    async with database.transaction() as session:
        await outbox.show(session, key=key, chat_id=chat, **given)
    return await row(database, key)


async def row(database: Database, key: str = "k") -> Message:
    async with database.reading() as session:
        return (await session.exec(select(Message).where(Message.key == key))).one()


async def change(database: Database, key: str = "k", **values: Any) -> None:
    async with database.transaction() as session:
        found = (await session.exec(select(Message).where(Message.key == key))).one()
        for name, value in values.items():
            setattr(found, name, value)


async def stand(database: Database, key: str = "k", message_id: int = 70) -> None:
    """It has been sent, and stands on the screen."""
    shown = {"shown_revision": 1, "message_id": message_id, "content_hash": "h", "attempts": 1, "retry_at": NOW}
    await change(database, key, **shown, failure="x")


async def claim(
    database: Database, *, besides: frozenset[int] = frozenset(), at_most: int = 10, now: datetime = NOW
) -> list[str]:
    async with database.transaction() as session:
        taken = await claims.claim(
            session, holder="me", now=now, real_now=now, besides=besides, at_most=at_most, of_wave=at_most
        )
        return [message.key for message in taken]


def state(message: Message) -> dict[str, Any]:
    names = "revision shown_revision message_id former_message_id new_from content_hash attempts retry_at failure"
    return {name: getattr(message, name) for name in names.split()}


BLANK = {
    "shown_revision": 0,
    "message_id": None,
    "former_message_id": None,
    "new_from": 0,
    "content_hash": None,
    "attempts": 0,
    "retry_at": None,
    "failure": None,
}
STANDS = BLANK | {"shown_revision": 1, "message_id": 70, "content_hash": "h"}


async def test_wanted_twice_is_one_row_and_the_later_wins(database: Database) -> None:
    assert state(await want(database, arguments={"text": "a"})) == BLANK | {"revision": 1}
    again = await want(database, arguments={"text": "b"}, priority=WAVE)
    assert state(again) == BLANK | {"revision": 2}
    assert (again.arguments, again.priority) == ({"text": "b"}, WAVE)


async def test_what_stands_is_wanted_changed(database: Database) -> None:
    await want(database)
    await stand(database)
    assert state(await want(database)) == STANDS | {"revision": 2}


async def test_attempts_are_forgotten_only_with_a_message_that_stood(database: Database) -> None:
    await want(database)
    await change(database, attempts=3)
    assert (await want(database)).attempts == 3


async def test_wanted_anew_leaves_the_old_copy_behind(database: Database) -> None:
    await want(database)
    await stand(database)
    anew = {"revision": 2, "new_from": 2, "message_id": None, "former_message_id": 70, "content_hash": None}
    assert state(await want(database, anew=True)) == STANDS | anew
    assert state(await want(database, anew=True)) == STANDS | anew | {"revision": 3, "new_from": 3}


async def test_wanted_in_another_chat_nothing_stands_there(database: Database) -> None:
    await want(database)
    await stand(database)
    elsewhere = await want(database, chat=BUDI)
    assert (elsewhere.chat_id, elsewhere.message_id, elsewhere.content_hash) == (BUDI, None, None)


async def test_the_same_key_once(database: Database) -> None:
    async def once(text: str) -> bool:
        async with database.transaction() as session:
            given: dict[str, Any] = {"kind": "note", "due_at": NOW, "arguments": {"text": text}}
            return await outbox.show_once(session, key="k", chat_id=ANI, **given)

    assert [await once("a"), await once("b")] == [True, False]
    kept = await row(database)
    assert (kept.arguments, kept.revision, kept.priority) == ({"text": "a"}, 1, WAVE)


async def test_drawn_again(database: Database) -> None:
    async def redraw(key: str, **arguments: Any) -> None:
        async with database.transaction() as session:
            await outbox.redraw(session, key, now=NOW, **arguments)

    await redraw("nothing")
    await want(database, arguments={"view": "main", "reply": 1}, due_at=NOW + timedelta(hours=1))
    await redraw("k", view="item")
    waits = await row(database)
    assert (waits.arguments, waits.due_at) == ({"view": "item", "reply": 1}, NOW + timedelta(hours=1))
    await stand(database)
    await redraw("k")
    assert (await row(database)).due_at == NOW


async def test_urgent_ones_first_then_as_they_came(database: Database) -> None:
    wanted = [("wave", 1, WAVE, 0), ("late", 2, CARD, -1), ("card", 3, CARD, -2), ("answer", 4, ANSWER, 0)]
    for key, chat, priority, minutes in wanted:
        await want(database, key, chat=chat, priority=priority, due_at=NOW + timedelta(minutes=minutes))
    assert await claim(database, at_most=3) == ["answer", "card", "late"]
    assert await claim(database) == ["wave"]
    assert await claim(database) == []


async def test_one_of_each_chat(database: Database) -> None:
    for n in range(3):
        await want(database, f"a{n}")
    await want(database, "b", chat=BUDI)
    assert await claim(database, besides=frozenset({BUDI})) == ["a0"]
    assert await claim(database, besides=frozenset({ANI})) == ["b"]


@pytest.mark.parametrize(
    ("values", "is_taken"),
    [
        ({}, True),
        ({"due_at": NOW + timedelta(seconds=1)}, False),
        ({"shown_revision": 1}, False),
        ({"claimed_by": "somebody"}, False),
        ({"retry_at": NOW + timedelta(seconds=1), "attempts": 1}, False),
        ({"retry_at": NOW, "attempts": 1}, True),
    ],
)
async def test_what_may_be_taken(database: Database, values: dict[str, Any], is_taken: bool) -> None:
    await want(database)
    await change(database, **values)
    assert await claim(database) == (["k"] if is_taken else [])


@pytest.mark.parametrize(("attempts", "taken"), [(1, []), (claims.HOLDS_CHAT_FOR, []), (5, ["second"])])
async def test_a_failed_message_holds_its_chat_for_a_while(database: Database, attempts: int, taken: list[str]) -> None:
    await want(database, "first")
    await want(database, "second")
    await change(database, "first", attempts=attempts, retry_at=NOW + timedelta(seconds=9))
    assert await claim(database) == taken


async def test_claims_of_one_that_is_gone_are_given_back(database: Database) -> None:
    mine, other = await want(database, "mine"), await want(database, "other", chat=BUDI)
    assert await claim(database) == ["mine", "other"]
    async with database.transaction() as session:
        assert await claims.free(session, besides=[mine.id]) == 1
    assert await claim(database) == [other.key]


@ON_POSTGRESQL
async def test_two_at_once_never_take_the_same(database: Database) -> None:
    for n in range(40):
        await want(database, f"k{n}", chat=100 + n)
    taken = await asyncio.gather(*(claim(database, at_most=10) for _ in range(4)))
    keys = [key for some in taken for key in some]
    assert len(keys) == len(set(keys)) > 0


async def test_a_chat_that_moved_takes_its_messages_along(database: Database) -> None:
    await want(database, chat=-5)
    await stand(database)
    await want(database, "other", chat=ANI)
    async with database.transaction() as session:
        await outbox.move_chat(session, -5, -1005)
    moved = await row(database)
    assert (moved.chat_id, moved.message_id, moved.content_hash) == (-1005, None, None)
    assert (await row(database, "other")).chat_id == ANI


async def test_what_is_left(database: Database) -> None:
    await want(database)
    await want(database, "later", due_at=NOW + timedelta(minutes=1))
    async with database.reading() as session:
        assert await messages.unshown(session, now=NOW) == 1
        assert await messages.unshown(session, now=NOW + timedelta(minutes=1)) == 2
        keys = (await session.exec(select(Message.key).order_by(col(Message.id)))).all()
    assert keys == ["k", "later"]


async def test_a_lease_is_one_holders_until_it_ends(database: Database) -> None:
    async def hold(holder: str, seconds: float) -> bool:
        async with database.transaction() as session:
            return await leases.hold(session, "sender", holder=holder, now=NOW + timedelta(seconds=seconds))

    async def release(holder: str) -> None:
        async with database.transaction() as session:
            await leases.release(session, "sender", holder=holder)

    lasts = leases.LASTS.total_seconds()
    assert [await hold("a", 0), await hold("b", 1), await hold("a", 5), await hold("b", lasts)] == [True, False] * 2
    assert [await hold("b", lasts + 5), await hold("a", lasts + 6)] == [True, False]
    await release("a")
    assert not await hold("a", lasts + 7)
    await release("b")
    assert await hold("a", lasts + 7)


@ON_SQLITE
async def test_a_claim_reads_no_more_when_much_waits(database: Database) -> None:
    """Neither what waits nor what is to be tried again later is looked through row by row."""
    async with database.reading() as session:
        values = {"bot": 0, "now": NOW, "real_now": NOW, "besides": [ANI], "rows": 20}
        query = claims._first(waves=True, besides=True).params(values)
        words = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = [row.detail for row in (await session.exec(text(f"EXPLAIN QUERY PLAN {words}"))).all()]  # type: ignore
    assert [line for line in plan if "outbox" in line.lower()] == [
        "SEARCH outbox USING INDEX ix_outbox_unshown (bot_id=?)",
        "SEARCH outbox_1 USING INDEX ix_outbox_tried (bot_id=? AND retry_at>?)",
    ]
    assert not any("TEMP B-TREE" in line for line in plan), "nothing is sorted"
