"""Telegram → inbox, as raw JSON. Telegram is told that we have an update only when it is committed here."""

import asyncio
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot import clock as clocks
from bot.clock import Clock
from bot.delivery import seconds as seconds_of
from bot.logs import where
from bot.meters import RECEIVER, Meters
from bot.settings import bot_id_of
from bot.tasks import to_its_end
from handlers.fallback import ask_for_patience
from models import floods, inbox
from models.bots import DEFAULT, HEARD_BY
from models.database import Database
from scheduler import alarms

log = structlog.get_logger()

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 25
NOTE_SECONDS = 60.0
LONGEST_PAUSE = 30.0


class Receiver:
    """Polls, or takes what the webhook brings; wakes the worker after each commit. `number` is as in `models.bots`."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        clock: Clock,
        wake: asyncio.Event,
        *,
        number: int = DEFAULT,
        meters: Meters | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        real_clock: Clock = clocks.system,
    ) -> None:
        self._real_clock, self._noted_at = real_clock, float("-inf")
        self._database, self._bot, self._clock, self._wake = database, bot, clock, wake
        self._bot_id = bot_id_of(bot.token)
        self._number, self._monotonic, self._meters = number, monotonic, meters or Meters()
        self._offset: int | None = None
        self._offset_until: float | None = None

    async def store(self, payloads: Sequence[dict[str, Any]]) -> int:
        now = self._clock()
        async with self._database.transaction() as session:
            session.info[HEARD_BY] = self._number
            stored = await inbox.store(session, payloads, bot_id=self._bot_id, now=now)
            for chat_id in await floods.hold(session, payloads, bot_id=self._bot_id, now=now):
                await ask_for_patience(session, chat_id, update_id=payloads[-1]["update_id"], now=now)
        if stored:
            self._wake.set()
            self._meters.stored.inc(stored)
            log.info("updates stored", new=stored, updates=[payload["update_id"] for payload in payloads])
        return stored

    async def poll_once(self, *, seconds: float = POLL_SECONDS) -> int:
        """Fetch what waits after the last stored update (which confirms that one), and store it; how many came."""
        offset = await self._next_offset()
        question: dict[str, Any] = {"timeout": int(seconds), "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            question["offset"] = offset
        with warnings.catch_warnings():
            # The library would rather be asked by its own method, which parses: one odd update would then block all.
            warnings.simplefilter("ignore", PTBUserWarning)
            received = await self._bot.do_api_request("getUpdates", question, read_timeout=seconds + 10)
        payloads = [payload for payload in received if is_update(payload)]
        if payloads:
            await to_its_end(self.store(payloads))
            self._confirm(max(payload["update_id"] for payload in payloads))
        return len(payloads)

    async def _next_offset(self) -> int | None:
        """One more than the last update stored; None when that is so old that nothing is left to confirm."""
        if self._offset_until is None:
            async with self._database.reading() as session:
                self._offset = await inbox.next_offset(session, bot_id=self._bot_id, now=self._clock())
            self._offset_until = self._monotonic() + inbox.CONFIRMABLE_FOR.total_seconds()
        return self._offset if self._monotonic() < self._offset_until else None

    def _confirm(self, update_id: int) -> None:
        """Committed here, so the next poll may tell Telegram."""
        self._offset = update_id + 1
        self._offset_until = self._monotonic() + inbox.CONFIRMABLE_FOR.total_seconds()

    async def poll(self) -> None:
        """Poll for ever. Faults of the network or the database are waited out; a wrong token ends it.

        Raises: InvalidToken.
        """
        pause = 1.0
        while True:
            self._meters.goes_round(RECEIVER)
            try:
                await self.poll_once()
                await self._note_contact()
                pause = 1.0
            except (InvalidToken, EndPointNotFound) as error:
                raise InvalidToken from error  # `do_api_request` takes an unknown token for an unknown method
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except Conflict:
                log.warning("another process polls with this token")
                pause = await self._wait(pause)
            except TelegramError as error:
                log.warning("polling failed", error=type(error).__name__)
                pause = await self._wait(pause)
            except Exception as error:  # the database: what was fetched is not confirmed, so it comes again
                log.error("storing updates failed", error=type(error).__name__, where=where(error))
                pause = await self._wait(pause)

    async def _note_contact(self) -> None:
        """That Telegram answers, once a minute at most."""
        if self._monotonic() - self._noted_at < NOTE_SECONDS:
            return
        self._noted_at = self._monotonic()
        await alarms.note_contact(self._database, self._number, now=self._clock(), real_now=self._real_clock())

    @staticmethod
    async def _wait(pause: float) -> float:
        await asyncio.sleep(pause)
        return min(pause * 2, LONGEST_PAUSE)


def is_update(payload: object) -> bool:
    """Whether it can be stored: an object with a number. What else is in it is the worker's business."""
    number = payload.get("update_id") if isinstance(payload, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**63
