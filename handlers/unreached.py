"""Whom the bot does not reach: a list for the head of a unit, with new links for each or for all."""

from datetime import datetime

from handlers.context import Context
from handlers.screens import Button, Rows, Screen, fitting
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import employees, invitations, kinds, outbox, unreached
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal

PAGE = 8


def card(viewer_id: int) -> str:
    return f"unreached:{viewer_id}"


async def show_list(context: Context, tap: Tap) -> None:
    """From `/tim`."""
    await context.show(card(context.employee.id), kinds.UNREACHED, anew=True, page=0)


async def turn_to(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, page=tap.number())


async def unreached_card(session: Session, card: Message, now: datetime) -> Screen | None:
    viewer = await session.get_one(Employee, card.employee_id)
    w, zone = words(viewer.language), await employees.zone_of(session, viewer)
    people = await unreached.listed_for(session, viewer, on=now.astimezone(zone).date())
    silent = bool(card.arguments.get("week"))
    if not people:
        return None if card.message_id is None and silent else Screen(w.t("I reach everybody of yours."), silent=silent)
    links = await invitations.waiting_of(session, [person.id for person in people], now=now)
    pages = (len(people) - 1) // PAGE + 1
    page = int(card.arguments.get("page") or 0) % pages
    shown = people[page * PAGE : (page + 1) * PAGE]

    def state(person: Employee) -> Html:
        if person.id in links:
            return w.t("link valid until {day}", day=w.short_day(links[person.id].astimezone(zone).date()))
        if person.unreachable_at is not None:
            day = w.short_day(person.unreachable_at.astimezone(zone).date())
            return w.t("blocked or gone since {day}", day=day)
        return w.t("not joined yet")

    lines: list[str] = [
        w.many("📵 <b>One person is not reached</b>", "📵 <b>{count} people are not reached</b>", len(people)),
        w.t("They are asked nothing and do not count in the rates. A new link works once, for 14 days."),
        "",
        *(w.t("• {name} – {state}", name=person.name, state=state(person)) for person in shown),
    ]
    return Screen("\n".join(lines), _buttons(w, people, shown, page, pages), silent=silent)


def _buttons(w: Words, people: list[Employee], shown: list[Employee], page: int, pages: int) -> Rows:
    rows: list[tuple[Button, ...]] = [
        (Button(f"🔗 {short(person.name, 36)}", "link", str(person.id)),) for person in shown
    ]
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        rows.append((Button("‹", "unreached", str(before)), Button(f"{page + 1}/{pages} ›", "unreached", str(after))))
    if len(people) > 1:
        rows.append((Button(w.plain("🔗 Links for all ({count})", count=len(people)), "links"),))
    return tuple(rows)


async def give_link(context: Context, tap: Tap) -> None:
    """One new link, in a message to be passed on."""
    person = next((one for one in await _listed(context) if one.id == tap.number()), None)
    if person is None:
        raise Refusal("not_yours")
    w = context.words
    text = w.t("🔗 For <b>{name}</b>, works once, for 14 days. Please pass it on:", name=person.name)
    await context.say(f"{text}\n{await _link(context, person)}")
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def give_links(context: Context, tap: Tap) -> None:
    """New links for everybody on the list; as many messages as they need."""
    people = await _listed(context)
    if not people:
        raise Refusal("changed_meanwhile")
    w = context.words
    lines = [w.t("{name}: {link}", name=person.name, link=await _link(context, person)) for person in people]
    heading = w.t("🔗 New links, each for one person and once. Earlier ones have stopped working.")
    while lines:
        count = max(fitting(lines), 1)
        await context.say("\n".join([heading, "", *lines[:count]]))
        lines = lines[count:]
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def _listed(context: Context) -> list[Employee]:
    return await unreached.listed_for(context.session, context.employee, on=context.today)


async def _link(context: Context, person: Employee) -> str:
    token, _ = await invitations.invite(context.session, person, now=context.now, actor=context.employee)
    return f"https://t.me/{context.bot.username}?start={token}"
