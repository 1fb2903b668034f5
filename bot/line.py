"""One bot: what comes in by it, and what goes out."""

import asyncio
from collections.abc import Callable

from telegram import Bot, BotCommand

from bot.application import build, close_connections, make_bot
from bot.clock import Clock
from bot.leading import Lead
from bot.limits import Rates
from bot.meters import Meters
from bot.pictures import Pictures
from bot.receiver import Receiver
from bot.sender import Sender
from bot.settings import Settings, Token
from bot.tasks import persistently
from handlers.menus import of_strangers
from handlers.renderers import RENDERERS, TOGETHER
from handlers.texts import DEFAULT as FIRST_LANGUAGE
from handlers.texts import LANGUAGES, words
from models.bots import DEFAULT
from models.database import Database


class Line:
    """Its token, its connections, its limits. `inbox` is set when it has heard something.

    `number` is as in `models.bots`, `id` Telegram's own; `wake` is set when something is to be sent.
    """

    def __init__(
        self,
        settings: Settings,
        token: Token,
        database: Database,
        clock: Clock,
        *,
        inbox: asyncio.Event,
        idle: Callable[[float], float],
        pictures: Pictures,
        rates: Rates | None,
        meters: Meters,
    ) -> None:
        self.id, self.agencies = token.bot_id, token.agencies
        self.number = DEFAULT if settings.is_default(token) else self.id
        self.wake = asyncio.Event()
        self.bot = make_bot(settings, token.value)
        self.application = build(self.bot)
        self.receiver = Receiver(database, self.bot, clock, inbox, number=self.number, meters=meters)
        self.sender = Sender(
            database,
            self.bot,
            RENDERERS,
            clock,
            pictures=pictures,
            wake=self.wake,
            number=self.number,
            idle=idle,
            together=TOGETHER,
            rates=rates,
            meters=meters,
        )
        self._polling = Lead(database, f"receive:{self.id}")

    async def open(self, *, patient: bool) -> None:
        """Raises: InvalidToken, and TelegramError unless patient."""
        if patient:
            await persistently(self.application.initialize, "who am I?")
        else:
            await self.application.initialize()

    async def close(self) -> None:
        await self.application.shutdown()
        await close_connections(self.bot)

    async def poll(self) -> None:
        """Until cancelled, when no other process polls by this bot: Telegram allows one. Raises: InvalidToken."""
        try:
            await self._polling.run(self._poll)
        finally:
            await self._polling.give_back()

    async def _poll(self) -> None:
        await persistently(self.bot.delete_webhook, "delete the webhook")
        await self.receiver.poll()


async def set_default_menus(bot: Bot) -> None:
    """What strangers see, in the language of their phones; whoever has joined has a menu of their own."""
    for language in LANGUAGES:
        entries = [BotCommand(name, text) for name, text in of_strangers(words(language))]
        await bot.set_my_commands(entries, language_code=None if language == FIRST_LANGUAGE else language)
