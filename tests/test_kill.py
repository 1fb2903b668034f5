"""`kill -9` of the real process, at several moments: nothing is lost, nothing is acted on twice."""

from pathlib import Path

from tests.survival import Record, survive_prompts, survive_replies

KILLS = (5, 30, 70)


async def test_a_backlog_of_replies_survives_kills(database_url: str, tmp_path: Path, record_property: Record) -> None:
    await survive_replies(database_url, tmp_path, record_property, replies=100, writers=50, kills=KILLS)


async def test_a_wave_of_prompts_survives_kills(database_url: str, tmp_path: Path, record_property: Record) -> None:
    await survive_prompts(database_url, tmp_path, record_property, asked=100, kills=KILLS)
