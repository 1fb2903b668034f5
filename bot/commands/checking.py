"""`check`: are settings, database and Telegram in order?"""

import asyncio
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import PROBLEMS, USAGE, AgencyOption, fail
from bot.commands.coverage import report

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    remedy: str = ""
    """Empty when it is in order."""


Targets = Annotated[bool, typer.Option("--targets", help="Instead: what the units' goals and targets lack.")]
At = Annotated[
    datetime | None, typer.Option("--at", metavar="DATE", formats=["%Y-%m-%d"], help="The day to look at (today).")
]


def check(targets: Targets = False, at: At = None, agency: AgencyOption = None) -> None:
    """Say whether settings, database and Telegram are in order, and what to do when they are not."""
    if targets:
        raise typer.Exit(PROBLEMS if asyncio.run(report(agency, at.date() if at else None)) else 0)
    if agency is not None or at is not None:
        fail("--agency and --at go with --targets.", code=USAGE)
    from bot.settings import Unusable, load

    ok = True
    try:
        given = load()
    except Unusable as error:
        fail(f"NO  settings: {error}")
    for finding in _findings(given):
        ok = ok and not finding.remedy
        typer.echo(f"NO  {finding.what}: {finding.remedy}" if finding.remedy else f"ok  {finding.what}")
    raise typer.Exit(0 if ok else 1)


def _findings(settings: "Settings") -> Iterator[Finding]:
    token = settings.telegram_bot_token.get_secret_value()
    yield Finding("token", "" if token else "set TELEGRAM_BOT_TOKEN to what @BotFather gave you")
    yield _database(settings.database_url.get_secret_value())
    if not settings.secret_key.get_secret_value():
        yield Finding("audit (chained, but not sealed: SECRET_KEY is not set)")
    without = asyncio.run(_without_admin())
    if without:
        yield Finding(f"admins (nobody can use /admin in {', '.join(without)}: import somebody with peran admin)")
    if token:
        yield asyncio.run(_telegram(settings))
    if settings.webhook_url:
        yield Finding("webhook", "" if settings.webhook_secret.get_secret_value() else "set WEBHOOK_SECRET")
    if settings.transcribe_command:
        program = (shlex.split(settings.transcribe_command) or [""])[0]
        yield Finding("speech to text", "" if shutil.which(program) else f"there is no program {program}")


def _database(url: str) -> Finding:
    from bot.migrating import upgrade
    from bot.private_files import is_private

    try:
        upgrade(url)
    except Exception as error:
        return Finding("database", f"DATABASE_URL cannot be used ({type(error).__name__})")
    if not is_private(url):
        return Finding("database", "others on this machine can read its file: chmod 600, or run as its owner")
    return Finding("database")


async def _without_admin() -> list[str]:
    """Codes of the agencies that nobody looks after in chat; none when the database cannot be used."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.commands.common import database
    from models import staff

    try:
        async with database() as opened, opened.reading() as session:
            return await staff.agencies_without_admin(session)
    except (SQLAlchemyError, OSError, ValueError):
        return []


async def _telegram(settings: "Settings") -> Finding:
    from telegram.error import InvalidToken, TelegramError

    from bot.application import close_connections, make_bot

    bot = make_bot(settings)
    try:
        await bot.initialize()
        return Finding(f"Telegram answers as @{bot.username}")
    except InvalidToken:
        return Finding("Telegram", "it does not know this token")
    except TelegramError as error:
        return Finding("Telegram", f"no answer from TELEGRAM_API_URL ({type(error).__name__})")
    finally:
        await bot.shutdown()
        await close_connections(bot)
