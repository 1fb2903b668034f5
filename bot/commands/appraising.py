"""`appraise`: the appraisals of a period as files, and what is missing for them."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.common import USAGE, AgencyOption, agency_of, bring_up_to_date, database, fail

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.exports.appraisal_parts import Document
    from handlers.texts import Words
    from models.agencies import Agency, Unit
    from models.appraisal_periods import Period
    from models.appraisal_states import Standing
    from models.database import Session
    from models.employees import Employee

PeriodOption = Annotated[str, typer.Option("--period", metavar="PERIOD", help="A year, quarter or month: 2026-T3.")]
Nip = Annotated[str | None, typer.Option("--nip", help="Only this person.")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="KODE", help="Only this unit's own members.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", file_okay=False, help="Write files here.")]
Format = Annotated[str, typer.Option("--format", help="xlsx, pdf or both.")]
Open = Annotated[bool, typer.Option("--open", help="Open the period and show the card to those who appraise.")]
Language = Annotated[str, typer.Option("--language", help="Language of files and table: id or en.")]
FORMATS = {"xlsx": ("xlsx",), "pdf": ("pdf",), "both": ("xlsx", "pdf")}


def appraise(
    period: PeriodOption,
    nip: Nip = None,
    unit: UnitOption = None,
    out: Out = None,
    format_: Format = "both",
    open_: Open = False,
    agency: AgencyOption = None,
    language: Language = "id",
) -> None:
    """Say what is complete and what is missing; with --out, write the files, which hold personal data."""
    from handlers.texts import words

    if nip and unit:
        fail("Give --nip or --unit, not both.", code=USAGE)
    if format_ not in FORMATS:
        fail(f"There is no format {format_}: say xlsx, pdf or both.", code=USAGE)
    bring_up_to_date()
    w, wanted = words(language), _period(period)
    found, place, people, today, asked = asyncio.run(_gather(agency, wanted, nip, unit, open_))
    _print(w, people)
    if open_:
        typer.echo(f"Shown to those who appraise: {asked}", err=True)
    if out is not None:
        name = place.name if place else found.name
        documents = _documents(w, found, name, people, wanted, today, summary=nip is None)
        for path in _write(out, documents, w, FORMATS[format_]):
            typer.echo(path)
        asyncio.run(_record_export(found, people))


async def _record_export(agency: "Agency", people: "list[Standing]") -> None:
    from bot.clock import system
    from models import audit

    one = people[0].employee.id if len(people) == 1 else None
    async with database() as opened, opened.transaction() as session:
        await audit.record(
            session,
            "exported",
            agency_id=agency.id,
            now=system(),
            employee_id=one,
            what="appraisals",
            rows=len(people),
        )


def _period(code: str) -> "Period":
    from models import appraisal_periods

    try:
        return appraisal_periods.from_code(code)
    except ValueError:
        fail(f"“{code}” is not a period. Write a year, a quarter or a month: 2026, 2026-T3 or 2026-11.")


async def _gather(
    code: str | None, period: "Period", nip: str | None, unit_code: str | None, opens: bool
) -> "tuple[Agency, Unit | None, list[Standing], date, int]":
    from zoneinfo import ZoneInfo

    from bot.clock import system
    from models import appraisal_states

    now = system()
    async with database() as opened, opened.transaction() as session:
        agency = await agency_of(session, code)
        _check_scheme(agency, period)
        place = await _unit(session, agency, unit_code) if unit_code else None
        people = await _people(session, agency, nip, place)
        today = now.astimezone(ZoneInfo(agency.zone)).date()
        asked = await _open(session, people, period, today, now) if opens else 0
        return (
            agency,
            place,
            [await appraisal_states.of_person(session, p, period, on=today) for p in people],
            today,
            asked,
        )


async def _open(session: "Session", people: "list[Employee]", period: "Period", today: "date", now: "datetime") -> int:
    from handlers import appraisal

    return await appraisal.open_for(session, people, period, on=today, now=now)


def _check_scheme(agency: "Agency", period: "Period") -> None:
    from models.appraisals import PP46

    if agency.scheme == PP46 and not period.is_year:
        fail(f"{agency.code} appraises by PP 46/2011, where the period is a year: --period {period.starts_on.year}")


async def _unit(session: "Session", agency: "Agency", code: str) -> "Unit":
    from models import agencies

    unit = next((unit for unit in await agencies.units_of(session, agency.id) if unit.code == code), None)
    if unit is None:
        fail(f"There is no unit {code} in {agency.code}.")
    return unit


async def _people(session: "Session", agency: "Agency", nip: str | None, unit: "Unit | None") -> "list[Employee]":
    from models import employees

    if nip is not None:
        person = await employees.by_nip(session, agency.id, nip)
        if person is None:
            fail(f"There is nobody with the NIP {nip} in {agency.code}.")
        return [person]
    if unit is not None:
        return list(await employees.members(session, unit.id))
    return list(await employees.all_of(session, agency.id))


def _print(w: "Words", people: "Sequence[Standing]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from handlers.appraisal_list import in_short
    from handlers.exports.appraisal_parts import plain_of

    table = Table("NIP", w.plain("Name"), w.plain("Appraiser"), w.plain("State"))
    for one in people:
        cells = (one.employee.nip, one.employee.name, one.appraiser.name if one.appraiser else "–")
        table.add_row(*(Text(cell) for cell in (*cells, plain_of(in_short(w, one)))))
    Console(stderr=True).print(table)


def _documents(
    w: "Words",
    agency: "Agency",
    name: str,
    people: "Sequence[Standing]",
    period: "Period",
    today: "date",
    *,
    summary: bool,
) -> "dict[str, Document]":
    """By the name of the file."""
    from handlers.exports import appraisal_document, appraisal_summary

    found = {
        _file_name(period.code, one.employee.nip, one.employee.name): appraisal_document.of_person(
            w, agency, one, period, day=today
        )
        for one in people
    }
    for scheme in sorted({one.dossier.scheme for one in people}) if summary else ():
        same = [one for one in people if one.dossier.scheme == scheme]
        file = _file_name(period.code, "rekap", scheme, name)
        found[file] = appraisal_summary.of_unit(w, agency, name, same, period, scheme, day=today)
    return found


def _file_name(*parts: str) -> str:
    words = (re.sub(r"\W+", "-", part).strip("-") for part in parts)
    return "penilaian_" + "_".join(word[:40] for word in words if word)


def _write(out: Path, documents: "dict[str, Document]", w: "Words", formats: tuple[str, ...]) -> list[Path]:
    """The files, readable by their owner only."""
    from handlers.exports.appraisal_pdf import to_pdf
    from handlers.exports.appraisal_xlsx import to_xlsx

    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for name, document in documents.items():
        makers: dict[str, Any] = {"xlsx": lambda d=document: to_xlsx(d), "pdf": lambda d=document: to_pdf(d, w)}
        for kind in formats:
            path = out / f"{name}.{kind}"
            path.touch(mode=0o600)
            path.chmod(0o600)
            path.write_bytes(makers[kind]())
            written.append(path)
    return written
