"""The afternoon's question, its one reminder, and the question about a day that was missed."""

from datetime import date, datetime

from handlers import focus, shortcuts
from handlers.screens import Screen
from handlers.texts import Words, words
from handlers.wording import short
from models import activities, employees, replies, rosters
from models import focus as focuses
from models.database import Session
from models.employees import Employee
from models.outbox import Message


async def prompt(session: Session, card: Message, now: datetime) -> Screen | None:
    """“What did you do today?”; withdrawn when the day has been reported, or is no day of work after all."""
    person = await session.get_one(Employee, card.employee_id)
    day = date.fromisoformat(card.arguments["day"])
    if card.message_id is not None or await _is_settled(session, person, day):
        return None
    w = words(person.language)
    local = now.astimezone(await employees.zone_of(session, person))
    if day < local.date():
        text = w.t("On {day} I heard nothing from you. What did you do? Reply to this message.", day=w.day(day))
        return Screen(text)
    lines = [w.t("{greeting}, {name}. What did you do today?", greeting=_greeting(w, local), name=_called(person))]
    chosen = focus.named(w, await focuses.chosen(session, person.id, day))
    announced = await replies.announced(session, person.id, before=day)
    if chosen is not None:
        lines.append(chosen)
    elif announced:
        lines.append(w.t("You meant to go on with: {plan}", plan=short(announced, 120)))
    return Screen("\n".join(lines), await shortcuts.buttons(session, w, person, day))


def _greeting(w: Words, local: datetime) -> str:
    if local.hour < 11:
        return w.plain("Good morning")
    if local.hour < 15:
        return w.plain("Good day")
    return w.plain("Good afternoon") if local.hour < 19 else w.plain("Good evening")


def _called(person: Employee) -> str:
    return person.name.split()[0]


async def reminder(session: Session, card: Message, now: datetime) -> Screen | None:
    person = await session.get_one(Employee, card.employee_id)
    day = date.fromisoformat(card.arguments["day"])
    if card.message_id is not None or await _is_settled(session, person, day):
        return None
    return Screen(
        words(person.language).t("A short line is enough: what did you do today? If you are away, just say so.")
    )


async def _is_settled(session: Session, person: Employee, day: date) -> bool:
    if await activities.has_report(session, person.id, day):
        return True
    return not await rosters.is_asked_on(session, person, day)
