"""`check`: are settings, database, Telegram and the running bot in order?"""

import asyncio
import json
import shlex
import shutil
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import PROBLEMS, USAGE, AgencyOption, fail
from bot.commands.coverage import report
from bot.finding import Finding

if TYPE_CHECKING:
    from bot.settings import Settings, Token


Targets = Annotated[bool, typer.Option("--targets", help="Instead: what the units' goals and targets lack.")]
At = Annotated[
    datetime | None, typer.Option("--at", metavar="DATE", formats=["%Y-%m-%d"], help="The day to look at (today).")
]


DATABASE_ANSWERS_WITHIN = 30.0
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line: what, ok (null: unknown), remedy.")]
FINE, WRONG, UNKNOWN = 0, 1, 2
"""Exit codes for monitors: all is in order; something is not, and each such line says what to do; it cannot be said,
because settings or database could not be looked at."""


def check(targets: Targets = False, at: At = None, agency: AgencyOption = None, as_json: AsJson = False) -> None:
    """Say whether settings, database, Telegram and the running bot are in order, and what to do when they are not.

    Nothing is changed. Ends with 0 when all is in order, 1 when something is not, 2 when it cannot be said.
    """
    if targets:
        raise typer.Exit(PROBLEMS if asyncio.run(report(agency, at.date() if at else None)) else 0)
    if agency is not None or at is not None:
        fail("--agency and --at go with --targets.", code=USAGE)
    from bot.settings import Unusable, load

    found: list[Finding] = []
    try:
        given = load()
    except Unusable as error:
        found.append(Finding("settings", str(error), is_unknown=True))
    else:
        found += _of_settings(given)
        found += asyncio.run(_of_the_rest(given))
    for one in found:
        fine = None if one.is_unknown else one.is_fine
        typer.echo(json.dumps({"what": one.what, "ok": fine, "remedy": one.remedy}) if as_json else one.line())
    if any(not one.is_fine and not one.is_unknown for one in found):
        raise typer.Exit(WRONG)
    raise typer.Exit(UNKNOWN if any(one.is_unknown for one in found) else FINE)


def _of_settings(settings: "Settings") -> Iterator[Finding]:
    yield Finding("token", "" if settings.tokens else "set TELEGRAM_BOT_TOKEN to what @BotFather gave you")
    if not settings.secret_key.get_secret_value():
        yield Finding("audit (chained, but not sealed: SECRET_KEY is not set)")
    if settings.webhook_url:
        yield Finding("webhook", "" if settings.webhook_secret.get_secret_value() else "set WEBHOOK_SECRET")
    if settings.transcribe_command:
        program = (shlex.split(settings.transcribe_command) or [""])[0]
        yield Finding("speech to text", "" if shutil.which(program) else f"there is no program {program}")


async def _of_the_rest(settings: "Settings") -> list[Finding]:
    found = await _of_database(settings)
    bots = [one for token in settings.tokens for one in await _of_telegram(settings, token)]
    if any(one.is_fine for one in bots):
        bots += await _of_telegrams_clock(settings.telegram_api_url)
    return found + bots


async def _of_database(settings: "Settings") -> list[Finding]:
    from bot.checkup import findings
    from bot.clock import system
    from bot.sender import LEASE
    from models.database import Database

    url = settings.database_url.get_secret_value()
    senders = [LEASE.format(bot_id=token.bot_id) for token in settings.tokens]
    try:
        database = Database(url)
    except Exception as error:
        return [Finding("database", f"DATABASE_URL cannot be used ({type(error).__name__})")]
    try:
        async with asyncio.timeout(DATABASE_ANSWERS_WITHIN):
            return await findings(database, url, senders, now=system())
    except Exception as error:
        return [Finding("database", f"DATABASE_URL cannot be used ({type(error).__name__})")]
    finally:
        await database.close()


async def _of_telegram(settings: "Settings", token: "Token") -> list[Finding]:
    from telegram.error import InvalidToken, TelegramError

    from bot.application import close_connections, make_bot

    bot = make_bot(settings, token.value)
    whose = f" (for {', '.join(token.agencies)})" if token.agencies else ""
    try:
        await bot.initialize()
        post = await bot.get_webhook_info()
    except InvalidToken:
        return [Finding(f"Telegram{whose}", "it does not know this token")]
    except TelegramError as error:
        return [Finding(f"Telegram{whose}", f"no answer from TELEGRAM_API_URL ({type(error).__name__})")]
    else:
        waiting = f"({post.pending_update_count} updates wait there)"
        return [Finding(f"Telegram{whose} answers as @{bot.username} {waiting}")]
    finally:
        await bot.shutdown()
        await close_connections(bot)


async def _of_telegrams_clock(address: str) -> list[Finding]:
    """By the Date that stands over its answers; nothing when it gives none."""
    import aiohttp

    from bot.checkup import skewed
    from bot.clock import system

    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http, http.get(address, allow_redirects=False) as answer:
            said = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return []
    return [skewed("Telegram", said - system())]
