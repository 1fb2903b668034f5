"""How fast replies are read: what an agency's busiest minute needs of one core."""

import gc
import itertools
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable

import pytest

from models.reading import read
from tests.benchmarks.occupations import occupations, replies
from tests.reading.told import JAKARTA, THURSDAY

pytestmark = pytest.mark.bench

A_SECOND = 2_000
"""Replies: the reports of 120,000 people that come in within one minute."""
LONGEST, AT_MOST_MS = 4096, 20
NONSENSE_AT_MOST_MS = 100
"""Nobody reports like this; it must not hold up those who do."""
IMPORT_AT_MOST_MS = 300

PLACE = ("ka", "ri", "mun", "sa", "ta", "wang", "le", "do", "pa", "ning")


def fresh(reply: str, chance: random.Random) -> str:
    """The same kind of work on another day: other numbers, and each line ends with a place nobody has named before."""
    place = "".join(chance.choices(PLACE, k=4)).capitalize()
    other = re.sub(r"\b[1-9]\d*\b(?![.:/-]?\d)", lambda match: str(chance.randint(2, 9 * len(match[0]) ** 2)), reply)
    return re.sub(r"$", f" di {place}", other, flags=re.MULTILINE)


def seconds(texts: Iterable[str]) -> float:
    """Processor time to read all of them, each by somebody of the next occupation."""
    people = itertools.cycle(occupation.targets for occupation in occupations())
    gc.collect()
    begun = time.process_time()
    for text, targets in zip(texts, people, strict=False):
        read(text, received_at=THURSDAY, zone=JAKARTA, targets=targets)
    return time.process_time() - begun


def long(chance: random.Random, length: int) -> str:
    """A reply of so many characters that says nothing twice."""
    lines = ""
    while len(lines) < length:
        lines += fresh(chance.choice(replies()), chance) + "\n"
    return lines[:length]


def test_typical_replies_a_second() -> None:
    """What counts is new texts by people who write alike: the same texts again are in the reader's caches."""
    chance = random.Random(2026)
    first = len(replies()) / seconds(replies())
    new = [[fresh(reply, chance) for reply in replies()] for _ in range(8)]
    rates = [len(texts) / seconds(texts) for texts in new]
    again = len(replies()) / seconds(new[-1])
    print(f"\nreplies a second: {first:,.0f} after the start, {max(rates):,.0f} new ones, {again:,.0f} said again")
    assert max(rates) >= A_SECOND


def test_the_longest_reply_is_quick_and_eight_times_as_long_takes_eight_times_as_long() -> None:
    chance = random.Random(2026)
    seconds(replies())
    short, whole = (
        min(1000 * seconds([long(chance, length)]) for _ in range(10)) for length in (LONGEST // 8, LONGEST)
    )
    print(
        f"\n{LONGEST // 8} characters: {short:.2f} ms, {LONGEST} characters: {whole:.2f} ms, {whole / short:.1f} times"
    )
    assert whole < AT_MOST_MS
    assert whole < 1.5 * 8 * short


OVER_AND_OVER = "1. |a|dan |rapat |rapat dan |(|08.00-|12 |jam 8 sampai |\n- |kmrn |a1|? |,-|ke-|2/11/|s/d |* "


@pytest.mark.parametrize("unit", OVER_AND_OVER.split("|"))
def test_a_reply_of_one_thing_over_and_over_is_quick(unit: str) -> None:
    text = (unit * LONGEST)[:LONGEST]
    took = min(1000 * seconds([text]) for _ in range(3))
    print(f"\n{unit!r} again and again: {took:.1f} ms")
    assert took < NONSENSE_AT_MOST_MS


def test_the_reader_is_imported_quickly() -> None:
    program = "import time; begun = time.perf_counter(); import models.reading; print(time.perf_counter() - begun)"
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(5)]
    took = min(1000 * float(run.stdout) for run in runs)
    print(f"\nimport of the reader: {took:.0f} ms")
    assert took < IMPORT_AT_MOST_MS
