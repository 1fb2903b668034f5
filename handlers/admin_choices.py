"""What an admin may choose for a person: unit, superior, who approves, zone, times, the last day."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time, timedelta

from handlers.screens import Button, Rows, Screen, in_rows
from handlers.texts import Words
from handlers.wording import short, spoken_day
from models import agencies, staff, staff_acts
from models.agencies import Unit
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.staff_acts import By

PAGE = 8
UNITS_TIME = 9999
"""In place of a time of day: the unit's."""
TIMES = {
    staff_acts.REPORT_AT: [time(hour, minute) for hour in range(14, 19) for minute in (0, 30)],
    staff_acts.NUDGE_AT: [
        time(8, 0),
        time(13, 0),
        *(time(hour, minute) for hour in range(15, 19) for minute in (0, 30)),
    ],
}
VIEWS = {
    "unit": staff_acts.UNIT,
    "superior": staff_acts.SUPERIOR,
    "approver": staff_acts.APPROVER,
    "zone": staff_acts.ZONE,
    "report_at": staff_acts.REPORT_AT,
    "nudge_at": staff_acts.NUDGE_AT,
    "left_on": staff_acts.LEFT_ON,
}
"""View of the card → what is changed there."""


def field_name(w: Words, field: str) -> str:
    return {
        staff_acts.UNIT: w.plain("unit"),
        staff_acts.SUPERIOR: w.plain("superior"),
        staff_acts.APPROVER: w.plain("who approves"),
        staff_acts.ZONE: w.plain("zone"),
        staff_acts.REPORT_AT: w.plain("asking time"),
        staff_acts.NUDGE_AT: w.plain("card time"),
        staff_acts.LEFT_ON: w.plain("leaving"),
    }[field]


async def draw(session: Session, w: Words, person: Employee, card: Message, by: By) -> Screen:
    view = card.arguments["view"]
    name = w.t("<b>{name}</b>", name=person.name)
    if view == "unit":
        units = await matching_units(session, person.agency_id, card.arguments.get("text") or "")
        buttons = [(unit.id, unit.name) for unit in units]
        hint = w.t("Into which unit? Tap, or reply with a part of its name.")
        return Screen(f"{name}\n{hint}", _paged(w, buttons, view, card))
    if view in ("superior", "approver"):
        people = await _candidates(session, person, card.arguments.get("text") or "")
        buttons = [(one.id, one.name) for one in people]
        hint = w.t("Who is the superior? Tap, or reply with a name or a NIP.")
        if view == "approver":
            hint = w.t("Who approves in place of a superior? Tap, or reply with a name or a NIP.")
        current = person.superior_id if view == "superior" else person.approver_id
        nobody = ((Button(w.plain("Without anybody"), "admin_set", f"{view}.0"),),) if current is not None else ()
        return Screen(f"{name}\n{hint}", (*nobody, *_paged(w, buttons, view, card)))
    if view == "zone":
        zones = [Button(zone, "admin_set", f"zone.{n}") for n, zone in enumerate(("WIB", "WITA", "WIT"), 1)]
        keys = (tuple(zones), (Button(w.plain("As the unit"), "admin_set", "zone.0"),), _back(w))
        return Screen(f"{name}\n" + w.t("In which time zone does the person work?"), keys)
    if view in TIMES:
        return _times(w, name, view)
    return Screen(f"{name}\n" + w.t("Which is the last day? Tap, or reply with a date."), _last_days(w, by.today))


def _times(w: Words, name: str, view: str) -> Screen:
    hint = w.t("When shall I ask? Tap, or reply with a time: <i>15.45</i>.")
    if view == "nudge_at":
        hint = w.t("When shall the card with what waits come? Tap, or reply with a time: <i>15.45</i>.")
    note = w.t("Shifts, and other hours between two dates (Ramadan), go before it.")
    keys = [Button(w.clock(at), "admin_set", f"{view}.{at:%H%M}") for at in TIMES[view]]
    own = (Button(w.plain("As the unit"), "admin_set", f"{view}.{UNITS_TIME}"),)
    return Screen(f"{name}\n{hint}\n{note}", (*in_rows(keys, each=5), own, _back(w)))


def _last_days(w: Words, today: date) -> Rows:
    ends = today.replace(day=monthrange(today.year, today.month)[1])
    after = ends + timedelta(days=1)
    days = dict.fromkeys(
        [today - timedelta(days=1), today, ends, after.replace(day=monthrange(after.year, after.month)[1])]
    )
    keys = [Button(spoken_day(w, day, today), "admin_set", f"left_on.{day:%Y%m%d}") for day in days]
    return (*in_rows(keys, each=2), _back(w))


def _back(w: Words) -> tuple[Button, ...]:
    return (Button(w.plain("‹ Back"), "admin", "person"),)


async def matching_units(session: Session, agency_id: int, text: str) -> list[Unit]:
    """Units whose name or code has this part, by name."""
    wanted = text.lower()
    units = await agencies.units_of(session, agency_id)
    return sorted((u for u in units if wanted in u.name.lower() or wanted == u.code.lower()), key=lambda u: u.name)


async def _candidates(session: Session, person: Employee, text: str) -> Sequence[Employee]:
    if not text:
        return await staff.superiors_for(session, person)
    people, _ = await staff.found(session, person.agency_id, text, most=10 * PAGE)
    return [one for one in people if one.id != person.id]


def _paged(w: Words, choices: Sequence[tuple[int, str]], view: str, card: Message) -> Rows:
    page, pages = int(card.arguments.get("page") or 0), max((len(choices) + PAGE - 1) // PAGE, 1)
    page %= pages
    rows: list[tuple[Button, ...]] = [
        (Button(short(name, 38), "admin_set", f"{view}.{id_}"),)
        for id_, name in choices[page * PAGE : (page + 1) * PAGE]
    ]
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        rows.append(
            (Button("‹", "admin", f"{view}.{before}"), Button(f"{page + 1}/{pages} ›", "admin", f"{view}.{after}"))
        )
    return (*rows, _back(w))
