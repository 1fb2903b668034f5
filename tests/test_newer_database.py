"""A Harian that is older than its database says so in one sentence, and touches nothing."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from bot.cli import app
from bot.migrating import plain_url, wanted
from models.database import Database
from tests.test_check import check
from tests.test_migrations import run, shape

REFUSED = (
    f"The database is of a newer Harian (migration 9999, and this one knows none after {wanted()}): install that "
    "version again, or restore a backup from before the upgrade elsewhere. Nothing was changed.\n"
)
COMMANDS = (
    "run",
    "tick",
    "import kantor.csv",
    "invite",
    "check --targets",
    "inbox",
    "outbox",
    "outbox retry 1",
    "export competencies --out daftar.csv",
    "erase 199001010000000001 --yes",
    "audit verify",
    "backup harian.bak",
    "appraise --period 2026",
)


@pytest.fixture
def newer(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a version to come; the settings name it."""
    run(database_url, "UPDATE alembic_version SET version_num = '9999'", "ALTER TABLE agency ADD COLUMN later INTEGER")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "42:abc")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    (tmp_path / "kantor.csv").write_text("kode\n")
    return database_url


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_with_one_sentence(newer: str, command: str, tmp_path: Path) -> None:
    before = shape(newer), rows(newer)
    ended = CliRunner().invoke(app, command.split())
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", REFUSED)
    assert (shape(newer), rows(newer)) == before
    assert not (tmp_path / "harian.bak").exists()


def rows(url: str) -> list[int]:
    engine = create_engine(plain_url(url))
    with engine.connect() as connection:
        names = ("agency", "audit_entry", "lease", "inbox", "outbox")
        found = [int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() or 0) for name in names]
    engine.dispose()
    return found


async def test_check_names_it_among_what_is_not_in_order(newer: str, database: Database) -> None:
    code, lines = await check(newer)
    assert code == 1
    assert lines == ["NO  database: its schema 9999 is of a newer Harian: run that one"]
