"""The posted weeks of a unit make its trend."""

from datetime import UTC, date, datetime

import pytest

from models.summaries import Summary
from tests.databases import ON_SQLITE
from tests.stage import Stage
from tests.test_week import busy_unit


@ON_SQLITE
@pytest.mark.parametrize(("before", "change"), [("60.25", "(▲ 8)"), ("90.5", "(▼ 22)"), ("67.6", "(＝ 0)")])
async def test_the_change_against_the_last_posted_week(stage: Stage, before: str, change: str) -> None:
    group = await busy_unit(stage, marked=6)
    week, posted_at = date(2026, 11, 15), datetime(2026, 11, 16, 6, tzinfo=UTC)
    figures = {"score": before, "goals": []}
    await stage.keep(Summary(agency_id=1, unit_id=2, week_ends_on=week, figures=figures, posted_at=posted_at))
    await stage.time("2026-11-30 13:00")
    assert (await group.news())[0].split("\n")[2] == f"Skor: 68 dari 100, rata-rata 6 dari 7 orang {change}"
