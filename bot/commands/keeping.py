"""`backup` and `restore`: the whole database, all agencies, in one file."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.common import database, fail, settings

Target = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="Will hold personal data; mode 0600.")]
Source = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]
Replace = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


def backup(file: Target, replace: Replace = False) -> None:
    """Copy the whole database into FILE, as it is at one moment; the bot may go on meanwhile."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.backups import Failed, writing
    from bot.migrating import Refused, refuse_newer

    url = settings().database_url.get_secret_value()
    try:
        with suppress(SQLAlchemyError):  # what copies it says better why it cannot be reached
            refuse_newer(url)
        size = writing.write(url, file, replace=replace)
    except (Failed, Refused) as error:
        fail(str(error))
    asyncio.run(_note("backed_up"))
    typer.echo(f"{file}: {size:,} bytes. It holds personal data, also of people who are erased later.")


def restore(file: Source, replace: Replace = False) -> None:
    """Put a backup back, an older one too; the bot must not run. When it fails, the database is as it was."""
    from bot.backups import Failed, restoring

    url = settings().database_url.get_secret_value()
    try:
        revision = restoring.check(file, url, replace=replace)
        held = restoring.put_back(file, url)
    except Failed as error:
        fail(str(error))
    asyncio.run(_note("restored", migration=revision))
    typer.echo(f"Restored: {held.agencies} agencies, {held.people} people, {held.activities} activities.")
    typer.echo("What came in after the backup is not in it; whoever was erased since must be erased again.")


async def _note(act: str, **details: Any) -> None:
    """In the audit of every agency, for it holds them all."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.clock import system
    from models import agencies, audit

    try:
        async with database() as opened, opened.transaction() as session:
            for agency_id in await agencies.ids(session):
                await audit.record(session, act, agency_id=agency_id, now=system(), **details)
    except SQLAlchemyError as error:  # before an upgrade the database may be older than this program
        typer.echo(f"It could not be noted in the audit ({type(error).__name__}).", err=True)
