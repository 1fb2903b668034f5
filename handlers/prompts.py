"""The afternoon's question, its one reminder, and the question about a day that was missed."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import focus, shortcuts
from handlers.screens import Screen
from handlers.texts import Words, words
from handlers.wording import short
from models import employees, favourites, replies, rosters, work_done
from models import focus as focuses
from models.database import Session
from models.employees import Employee
from models.favourites import Lately
from models.outbox import Message
from models.targets import Target


async def prompts(session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
    """“What did you do today?”; withdrawn when the day has been reported, or is no day of work after all."""
    drawn: dict[int, Screen | None] = {}
    for day, asked in (await _asked(session, rows)).items():
        people = [person.id for person in asked.values()]
        chosen = await focuses.chosen_by(session, people, day)
        lately = await favourites.lately(session, people, before=day)
        newest = {id_: reply for id_, said in lately.items() if (reply := said.newest_reply()) is not None}
        announced = await replies.announcements(session, newest.values())
        for row_id, person in asked.items():
            local = now.astimezone(await employees.zone_of(session, person))
            plan = announced.get(newest.get(person.id, 0))
            said = lately.get(person.id, Lately())
            drawn[row_id] = _question(person, day, local, chosen.get(person.id, []), plan, said)
    return {row.id: drawn.get(row.id) for row in rows}


async def prompt(session: Session, card: Message, now: datetime) -> Screen | None:
    return (await prompts(session, [card], now))[card.id]


def _question(
    person: Employee, day: date, local: datetime, chosen: Sequence[Target], announced: str | None, lately: Lately
) -> Screen:
    w = words(person.language)
    if day < local.date():
        text = w.t("On {day} I heard nothing from you. What did you do? Reply to this message.", day=w.day(day))
        return Screen(text)
    lines = [w.t("{greeting}, {name}. What did you do today?", greeting=_greeting(w, local), name=_called(person))]
    focused = focus.named(w, chosen)
    if focused is not None:
        lines.append(focused)
    elif announced:
        lines.append(w.t("You meant to go on with: {plan}", plan=short(announced, 120)))
    return Screen("\n".join(lines), shortcuts.buttons(w, lately, day))


def _greeting(w: Words, local: datetime) -> str:
    if local.hour < 11:
        return w.plain("Good morning")
    if local.hour < 15:
        return w.plain("Good day")
    return w.plain("Good afternoon") if local.hour < 19 else w.plain("Good evening")


def _called(person: Employee) -> str:
    return person.name.split()[0]


async def reminders(session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
    drawn: dict[int, Screen | None] = {}
    for asked in (await _asked(session, rows)).values():
        for row_id, person in asked.items():
            w = words(person.language)
            text = w.t("A short line is enough: what did you do today? If you are away, just say so.")
            drawn[row_id] = Screen(text)
    return {row.id: drawn.get(row.id) for row in rows}


async def reminder(session: Session, card: Message, now: datetime) -> Screen | None:
    return (await reminders(session, [card], now))[card.id]


async def _asked(session: Session, rows: Sequence[Message]) -> dict[date, dict[int, Employee]]:
    """By the day they are asked about: the rows that are not sent yet, and whom they ask; without whoever has
    reported that day or need not.
    """
    people = await employees.by_ids(session, [row.employee_id for row in rows if row.employee_id is not None])
    asked: dict[date, dict[int, Employee]] = {}
    for row in rows:
        if row.message_id is None and row.employee_id in people:
            asked.setdefault(date.fromisoformat(row.arguments["day"]), {})[row.id] = people[row.employee_id]
    for day, those in asked.items():
        working = await rosters.asked_on(session, {person.id: person for person in those.values()}.values(), day)
        still = working - await work_done.reported_on(session, working, day)
        asked[day] = {row_id: person for row_id, person in those.items() if person.id in still}
    return asked
