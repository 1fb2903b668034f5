"""`kill -9` of the real process at any moment of mixed work: nothing is lost, nothing done twice, nothing stuck."""

from pathlib import Path

import pytest

from models.kinds import PROMPT, REVIEW_CARD, SUMMARY, WEEK
from tests.kills.findings import examine, table
from tests.kills.siege import besiege

KILLS = 10
"""On each database; `make soak` has two hundred."""


@pytest.mark.timeout(300)
async def test_ten_kills(database_url: str, tmp_path: Path) -> None:
    siege = await besiege(database_url, tmp_path, kills=KILLS, seed=20)
    figures = await examine(siege)
    print(table("ten kills", figures))
    assert siege.figures["kills"] >= KILLS
    assert all(figures[f"  {kind}"] for kind in (PROMPT, REVIEW_CARD, SUMMARY, WEEK))
    assert figures["taps"]
