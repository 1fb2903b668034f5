"""`invite`: one-use links for people and for units' groups."""

import asyncio
import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import USAGE, AgencyOption, agency_of, bring_up_to_date, database, fail, settings

if TYPE_CHECKING:
    from models.agencies import Agency
    from models.database import Session
    from models.employees import Employee

Nip = Annotated[str | None, typer.Option("--nip", help="Only this person, also when they have joined already.")]
Group = Annotated[str | None, typer.Option("--group", metavar="UNIT", help="A link that binds the unit's group.")]
For = Annotated[str | None, typer.Option("--for", metavar="NIP", help="Who adds the bot: the unit's head or an admin.")]
Sheet = Annotated[Path | None, typer.Option("--qr", metavar="FILE.pdf", help="Also a sheet of QR codes to print.")]
BotName = Annotated[str | None, typer.Option("--bot-username", help="Without it, Telegram is asked.")]


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link; `expires_at` in the agency's zone."""

    nip: str
    name: str
    place: str
    url: str
    expires_at: datetime


def invite(
    nip: Nip = None,
    group: Group = None,
    for_: For = None,
    qr: Sheet = None,
    bot_username: BotName = None,
    agency: AgencyOption = None,
) -> None:
    """Print links as CSV for everybody who has not joined, or a group's link. Earlier unused links stop working."""
    if (group is None) != (for_ is None) or (group is not None and (nip or qr)):
        fail("--group and --for belong together, and go without --nip and --qr.", code=USAGE)

    bring_up_to_date()
    username = (bot_username or asyncio.run(_username(agency))).lstrip("@")
    if group is not None and for_ is not None:
        typer.echo(asyncio.run(_group_link(group, for_, agency, username)))
        return
    links = asyncio.run(_links(nip, agency, username))
    if qr is not None:
        from bot.qr_sheet import sheet

        qr.write_bytes(sheet([(link.name, link.place, link.url, f"{link.expires_at:%Y-%m-%d}") for link in links]))
    typer.echo(_csv(links), nl=False)
    typer.echo("Earlier links of these people, if unused, have stopped working.", err=True)


async def _username(code: str | None) -> str:
    """The name of the agency's bot."""
    from telegram.error import TelegramError

    from bot.application import make_bot

    given = settings()
    async with database() as opened, opened.reading() as session:
        token = given.token_of((await agency_of(session, code)).code)
    if token is None:
        fail("Set TELEGRAM_BOT_TOKEN, or give the bot's name with --bot-username.")
    try:
        async with make_bot(given, token.value) as bot:
            return bot.username
    except TelegramError as error:
        fail(f"Telegram did not say the bot's name ({error}). Try again, or give it with --bot-username.")


async def _links(nip: str | None, code: str | None, username: str) -> list[Link]:
    from bot.clock import system
    from models import employees

    async with database() as opened, opened.transaction() as session:
        agency = await agency_of(session, code)
        if nip is not None:
            people = [await _person(session, agency, nip)]
        else:
            people = list(await employees.not_joined(session, agency.id))
        return [await _link(session, agency, person, username, now=system()) for person in people]


async def _link(session: "Session", agency: "Agency", person: "Employee", username: str, *, now: datetime) -> Link:
    from zoneinfo import ZoneInfo

    from models import invitations
    from models.agencies import Unit

    token, expires_at = await invitations.invite(session, person, now=now)
    unit = await session.get_one(Unit, person.unit_id)
    url = f"https://t.me/{username}?start={token}"
    return Link(person.nip, person.name, unit.name, url, expires_at.astimezone(ZoneInfo(agency.zone)))


async def _group_link(unit_code: str, nip: str, code: str | None, username: str) -> str:
    from bot.clock import system
    from models import agencies, employees, invitations

    async with database() as opened, opened.transaction() as session:
        agency = await agency_of(session, code)
        person = await _person(session, agency, nip)
        unit = next((unit for unit in await agencies.units_of(session, agency.id) if unit.code == unit_code), None)
        if unit is None:
            fail(f"There is no unit {unit_code} in {agency.code}.")
        if person.role != employees.ADMIN and not await employees.is_head(session, person, unit):
            fail(f"{person.name} is neither the head of {unit.name} nor an admin. Give the NIP of one of them.")
        token, _ = await invitations.invite(session, person, now=system(), unit=unit)
    return f"https://t.me/{username}?startgroup={token}"


async def _person(session: "Session", agency: "Agency", nip: str) -> "Employee":
    from models import employees

    person = await employees.by_nip(session, agency.id, nip)
    if person is None:
        fail(f"There is nobody with the NIP {nip} in {agency.code}.")
    return person


def _csv(links: list[Link]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["nip", "nama", "tautan", "berlaku_sampai"])
    for link in links:
        writer.writerow([link.nip, link.name, link.url, link.expires_at.isoformat(timespec="minutes")])
    return out.getvalue()
