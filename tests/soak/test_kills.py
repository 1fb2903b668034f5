"""Two hundred kills (or as many as the variable KILLS says), on SQLite and with two processes on PostgreSQL."""

import os
import random
from pathlib import Path

import pytest

from models.kinds import PROMPT, REVIEW_CARD, SUMMARY, WEEK
from tests.kills.findings import examine, table
from tests.kills.siege import MOMENTS, besiege

CAME = (PROMPT, REVIEW_CARD, SUMMARY, WEEK)
KILLS = int(os.environ.get("KILLS", "200"))


@pytest.mark.soak
async def test_kills(database_url: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    print("\nSEED =", seed)
    siege = await besiege(database_url, tmp_path, kills=KILLS, seed=seed)
    figures = await examine(siege)
    print(table(f"{database_url.partition(':')[0]}, {siege.processes} processes", figures))
    assert siege.figures["kills"] >= KILLS
    assert 4 * len(MOMENTS) > KILLS or all(figures[f"  {kind}"] for kind in CAME)
