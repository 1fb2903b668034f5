"""One bot: what comes in by it, and what goes out."""

import asyncio

from bot.application import build, close_connections, make_bot
from bot.clock import Clock
from bot.leading import Lead
from bot.limits import Rates
from bot.meters import Meters
from bot.pictures import Pictures
from bot.receiver import Receiver
from bot.sender import Sender
from bot.settings import Settings, bot_id_of
from bot.tasks import persistently
from handlers.renderers import RENDERERS
from models.database import Database


class Line:
    """Its token, its connections, its limits. `inbox` and `outbox` are set when something is there."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        *,
        inbox: asyncio.Event,
        outbox: asyncio.Event,
        pictures: Pictures,
        rates: Rates | None,
        meters: Meters,
    ) -> None:
        self.id = bot_id_of(settings.telegram_bot_token.get_secret_value())
        self.bot = make_bot(settings)
        self.application = build(self.bot)
        self.receiver = Receiver(database, self.bot, clock, inbox, meters=meters)
        self.sender = Sender(
            database,
            self.bot,
            RENDERERS,
            clock,
            pictures=pictures,
            wake=outbox,
            bot_id=self.id,
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
