"""`check --targets`: what the goals and targets of an agency's units lack; people by their NIP."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from bot.commands.common import agency_of, bring_up_to_date, database

if TYPE_CHECKING:
    from decimal import Decimal

    from models.coverage import Coverage


async def report(code: str | None, on: date | None) -> bool:
    """Print unit by unit; whether anything was found."""
    from models import agencies, coverage

    bring_up_to_date()
    any_found = False
    async with database() as opened, opened.reading() as session:
        agency = await agency_of(session, code)
        day = on or datetime.now(UTC).astimezone(ZoneInfo(agency.zone)).date()
        for unit in await agencies.units_of(session, agency.id):
            found = await coverage.of_unit(session, unit, day)
            any_found = any_found or bool(found)
            typer.echo(f"{'NO ' if found else 'ok '} {unit.code} {unit.name}")
            for line in _lines(found):
                typer.echo(f"    {line}")
    return any_found


def _lines(found: "Coverage") -> Iterator[str]:
    for goal in found.unserved:
        yield f"goal {goal.code}: nobody's target serves it"
    for one in found.untouched:
        last = f"not touched since {one.last}" if one.last else "never touched"
        yield f"target {one.target.code} of {one.holder.nip}: {last}"
    for uneven in found.uneven:
        goal, gap = uneven.goal, uneven.below - uneven.goal.planned
        side = "more" if gap > 0 else "less"
        yield (
            f"goal {goal.code}: {_plain(goal.planned)} {goal.measure} planned, the targets below add up to "
            f"{_plain(uneven.below)} ({_plain(abs(gap))} {side})"
        )


def _plain(number: "Decimal") -> str:
    return f"{number.normalize():f}"
