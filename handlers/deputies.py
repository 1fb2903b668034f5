"""The card of `/plh`: who stands in for whom, and the steps of naming a deputy."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import deputies, employees, workdays
from models.database import Session
from models.employees import PLT, Deputy, Employee
from models.outbox import Message

PAGE = 8


async def deputies_card(session: Session, card: Message, now: datetime) -> Screen:
    """The views: list, of (in whose place?), who (by whom?), when."""
    person = await session.get_one(Employee, card.employee_id)
    w, today = words(person.language), now.astimezone(await employees.zone_of(session, person)).date()
    view = card.arguments.get("view", "list")
    if view == "of":
        leaders = await deputies.leaders_for(session, person, today=today)
        hint = w.t("In whose place?")
        return Screen(_titled(w, hint), _choice(w, leaders, card, "deputy_of", back="list"))
    superior = await session.get(Employee, card.arguments.get("superior") or 0)
    if view == "who" and superior is not None:
        hint = w.t(
            "Who stands in for <b>{name}</b>? Tap, or reply to this message with a name or a NIP.", name=superior.name
        )
        found = card.arguments.get("found")
        people = (
            [await session.get_one(Employee, id_) for id_ in found]
            if found
            else await deputies.candidates(session, superior)
        )
        return Screen(_titled(w, hint), _choice(w, people, card, "deputy_who", back="list"))
    deputy = await session.get(Employee, card.arguments.get("deputy") or 0)
    if view == "when" and superior is not None and deputy is not None:
        return _when(w, superior, deputy, card, today)
    return await _list(session, w, person, today)


def _titled(w: Words, text: str) -> str:
    return "\n".join([w.t("<b>Plh and Plt</b>"), "", text])


async def _list(session: Session, w: Words, person: Employee, today: date) -> Screen:
    named = await deputies.seen_by(session, person, today=today)
    lines: list[str] = [w.t("<b>Plh and Plt</b>"), ""]
    rows: list[tuple[Button, ...]] = []
    for n, one in enumerate(named, 1):
        lines.append(w.t("{n}. {line}", n=n, line=await said(session, w, one)))
        superior = await session.get_one(Employee, one.superior_id)
        if person.id == one.deputy_id or await deputies.may_name(session, person, superior, on=today):
            rows.append((Button(w.plain("End no. {n}", n=n), "deputy_end", str(one.id)),))
    if not named:
        lines.append(w.t("Nobody stands in for anybody at present."))
    if await deputies.leaders_for(session, person, today=today) or person.role == employees.ADMIN:
        rows.append((Button(w.plain("Name a deputy"), "deputy_view", "of"),))
    return Screen("\n".join(lines), tuple(rows), tuple((one.id, 1) for one in named))


async def said(session: Session, w: Words, one: Deputy) -> Html:
    """`Citra Dewi sebagai Plh Budi Santoso, 24–26 November 2026`"""
    deputy = await session.get_one(Employee, one.deputy_id)
    superior = await session.get_one(Employee, one.superior_id)
    kind = "Plt" if one.kind == PLT else "Plh"
    span = w.span(one.starts_on, one.ends_on)
    return w.t(
        "<b>{deputy}</b> as {kind} for {superior}, {span}",
        deputy=deputy.name,
        kind=kind,
        superior=superior.name,
        span=span,
    )


def _choice(w: Words, people: Sequence[Employee], card: Message, verb: str, *, back: str) -> Rows:
    page = int(card.arguments.get("page") or 0)
    pages = max((len(people) + PAGE - 1) // PAGE, 1)
    page %= pages
    rows = [(Button(short(one.name, 38), verb, str(one.id)),) for one in people[page * PAGE : (page + 1) * PAGE]]
    last = [Button(w.plain("‹ Back"), "deputy_view", back)]
    if pages > 1:
        view = card.arguments["view"]
        turn = w.plain("More … ({page}/{pages})", page=page + 1, pages=pages)
        last.append(Button(turn, "deputy_view", f"{view}.{page + 1}"))
    return (*rows, tuple(last))


def _when(w: Words, superior: Employee, deputy: Employee, card: Message, today: date) -> Screen:
    kind = card.arguments.get("kind", "plh")
    sunday = workdays.week_of(today)
    spans = [
        (w.plain("today"), today, today),
        (w.plain("tomorrow"), today + timedelta(days=1), today + timedelta(days=1)),
        (w.plain("this week"), today, sunday),
        (w.plain("next week"), sunday + timedelta(days=1), sunday + timedelta(days=7)),
    ]
    kinds = tuple(
        Button(("✓ " if one == kind else "") + one.capitalize(), "deputy_kind", one) for one in deputies.KINDS
    )
    buttons = [Button(label, "deputy_when", f"{first:%Y%m%d}.{last:%Y%m%d}") for label, first, last in spans]
    text = w.t(
        "<b>{deputy}</b> stands in for {superior}. From when to when? Tap, or reply to this message with the dates, "
        "for example <i>1–5 December</i>.",
        deputy=deputy.name,
        superior=superior.name,
    )
    rows = (kinds, tuple(buttons[:2]), tuple(buttons[2:]), (Button(w.plain("‹ Back"), "deputy_view", "list"),))
    return Screen(_titled(w, text), rows)
