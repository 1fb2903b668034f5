"""Everyday messages go from the outbox half a year after they were settled; nothing is sent twice for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlmodel import select

from models import kinds
from models.clearing import KEPT_FOR, TURNS
from models.outbox import Message
from models.questions import Question
from models.replies import Reply
from scheduler import upkeep
from tests.databases import ON_SQLITE
from tests.stage import Stage

LATER: dict[str, Any] = {"chat_id": 9, "revision": 1, "shown_revision": 1}


async def night(stage: Stage, after: timedelta) -> int:
    """All the minutes of the night that follows so long after the stage's day; how many rows went."""
    day = (stage.clock() + after).astimezone(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    turns = [day + timedelta(minutes=n) for n in range(TURNS)]
    return sum([await upkeep.clear_outbox.roll(stage.database, turn, {}) for turn in turns])


async def keys(stage: Stage) -> set[str]:
    async with stage.database.reading() as session:
        return set((await session.exec(select(Message.key))).all())


async def test_what_was_settled_goes_after_half_a_year_and_the_rest_stays(stage: Stage) -> None:
    await stage.ani.says("Rapat koordinasi 2 jam")
    old, now = stage.clock(), stage.clock()
    async with stage.database.transaction() as session:
        (reply,) = (await session.exec(select(Reply))).all()
        row = {"agency_id": 1, "kind": kinds.PROMPT, "due_at": old, **LATER}
        session.add(Message(key="board", **{**row, "kind": kinds.BOARD}))
        session.add(Message(key="target", **{**row, "kind": kinds.TARGET_CARD}))
        session.add(Message(key="unshown", **{**row, "revision": 2}))
        session.add(Message(key="claimed", claimed_by="somebody", **row))
        session.add(Message(key="young", **{**row, "due_at": now + timedelta(days=20)}))
        session.add(Message(key="shown lately", shown_at=now + timedelta(days=20), **row))
    stays = {"target", "unshown", "claimed", "young", "shown lately"}
    before = await keys(stage)
    assert {reply.card, "board"} | stays <= before
    everyday = {key for key in before if key.startswith(("report:", "say:", "prompt:"))} | {"board"}
    assert await night(stage, KEPT_FOR - timedelta(days=2)) == 0
    assert await keys(stage) == before
    assert await night(stage, KEPT_FOR + timedelta(days=1)) == len(everyday)
    assert await keys(stage) == before - everyday
    async with stage.database.reading() as session:
        assert len((await session.exec(select(Reply))).all()) == 1, "the report itself stays"
        assert {one.card for one in (await session.exec(select(Question))).all()} & everyday == set()


async def test_nothing_goes_by_day(stage: Stage) -> None:
    await stage.ani.says("Rapat koordinasi 2 jam")
    noon = datetime(2027, 11, 24, 12, 0, tzinfo=UTC)
    assert await upkeep.clear_outbox.roll(stage.database, noon, {}) == 0


async def test_a_card_whose_row_is_gone_answers_a_tap_and_does_nothing(stage: Stage) -> None:
    await stage.ani.says("Rapat koordinasi 2 jam")
    async with stage.database.reading() as session:
        (reply,) = (await session.exec(select(Reply))).all()
    assert await night(stage, KEPT_FOR + timedelta(days=1)) > 0
    assert reply.card not in await keys(stage)
    assert await stage.ani.taps("Batalkan") == "Tombol ini sudah tidak berlaku. Tidak ada yang berubah."
    async with stage.database.reading() as session:
        assert (await session.exec(select(Reply))).all() == [reply]


@ON_SQLITE
async def test_only_the_index_of_a_persons_messages_is_read(stage: Stage) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(stage.database.engine.sync_engine, "before_cursor_execute", lambda *given: seen.append(given[2:4]))
    at = datetime(2027, 11, 24, 18, 1, tzinfo=UTC)
    await upkeep.clear_outbox.roll(stage.database, at, {})
    asked = [(query, values) for query, values in seen if "outbox" in query]
    assert len(asked) == 2
    async with stage.database.engine.connect() as connection:
        for query, values in asked:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)).all()
            reads = [line[3] for line in plan if "outbox" in line[3]]
            assert reads, plan
            assert all("ix_outbox_of_kind" in line for line in reads), plan
