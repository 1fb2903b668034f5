"""Settings: secrets from files, placeholders refused, the database's file for its owner alone."""

import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.migrating import upgrade
from bot.private_files import BESIDE, is_private, keep_private
from bot.settings import IN_FILES, Unusable, load

KEY = "3f7c0a9be1d24c55"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "WEBHOOK_", "SECRET_KEY", "DATABASE_URL")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("name", IN_FILES)
def test_a_secret_may_stand_in_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = f"SETDA=77:{KEY}\n\n# a second agency\nBKD = 78:{KEY}" if name == "telegram_bot_tokens" else KEY
    (tmp_path / "kept").write_text(f"{kept}\n")
    monkeypatch.setenv(f"{name.upper()}_FILE", str(tmp_path / "kept"))
    (tmp_path / ".env").write_text(f"{name.upper()}=\n")
    settings = load()
    assert getattr(settings, name).get_secret_value() == kept
    if name == "telegram_bot_tokens":
        assert [(token.bot_id, token.agencies) for token in settings.tokens] == [(77, ("SETDA",)), (78, ("BKD",))]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECRET_KEY_FILE": "nowhere"}, "SECRET_KEY_FILE names nowhere, which cannot be read (No such file"),
        ({"SECRET_KEY_FILE": "empty"}, "SECRET_KEY_FILE names empty, which is empty."),
        ({"SECRET_KEY_FILE": "picture"}, "SECRET_KEY_FILE names picture, which cannot be read (it is no text)."),
        ({"SECRET_KEY_FILE": "key", "SECRET_KEY": KEY}, "SECRET_KEY and SECRET_KEY_FILE are both set: keep one"),
        ({"SECRET_KEY_FILE": "short"}, "SECRET_KEY has fewer than 16 characters"),
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY is still the placeholder of an example"),
        ({"SECRET_KEY": "<random text>"}, "SECRET_KEY is still the placeholder"),
        ({"SECRET_KEY": "xxxxxxxxxxxxxxxxxxxx"}, "SECRET_KEY is still the placeholder"),
        ({"SECRET_KEY": "gantisaya"}, "SECRET_KEY is still the placeholder"),
        ({"TELEGRAM_BOT_TOKEN": "your-token-here"}, "TELEGRAM_BOT_TOKEN is still the placeholder of an example: copy"),
        ({"TELEGRAM_BOT_TOKEN": "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"}, "TELEGRAM_BOT_TOKEN is still the"),
        ({"WEBHOOK_SECRET": "secret"}, "WEBHOOK_SECRET is still the placeholder"),
        ({"WEBHOOK_PORT": "satu"}, "WEBHOOK_PORT cannot be used: compare with .env.example."),
    ],
)
def test_what_cannot_be_used_is_named_and_never_shown(
    environment: dict[str, str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"empty": b" \n", "picture": b"\xff\xd8\xff", "key": KEY.encode(), "short": b"a9be1d2"}
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unusable) as refused:
        load()
    assert words in str(refused.value)
    assert KEY not in str(refused.value)
    for command in (["check"], ["audit", "verify"], ["run"]):
        ended = CliRunner().invoke(app, command)
        assert (ended.exit_code, str(refused.value) in ended.output) == (2, True)
        assert not (tmp_path / "harian.db").exists()


@pytest.mark.parametrize("key", [KEY, "a long random text", "exchange of letters 1998", "yourselves alone, forever"])
def test_a_key_of_ones_own_is_taken(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    assert load().secret_key.get_secret_value() == key


def test_the_database_and_what_stands_beside_it_are_for_the_owner_alone(tmp_path: Path) -> None:
    path, url = tmp_path / "harian.db", f"sqlite:///{tmp_path}/harian.db"
    before = os.umask(0)
    try:
        upgrade(url)
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE more (x)")
            connection.commit()
            files = [one for one in (path.with_name(path.name + end) for end in BESIDE) if one.exists()]
            assert {one.stat().st_mode & 0o777 for one in files} == {0o600}
            assert len(files) == 3
            for one in files:
                one.chmod(0o644)
            assert not is_private(url)
            keep_private(url)
            assert is_private(url)
    finally:
        os.umask(before)
