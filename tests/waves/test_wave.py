"""A wave against a model of Telegram: no limit is ever broken, answers overtake it, it takes the time it must take,
and nobody is lost whatever goes wrong. The real sender, worker and database; only Telegram and time are models.
"""

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import time
from time import process_time

import pytest
import structlog

from tests.databases import ON_SQLITE
from tests.waves import jumping
from tests.waves.telegram import PER_BOT, Moods, Seen
from tests.waves.wave import FIRST, Outcome, Plan, sail, sail_together

pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def _quietly() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def answered_in(outcome: Outcome, first: float = 0, last: float = 1e9) -> list[float]:
    return [wait for since, wait in outcome.seen.waits if first <= since < last]


def must_take(outcome: Outcome) -> float:
    """Seconds that everything Telegram heard until the last question needs at 30 a second."""
    last = last_question(outcome)
    heard = sum(moment <= last for moment, _, _ in outcome.seen.counted)
    return (heard + outcome.seen.answers["403"]) / PER_BOT[0]


def last_question(outcome: Outcome) -> float:
    """Of those that did not have to be sent again."""
    return max(moment for chat, moment in outcome.seen.asked.items() if chat not in outcome.seen.unlucky)


def took(outcome: Outcome) -> float:
    return last_question(outcome) - min(outcome.seen.asked.values())


def keeps_its_manners(outcome: Outcome) -> None:
    seen = outcome.seen
    assert dict(+seen.over) == {}, "over a limit"
    assert seen.impolite == 0, "sent during an ordered pause"
    reached = {chat for chat in outcome.units if chat not in outcome.plan.moods.blocked}
    assert seen.asked.keys() == reached
    assert (outcome.lost, outcome.unhandled) == (0, 0)
    assert seen.again <= seen.answers["timeout"] + seen.answers["502"], "what Telegram's silence explains"


def together(outcome: Outcome) -> float:
    """Seconds between the first and the last question of a unit, of the unit where that takes longest."""
    units = defaultdict[int, list[float]](list)
    for chat, moment in outcome.seen.asked.items():
        units[outcome.units[chat]].append(moment)
    return max(max(moments) - min(moments) for moments in units.values())


def test_a_wave_takes_what_telegram_allows_and_answers_overtake_it(database_url: str) -> None:
    """Of two large units, with boards in their groups that each report changes; two in five answer within a minute."""
    outcome = jumping.run(sail(database_url, Plan(150, unit_of=75, groups=2, answering=0.4)))
    keeps_its_manners(outcome)
    assert took(outcome) == pytest.approx(must_take(outcome), rel=0.05)
    assert len(answered_in(outcome)) > 50
    assert percentile(answered_in(outcome), 0.99) < 0.5
    assert together(outcome) < 6
    assert sum(chat < 0 for _, chat, _ in outcome.seen.counted) > 30, "the boards have been at their limit"


def test_nothing_that_goes_wrong_loses_anybody_or_makes_a_burst(database_url: str) -> None:
    """Two agencies, asked a minute apart; a flood for the whole bot, then no network until the second is due as well;
    timeouts, broken answers, people who have blocked the bot.
    """
    moods = Moods(
        lost=0.02,
        broken=0.02,
        floods=((2, 5),),
        dead=((7, 67),),
        blocked=frozenset(range(FIRST + 3, FIRST + 160, 20)),
    )
    plan = Plan(160, unit_of=40, agencies=2, groups=1, answering=0.1, moods=moods)
    outcome = jumping.run(sail(database_url, plan))
    keeps_its_manners(outcome)
    answers = outcome.seen.answers
    assert 0 < answers["429"] <= 10, "of those in flight, and no more"
    assert (answers["403"], answers["timeout"] > 0, answers["502"] > 0) == (8, True, True)
    back = next(moment for moment, _, _ in outcome.seen.counted if moment > 67)
    waited = [since + wait for since, wait in outcome.seen.waits if since < back <= since + wait]
    assert waited, "somebody said something while there was no network"
    assert percentile(waited, 0.8) < back + 0.5, "and is answered before the waves go on"
    assert percentile(answered_in(outcome, back), 0.9) < 0.5


def test_two_bots_of_one_process_each_have_their_own_limit_and_their_own_pauses(database_url: str) -> None:
    """Of two agencies, asked at the same moment; one of the bots is held by a 429 for three seconds."""
    held_for = Moods(floods=((2, 5),))
    both = (at := time(16, 0)), at.replace(hour=17)
    plan = Plan(300, unit_of=75, agencies=2, asked_at=both, answering=0.1, moods=held_for, second_bot=Moods())
    held, free = jumping.run(sail_together(database_url, plan))
    for outcome in (held, free):
        keeps_its_manners(outcome)
        assert len(outcome.units) == 150
        assert len(answered_in(outcome)) > 5
    assert (held.seen.answers["429"] > 0, free.seen.answers["429"]) == (True, 0)
    assert took(free) == pytest.approx(must_take(free), rel=0.05)
    assert took(held) == pytest.approx(must_take(held) + 3, rel=0.05)
    assert percentile(answered_in(free), 1) < 0.5


@pytest.mark.soak
def test_a_hundred_thousand_at_four(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Five in a hundred answer within a minute. WAVE=3000 for a smaller one."""
    people = int(os.environ.get("WAVE", "100000"))
    floods = tuple((at, at + 4) for at in (300.0, 1200.0, 2400.0))
    moods = Moods(lost=0.001, broken=0.001, floods=floods, blocked=frozenset(range(FIRST, FIRST + people, 100)))
    plan = Plan(people, unit_of=60, groups=200, moods=moods, way=0.18)
    with capsys.disabled():
        began = process_time()
        outcome = jumping.run(sail(database_url, plan, watch=print_minute))
        print_outcome(outcome, process_time() - began)
    keeps_its_manners(outcome)
    pauses = sum(ends - begins + 1 for begins, ends in floods if begins < last_question(outcome))
    assert took(outcome) == pytest.approx(must_take(outcome) + pauses, rel=0.05), "far from Telegram"
    unheld = [w for s, w in outcome.seen.waits if not any(begins - 1 < s < ends + 2 for begins, ends in floods)]
    assert percentile(unheld, 0.99) < 2
    assert together(outcome) < 60


def print_minute(seen: Seen) -> None:
    now = asyncio.get_running_loop().time()
    waits = [wait for since, wait in seen.waits if since > now - 60]
    print(
        f"minute {now / 60:3.0f}: {len(seen.asked):7,} asked, {len(waits):4} answers, "
        f"p99 {percentile(waits, 0.99) if waits else 0:.2f} s, processor {process_time():,.0f} s",
        flush=True,
    )


def print_outcome(outcome: Outcome, processor: float) -> None:
    seen, waits = outcome.seen, answered_in(outcome)
    print(f"{len(seen.counted):,} messages and edits in {processor:,.0f} s of processor; answers {dict(seen.answers)}")
    print(f"over a limit {dict(+seen.over)}, in a pause {seen.impolite}, lost {outcome.lost}, again {seen.again}")
    print(f"wave {took(outcome):,.1f} s, at least {must_take(outcome):,.1f} s; a unit within {together(outcome):.1f} s")
    shares = ", ".join(
        f"{name} {percentile(waits, part):.2f}" for name, part in (("p50", 0.5), ("p99", 0.99), ("max", 1))
    )
    print(f"answers {len(waits):,}: {shares} s; taps {len(seen.toasts):,}: at most {max(seen.toasts):.2f} s")
