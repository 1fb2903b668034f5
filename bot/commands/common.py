"""What commands share: the database, the agency meant, and how a command ends."""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
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


@asynccontextmanager
async def database() -> AsyncIterator["Database"]:
    """The database of the settings, closed at the end."""
    from bot.settings import Settings
    from models.database import Database

    settings = Settings()
    key = settings.secret_key.get_secret_value().encode()
    opened = Database(settings.database_url.get_secret_value(), key=key, account=f"cli:{getpass.getuser()}")
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
