"""Before a month closes, what a person, or a unit, has left; and the line before days off."""

from datetime import date, datetime

from handlers import deadlines
from handlers.screens import Screen
from handlers.texts import Words, words
from handlers.unit_group import GROUP_LANGUAGE
from models import agencies, employees, month_ends, windows, workdays
from models.agencies import Agency, Unit
from models.database import Session
from models.employees import Employee
from models.outbox import Message

DAYS_LISTED = 10


async def month_closes(session: Session, card: Message, now: datetime) -> Screen | None:
    """Withdrawn when nothing is left."""
    if card.message_id is not None:
        return None
    person = await session.get_one(Employee, card.employee_id)
    w, zone = words(person.language), await employees.zone_of(session, person)
    month, today = date.fromisoformat(card.arguments["month"]), now.astimezone(zone).date()
    left = (await month_ends.unfinished(session, [person], month, today=today)).get(person.id)
    if left is None:
        return None
    agency = await session.get_one(Agency, person.agency_id)
    deadline = deadlines.end_of(w, windows.closing_day(agency, month), zone.key)
    lines: list[str] = [
        w.t("📅 {month} can be reported and corrected until {deadline}.", month=w.month(month), deadline=deadline)
    ]
    if left.open_days:
        lines.append(w.t("No report yet: {days}. Just write it with its date.", days=_listed(w, left.open_days)))
    if left.to_correct:
        count = left.to_correct
        lines.append(w.many("One activity is to be put right.", "{count} activities are to be put right.", count))
    if left.closed_days:
        lines.append(
            w.t(
                "Too late by now: {days}. Your superior can open the month for you (/buka).",
                days=_listed(w, left.closed_days),
            )
        )
    return Screen("\n".join(lines))


def _listed(w: Words, days: tuple[date, ...]) -> str:
    listed = [w.short_day(day) for day in days[:DAYS_LISTED]]
    if len(days) > DAYS_LISTED:
        listed.append(str(w.many("one more", "{count} more", len(days) - DAYS_LISTED)))
    return w.listed(listed)


async def units_month_closes(session: Session, card: Message, now: datetime) -> Screen | None:
    """How many of the unit have something left; nothing when nobody has."""
    unit = await _unit(session, card)
    if unit is None or card.message_id is not None:
        return None
    w, zone = words(GROUP_LANGUAGE), await agencies.zone_of_unit(session, unit)
    month = date.fromisoformat(card.arguments["month"])
    members = [one for one in await employees.members(session, unit.id) if one.telegram_id is not None]
    left = await month_ends.unfinished(session, members, month, today=now.astimezone(zone).date())
    if not left:
        return None
    agency = await session.get_one(Agency, unit.agency_id)
    return Screen(
        w.t(
            "📅 {month} closes on {deadline}. <b>{left} of {all}</b> still have days without a report "
            "or work to put right.",
            month=w.month(month),
            deadline=deadlines.end_of(w, windows.closing_day(agency, month), zone.key),
            left=len(left),
            all=len(members),
        )
    )


async def days_off(session: Session, card: Message, now: datetime) -> Screen | None:
    """Withdrawn when the holiday has been moved meanwhile."""
    unit = await _unit(session, card)
    if unit is None or card.message_id is not None:
        return None
    w, calendar = words(GROUP_LANGUAGE), await workdays.calendar_of_unit(session, unit)
    off = calendar.days_off_after(date.fromisoformat(card.arguments["day"]), unit.week_days)
    if off is None:
        return None
    first, last, names = off
    if first == last:
        text = w.t("🌴 Tomorrow is a day off ({name}).", name=w.listed(names))
    else:
        text = w.t("🌴 Days off from tomorrow until {last} ({name}).", last=w.day(last), name=w.listed(names))
    return Screen(text + " " + w.t("Today's report is welcome all the same."))


async def _unit(session: Session, card: Message) -> Unit | None:
    """The unit, as long as this is its group."""
    unit = await agencies.unit_of_chat(session, card.chat_id)
    return unit if unit is not None and unit.id == card.arguments["unit"] else None
