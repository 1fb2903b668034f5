"""Updates of every kind that Telegram documents, by chance: none makes a handler fail, and broken ones are parked."""

import gc
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.buttons import TAPS
from models import inbox
from models.inbox import Update
from tests.authority.sending import Card
from tests.authority.trial import Trial, trying
from tests.databases import ON_SQLITE
from tests.fuzz.making import an_update, broken
from tests.office import ANI, BUDI, CITRA
from tests.stage import Stage

PEOPLE = (ANI, BUDI, CITRA, 9)
GROUP, CHANNEL = -1009, -1010
TUESDAY, MONDAY = 1_795_510_800, 1_795_424_400
Known = dict[str, list[Any]]


def the_known() -> Known:
    """What of a conversation is not chance: who talks where and when."""
    users = [{"id": id_, "is_bot": False, "first_name": "A <&>", "language_code": "id"} for id_ in PEOPLE]
    chats: list[dict[str, Any]] = [{"id": id_, "type": "private", "first_name": "A <&>"} for id_ in PEOPLE]
    places = [{"id": GROUP, "type": "supergroup", "title": "Grup"}, {"id": CHANNEL, "type": "channel", "title": "K"}]
    bot = {"id": 77, "is_bot": True, "first_name": "Bot lain"}
    return {
        "User": [*users, bot],
        "Chat": [*chats, *chats, *places],
        "date:int": [TUESDAY, MONDAY],
        "message_id:int": [5],
        "data:str": ["", "x", "view:1:1:main"],
    }


def learn(known: Known, trial: Trial, cards: list[Card]) -> None:
    """The buttons of the newest cards may be tapped, also with other arguments, and the cards replied to."""
    for card in cards[-3:]:
        verbs = [*card.buttons, *((verb, said) for verb in TAPS.get(card.kind, ()) for said in ("1", "²"))]
        taps = [trial.tap(card.chat_id, card, verb, said)["callback_query"] for verb, said in verbs]
        known["CallbackQuery"] = [*known.get("CallbackQuery", [])[-60:], *taps]
        known["message_id:int"] = [*known["message_id:int"][-8:], card.message_id]


async def throw(trial: Trial, numbers: range) -> int:
    """Handle so many; how many of them changed something or were answered."""
    known, mattered = the_known(), 0
    for number in numbers:
        update = an_update(random.Random(number), number + 1, known)
        effects = await trial.handle(update)
        assert effects.failure is None, f"update {number}: {update}"
        mattered += bool(effects.cards or effects.toast)
        learn(known, trial, effects.cards)
    return mattered


@pytest.fixture
def seldom_collected() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    yield
    gc.set_threshold(*before)


@ON_SQLITE
@pytest.mark.parametrize("first", range(0, 10_000, 2_500))
@pytest.mark.usefixtures("seldom_collected")
async def test_no_update_makes_a_handler_fail(stage: Stage, first: int) -> None:
    async with trying(stage.process, stage.clock) as trial:
        assert await throw(trial, range(first, first + 2_500)) > 500


@ON_SQLITE
@pytest.mark.soak
@pytest.mark.usefixtures("seldom_collected")
async def test_none_of_a_hundred_thousand_does(stage: Stage) -> None:
    for first in range(100_000, 200_000, 2_500):
        async with trying(stage.process, stage.clock) as trial:
            await throw(trial, range(first, first + 2_500))


async def throw_broken(stage: Stage, numbers: range) -> dict[int, Update]:
    """Through inbox and worker, like any other; the rows by number."""
    updates = [broken(chance, an_update(chance, n, the_known())) for n in numbers if (chance := random.Random(n))]
    await stage.process.receiver.store(updates)
    await stage.process.worker.work_off()
    stage.clock.forward(seconds=61)  # so many at once are a flood
    await stage.process.worker.work_off()
    async with stage.database.reading() as session:
        rows = await session.exec(select(Update).where(col(Update.update_id) >= numbers[0]))
        return {row.update_id: row for row in rows.all()}


def check(rows: dict[int, Update], numbers: range) -> int:
    """Each is done with: handled, or parked with its reason. How many were parked."""
    assert rows.keys() == set(numbers)
    for row in rows.values():
        assert row.handled_at is not None, row
        assert (row.tries, row.failure is None) in ((0, True), (inbox.TRIES, False)), row
    return sum(row.tries for row in rows.values()) // inbox.TRIES


@ON_SQLITE
async def test_what_is_broken_is_parked_with_its_reason_and_nothing_waits_behind_it(stage: Stage) -> None:
    numbers = range(1_001, 1_201)
    parked = check(await throw_broken(stage, numbers), numbers)
    assert 20 < parked < 150
    assert (await stage.ani.tells("A3 rapat koordinasi 2 jam")).startswith("Laporan Selasa, 24 November 2026")


@ON_SQLITE
@pytest.mark.soak
async def test_ten_thousand_broken_ones_are(stage: Stage) -> None:
    for first in range(10_000, 20_000, 500):
        numbers = range(first, first + 500)
        check(await throw_broken(stage, numbers), numbers)
