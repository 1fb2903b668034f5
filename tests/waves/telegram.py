"""A model of Telegram: its limits, its moods, and people who answer. It speaks where the HTTP request would."""

import asyncio
import json
import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.request import Unreached

PER_BOT, PER_CHAT, PER_GROUP = (30, 1.0), (3, 3.0), (20, 60.0)
"""So many in so many seconds. A chat has one a second, and what Telegram calls short bursts."""
PATIENCE = 15.0
"""Seconds after which the bot waits no longer for an answer."""
ME = {"id": 42, "is_bot": True, "first_name": "Harian", "username": "harian_bot"}
COUNTED = ("sendMessage", "editMessageText", "editMessageReplyMarkup")


@dataclass(frozen=True, slots=True)
class Moods:
    """What goes wrong: parts of all messages, and spans of the loop's seconds."""

    lost: float = 0.0
    """Timeouts: half of these messages arrive all the same."""
    broken: float = 0.0
    """Answered with 502; half of these too."""
    floods: tuple[tuple[float, float], ...] = ()
    """From, until: every message is answered with 429."""
    dead: tuple[tuple[float, float], ...] = ()
    """From, until: no network."""
    blocked: frozenset[int] = frozenset()
    """Chats that answer 403."""


@dataclass(slots=True)
class Seen:
    """What Telegram has counted: (moment, chat, whether it was an edit), and how it was answered."""

    counted: list[tuple[float, int, bool]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    over: Counter[str] = field(default_factory=Counter)
    """Messages over a limit."""
    impolite: int = 0
    """Messages sent although a pause was ordered."""
    asked: dict[int, float] = field(default_factory=dict)
    """When each person's question came first."""
    unlucky: set[int] = field(default_factory=set)
    """Chats of which a message had to be sent again."""
    again: int = 0
    """Questions that came once more."""
    waits: list[tuple[float, float]] = field(default_factory=list)
    """(when somebody said or tapped something, seconds until the answer stood on their screen)."""
    toasts: list[float] = field(default_factory=list)
    """Seconds until a tap was answered."""


class Telegram(BaseRequest):
    """Every call takes `least` seconds on the way and a random time more; counted at a random moment of that."""

    def __init__(
        self,
        *,
        said: Callable[[dict[str, Any]], None],
        clock: Callable[[], datetime],
        moods: Moods,
        answering: float,
        least: float,
        seed: int = 1,
        more: float = 0.012,
    ) -> None:
        self.seen = Seen()
        self._said, self._clock, self._moods, self._answering = said, clock, moods, answering
        self._least, self._more = least, more
        self._chance = random.Random(seed)
        self._up = self._chance.uniform(0.3, 0.7)
        self._windows: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)
        self._ids: Counter[int] = Counter()
        self._updates = 0
        self._waiting: dict[int, float] = {}
        self._told_until = 0.0
        self._people: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether somebody is about to say something."""
        return bool(self._people)

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        given = request_data.parameters if request_data is not None else {}
        loop = asyncio.get_running_loop()
        now = loop.time()
        if any(begins <= now < ends for begins, ends in self._moods.dead):
            await asyncio.sleep(0.05)
            raise Unreached("no way to Telegram")
        self.seen.impolite += name in COUNTED and now < self._told_until
        extra = self._chance.expovariate(1 / self._more)
        before = self._chance.uniform(0, extra)
        await asyncio.sleep(self._least * self._up + before)
        lost, arrives = self._chance.random(), self._chance.random() < 0.5
        moody = name in COUNTED and lost < self._moods.lost + self._moods.broken
        code, answer = (502, {"description": "Bad Gateway"}) if moody and not arrives else self._do(name, given)
        if moody:
            self.seen.unlucky.add(int(given["chat_id"]))
        if moody and lost < self._moods.lost:
            self.seen.answers["timeout"] += 1
            await asyncio.sleep(PATIENCE)
            raise TimedOut
        if moody:
            code, answer = 502, {"description": "Bad Gateway"}
        await asyncio.sleep(self._least * (1 - self._up) + extra - before)
        if code == 429:
            self._told_until = max(self._told_until, loop.time() + answer["parameters"]["retry_after"])
        if name in COUNTED:
            self.seen.answers[str(code)] += 1
        return code, json.dumps({"ok": code == 200, "error_code": code, **answer}).encode()

    def _do(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        now = asyncio.get_running_loop().time()
        if name == "getMe":
            return 200, {"result": ME}
        if name == "answerCallbackQuery":
            self.seen.toasts.append(now - float(given["callback_query_id"]))
            return 200, {"result": True}
        if name not in COUNTED:
            return 200, {"result": True}
        chat_id = int(given["chat_id"])
        for begins, ends in self._moods.floods:
            if begins <= now < ends:
                wait = int(ends - now) + 1
                return 429, {
                    "description": f"Too Many Requests: retry after {wait}",
                    "parameters": {"retry_after": wait},
                }
        if chat_id in self._moods.blocked:
            return 403, {"description": "Forbidden: bot was blocked by the user"}
        self._count(chat_id, now, is_edit=name != "sendMessage")
        return 200, {"result": self._message(name, chat_id, given, now)}

    def _count(self, chat_id: int, now: float, *, is_edit: bool) -> None:
        limits = {"bot": (0, PER_BOT), "chat": (chat_id, PER_CHAT)} | (
            {"group": (chat_id, PER_GROUP)} if chat_id < 0 else {}
        )
        for name, (which, (most, seconds)) in limits.items():
            window = self._windows[name, which]
            while window and window[0] <= now - seconds:
                window.popleft()
            window.append(now)
            self.seen.over[name] += len(window) > most
        self.seen.counted.append((now, chat_id, is_edit))

    def _message(self, name: str, chat_id: int, given: dict[str, Any], now: float) -> dict[str, Any]:
        """Put it on the screen; whoever waited for an answer has it now, and whoever was asked may answer."""
        is_edit = name != "sendMessage"
        self._ids[chat_id] += not is_edit
        number = int(given["message_id"]) if is_edit else self._ids[chat_id]
        if chat_id > 0:
            since = self._waiting.pop(chat_id, None)
            if since is not None:
                self.seen.waits.append((since, now - since))
                self._perhaps(0.3, self._tap(chat_id, number, given))
            elif not is_edit and chat_id in self.seen.asked:
                self.seen.again += 1
            elif not is_edit:
                self.seen.asked[chat_id] = now
                self._perhaps(self._answering, self._answer(chat_id))
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        return {"message_id": number, "date": 1_800_000_000, "chat": chat, "text": "…"}

    def _perhaps(self, part: float, act: Any) -> None:
        if self._chance.random() >= part:
            act.close()
            return
        task = asyncio.ensure_future(act)
        self._people.add(task)
        task.add_done_callback(self._people.discard)

    async def _answer(self, chat_id: int) -> None:
        await asyncio.sleep(self._chance.uniform(2, 60))
        self._ids[chat_id] += 1
        text = self._chance.choice(("Rapat koordinasi 2 jam", "memeriksa berkas arsip; menyusun laporan bulanan"))
        message = {"message_id": self._ids[chat_id], "text": text, **self._from(chat_id)}
        self._say(chat_id, {"message": message})

    async def _tap(self, chat_id: int, message_id: int, given: dict[str, Any]) -> None:
        """Some seconds later, on the first button of what has just come."""
        markup = given.get("reply_markup") or "{}"
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        await asyncio.sleep(self._chance.uniform(1, 5))
        now = asyncio.get_running_loop().time()
        data = next((button["callback_data"] for row in rows for button in row if "callback_data" in button), None)
        if data is not None:
            about = self._from(chat_id)
            shown = {"message_id": message_id, "text": "…", **about}
            tap = {"id": str(now), "from": about["from"], "message": shown, "chat_instance": "1", "data": data}
            self._say(chat_id, {"callback_query": tap})

    def _say(self, chat_id: int, content: dict[str, Any]) -> None:
        self._updates += 1
        self._waiting[chat_id] = asyncio.get_running_loop().time()
        self._said({"update_id": self._updates, **content})

    def _from(self, chat_id: int) -> dict[str, Any]:
        who = {"id": chat_id, "first_name": "Pegawai"}
        return {
            "date": int(self._clock().timestamp()),
            "chat": {**who, "type": "private"},
            "from": {**who, "is_bot": False},
        }
