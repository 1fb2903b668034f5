"""`audit verify` and `audit show NIP`: the chain of who did what."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import PROBLEMS, AgencyOption, agency_of, database, fail

if TYPE_CHECKING:
    from models.agencies import Agency
    from models.audit import Verdict
    from models.database import Session

audit = typer.Typer(help="Who saw, decided, undid, imported, exported, changed what.", no_args_is_help=True)

FAULTS = {
    "missing": "is missing: a row was deleted",
    "changed": "was changed after it was written",
    "other_key": "was sealed with another SECRET_KEY: set the one of that time and verify again",
    "cut_off": "is missing: rows were cut off the end, or the head was forged",
}


@audit.command()
def verify(agency: AgencyOption = None) -> None:
    """Check the whole chain, and name the first broken row."""

    async def run() -> "tuple[Agency, Verdict]":
        from models import audit as chain

        async with database() as opened, opened.reading() as session:
            found = await agency_of(session, agency)
            return found, await chain.verify(session, found.id)

    found, verdict = asyncio.run(run())
    if verdict.fault is None:
        typer.echo(f"{found.code}: {verdict.sound} rows, all sound.")
        return
    fail(f"{found.code}: {verdict.sound} rows are sound; row {verdict.number} {FAULTS[verdict.fault]}.", code=PROBLEMS)


@audit.command()
def show(
    nip: Annotated[str, typer.Argument(help="Whose story.")],
    agency: AgencyOption = None,
    language: Annotated[str, typer.Option("--language", help="Language of the story: id or en.")] = "id",
) -> None:
    """Tell a person's story: what they did, what was done with their work, who saw it. The look is noted too."""

    from bot.clock import system

    async def run() -> list[str]:
        async with database() as opened, opened.transaction() as session:
            return await _story(session, await agency_of(session, agency), nip, language, now=system())

    for line in asyncio.run(run()):
        typer.echo(line)


async def _story(session: "Session", agency: "Agency", nip: str, language: str, *, now: datetime) -> list[str]:
    from handlers.audit_sentences import Book
    from handlers.audit_words import heading, line, nothing
    from handlers.texts import words
    from models import agencies, employees
    from models import audit as chain

    person = await employees.by_nip(session, agency.id, nip)
    if person is None:
        fail(f"There is nobody with NIP {nip} in {agency.code}.")
    zone, w = await employees.zone_of(session, person), words(language)
    book = Book(
        {one.id: one.name for one in await employees.all_of(session, agency.id)},
        {unit.id: unit.name for unit in await agencies.units_of(session, agency.id)},
    )
    lines = [heading(w, person, zone)]
    lines += [line(w, entry, book, zone) for entry in await chain.story_of(session, person.id)]
    if len(lines) == 1:
        lines.append(nothing(w))
    await chain.record(session, "audit_shown", agency_id=agency.id, now=now, employee_id=person.id)
    return lines
