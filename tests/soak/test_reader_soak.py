"""A hundred thousand strings: the reader never fails, never says a word that was not written, never takes long."""

import random
import re
import time
import unicodedata

import orjson
import pytest

from models.reading import Reading, TargetLine, read
from models.reading.jsonl import read_record
from models.reading.memory import normalised
from tests.benchmarks.occupations import occupations
from tests.reading.told import JAKARTA, THURSDAY
from tests.soak.strings import string

pytestmark = pytest.mark.soak

STRINGS, PARTS = 100_000, 20
AT_MOST_MS = 100
"""Processor time for any one string; five times what the longest report may take."""
OFFICE_WORDS = {"dinas": "kantor", "s/d": "sampai dengan", "isi": "pengisian", "KK": "kartu keluarga", "c++": "program"}
UNSEEN = ("Cf", "Cs", "Co", "Mn")


def folded(text: str) -> str:
    """Compatible forms made one (²: 2), without marks and letters that nobody sees; case folded."""
    plain = unicodedata.normalize("NFKC", text.replace("²", "2"))
    return "".join(c for c in plain if unicodedata.category(c) not in UNSEEN).casefold()


def check(text: str, found: Reading, codes: set[str]) -> None:
    written = folded(text)
    for item in found.items:
        assert item.description.strip()
        for said in (item.description, *item.parts):
            assert all(token in written for token in re.findall(r"[^\W_]+", folded(said)))
        assert item.minutes is None or 0 < item.minutes <= 24 * 60
        assert item.quantity is None or (0 < item.quantity < 10**12 and item.unit)
        assert set(item.link.candidates) <= codes
        assert item.link.target is None or item.link.target in codes
        normalised(item.description)
    if found.absence:
        assert found.absence.starts_on <= found.absence.ends_on


def reading(text: str, targets: tuple[TargetLine, ...]) -> tuple[Reading, float]:
    """What was read, and the milliseconds it took."""
    begun = time.process_time()
    found = read(text, received_at=THURSDAY, zone=JAKARTA, targets=targets, words=OFFICE_WORDS)
    return found, 1000 * (time.process_time() - begun)


@pytest.mark.parametrize("part", range(PARTS))
def test_any_string(part: int) -> None:
    chance = random.Random(part)
    timed: list[tuple[float, str]] = []
    targets = occupations()[part % len(occupations())].targets
    for n in range(STRINGS // PARTS):
        text = string(chance)
        try:
            found, took = reading(text, targets)
            check(text, found, {target.code for target in targets})
        except Exception as error:
            raise AssertionError(f"part {part}, string {n}: {text!r}") from error
        timed.append((took, text))
    again = [(min(reading(text, targets)[1] for _ in range(3)), text) for _, text in sorted(timed)[-5:]]
    slowest, text = max(again)
    print(f"\npart {part}: the slowest took {slowest:.0f} ms and has {len(text)} characters")
    assert slowest < AT_MOST_MS, text


def test_any_string_as_a_record() -> None:
    """What `harian read --jsonl` answers can be written as JSON."""
    chance = random.Random(2026)
    targets = [{"code": target.code, "title": target.title, "unit": target.unit} for target in occupations()[0].targets]
    record = {"id": 1, "received_at": THURSDAY.isoformat(), "tz": "Asia/Jakarta", "targets": targets}
    for _ in range(STRINGS // PARTS):
        text = string(chance)
        answer = read_record({**record, "text": text})
        assert orjson.loads(orjson.dumps(answer)) == answer, text
