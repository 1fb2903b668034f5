"""`erase`: a person and all their words, for good."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AgencyOption, agency_of, database, fail, settings

if TYPE_CHECKING:
    from models.agencies import Agency
    from models.database import Session
    from models.employees import Employee

Nip = Annotated[str, typer.Argument(help="Whom to erase.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
STAYS = (
    "What stays: the unit's figures (dates and amounts under a number), the audit (numbers, and the account's number",
    "at Telegram), what the person wrote about others as a reviewer, the chats at Telegram, files that were exported,",
    "and backups: erase again after a restore, and let old backups go.",
)


def erase(nip: Nip, agency: AgencyOption = None, yes: Yes = False) -> None:
    """Remove a person and their words for good; the unit's figures and the audit stay."""
    people = asyncio.run(_look(nip, agency))
    for line in (*people, *STAYS):
        typer.echo(line)
    if not yes and typer.prompt("Type the NIP again to erase").strip() != nip:
        fail("That is another number. Nothing was erased.")
    left = asyncio.run(_erase(nip, agency))
    typer.echo("Erased.")
    for table, count in left.items():
        typer.echo(f"Named still by others, in their own words: {table}, {count} rows")
    vacuum()


def vacuum() -> None:
    """Take what was deleted out of the database's files too."""
    from bot.wiping import wipe

    if not wipe(settings().database_url.get_secret_value()):
        fail("The database's file is in use and could not be cleaned: stop Harian, then `harian vacuum`.")


async def _look(nip: str, code: str | None) -> list[str]:
    from models import erasure
    from models.agencies import Unit

    async with database() as opened, opened.reading() as session:
        _, person = await _person(session, nip, code)
        unit = await session.get_one(Unit, person.unit_id)
        counts = await erasure.counts(session, person)
    rows = ", ".join(f"{table} {count}" for table, count in counts.items())
    return [f"{person.name}, NIP {person.nip}, {unit.name}", f"Rows: {rows}"]


async def _erase(nip: str, code: str | None) -> dict[str, int]:
    from bot.clock import system
    from models import employees, erasure, mentions

    async with database() as opened:
        async with opened.transaction() as session:
            _, person = await _person(session, nip, code)
            name, now = person.name, system()
            today = now.astimezone(await employees.zone_of(session, person)).date()
            await erasure.erase(session, person, today=today, now=now)
        async with opened.reading() as session:
            return await mentions.count(session, name, nip)


async def _person(session: "Session", nip: str, code: str | None) -> "tuple[Agency, Employee]":
    """Ends the command when there is nobody, or somebody whom others need."""
    from bot.clock import system
    from models import employees, erasure

    agency = await agency_of(session, code)
    person = await employees.by_nip(session, agency.id, nip)
    if person is None:
        fail(f"There is nobody with NIP {nip} in {agency.code}.")
    today = system().astimezone(await employees.zone_of(session, person)).date()
    under = await erasure.led_by(session, person, on=today)
    if under:
        names = ", ".join(f"{one.name} ({one.nip})" for one in under)
        fail(f"First give another superior, by import or /admin, to: {names}.")
    return agency, person
