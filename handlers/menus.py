"""The commands in a person's menu, by what they are to others. What one may do is never decided by the menu."""

from datetime import datetime

from handlers.screens import Screen
from handlers.texts import Words, words
from models import employees, roles
from models.database import Session
from models.outbox import Message
from models.roles import Roles

Menu = list[tuple[str, str]]
"""Command and what it does."""


def commands(w: Words, may: Roles) -> Menu:
    """What is used daily first; the rest by how often it is wanted."""
    found = [("hari_ini", w.plain("Today's report"))]
    if may.asks_focus:
        found.append(("fokus", w.plain("What I work on today")))
    if may.supervises:
        found.append(("tim", w.plain("My people, and what waits for me")))
    found += [
        ("riwayat", w.plain("Past days")),
        ("nilai", w.plain("My week, and why")),
        ("target", w.plain("My targets, and what they support")),
        ("cuti", w.plain("Leave, sickness, travel")),
        *(_of_supervisors(w) if may.supervises else []),
        *(_of_heads(w) if may.leads else []),
        ("kendala", w.plain("Obstacles that are open")),
        ("umpan_balik", w.plain("Feedback had and given")),
        ("kompetensi", w.plain("My competencies")),
        ("penilaian", _appraisals(w, may)),
        ("ingatan", w.plain("What I have learnt from you")),
        ("data_saya", w.plain("All that is stored about me")),
        ("istilah", w.plain("Words of the office")),
        ("saran", w.plain("Suggest something")),
        ("jeda", w.plain("Silence for some days, quiet hours")),
        ("batal", w.plain("Cancel the last report")),
        ("bahasa", w.plain("Language")),
        ("bantuan", w.plain("How Harian works")),
    ]
    if may.is_admin:
        found += [one for one in _of_admins(w) if one[0] not in {name for name, _ in found}]
    return found


def _of_supervisors(w: Words) -> Menu:
    return [
        ("tonggak", w.plain("Milestones: results in percent")),
        ("plh", w.plain("Who stands in for whom (Plh, Plt)")),
        ("buka", w.plain("Open a closed month for somebody")),
    ]


def _of_heads(w: Words) -> Menu:
    return [
        ("cakupan", w.plain("Coverage of the unit's goals")),
        ("grup", w.plain("Connect the unit's group")),
    ]


def _of_admins(w: Words) -> Menu:
    return [
        ("admin", w.plain("The agency's people and holidays")),
        ("plh", w.plain("Who stands in for whom (Plh, Plt)")),
        ("grup", w.plain("Connect the unit's group")),
    ]


def _appraisals(w: Words, may: Roles) -> str:
    return w.plain("Appraisals: mine, and my people's") if may.supervises else w.plain("My appraisal")


def of_strangers(w: Words) -> Menu:
    """Before somebody has joined."""
    return [("start", w.plain("Join with your personal link"))]


async def menu(session: Session, card: Message, now: datetime) -> Screen:
    """Of an account, as roles and language are when it is brought; nothing for one that belongs to nobody any more."""
    person = await employees.by_telegram_id(session, card.chat_id)
    today = now.astimezone(await employees.zone_of(session, person)).date() if person is not None else None
    if person is None or today is None or employees.has_left(person, today):
        return Screen("", menu=())
    may = await roles.of_one(session, person, on=today)
    return Screen("", menu=tuple(commands(words(person.language), may)))
