"""A month of reports: what people have answered once they are not asked again."""

import operator
from functools import reduce

import pytest

from models.database import Database
from tests.benchmarks.month import WEEKS, Month, live
from tests.benchmarks.occupations import occupations
from tests.databases import ON_SQLITE

pytestmark = [pytest.mark.bench, ON_SQLITE]

MONTHS = 2
"""Of each occupation, so that chance evens out."""


async def test_questions_become_fewer(database: Database) -> None:
    with_memory, without = [], []
    for occupation in occupations():
        for n in range(MONTHS):
            chance = f"{occupation.name} {n}"
            with_memory.append(await live(database, occupation, chance=chance))
            without.append(await live(database, occupation, chance=chance, forgetting=True))
            _show(chance, with_memory[-1], without[-1])
    known, forgotten = reduce(operator.add, with_memory), reduce(operator.add, without)
    _show("all", known, forgotten)
    right, wrong = known.links["memory", True], known.links["memory", False]
    print(f"{right + wrong} links by memory, {wrong} of them wrong")
    assert known.a_day(WEEKS) <= max(known.a_day(1), forgotten.a_day(WEEKS)) / 2
    assert wrong <= 0.01 * right


def _show(who: str, known: Month, forgotten: Month) -> None:
    print(f"\n{who}: questions a person and workday, weeks 1 to {WEEKS}")
    for what, month in (("with memory", known), ("without", forgotten)):
        print(f"  {what:<12}", *(f"{month.a_day(week):.2f}" for week in range(1, WEEKS + 1)))
