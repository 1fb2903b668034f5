"""A local Telegram that knows, of each message the bot sends, which row of the outbox it belongs to."""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import make_url

from bot.sandbox.chats import Chat, Kept
from bot.sandbox.errors import Json
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.world import World

CLAIMED = (
    "SELECT id, kind, screen_revision, new_from, attempts FROM outbox WHERE claimed_by IS NOT NULL AND chat_id = {}"
)


class _Reads(Protocol):
    def execute(self, statement: Any, values: Any) -> Any: ...


@dataclass(frozen=True)
class Sent:
    """A new message of the bot. `new_from`, `attempts` as they stood on its row while it was under way."""

    chat: int
    message: int
    row: int
    kind: str
    revision: int
    new_from: int
    attempts: int


class Watched(World):
    """One message to a chat is under way at a time, so the row claimed for the chat is the one."""

    def __init__(self, *, looks_into: str, seed: int, **given: Any) -> None:
        super().__init__(**given)
        self.sent: list[Sent] = []
        self.unclaimed: list[Json] = []
        self.toasts: list[str] = []
        self.faults = Pauses(seed)
        self.updates.kept_for = 10**9  # the calendar leaps over weekends
        url = make_url(looks_into)
        if url.drivername == "sqlite":
            self._reads: _Reads = sqlite3.connect(f"file:{url.database}?mode=ro", uri=True, isolation_level=None)
            self._query = CLAIMED.format("?")
        else:
            plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._reads = psycopg.connect(plain, autocommit=True)
            self._query = CLAIMED.format("%s")
        publish = self.events.publish

        def noted(event: Json) -> None:
            if event.get("type") == "toast":
                self.toasts.append(event["text"])
            publish(event)

        self.events.publish = noted  # type: ignore[method-assign]

    def post(self, chat: Chat, body: Json, *, from_bot: bool = False, extra: Json | None = None) -> Kept:
        kept = super().post(chat, body, from_bot=from_bot, extra=extra)
        if from_bot:
            rows: Sequence[Any] = self._reads.execute(self._query, (chat.id,)).fetchall()
            if len(rows) == 1:
                self.sent.append(Sent(chat.id, kept.id, *rows[0]))
            else:
                self.unclaimed.append(kept.view())
        return kept


class Pauses(Faults):
    """Nothing goes wrong, but each message takes its time: up to a fifth of a second, as it does across the sea."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self.slow = True

    def take(self, method: str, chat: str) -> Fault | None:
        if self.slow and method in ("sendmessage", "editmessagetext"):
            return Fault(method, "slow", seconds=self._chance.uniform(0.0, 0.2))
        return None
