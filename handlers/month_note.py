"""The month's note: how the targets stood, for a unit's head or over a whole agency; counts, never a name."""

from datetime import date, datetime
from typing import Any

from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import employees, leading
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.targets import Target


async def month_note(session: Session, card: Message, now: datetime) -> Screen | None:
    person = await session.get_one(Employee, card.employee_id)
    w, a = words(person.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, person)).date()
    led = await leading.led_by(session, person, on=today)
    place = await _place(session, person, led, a["unit"])
    if place is None or not (sum(a["total"]) or a["goals"]):
        return None
    lines: list[str] = [
        w.t("🗓 <b>Targets in {month}</b> – {place}", month=w.month(date.fromisoformat(a["month"])), place=place),
        *_totals(w, a),
        *await _units(session, w, a),
        *await _goals(session, w, a),
    ]
    rows: Rows = ((Button(w.plain("Coverage of goals"), "coverage"),),) if led is not None else ()
    return Screen("\n".join(lines), rows)


async def _place(session: Session, person: Employee, led: Unit | None, unit_id: int | None) -> str | None:
    """The name of what the note is about; None for somebody who may no longer see it."""
    if unit_id is not None:
        return led.name if led is not None and led.id == unit_id else None
    if person.role == employees.ADMIN or (led is not None and leading.sees_agency(person)):
        return (await session.get_one(Agency, person.agency_id)).name
    return None


def _totals(w: Words, a: dict[str, Any]) -> list[Html]:
    on_track, at_risk, untouched = a["total"]
    return [
        w.t("Counted through {day}.", day=w.short_day(date.fromisoformat(a["week"]))),
        w.t("🟢 On track, or nothing due yet: {count}", count=on_track),
        w.t("🟡 At risk, below 90 % of what was expected: {count}", count=at_risk),
        w.t("🔴 Due, and nothing approved yet: {count}", count=untouched),
    ]


async def _units(session: Session, w: Words, a: dict[str, Any]) -> list[Html | str]:
    """Unit by unit; a unit's own note only when there are others below it."""
    if not a["units"] or (a["unit"] is not None and len(a["units"]) == 1):
        return []
    lines: list[Html | str] = ["", w.t("<b>By unit</b>, the one that needs you most first")]
    for id_, on_track, at_risk, untouched in a["units"]:
        name = short((await session.get_one(Unit, id_)).name, 60)
        lines.append(w.t("• {unit}: 🟢 {a} 🟡 {b} 🔴 {c}", unit=name, a=on_track, b=at_risk, c=untouched))
    if a["units_left"]:
        lines.append(w.many("… and one more unit", "… and {count} more units", a["units_left"]))
    return lines


async def _goals(session: Session, w: Words, a: dict[str, Any]) -> list[Html | str]:
    if not a["goals"]:
        return []
    lines: list[Html | str] = ["", w.t("<b>Goals in trouble</b>: fewer than half of their targets are on track")]
    for id_, on_track, at_risk, untouched in a["goals"]:
        goal, total = titled(await session.get_one(Target, id_), at_most=80), on_track + at_risk + untouched
        if total:
            lines.append(w.t("• {goal}: {on_track} of {total}", goal=goal, on_track=on_track, total=total))
        else:
            lines.append(w.t("• {goal}: no target serves it", goal=goal))
    if a["goals_left"]:
        lines.append(w.many("… and one more goal", "… and {count} more goals", a["goals_left"]))
    return lines
