"""Logging: one line an event, as text or JSON. Message texts and secrets are never given to it.

Libraries log too, and their exceptions may quote a message or an address with the token. So an exception is written
as its name and place, without its words, and the secrets are blanked out of every line.

One update can be followed through: lines written while it is handled carry `update_id`, lines about a message that is
drawn or sent carry its `row`; at level `info` each update stored, handled and each message shown has a line, and that
of a handled update names the rows it has caused.
"""

import asyncio
import json
import logging
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import structlog

UPDATE, ROW = "update_id", "row"
"""Names under which the log says what it is about."""
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
QUIET = {
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "asyncio": logging.ERROR,
    "httpx": logging.WARNING,
    "telegram": logging.ERROR,
    "uvicorn": logging.CRITICAL,
}
"""From which level on libraries are heard: at `info` only what we say ourselves is worth a line."""


def where(error: BaseException) -> str:
    """File and line, without the exception's words, which may quote a message."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"


def configure(log_format: str, *, secrets: Sequence[str] = (), level: str = "warning") -> None:
    """`text` for people, `json` for machines; to standard error. `secrets` are blanked out wherever they turn up.

    Raises: KeyError for a level that is none of LEVELS.
    """
    least = LEVELS[level.lower()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(renderer, shared, [secret for secret in secrets if secret]))
    logging.raiseExceptions = False  # it would print what it was given for a line that cannot be written
    logging.basicConfig(level=least, handlers=[handler], force=True)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(quiet)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(least),
        cache_logger_on_first_use=False,
    )


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """What a forgotten task raises is logged like everything else, without its words."""

    def note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        named = {} if error is None else {"error": type(error).__name__, "where": where(error)}
        structlog.get_logger().error("a task failed", **named)

    loop.set_exception_handler(note)


class _Discreet(structlog.stdlib.ProcessorFormatter):
    def __init__(self, renderer: Any, shared: Sequence[Any], secrets: Sequence[str]) -> None:
        end = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        super().__init__(processors=end, foreign_pre_chain=[*shared, _by_libraries])
        written = [(secret, json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]) for secret in secrets]
        self._secrets = {way for ways in written for way in ways}

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "•••")
        return line


def _without_words(_logger: Any, _name: str, event: Any) -> Any:
    """An exception by its name and place."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else sys.exc_info()[1] if info is True else info
    if isinstance(error, BaseException):
        event["error"], event["where"] = type(error).__name__, where(error)
    return event


def _by_libraries(_logger: Any, _name: str, event: Any) -> Any:
    """Who speaks and from where, and not what: a library's words may quote anything."""
    record: logging.LogRecord = event["_record"]
    event["event"] = "a library reports"
    event["logger"] = record.name
    event["where"] = event.get("where", f"{record.filename}:{record.lineno}")
    return event
