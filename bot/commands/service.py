"""`run` and `tick`: the service itself."""

import asyncio
import contextlib
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import common
from bot.commands.common import USAGE, fail

if TYPE_CHECKING:
    from bot.settings import Settings

REJECTED = "Telegram does not know this TELEGRAM_BOT_TOKEN: copy it again from @BotFather."


Roles = Annotated[str, typer.Option(metavar="ROLE,…", help="Only these of receive, work, send, clock (all).")]


def run(roles: Roles = "") -> None:
    """Run the bot: receive, handle, send, and let time pass. Ends at Ctrl-C.

    With --roles (or ROLES) this process does a part, and others do the rest on the same PostgreSQL.
    """
    from bot.roles import RECEIVE, named

    settings = common.settings()
    try:
        does = named(roles or settings.roles)
    except ValueError as error:
        fail(str(error), code=USAGE)
    settings = _prepared()
    if RECEIVE in does and settings.webhook_url and not settings.webhook_secret.get_secret_value():
        fail("WEBHOOK_URL is set, so WEBHOOK_SECRET is needed: any long random word of letters and digits.", code=USAGE)
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_serve(settings, does))


async def _serve(settings: "Settings", does: frozenset[str]) -> None:
    """Until SIGTERM or Ctrl-C, which both end it in order: what is under way is finished, the lease given back."""
    from bot.logs import watch
    from bot.process import Process, Rejected
    from bot.webserver import PortTaken

    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    watch(loop)
    for number in (signal.SIGTERM, signal.SIGINT):
        if task is not None:
            loop.add_signal_handler(number, task.cancel)
    try:
        async with Process(settings, patient=True, roles=does) as process:
            await process.run()
    except Rejected:
        fail(REJECTED, code=USAGE)
    except PortTaken as error:
        fail(str(error), code=USAGE)
    except Exception as error:
        names = {type(one).__name__ for one in getattr(error, "exceptions", [error])}
        fail(f"Harian has stopped because of a fault in itself ({', '.join(sorted(names))}).")


At = Annotated[str, typer.Option(help="Moment with offset, e.g. 2026-11-24T16:00+07:00; default now.")]


def tick(at: At = "") -> None:
    """Run every sweep and then the sender, as of one moment; for operators after an outage, and for tests."""
    moment = _moment(at)
    settings = _prepared()

    async def once() -> tuple[dict[str, int], int]:
        from telegram.error import TelegramError

        from bot.process import Process, Rejected

        try:
            async with Process(settings, clock=lambda: moment) as process:
                return await process.sweep(), await process.send()
        except Rejected:
            fail(REJECTED, code=USAGE)
        except TelegramError as error:
            fail(f"Telegram does not answer at TELEGRAM_API_URL ({type(error).__name__}). Nothing was sent.")

    done, sent = asyncio.run(once())
    for name, count in done.items():
        typer.echo(f"{name}: {'failed, see the log' if count < 0 else count}")
    typer.echo(f"messages worked off: {sent}")
    if -1 in done.values():
        raise typer.Exit(1)


def _moment(at: str) -> datetime:
    if not at:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise typer.BadParameter(f"“{at}” is not a moment such as 2026-11-24T16:00+07:00") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(f"“{at}” needs an offset, such as {at}+07:00")
    return moment.astimezone(UTC)


def _prepared() -> "Settings":
    """The settings, with logging set up and the database's schema brought up to date."""
    from bot.logs import LEVELS, configure
    from bot.migrating import Refused, upgrade

    settings = common.settings()
    if settings.log_level.lower() not in LEVELS:
        fail(f"LOG_LEVEL is none of {', '.join(LEVELS)}.", code=USAGE)
    configure(settings.log_format, secrets=_secrets(settings), level=settings.log_level)
    if not settings.tokens:
        fail("TELEGRAM_BOT_TOKEN is not set. Get one from @BotFather, or try `harian demo`.", code=USAGE)
    try:
        upgrade(settings.database_url.get_secret_value())
    except Refused as error:
        fail(str(error))
    except Exception as error:
        fail(f"DATABASE_URL cannot be used ({type(error).__name__}); `harian check` looks at it again.")
    return settings


def _secrets(settings: "Settings") -> list[str]:
    values = (*(token.value for token in settings.tokens), settings.webhook_secret, settings.secret_key)
    return [value.get_secret_value() for value in values]
