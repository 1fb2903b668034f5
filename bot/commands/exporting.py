"""`export`: tables for other systems."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import USAGE, AgencyOption, agency_of, database, fail

if TYPE_CHECKING:
    from handlers.exports.tables import Cell

export = typer.Typer(help="Write tables for other systems.", no_args_is_help=True)

Out = Annotated[
    Path, typer.Option("--out", metavar="FILE.csv|xlsx", dir_okay=False, help="Its ending says which kind.")
]
CHUNK = 500
"""People looked up at once."""


@export.callback()
def _group() -> None:
    """Write tables for other systems."""


@export.command("competencies")
def competencies(out: Out, agency: AgencyOption = None) -> None:
    """What marked results show of competencies: a row for each person and competency their targets ask for."""
    from handlers.exports.competencies import COLUMNS
    from handlers.exports.tables import to_csv, to_xlsx

    kind = out.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        fail(f"{out.name} must end in .csv or .xlsx.", code=USAGE)
    rows = asyncio.run(_competencies(agency))
    content = to_csv(COLUMNS, rows) if kind == ".csv" else to_xlsx("kompetensi", COLUMNS, rows)
    try:
        out.write_bytes(content)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    typer.echo(f"{out}: {len(rows)} rows")


async def _competencies(code: str | None) -> "list[tuple[Cell, ...]]":
    from bot.clock import system
    from handlers.exports import competencies as table
    from models import agencies, audit, employees
    from models import competencies as known

    async with database() as opened, opened.transaction() as session:
        agency = await agency_of(session, code)
        units = {unit.id: unit.name for unit in await agencies.units_of(session, agency.id)}
        people = [one for one in await employees.all_of(session, agency.id) if one.left_on is None]
        rows: list[tuple[Cell, ...]] = []
        for first in range(0, len(people), CHUNK):
            some = people[first : first + CHUNK]
            shown = await known.of_people(session, [person.id for person in some])
            rows += [tuple(row) for row in table.rows(some, units, shown)]
        await audit.record(session, "exported", agency_id=agency.id, now=system(), what="competencies", rows=len(rows))
        return rows
