"""`run`, `tick`, `check`: the service itself."""

import asyncio
import contextlib
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import USAGE, fail

if TYPE_CHECKING:
    from bot.settings import Settings

REJECTED = "Telegram does not know this TELEGRAM_BOT_TOKEN: copy it again from @BotFather."


def run() -> None:
    """Run the bot: receive, handle, send, and let time pass. Ends at Ctrl-C."""
    from bot.logs import configure
    from bot.migrating import upgrade
    from bot.settings import Settings

    settings = Settings()
    configure(settings.log_format, secrets=_secrets(settings))
    _need_token(settings.telegram_bot_token.get_secret_value())
    if settings.webhook_url and not settings.webhook_secret.get_secret_value():
        fail("WEBHOOK_URL is set, so WEBHOOK_SECRET is needed: any long random word of letters and digits.", code=USAGE)
    upgrade(settings.database_url.get_secret_value())
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_serve(settings))


async def _serve(settings: "Settings") -> None:
    """Until SIGTERM or Ctrl-C, which both end it in order: what is under way is finished, the lease given back."""
    from bot.logs import watch
    from bot.process import Process, Rejected

    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    watch(loop)
    for number in (signal.SIGTERM, signal.SIGINT):
        if task is not None:
            loop.add_signal_handler(number, task.cancel)
    try:
        async with Process(settings, patient=True) as process:
            await process.run()
    except Rejected:
        fail(REJECTED, code=USAGE)
    except OSError as error:
        fail(f"The port {settings.webhook_port} for the webhook cannot be used ({error.strerror}).", code=USAGE)
    except Exception as error:
        names = {type(one).__name__ for one in getattr(error, "exceptions", [error])}
        fail(f"Harian has stopped because of a fault in itself ({', '.join(sorted(names))}).")


At = Annotated[str, typer.Option(help="Moment with offset, e.g. 2026-11-24T16:00+07:00; default now.")]


def tick(at: At = "") -> None:
    """Run every sweep and then the sender, as of one moment; for operators after an outage, and for tests."""
    from bot.logs import configure
    from bot.migrating import upgrade
    from bot.settings import Settings

    moment = _moment(at)
    settings = Settings()
    configure(settings.log_format, secrets=_secrets(settings))
    _need_token(settings.telegram_bot_token.get_secret_value())
    upgrade(settings.database_url.get_secret_value())

    async def once() -> tuple[dict[str, int], int]:
        from telegram.error import TelegramError

        from bot.process import Process, Rejected

        try:
            async with Process(settings, clock=lambda: moment) as process:
                return await process.sweep(), await process.sender.work_off()
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


def check() -> None:
    """Say whether settings, database and Telegram are in order, and what to do when they are not."""
    from bot.migrating import upgrade
    from bot.settings import Settings

    settings = Settings()
    ok = True

    def say(good: bool, what: str, remedy: str = "") -> None:
        nonlocal ok
        ok = ok and good
        typer.echo(f"{'ok  ' if good else 'NO  '}{what}{'' if good else ': ' + remedy}")

    token = settings.telegram_bot_token.get_secret_value()
    say(bool(token), "token", "set TELEGRAM_BOT_TOKEN to what @BotFather gave you")
    try:
        upgrade(settings.database_url.get_secret_value())
        say(True, "database")
    except Exception as error:
        say(False, "database", f"DATABASE_URL cannot be used ({type(error).__name__})")
    if token:
        say(*asyncio.run(_ask_telegram(settings)))
    say(not settings.webhook_url or bool(settings.webhook_secret.get_secret_value()), "webhook", "set WEBHOOK_SECRET")
    raise typer.Exit(0 if ok else 1)


async def _ask_telegram(settings: "Settings") -> tuple[bool, str, str]:
    from telegram.error import InvalidToken, TelegramError

    from bot.application import make_bot

    bot = make_bot(settings)
    try:
        await bot.initialize()
        return True, f"Telegram answers as @{bot.username}", ""
    except InvalidToken:
        return False, "Telegram", "it does not know this token"
    except TelegramError as error:
        return False, "Telegram", f"no answer from TELEGRAM_API_URL ({type(error).__name__})"
    finally:
        await bot.shutdown()


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


def _need_token(token: str) -> None:
    if not token:
        fail("TELEGRAM_BOT_TOKEN is not set. Get one from @BotFather, or try `harian demo`.", code=USAGE)


def _secrets(settings: "Settings") -> list[str]:
    values = (settings.telegram_bot_token, settings.webhook_secret, settings.secret_key)
    return [value.get_secret_value() for value in values]
