"""Nothing of people and no secret reaches a log: everything that is logged in the whole suite is looked through.

Logging is set up once as the service sets it up, but without its blanking out of secrets, and written to memory; what
started processes write is added by `crowd`. After each test that is searched for tokens, keys, NIPs, names of the
casts, and for whatever anybody has written to the bot in this test.
"""

import io
import re
import sys
from typing import Any

from bot.logs import configure
from bot.sandbox.updates import UpdateQueue

SHORTEST = 12
"""Characters of what was written: shorter words may stand in a log by chance."""
NEVER = re.compile(
    r"harian-test-token|harian-crowd-token|kata-rahasia|sandi-basis-data|a long random text|bot\d+:\S"
    r"|(?<!\d)\d{18}(?!\d)"
    r"|\b(?:Ani Lestari|Budi Santoso|Citra Dewi|Sari Utami|[A-Z]\w+ Pratama|Pegawai \w+|Orang \d+)\b"
)
"""Secrets of the tests and addresses that hold a token; NIPs; names."""

_written = io.StringIO()
_said: set[str] = set()


def listen() -> None:
    """From here on; called once, before the first test."""
    own, sys.stderr = sys.stderr, _written
    try:
        configure("json")
    finally:
        sys.stderr = own
    push = UpdateQueue.push

    def heard(updates: UpdateQueue, kind: str, content: dict[str, Any]) -> Any:
        _hear(content)
        return push(updates, kind, content)

    UpdateQueue.push = heard


def _hear(content: dict[str, Any]) -> None:
    for name in ("text", "caption"):
        words = content.get(name)
        if isinstance(words, str) and len(words) >= SHORTEST and not words.startswith("/"):
            _said.add(words.splitlines()[0].strip())


def add(text: str) -> None:
    """What a started process has written."""
    _written.write(text)


def found() -> list[str]:
    """Lines, since the last look, that say what no log may say; each begins with what it is."""
    log = _written.getvalue()
    said = [words for words in _said if len(words) >= SHORTEST]
    _written.seek(0)
    _written.truncate()
    _said.clear()
    if not log:
        return []
    lines = log.splitlines()
    never = [f"{hit[0]} in: {line}" for line in lines if (hit := NEVER.search(line))]
    return never + [f"{words} in: {line}" for words in said if words in log for line in lines if words in line]
