"""Rows of `jadwal` (shifts) and `jam` (other times of day) → database."""

from typing import Any

from sqlmodel import select

from models import shifts
from models.employees import Whose
from models.imports.columns import HOURS, SHIFT
from models.imports.rows import Row, Sheets
from models.imports.writing import Values, Writer
from models.shifts import ShiftDay
from models.work_hours import WorkHours


async def write(writer: Writer, sheets: Sheets) -> None:
    await _shifts(writer, sheets)
    await _hours(writer, sheets)


async def _shifts(writer: Writer, sheets: Sheets) -> None:
    people, rows = writer.office.people, sheets.of(SHIFT)
    if not rows:
        return
    named = {row["nip"] for row in rows}
    days = [row["tanggal"] for row in rows]
    whose = Whose.of([people[nip] for nip in named])
    nips = {person.id: nip for nip, person in people.items()}
    stored: dict[Any, ShiftDay] = {
        (nips[shift.employee_id], shift.day): shift
        for shift in await shifts.between(writer.session, whose, min(days), max(days))
    }

    def person(row: Row) -> Values:
        return {"employee_id": people[row["nip"]].id}

    await writer.keep(rows, ShiftDay, stored, lambda row: (row["nip"], row["tanggal"]), person)


async def _hours(writer: Writer, sheets: Sheets) -> None:
    office, rows = writer.office, sheets.of(HOURS)
    if not rows or office.agency is None:
        return
    codes = {unit.id: code for code, unit in office.units.items()}
    query = select(WorkHours).where(WorkHours.agency_id == office.agency.id)
    stored: dict[Any, WorkHours] = {
        (row.name, codes.get(row.unit_id or 0)): row for row in (await writer.session.exec(query)).all()
    }

    def unit(row: Row) -> Values:
        code = row.get("unit")
        return {"unit_id": office.units[code].id if code is not None else None}

    await writer.keep(rows, WorkHours, stored, lambda row: (row["nama"], row.get("unit")), unit)
