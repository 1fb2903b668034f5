"""A bot at work, with the real sender and receiver, and a model of Telegram at its other end."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.line import Line
from bot.meters import Meters
from bot.pictures import Pictures
from bot.receiver import Receiver
from bot.sender import Sender
from handlers.renderers import RENDERERS, TOGETHER
from models.database import Database
from tests import crowd
from tests.waves.telegram import Moods, Telegram

OF_SECOND_AGENCY = {"telegram_bot_tokens": SecretStr("A1=44:harian-second-token")}


@dataclass(slots=True)
class Station:
    moods: Moods
    telegram: Telegram
    incoming: asyncio.Queue[dict[str, Any]]
    line: Line
    sender: Sender
    receiver: Receiver

    async def receive(self) -> None:
        while True:
            await self.receiver.store([await self.incoming.get()])

    @property
    def is_quiet(self) -> bool:
        return not self.telegram.is_busy and self.incoming.empty()


def stations(
    database: Database,
    treated: Sequence[Moods],
    *,
    clock: Clock,
    wake: asyncio.Event,
    pictures: Pictures,
    answering: float,
    least: float,
) -> list[Station]:
    """The default bot and, when Telegram's moods for two are given, the second agency's own."""
    given = OF_SECOND_AGENCY if len(treated) > 1 else {}
    settings = crowd.settings("http://nowhere", database.url, **given)
    monotonic = asyncio.get_running_loop().time
    common: dict[str, Any] = {"pictures": pictures, "meters": Meters(), "rates": None}
    found = []
    for token, moods in zip(settings.tokens, treated, strict=True):
        incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        telegram = Telegram(said=incoming.put_nowait, clock=clock, moods=moods, answering=answering, least=least)
        bot: ExtBot[None] = ExtBot(token.value.get_secret_value(), request=telegram, get_updates_request=telegram)
        with patch("bot.line.make_bot", lambda *_, bot=bot: bot):
            line = Line(settings, token, database, clock, inbox=wake, idle=float, **common)
        times: dict[str, Any] = {"number": line.number, "monotonic": monotonic, "real_clock": clock}
        sender = Sender(database, bot, RENDERERS, clock, wake=line.wake, together=TOGETHER, **times, **common)
        receiver = Receiver(database, bot, clock, wake, **times)
        found.append(Station(moods, telegram, incoming, line, sender, receiver))
    return found
