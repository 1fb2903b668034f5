"""`copy-database`: from SQLite to PostgreSQL, and back."""

import asyncio
from typing import Annotated

import typer

from bot.commands.common import account, fail, settings

From = Annotated[str, typer.Argument(metavar="FROM", help="URL of the database to copy, or @FILE that holds it.")]
To = Annotated[str, typer.Argument(metavar="TO", help="URL of an empty database, or @FILE that holds it.")]


def copy_database(source: From, target: To) -> None:
    """Copy everything into an empty database, also of the other kind; the bot must not run meanwhile."""
    from bot.backups import Failed
    from bot.copying.ends import check_source, prepare_target, url_of

    key = settings().secret_key.get_secret_value().encode()
    try:
        there, here = url_of(source), url_of(target)
        check_source(there)
        prepare_target(here)
        copied = asyncio.run(_copy(there, here, key))
    except Failed as error:
        fail(str(error))
    typer.echo(f"Copied: {len(copied)} tables, {sum(copied.values()):,} rows, all counted and compared.")
    typer.echo("Name the new database in DATABASE_URL, and put the old one away: only one of them may be in use.")


async def _copy(there: str, here: str, key: bytes) -> dict[str, int]:
    from bot.copying.whole import copy
    from models.database import Database

    by = account()
    source, target = Database(there, key=key, account=by), Database(here, key=key, account=by)
    try:
        return await copy(source, target, tell=lambda name, rows: typer.echo(f"{name}: {rows:,}"))
    finally:
        await source.close()
        await target.close()
