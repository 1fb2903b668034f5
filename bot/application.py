"""python-telegram-bot's Application, put together; it dispatches updates and nothing else."""

from typing import Any, TypeAlias

import telegram.ext
from pydantic import SecretStr
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot

from bot.request import AiohttpRequest
from bot.settings import Settings
from handlers import contents
from handlers.context import Context

Application: TypeAlias = telegram.ext.Application[Any, Context, Any, Any, Any, Any]


def make_bot(settings: Settings, token: SecretStr) -> ExtBot[None]:
    base = settings.telegram_api_url.rstrip("/")
    return ExtBot(
        token=token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(read=40, connections=2),
    )


async def close_connections(bot: ExtBot[None]) -> None:
    """Also those of a bot that was never initialised, which `shutdown` would pass over."""
    for request in bot._request:
        await request.shutdown()


def build(bot: ExtBot[None]) -> Application:
    """Without an updater (receiver and worker stand in its place) and without state in memory."""
    builder: Any = ApplicationBuilder()
    application: Application = (
        builder.bot(bot).updater(None).context_types(ContextTypes(context=Context)).job_queue(None).build()
    )
    contents.register(application)
    application.add_error_handler(_remember_failure)
    return application


async def _remember_failure(_update: object, context: Context) -> None:
    """`process_update` swallows what a handler raises; the worker looks for it here and rolls back."""
    context.act.failure = context.error if isinstance(context.error, Exception) else RuntimeError(str(context.error))
