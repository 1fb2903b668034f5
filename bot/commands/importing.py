"""`import`: people, targets, dates and words from XLSX or CSV."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AgencyOption, bring_up_to_date, database, fail

if TYPE_CHECKING:
    from models.imports import Result

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", exists=True, dir_okay=False, readable=True)]
Language = Annotated[str, typer.Option("--language", help="Language of the problems: id or en.")]


def import_(files: Files, agency: AgencyOption = None, language: Language = "id") -> None:
    """Import XLSX (sheets instansi, unit, pegawai, target, libur, istilah) or CSV of those names: all or nothing."""
    from handlers.problems import word
    from handlers.texts import words

    bring_up_to_date()
    result = asyncio.run(_import({str(path): path.read_bytes() for path in files}, agency))
    if result.problems:
        fail(*(word(problem, words(language)) for problem in result.problems))
    for sheet, count in result.counts.items():
        typer.echo(f"{sheet}: {count.created} new, {count.updated} changed, {count.unchanged} as before")


async def _import(files: dict[str, bytes], agency: str | None) -> "Result":
    from bot.clock import system
    from models import imports

    sheets, now = imports.read(files), system()
    async with database() as opened, opened.transaction() as session:
        result = await imports.take(session, sheets, agency_code=agency, now=now)
        await imports.redraw_moved(session, result.moves, now=now)
        return result
