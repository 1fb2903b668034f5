"""What commands share: the database, the agency meant, and how a command ends."""

import getpass
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.agencies import Agency
    from models.database import Database, Session

AgencyOption = Annotated[
    str | None, typer.Option("--agency", metavar="KODE", help="The agency (default: the only one).")
]

PROBLEMS, USAGE = 1, 2
"""Exit codes: something stands in the way and nothing was changed; the command was called wrongly."""


def fail(*lines: str, code: int = PROBLEMS) -> NoReturn:
    """End with the lines on stderr."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(code)


def settings() -> "Settings":
    """The settings; ends the command when one of them cannot be used."""
    from bot.settings import Unusable, load

    try:
        return load()
    except Unusable as error:
        fail(str(error), code=USAGE)


def bring_up_to_date() -> None:
    """The schema of the settings' database; ends the command when that cannot be done."""
    from bot.migrating import Refused, upgrade

    try:
        upgrade(settings().database_url.get_secret_value())
    except Refused as error:
        fail(str(error))


def account() -> str:
    """From where a command acts, for the audit; in containers a user may be a number without a name."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"


@asynccontextmanager
async def database() -> AsyncIterator["Database"]:
    """The database of the settings, closed at the end; ends the command when it is of a newer Harian."""
    from bot.migrating import Refused, refuse_newer
    from models.database import Database
    from models.gathering import gather_tables

    gather_tables()  # rows of one table name those of others, which a command need not have heard of
    given = settings()
    try:
        refuse_newer(given.database_url.get_secret_value())
    except Refused as error:
        fail(str(error))
    key = given.secret_key.get_secret_value().encode()
    opened = Database(given.database_url.get_secret_value(), key=key, account=account())
    try:
        yield opened
    finally:
        await opened.close()


async def agency_of(session: "Session", code: str | None) -> "Agency":
    """The agency of that code, or the only one; ends the command when there is none."""
    from models import agencies

    agency = await agencies.by_code(session, code)
    if agency is None:
        fail(f"There is no agency {code}." if code else "There is no agency, or more than one: say --agency KODE.")
    return agency
