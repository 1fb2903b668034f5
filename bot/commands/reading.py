"""`read`: how a reply is understood, for people and for machines."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.common import AgencyOption, agency_of, database, fail

if TYPE_CHECKING:
    from models.reading.types import Item, Reading

Text = Annotated[str | None, typer.Argument(help="The reply; without it, standard input is read.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Records on standard input, one a line; answers in their order.")]
Nip = Annotated[str | None, typer.Option("--nip", help="As this person says it: own targets and zone, office words.")]
Zone = Annotated[str, typer.Option("--tz", help="The writer's time zone, without --nip.")]


def read(
    text: Text = None, jsonl: Jsonl = False, nip: Nip = None, tz: Zone = "Asia/Jakarta", agency: AgencyOption = None
) -> None:
    """Show how one reply is read. With --jsonl, read records {id, received_at, tz, targets, text}."""
    if jsonl:
        _read_records()
    else:
        _show_one(text if text is not None else sys.stdin.read(), nip, tz, agency)


def _read_records() -> None:
    import orjson

    from models.reading.jsonl import read_record

    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            if not isinstance(record, dict):
                raise ValueError("an object is expected")
            answer = read_record(record)
        except (KeyError, ValueError) as error:
            fail(f"line {number} is not a record: {type(error).__name__} {error}")
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()  # whoever writes one record and waits gets its answer


def _show_one(text: str, nip: str | None, tz: str, agency: str | None) -> None:
    import asyncio
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from bot.clock import system
    from models import reading

    try:
        zone = ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        fail(f"There is no time zone {tz}.")
    found = asyncio.run(_as_said_by(nip, agency, text)) if nip else reading.read(text, received_at=system(), zone=zone)
    console = Console()
    console.print(_headline(found))
    if found.items:
        console.print(_table(found))


async def _as_said_by(nip: str, code: str | None, text: str) -> "Reading":
    from bot.clock import system
    from models import employees, own_targets, reports

    async with database() as opened, opened.reading() as session:
        agency = await agency_of(session, code)
        person = await employees.by_nip(session, agency.id, nip)
        if person is None:
            fail(f"There is nobody with the NIP {nip} in {agency.code}.")
        own = await own_targets.of(session, person)
        return await reports.read(session, person, text, own=own, sent_at=system())


def _headline(found: "Reading") -> Any:
    from rich.text import Text as Line

    line = Line(found.intent, style="bold")
    if found.absence:
        line.append(f" · {found.absence.kind} {found.absence.starts_on} – {found.absence.ends_on}", style="not bold")
    if found.tomorrow:
        line.append(f" · next: {found.tomorrow}", style="not bold")
    return line


def _table(found: "Reading") -> Any:
    from rich.table import Table
    from rich.text import Text as Line

    table = Table("activity", "date", "time", "minutes", "output", "target", "why")
    for item in found.items:
        clock = "–".join(f"{moment:%H.%M}" if moment else "" for moment in (item.start, item.end))
        output = "" if item.quantity is None else f"{item.quantity:g} {item.unit or ''}"
        cells = (item.description, item.date, clock.strip("–"), item.minutes, output, item.link.target, _why(item))
        table.add_row(*(Line("" if cell is None else str(cell)) for cell in cells))
    return table


def _why(item: "Item") -> str:
    """What made the link, or what would be asked."""
    if item.parts:
        return f"one or two? {' | '.join(item.parts)}"
    if item.link.why:
        return ", ".join([item.link.why, *item.link.matched])
    return f"which? {', '.join(item.link.candidates)}" if item.link.candidates else ""
