"""Three processes on one PostgreSQL: whoever is killed, or hangs, is replaced within 15 seconds, and order holds."""

import random
from pathlib import Path

import pytest

from tests.databases import ON_POSTGRESQL
from tests.failover import HUNG, KILLED, LIMIT, by_chance, fail_over

TOGETHER = ("receive,work,send,clock",) * 3
APART = ("receive,clock", "receive,clock", "work", "work", "send", "send")


@ON_POSTGRESQL
async def test_another_process_takes_over(database_url: str, tmp_path: Path) -> None:
    times, figures = await fail_over(
        database_url, tmp_path, roles=TOGETHER, blows=[("sender", KILLED), ("receive", HUNG)]
    )
    print(times, figures)
    assert max(seconds for _, _, seconds in times) < LIMIT


@pytest.mark.soak
@ON_POSTGRESQL
@pytest.mark.parametrize("roles", [TOGETHER, APART], ids=["together", "apart"])
async def test_one_after_the_other(database_url: str, tmp_path: Path, roles: tuple[str, ...]) -> None:
    seed = random.randrange(10**6)
    times, figures = await fail_over(
        database_url, tmp_path, roles=roles, blows=[("sender", HUNG), ("sender", HUNG), *by_chance(6, seed)]
    )
    print(f"\nseed {seed}", figures)
    for lease, how, seconds in times:
        print(f"{lease:<8} {how:<7} {seconds:5.1f} s")
    assert max(seconds for _, _, seconds in times) < LIMIT
