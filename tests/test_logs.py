"""What the log says, and what it never says: words of people, and secrets."""

import asyncio
import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from pydantic import SecretStr
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import TypeHandler

from bot.application import close_connections, make_bot
from bot.logs import configure, watch
from bot.tasks import persistently
from handlers import report_card
from handlers.screens import Screen
from models import kinds
from models.database import Session
from models.outbox import Message
from tests import crowd, leaks
from tests.databases import ON_SQLITE
from tests.office import ANI, NIPS
from tests.stage import TOKEN, Stage

ODD_SECRET = 'kunci "ganjil"\\'
WORDS = "rahasia keluarga Ani"
Lines = Callable[[], list[str]]


@pytest.fixture(params=["text", "json"])
def log_format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def log_level() -> str:
    return "warning"


@pytest.fixture
def lines(log_format: str, log_level: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Logging as the service sets it up; the lines written since the last look."""
    root = logging.getLogger()
    suites_own, level = structlog.get_config(), root.level
    pytests_own, root.handlers = root.handlers, []
    written = io.StringIO()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sys, "stderr", written)
        meanwhile.setattr(logging, "raiseExceptions", True)
        configure(log_format, secrets=[TOKEN, ODD_SECRET, ""], level=log_level)

    def look() -> list[str]:
        said = written.getvalue().splitlines()
        written.seek(0)
        written.truncate()
        return said

    yield look
    structlog.configure(**suites_own)
    root.setLevel(level)
    root.handlers = pytests_own


def fields(line: str, log_format: str) -> dict[str, str]:
    """What a line says, without its time."""
    if log_format == "json":
        return {name: str(value) for name, value in json.loads(line).items() if name != "timestamp"}
    found = re.fullmatch(r"\S+ \[(\w+) *\] (.*?) *(?:\[(\S+)\])?((?: [a-z_]+=\S+)*)", line)
    assert found is not None, line
    level, event, logger, rest = found.groups()
    given = dict(pair.split("=", 1) for pair in rest.split())
    return {"level": level, "event": event, **({"logger": logger} if logger else {}), **given}


def test_one_line_an_event(lines: Lines, log_format: str) -> None:
    structlog.get_logger().warning("sending failed", row=5, kind="say")
    (line,) = lines()
    assert fields(line, log_format) == {"event": "sending failed", "level": "warning", "row": "5", "kind": "say"}


@pytest.mark.parametrize("secret", [TOKEN, ODD_SECRET])
def test_secrets_are_blanked_out(lines: Lines, secret: str) -> None:
    structlog.get_logger().error("failed", address=f"https://api.telegram.org/bot{secret}/getMe")
    logging.getLogger(f"logger.{secret}").error("x")
    written = "\n".join(lines())
    assert written.count("•••") == 2
    assert secret not in written
    assert json.dumps(secret)[1:-1] not in written


def test_an_exception_is_its_name_and_place(lines: Lines, log_format: str) -> None:
    def fail() -> None:
        raise ValueError(WORDS)

    for tell in (structlog.get_logger().exception, logging.getLogger("somebody").exception):
        try:
            fail()
        except ValueError:
            tell("it failed")
    ours, theirs = (fields(line, log_format) for line in lines())
    assert (ours["event"], ours["error"]) == ("it failed", "ValueError")
    assert re.fullmatch(r"test_logs\.py:\d+", ours["where"])
    assert {**ours, "event": "a library reports", "logger": "somebody"} == theirs


def test_libraries_may_quote_anything_so_their_words_are_left_out(lines: Lines, log_format: str) -> None:
    for name in ("sqlalchemy.pool", "telegram.ext.Application", "aiohttp.client", "asyncio", "apscheduler.executors"):
        logging.getLogger(name).error("sent %s", WORDS)
    logging.getLogger("aiohttp.client").warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    written = lines()
    assert len(written) == 6
    for line in written:
        said = fields(line, log_format)
        assert said["event"] == "a library reports"
        assert set(said) == {"event", "level", "logger", "where"}


async def test_a_forgotten_task_is_heard_without_its_words(lines: Lines, log_format: str) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    watch(asyncio.get_running_loop())
    asyncio.get_running_loop().call_exception_handler({"message": WORDS, "exception": ValueError(WORDS)})
    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    first, second = (fields(line, log_format) for line in lines())
    assert (first["event"], first["error"]) == (second["event"], second["error"]) == ("a task failed", "ValueError")


@ON_SQLITE
async def test_a_bad_day_puts_no_words_into_the_log(stage: Stage, lines: Lines, log_format: str) -> None:
    """A handler fails with what was written, an update cannot be parsed, Telegram refuses a card."""

    async def fail(update: Update, _context: Any) -> None:
        message = update.effective_message
        if message is not None and message.text == WORDS:
            raise ValueError(message.text)

    stage.process.application.add_handler(TypeHandler(Update, fail), group=-1)
    await stage.ani.says(WORDS)
    chat: dict[str, Any] = {"person": stage.ani.id, "chat": stage.ani.id}
    await stage.people("misbehave", method="sendMessage", how="400")
    await stage.people("send", **chat, text="rapat " + WORDS)
    stage.world.updates.pending.append({"update_id": 5, "message": {"text": WORDS, "chat": WORDS}})
    await stage.settle()
    written = lines()
    assert WORDS not in "\n".join(written)
    assert TOKEN not in "\n".join(written)
    events = [fields(line, log_format)["event"] for line in written if "failure=" not in line]
    assert events.count("handling failed") == 6
    assert "sending failed" in "\n".join(written)


@ON_SQLITE
@pytest.mark.parametrize("log_format", ["json"], indirect=True)
@pytest.mark.parametrize("log_level", ["info"])
async def test_one_update_can_be_followed_through(stage: Stage, lines: Lines) -> None:
    """Stored, handled, which messages it caused, and that they are shown; what a library says meanwhile belongs too."""

    async def grumble(update: Update, _context: Any) -> None:
        if update.message is not None:
            logging.getLogger("somebody").warning("about %s", update.message.text)

    async def draw(session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
        logging.getLogger("somebody").warning("drawing %s", rows[0].arguments)
        return await report_card.report_cards(session, rows, now)

    stage.process.application.add_handler(TypeHandler(Update, grumble), group=-1)
    stage.process.sender._drawing._together = {kinds.REPORT_CARD: draw}
    await stage.ani.says("A3 rapat koordinasi 2 jam")
    await stage.budi.says("A3 " + WORDS)
    said = [json.loads(line) for line in lines()]
    (first, second) = (one["updates"] for one in said if one["event"] == "updates stored")
    for (update_id,) in (first, second):
        about = [one for one in said if one.get("update_id") == update_id]
        assert [one["event"] for one in about] == ["a library reports", "update handled"]
        rows = about[-1]["rows"]
        assert len(rows) == 1
        assert [one["event"] for one in said if one.get("row") in rows] == ["a library reports", "message shown"]
    assert WORDS not in json.dumps(said)
    assert all("update_id" not in one for one in said if one["event"] in ("updates stored", "message shown"))


@ON_SQLITE
async def test_the_logs_of_the_whole_suite_are_looked_through(stage: Stage, tmp_path: Path) -> None:
    """Whatever tells too much is found, in our own logs and in those of a started process; what may be said is not."""
    await stage.ani.says(WORDS)
    log = structlog.get_logger()
    log.error("failed", text=f"A1 {WORDS} lagi")
    log.error("failed", where="/bot42:abc/getMe")
    for telling in (TOKEN, NIPS[ANI], "Budi Santoso"):
        log.error("failed", about=[telling])
    log.error("failed", update_id=100000001, row=5, chat=-1001234567890123, kind="say")
    logging.getLogger("aiohttp").error("sent %s with %s", WORDS, TOKEN)
    (tmp_path / "bot.py").write_text(f"print('Citra Dewi')\nraise ValueError({WORDS!r})")
    async with crowd.harian("run", environment={"PYTHONPATH": str(tmp_path)}, folder=tmp_path) as process:
        await process.wait()
    told = [line.partition(" in: ")[0] for line in leaks.found()]
    assert told == ["bot42:a", TOKEN.partition(":")[2], NIPS[ANI], "Budi Santoso", "Citra Dewi", *[WORDS] * 3]
    assert leaks.found() == []


async def test_errors_of_the_network_carry_no_address(lines: Lines) -> None:
    """Nothing listens at port 1; aiohttp's own error names host and path, and the path holds the token."""
    bot = make_bot(crowd.settings("http://127.0.0.1:1", "sqlite://"), SecretStr(crowd.TOKEN))
    with pytest.raises(NetworkError) as error:
        await bot.initialize()
    chain: list[BaseException | None] = [error.value, error.value.__cause__]
    while chain[-1] is not None and chain[-1].__context__ is not None and not chain[-1].__suppress_context__:
        chain.append(chain[-1].__context__)
    assert crowd.TOKEN not in "".join(repr(one) for one in chain)
    trying = asyncio.create_task(persistently(bot.get_me, "who am I?"))
    while not (written := lines()):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    trying.cancel()
    await close_connections(bot)
    assert "Telegram does not answer, trying again" in written[0]
    assert crowd.TOKEN not in "\n".join(written)
