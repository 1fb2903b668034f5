"""`/data_saya`: all that Harian has stored about a person, as a workbook, to that person alone."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.context import Context
from handlers.exports.tables import Cell, Sheet, to_book
from handlers.own_data_words import heading, sheet_title
from handlers.screens import Screen
from handlers.texts import Words, words
from models import audit, employees, kinds, own_data
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.own_data import Stored


async def show_own_data(update: Update, context: Context) -> None:
    person = context.employee
    await context.show(f"own_data:{person.id}", kinds.OWN_DATA, anew=True)
    await audit.record(
        context.session,
        "own_data_given",
        agency_id=person.agency_id,
        now=context.now,
        actor_id=person.id,
        employee_id=person.id,
    )


async def own_data_file(session: Session, card: Message, now: datetime) -> Screen | None:
    """Gathered when it is sent; the workbook itself is made outside the transaction."""
    if card.message_id is not None:
        return None
    person = await session.get_one(Employee, card.employee_id)
    w, zone = words(person.language), await employees.zone_of(session, person)
    stored = await own_data.of_person(session, person)
    sheets = (_contents(w, stored), *(_sheet(w, one, zone) for one in stored))
    day = now.astimezone(zone).date()
    caption = w.t(
        "All that I have stored about you, {day}. It is for you alone; please take care with whom you share it.",
        day=w.full_date(day),
    )
    return Screen(caption, document=partial(to_book, sheets), file_name=f"data-{day.isoformat()}.xlsx")


def _contents(w: Words, stored: list[Stored]) -> Sheet:
    """What is in the file, and where else something may be."""
    rows: list[tuple[Cell, ...]] = [(sheet_title(w, one.table), len(one.rows)) for one in stored]
    elsewhere = (
        w.plain("Photos and files themselves are kept by Telegram; here stands which ones they are."),
        w.plain("What you wrote about others as their superior belongs to them and is not in this file."),
        w.plain("Backups of your agency may hold earlier versions."),
        w.plain("To have something corrected or erased, please speak to your personnel officer."),
    )
    return Sheet(
        w.plain("Contents"), (w.plain("Sheet"), w.plain("Rows")), (*rows, *((line, None) for line in elsewhere))
    )


def _sheet(w: Words, one: Stored, zone: ZoneInfo) -> Sheet:
    rows = tuple(tuple(_cell(w, value, zone) for value in row) for row in one.rows)
    return Sheet(sheet_title(w, one.table), tuple(heading(w, name) for name in one.columns), rows)


def _cell(w: Words, value: Any, zone: ZoneInfo) -> Cell:
    """Moments in the person's own zone; structures as JSON."""
    if isinstance(value, bool):
        return w.plain("yes") if value else w.plain("no")
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if value is None or isinstance(value, str | Decimal | date):
        return value
    return value if isinstance(value, int) and abs(value) < 10**15 else str(value)
