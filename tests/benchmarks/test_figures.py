"""The figures of a week, cards, and a wave's planning, with a year of history behind more and more people."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.migrating import upgrade
from tests.benchmarks import nation
from tests.benchmarks.weighing import Found, weighed

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

MOST = int(os.environ.get("BENCH_PEOPLE", "10000"))
"""40000 for the whole curve: about 8 GiB and a quarter of an hour."""
SIZES = [size for size in (2_500, 5_000, 10_000, 20_000, 40_000) if size <= MOST]
WAVE = 100_000


async def test_figures_of_a_week(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nation.db"
    upgrade(url)
    with nation.connected(url) as connection:
        nation.found(connection)
    before, curve = 0, {}
    for size in SIZES:
        with nation.connected(url) as connection:
            connection.execute(text("DELETE FROM summary"))
            connection.execute(text("DELETE FROM outbox"))
            nation.grow(connection, start=before, end=size)
        before = size
        curve[size] = found = {**await weighed(url, "figures"), **await weighed(url, "cards")}
        _show(f"{size:,} people with a year behind them", found)
    _compare(curve)


def _compare(curve: dict[int, Found]) -> None:
    """Twice the people cost about twice as much, one card no more than before, and all of it little memory."""
    whole = {size: found["figures"] + found["texts and charts"] for size, found in curve.items()}
    for size, twice in pairwise(SIZES):
        assert whole[twice] < 2.6 * whole[size]
        assert curve[twice]["MiB"] < 400
        for card in ("/nilai", "/hari_ini", "supervisor"):
            assert curve[twice][card] < 50, "milliseconds"
            assert curve[twice][card] < 2 * curve[size][card]


async def test_planning_a_wave(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/staff.db"
    upgrade(url)
    with nation.connected(url) as connection:
        nation.found(connection)
        nation.staff(connection, WAVE)
    quiet = await weighed(url, "minutes")
    _show(f"{WAVE:,} people of whom nothing is due", quiet)
    found = await weighed(url, "wave")
    _show(f"a wave of {WAVE:,} prompts", found)
    assert found["asked"] == WAVE
    assert found["MiB more"] < 100
    assert found["seconds"] < 10


def _show(what: str, found: Found) -> None:
    print(f"\n{what}")
    for name, value in found.items():
        print(f"  {name:<32} {value:10.2f}")
