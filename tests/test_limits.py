"""Telegram's limits, kept on our side: as rules with a clock of their own, and once against a sandbox that enforces."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import system
from bot.limits import FLIGHTS_TO_TRUST, MINUTE, Limiter, Rates
from bot.process import Process
from models import kinds, outbox
from tests import crowd
from tests.databases import ON_SQLITE

RATES = Rates(per_second=3, chat_seconds=1.0, chat_burst=2, group_per_minute=4)
ANI, BUDI, GROUP = 1, 2, -5


def sent(*moments: float, chat: int = ANI, rates: Rates = RATES) -> Limiter:
    limiter = Limiter(rates)
    for moment in moments:
        limiter.begin(chat, moment)
        limiter.end(chat, moment)
    return limiter


def test_nothing_sent_nothing_to_wait_for() -> None:
    limiter = Limiter(RATES)
    assert (limiter.room(0), limiter.wait(0), limiter.chat_wait(ANI, 0), limiter.busy(0)) == (3, 0, 0, {})


@pytest.mark.parametrize(
    ("now", "room", "wait"), [(10.0, 0, 1.0), (10.5, 0, 0.5), (10.999, 0, 0.001), (11.0, 1, 0.0), (11.3, 3, 0.0)]
)
def test_the_bot_waits_for_its_second(now: float, room: int, wait: float) -> None:
    limiter = sent(10.0, 10.2, 10.3)
    assert (limiter.room(now), limiter.wait(now)) == (room, pytest.approx(wait))


def test_what_is_under_way_takes_its_place() -> None:
    limiter = Limiter(RATES)
    for chat in (ANI, BUDI, GROUP):
        limiter.begin(chat, 50)
    assert (limiter.room(50), limiter.wait(50)) == (0, 0)
    limiter.end(BUDI, 51)
    assert (limiter.room(51.5), limiter.room(52)) == (0, 1)


@pytest.mark.parametrize(
    ("moments", "chat", "now", "wait"),
    [
        ((10.0,), ANI, 10.1, 0),
        ((10.0, 10.1), ANI, 10.2, 1.8),
        ((10.0, 11.9), ANI, 12.0, 0),
        ((10.0, 11.9, 12.0), ANI, 12.1, 1.8),
        ((10.0, 10.1), BUDI, 10.2, 0),
    ],
)
def test_a_chat_may_have_a_short_burst_and_then_waits(
    moments: tuple[float, ...], chat: int, now: float, wait: float
) -> None:
    assert sent(*moments).chat_wait(chat, now) == pytest.approx(wait)


def test_a_wave_is_spread_over_the_second_and_answers_are_not() -> None:
    limiter = Limiter(Rates(per_second=12))
    for chat in range(2):
        assert limiter.wave_room(10.0) == 2 - chat
        limiter.begin(chat, 10.0, in_wave=True)
    assert (limiter.wave_room(10.1), limiter.room(10.1)) == (0, 10)
    assert limiter.wave_wait(10.1) == pytest.approx(1 / 15)
    assert (limiter.wave_room(10.17), limiter.wave_wait(10.17)) == (2, 0)
    for chat in range(9):
        limiter.begin(chat, 10.17)
    assert (limiter.wave_room(10.17), limiter.room(10.17)) == (1, 1)


def test_the_way_that_all_messages_take_is_no_part_of_their_window() -> None:
    """Once enough flights have shown how long it is at least; a flight that failed shows nothing."""
    limiter = Limiter(Rates(per_second=30))
    for n in range(FLIGHTS_TO_TRUST):
        limiter.begin(n, 5.0)
        limiter.end(n, 5.3 if n % 2 else 5.2, took=0.3 if n % 2 else 0.2)
    limiter.begin(ANI, 5.0)
    limiter.end(ANI, 5.3)
    assert limiter.room(6.0) == 0
    limiter.begin(ANI, 7.0)
    limiter.end(ANI, 7.3, took=0.3)
    assert (limiter.room(8.1), limiter.room(8.13)) == (29, 30)


@pytest.mark.parametrize(("chat", "now", "wait"), [(GROUP, 5, 55), (GROUP, 60, 0), (GROUP, 61.5, 0), (ANI, 5, 0)])
def test_only_a_group_waits_for_its_minute(chat: int, now: float, wait: float) -> None:
    assert sent(0, 1, 2, 3, chat=chat).chat_wait(chat, now) == pytest.approx(wait)


def test_a_group_that_was_over_its_minute_waits_for_the_right_one() -> None:
    assert sent(0, 1, 2, 3, 20, chat=GROUP).chat_wait(GROUP, 21) == pytest.approx(1 + MINUTE - 21)


def test_a_pause_for_a_chat_is_no_pause_for_others() -> None:
    limiter = Limiter(RATES)
    limiter.pause(GROUP, 30)
    limiter.pause(GROUP, 20)
    assert (limiter.busy(10), limiter.room(10), limiter.is_paused(10)) == ({GROUP: 20}, 3, False)
    assert limiter.busy(30) == {}


@pytest.mark.parametrize(
    ("before", "chat", "held"),
    [((), ANI, None), ((9.5, 9.9), ANI, ANI), ((9.5, 9.9), BUDI, None), ((), GROUP, GROUP)],
    ids=["a quiet chat: the bot", "a chat's burst: that chat", "another's burst: the bot", "a group: that group"],
)
def test_a_refusal_holds_what_it_is_about(before: tuple[float, ...], chat: int, held: int | None) -> None:
    limiter = sent(*before)
    limiter.refuse(chat, 10, seconds=9)
    assert (limiter.is_paused(10), limiter.chat_wait(chat, 10)) == (held is None, 0 if held is None else 9)
    limiter.refuse(chat, 10, seconds=5)
    assert max(limiter.wait(10), limiter.chat_wait(chat, 10)) == 9, "the longest counts"


def test_several_groups_refused_at_once_are_the_whole_bot() -> None:
    limiter = Limiter(RATES)
    for group, moment in ((-1, 10.0), (-2, 11.5), (-3, 12.0)):
        limiter.refuse(group, moment, seconds=9)
    assert not limiter.is_paused(12)
    limiter.refuse(-4, 12.2, seconds=9)
    assert limiter.wait(12.2) == 9


def test_a_pause_for_the_bot_holds_everything() -> None:
    limiter = Limiter(RATES)
    limiter.pause(None, 30)
    assert (limiter.room(10), limiter.wait(10), limiter.is_paused(10)) == (0, 20, True)
    assert (limiter.room(30), limiter.wait(30), limiter.is_paused(30)) == (3, 0, False)


@given(st.lists(st.tuples(st.sampled_from([ANI, BUDI, GROUP]), st.integers(0, 3072)), max_size=60))
def test_whoever_waits_as_told_never_breaks_a_limit(wanted: list[tuple[int, int]]) -> None:
    """Messages to these chats, each so many 1024ths of a second after the one before, sent when the limiter allows.

    Such times are exact in binary: what is compared here is the limiter, not the rounding of a sum.
    """
    limiter, now, log = Limiter(RATES), 0.0, list[tuple[int, float]]()
    for chat, later in wanted:
        now += later / 1024
        while wait := max(limiter.chat_wait(chat, now), limiter.wait(now)):
            now += wait
        assert limiter.room(now) > 0
        limiter.begin(chat, now)
        limiter.end(chat, now)
        log.append((chat, now))
    for n, (chat, moment) in enumerate(log):
        before = [(c, m) for c, m in log[:n] if m > moment - 1]
        assert len(before) < RATES.per_second
        assert len([m for c, m in log[:n] if c == chat and m > moment - 2]) < RATES.chat_burst
        assert chat > 0 or len([c for c, m in log[:n] if c == chat and m > moment - MINUTE]) < RATES.group_per_minute


@ON_SQLITE
async def test_a_wave_is_never_refused(database_url: str, tmp_path: Path) -> None:
    """Ninety prompts, then nine messages more, against a sandbox that enforces Telegram's limits."""
    async with crowd.gathered(database_url, 90) as (world, url, database, people):
        world.limits.enforced = True
        now = system()
        async with database.transaction() as session:
            await crowd.want_prompts(session, people, now=now)
        async with Process(crowd.settings(url, database_url)) as process:
            assert await process.sender.work_off() == 90
            async with database.transaction() as session:
                for person in people[::10]:
                    await outbox.show(
                        session,
                        key=f"say:{person.id}",
                        chat_id=person.telegram_id or 0,
                        kind=kinds.SAY,
                        arguments={"text": "Halo", "reply_to": None, "asks": None},
                        due_at=now,
                    )
            assert await process.sender.work_off() == 9
        assert world.calls["sendmessage"] == 99, "some message was refused and sent again"
        assert sum(kept.from_bot for chat in world.chats.values() for kept in chat.history.recent()) == 99
