"""What the papers name is there: commands, options and settings in README, docs, compose.yaml, Dockerfile and unit."""

import re
import shlex
import tomllib
from collections.abc import Collection, Iterator
from importlib.metadata import requires
from typing import Any

import pytest
import typer
from packaging.requirements import Requirement

from bot.cli import app
from bot.roles import named
from bot.settings import IN_FILES, Settings
from tests.crowd import ROOT

PAGES = [
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    ".env.example",
    *(f"docs/{one.name}" for one in (ROOT / "docs").glob("*.md")),
]
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
CALL = re.compile(r"(?:^|[\s/])harian ((?:[a-z]+(?:-[a-z]+)*)(?: .*)?)$")
NAME = re.compile(r"\b[A-Z][A-Z]+(?:_[A-Z]+)+\b")
"""A setting's name: capitals, with a line below at least once."""
OTHERS = re.compile(r"BENCH_\w+|POSTGRES_\w+|PYTHON\w+|TEST_DATABASE_URL|LC_MESSAGES|PGPASSWORD")
"""Names that are not ours, or not of a running Harian."""
SETTINGS = {name.upper() for name in Settings.model_fields}


def read(name: str) -> str:
    return (ROOT / name).read_text()


def calls(text: str) -> Iterator[list[str]]:
    """Words after `harian` in whatever is set as code."""
    pieces = [line for block in FENCE.findall(text) for line in block.splitlines()]
    pieces += INLINE.findall(FENCE.sub("", text))
    for piece in pieces:
        for part in re.split(r"\||&&|;", piece.partition("  #")[0]):
            found = CALL.search(part.strip())
            if found:
                yield shlex.split(found[1].partition(" >")[0])


def fault_of(words: list[str]) -> str | None:
    """What does not exist of a call: a command or an option."""
    command: Any = typer.main.get_command(app)
    for word in words:
        inner = getattr(command, "commands", {})
        if inner and not word.startswith("-"):
            if word not in inner:
                return f"command {word}"
            command = inner[word]
        elif word.startswith("--") and word not in {"--help", *(one for p in command.params for one in p.opts)}:
            return f"option {word} of {command.name}"
    return None


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_settings_that_a_page_names_exist(page: str) -> None:
    text = read(page)
    wrong = [fault for words in calls(text) if (fault := fault_of(words))]
    names = {name for name in NAME.findall(text) if not OTHERS.fullmatch(name)}
    assert (wrong, names - SETTINGS) == ([], set())


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_a_page_that_names_what_is_not_there_would_be_noticed() -> None:
    block = "```\nsudo -u x /opt/bin/harian backup x && harian bakcup\n```"
    text = f"`harian erase NIP --now`\n{block}\n`harian outbox --failed`"
    assert [fault_of(words) for words in calls(text)] == [None, "command bakcup", "option --now of erase", None]


def test_every_command_stands_in_the_readme() -> None:
    text = read("README.md")
    assert [name for name in typer.main.get_command(app).commands if not re.search(rf"`{name}\b", text)] == []


def test_the_example_of_settings_is_complete() -> None:
    written = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", read(".env.example"), re.MULTILINE)
    files = {f"{name.upper()}_FILE" for name in IN_FILES}
    assert sorted(set(written) | files) == sorted(SETTINGS)
    assert len(written) == len(set(written))
    assert [name for name in sorted(SETTINGS) if f"`{name}`" not in read("README.md")] == []


def test_compose_and_the_image_name_what_is_there() -> None:
    text = read("compose.yaml")
    assert set(re.findall(r"^ +([A-Z_]+): ", text, re.MULTILINE)) - SETTINGS == {
        "POSTGRES_DB",
        "POSTGRES_PASSWORD_FILE",
        "POSTGRES_USER",
    }
    commands = re.findall(r"^ +command: \[(.*)\]", text, re.MULTILINE)
    words = [[word.strip('" ') for word in shlex.split(one.replace(",", " , ")) if word != ","] for one in commands]
    assert [fault for one in words if (fault := fault_of(one))] == []
    roles = [one[2] for one in words if one[0] == "run"]
    assert frozenset().union(*(named(one) for one in roles)) == named("receive,work,send,clock")
    kept = set(re.findall(r"/run/secrets/(\w+)", text))
    assert kept == set(re.findall(r"^  (\w+): \{file: \./secrets/\1\}$", text, re.MULTILINE))
    image = read("Dockerfile")
    assert set(NAME.findall(image)) - SETTINGS == set()
    copied = {
        name.strip("/") for line in re.findall(r"^COPY (?!--)(.*) \S+$", image, re.MULTILINE) for name in line.split()
    }
    assert copied == set(re.findall(r"^!(\S+)$", read(".dockerignore"), re.MULTILINE))
    assert all((ROOT / name).exists() for name in copied)


def test_the_unit_starts_a_command_and_gives_it_time_to_end() -> None:
    unit = read("docs/harian.service")
    started = re.findall(r"^ExecStart=\S+/harian (.*)$", unit, re.MULTILINE)
    assert [fault_of(one.split()) for one in started] == [None]
    assert "TimeoutStopSec=15\n" in unit


def test_the_lock_for_running_is_the_other_one_without_what_only_developers_need() -> None:
    whole, running = _pinned("requirements.lock"), _pinned("requirements-run.lock")
    assert running.items() <= whole.items()
    assert set(running) == _needed()
    assert not {"pytest", "mypy", "playwright", "pip-tools"} & set(running)


def _pinned(name: str) -> dict[str, str]:
    """Each package's version and hashes."""
    entries = re.findall(r"^([a-z0-9.-]+)(==\S+(?: \\\n    --hash=\S+)+)", read(name), re.MULTILINE)
    return dict(entries)


def _needed() -> set[str]:
    """What running and building need on this machine, and what that needs."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    waiting = [Requirement(text) for text in (*project["dependencies"], *project["optional-dependencies"]["build"])]
    found: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        key, extras = re.sub(r"[-_.]+", "-", one.name).lower(), frozenset(one.extras)
        if (key, extras) not in found:
            found.add((key, extras))
            waiting += [need for need in map(Requirement, requires(key) or []) if _applies(need, extras)]
    return {key for key, _ in found}


def _applies(need: Requirement, extras: Collection[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras))
