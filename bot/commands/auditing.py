"""`audit verify` and `audit show NIP`: the chain of who did what."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import PROBLEMS, AgencyOption, agency_of, database, fail

if TYPE_CHECKING:
    from models.agencies import Agency
    from models.audit import AuditEntry, Verdict
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
def show(nip: Annotated[str, typer.Argument(help="Whose story.")], agency: AgencyOption = None) -> None:
    """Tell a person's story: what they did, and what was done with their work."""

    async def run() -> list[str]:
        async with database() as opened, opened.reading() as session:
            return await _story(session, await agency_of(session, agency), nip)

    for line in asyncio.run(run()):
        typer.echo(line)


async def _story(session: "Session", agency: "Agency", nip: str) -> list[str]:
    from models import audit as chain
    from models import employees

    person = await employees.by_nip(session, agency.id, nip)
    if person is None:
        fail(f"There is nobody with NIP {nip} in {agency.code}.")
    zone = await employees.zone_of(session, person)
    names = {one.id: one.name for one in await employees.all_of(session, agency.id)}
    lines = [f"{person.name} ({person.nip}), times in {zone.key}"]
    for entry in await chain.story_of(session, person.id):
        at = entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        lines.append(f"{entry.number:>6}  {at}  {_actor(entry, names)}  {entry.act}{_details(entry, names)}")
    return lines if len(lines) > 1 else [*lines, "Nothing is recorded about this person yet."]


def _actor(entry: "AuditEntry", names: dict[int, str]) -> str:
    name = names.get(entry.actor_id, "–") if entry.actor_id is not None else "–"
    return f"{name} [{entry.account}]"


def _details(entry: "AuditEntry", names: dict[int, str]) -> str:
    pieces = [f"of {names.get(entry.employee_id, '–')}"] if entry.employee_id not in (None, entry.actor_id) else []
    pieces += [f"{name}={value}" for name, value in sorted(entry.details.items())]
    return "  " + ", ".join(pieces) if pieces else ""
