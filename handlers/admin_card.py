"""The card of `/admin`: the people of the agency, and one of them with everything an admin may change."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import admin_choices, admin_holidays
from handlers.absence_words import line as absence_line
from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import absences, employees, staff, staff_acts, wave_ends
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.staff import Standing, State
from models.staff_acts import By, Change

PAGE = 8
ABSENCES_SHOWN = 4
SIGNS = {
    Standing.JOINED: "✓",
    Standing.INVITED: "✉️",
    Standing.NOT_INVITED: "–",
    Standing.UNREACHABLE: "🚫",
    Standing.LEFT: "✕",
}


async def admin_card(session: Session, card: Message, now: datetime) -> Screen:
    """The views: find; person, and what may be chosen for them; holidays."""
    admin = await session.get_one(Employee, card.employee_id)
    w, a = words(admin.language), card.arguments
    today = now.astimezone(await employees.zone_of(session, admin)).date()
    if not staff.is_admin(admin, on=today):
        return Screen(w.t("Only an admin of the agency can do that."))
    view, by = a.get("view", "find"), By(admin, today, now)
    if view.startswith("holiday"):
        return await admin_holidays.draw(session, w, card, by)
    person = await session.get(Employee, a.get("person") or 0)
    if view == "find" or person is None or person.agency_id != admin.agency_id:
        return await _find(session, w, card, by)
    if view == "person":
        return await _person(session, w, person, by)
    return await admin_choices.draw(session, w, person, card, by)


async def _find(session: Session, w: Words, card: Message, by: By) -> Screen:
    agency = await session.get_one(Agency, by.actor.agency_id)
    text, page = card.arguments.get("find") or "", int(card.arguments.get("find_page") or 0)
    people, total = await staff.found(session, agency.id, text, first=page * PAGE, most=PAGE)
    if not people and page:
        people, total = await staff.found(session, agency.id, text, most=PAGE)
        page = 0
    states = await staff.states(session, people, on=by.today, now=by.now)
    count = w.many("one person", "{count} people", total)
    heading = w.t("<b>{agency}</b>: {count}", agency=agency.name, count=count)
    if text:
        heading = w.t("<b>{agency}</b>: {count} with “{text}”", agency=agency.name, count=count, text=short(text, 40))
    rows: list[tuple[Button, ...]] = [
        (Button(f"{SIGNS[states[one.id].standing]} {short(one.name, 34)}", "admin", f"person.{one.id}"),)
        for one in people
    ]
    pages = max((total + PAGE - 1) // PAGE, 1)
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        turn = f"{page + 1}/{pages} ›"
        rows.append((Button("‹", "admin", f"find.{before}"), Button(turn, "admin", f"find.{after}")))
    if text:
        rows.append((Button(w.plain("Everybody"), "admin", "all"),))
    rows.append((Button(w.plain("📅 Holidays"), "admin", "holidays"),))
    lines = [
        heading,
        *await _wave(session, w, agency, by.today),
        w.t("Write a part of the name or of the NIP, or tap."),
    ]
    lines.append(w.t("✓ joined · ✉️ invited · – not invited · 🚫 unreachable · ✕ left"))
    lines.append(w.t("To import, send me the file (.xlsx or .csv)."))
    return Screen("\n".join(lines), tuple(rows))


async def _wave(session: Session, w: Words, agency: Agency, today: date) -> list[Html]:
    """When the last is asked, where that is not in the same minute."""
    wave = await wave_ends.longest(session, today, bot_id=agency.bot_id)
    if wave is None or wave.takes < timedelta(minutes=1):
        return []
    zone = ZoneInfo(agency.zone)
    asked, last = w.clock(wave.asked_at.astimezone(zone)), w.clock(wave.last_at.astimezone(zone))
    count = w.number(wave.count)
    return [w.t("At {time} the bot asks {count} people, the last about {last}.", time=asked, count=count, last=last)]


async def _person(session: Session, w: Words, person: Employee, by: By) -> Screen:
    state = (await staff.states(session, [person], on=by.today, now=by.now))[person.id]
    unit = await session.get_one(Unit, person.unit_id)
    zone = await employees.zone_of(session, person)
    lines = [
        w.t("<b>{name}</b> – {position}", name=person.name, position=person.position or "–"),
        w.t("NIP {nip}", nip=person.nip),
        w.t("Unit: {unit}", unit=unit.name),
        await _superior(session, w, person),
        w.t("Zone: {zone}", zone=zone_name(zone)) + ("" if person.zone else _of_unit(w)),
        w.t("Asked at {time}", time=w.clock(person.report_at or unit.report_at))
        + ("" if person.report_at else _of_unit(w)),
        w.t("Own review card at {time}", time=w.clock(person.nudge_at or unit.nudge_at))
        + ("" if person.nudge_at else _of_unit(w)),
        standing(w, state, person, zone),
        *await _days_off(session, w, person, by.today),
        *await _left_behind(session, w, person),
    ]
    made = await staff_acts.undoable(session, person, by)
    return Screen("\n".join(lines), _buttons(w, person, made, await employees.zone_of(session, by.actor)))


def _of_unit(w: Words) -> str:
    return " " + w.t("(the unit's)")


async def _superior(session: Session, w: Words, person: Employee) -> Html:
    if person.superior_id is not None:
        return w.t("Superior: {name}", name=(await session.get_one(Employee, person.superior_id)).name)
    if person.approver_id is not None:
        approver = await session.get_one(Employee, person.approver_id)
        return w.t("No superior; {name} is named to approve", name=approver.name)
    return w.t("No superior, and nobody is named to approve")


def standing(w: Words, state: State, person: Employee, zone: ZoneInfo) -> str:
    """Where the person stands, and since or until when."""
    if state.standing == Standing.LEFT and person.left_on is not None:
        return w.t("Has left; last day {day}", day=w.full_date(person.left_on - timedelta(days=1)))
    until = w.full_date(state.until.astimezone(zone).date()) if state.until else ""
    since = w.full_date(state.since.astimezone(zone).date()) if state.since else ""
    said: str = {
        Standing.JOINED: w.t("Has joined"),
        Standing.INVITED: w.t("Invited; the link works until {day}", day=until),
        Standing.UNREACHABLE: w.t("Cannot be reached since {day} (the bot is blocked)", day=since),
        Standing.NOT_INVITED: w.t("Not invited yet, or the link has ended"),
        Standing.LEFT: "",
    }[state.standing]
    if state.standing == Standing.JOINED and state.until is not None:
        said += "; " + w.t("a new link works until {day}", day=until)
    if person.left_on is not None:
        said += "\n" + w.t("Leaves; last day {day}", day=w.full_date(person.left_on - timedelta(days=1)))
    return said


async def _days_off(session: Session, w: Words, person: Employee, today: date) -> list[str]:
    found = await absences.from_day(session, [person.id], today)
    return [w.t("🗓 {line}", line=absence_line(w, one)) for one in found[:ABSENCES_SHOWN]]


async def _left_behind(session: Session, w: Words, person: Employee) -> list[str]:
    """Whom somebody who leaves still leads."""
    led = [one for one in await employees.direct_reports(session, [person.id]) if one.left_on is None]
    if person.left_on is None or not led:
        return []
    said = w.many(
        "One person still has {name} as superior; after that day the level above decides.",
        "{count} people still have {name} as superior; after that day the level above decides.",
        len(led),
        name=person.name,
    )
    return ["⚠️ " + said]


def _buttons(w: Words, person: Employee, made: Change | None, zone: ZoneInfo) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if made is not None:
        label = w.plain(
            "↶ Undo: {what} (until {time})",
            what=admin_choices.field_name(w, made.field),
            time=w.clock(made.until.astimezone(zone)),
        )
        rows.append((Button(label, "admin_undo", str(made.number)),))
    if person.left_on is None:
        rows.append((Button(w.plain("🔗 New link"), "admin_invite"),))
        first, second = Button(w.plain("Unit"), "admin", "unit"), Button(w.plain("Superior"), "admin", "superior")
        rows.append((first, second))
        times = [
            Button(w.plain("Asking time"), "admin", "report_at"),
            Button(w.plain("Card time"), "admin", "nudge_at"),
        ]
        rows.append((Button(w.plain("Zone"), "admin", "zone"), *times))
        rows.append((Button(w.plain("🗓 Days off"), "admin_absences"), Button(w.plain("Leaves …"), "admin", "left_on")))
    else:
        rows.append((Button(w.plain("Comes back"), "admin_set", "left_on.0"),))
        rows.append((Button(w.plain("Another last day"), "admin", "left_on"),))
    if person.superior_id is None and person.left_on is None:
        rows.append((Button(w.plain("Who approves"), "admin", "approver"),))
    return (*rows, (Button(w.plain("‹ Everybody"), "admin", "find"),))


def zone_name(zone: ZoneInfo) -> str:
    names = dict(zip(staff_acts.ZONES, ("WIB", "WITA", "WIT"), strict=True))
    return names.get(zone.key, zone.key)
