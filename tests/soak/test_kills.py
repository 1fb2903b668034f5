"""A thousand replies, and a process that is killed at random moments."""

import random
from pathlib import Path

import pytest

from tests.survival import Record, survive_prompts, survive_replies

KILLS = 15


@pytest.fixture
def kills() -> list[int]:
    """At how many of a thousand; the seed is printed, so that a run can be repeated."""
    seed = random.randrange(10**6)
    print("seed", seed)
    return sorted(random.Random(seed).sample(range(1, 900), KILLS))


@pytest.mark.soak
async def test_a_thousand_replies(database_url: str, tmp_path: Path, record_property: Record, kills: list[int]) -> None:
    await survive_replies(database_url, tmp_path, record_property, replies=1000, writers=100, kills=kills)


@pytest.mark.soak
async def test_a_thousand_prompts(database_url: str, tmp_path: Path, record_property: Record, kills: list[int]) -> None:
    await survive_prompts(database_url, tmp_path, record_property, asked=1000, kills=kills)
