"""Obstacles on screens: a line on the report's card, a list on the reviewer's, and cards of their own."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import employees, obstacles
from models.database import Session
from models.employees import Employee
from models.obstacles import ANSWERED, CLOSED, OPEN, WITHDRAWN, Obstacle
from models.outbox import Message
from models.targets import Target

LISTED = 5


def on_report(w: Words, rows: Sequence[Obstacle]) -> list[Html]:
    """What the writer sees of them below the report."""
    return [w.t("⚠️ Obstacle: {text} · {state}", text=short(row.text, 200), state=_state(w, row)) for row in rows]


def _state(w: Words, obstacle: Obstacle) -> str:
    return {
        OPEN: w.plain("open"),
        ANSWERED: w.plain("answered: “{answer}”", answer=short(obstacle.answer or "", 80)),
        CLOSED: w.plain("settled"),
    }[obstacle.status]


def alone(w: Words, rows: Sequence[Obstacle]) -> str:
    """A reply that said nothing but an obstacle."""
    hint = w.t("Your superior sees it on the approval card. What you did today can still be written here.")
    return "\n".join([w.t("<b>Obstacle noted</b>"), *on_report(w, rows), "", hint])


async def before_reviewer(session: Session, w: Words, rows: Sequence[Obstacle], today: date) -> str:
    """The open obstacles of a reviewer's people, the oldest first; nothing when there are none."""
    if not rows:
        return ""
    lines: list[str] = [w.t("⚠️ <b>Obstacles that wait for an answer</b>")]
    for row in rows[:LISTED]:
        owner = await session.get_one(Employee, row.employee_id)
        said = {"text": short(row.text, 80), "since": _since(w, row, today)}
        lines.append(w.t("• {name}: {text} · {since}", name=short(owner.name, 40), **said))
    if len(rows) > LISTED:
        lines.append(w.many("… and one more", "… and {count} more", len(rows) - LISTED))
    return "\n".join(lines)


def of_person(w: Words, rows: Sequence[Obstacle], today: date) -> list[Html]:
    """The same for one of them, on a page of their own."""
    return [
        w.t("⚠️ Obstacle: {text} · {state}", text=short(row.text, 120), state=_since(w, row, today))
        for row in rows[:LISTED]
    ]


def opener(w: Words, rows: Sequence[Obstacle]) -> Rows:
    return ((Button(w.plain("⚠️ Obstacles ({count})", count=len(rows)), "obstacles", "0"),),) if rows else ()


def _since(w: Words, obstacle: Obstacle, today: date) -> str:
    days = (today - obstacle.raised_on).days
    return str(w.many("open for one day", "open for {count} days", days)) if days > 0 else w.plain("since today")


async def obstacle_card(session: Session, card: Message, now: datetime) -> Screen:
    """One obstacle a page: those that wait for this person's answer, then the person's own."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    rows = [
        *await obstacles.before(session, person, on=today),
        *await obstacles.unsettled_of(session, person.id),
    ]
    if not rows:
        return Screen(w.t("✅ No obstacle is open."))
    page = int(card.arguments.get("page", 0)) % len(rows)
    row = rows[page]
    keys = _own_keys(w, row) if row.employee_id == person.id else _reviewers_keys(w, row)
    if len(rows) > 1:
        before, after = (page - 1) % len(rows), (page + 1) % len(rows)
        keys = (*keys, (Button("‹", "obstacles", str(before)), Button("›", "obstacles", str(after))))
    text = await _page(session, w, row, today, f"{page + 1}/{len(rows)}")
    return Screen(text, keys, ((row.id, row.revision),))


async def _page(session: Session, w: Words, row: Obstacle, today: date, place: str) -> str:
    owner = await session.get_one(Employee, row.employee_id)
    target = await session.get(Target, row.target_id) if row.target_id else None
    when = f"{w.short_day(row.raised_on)} · {_since(w, row, today)}"
    lines: list[str] = [
        w.t("⚠️ <b>Obstacle</b> ({place})", place=place),
        w.t("<b>{name}</b>, {when}", name=owner.name, when=when),
        w.t("“{text}”", text=short(row.text, 1500)),
    ]
    if target is not None:
        lines.append(w.t("🎯 {target}", target=titled(target)))
    if row.answer is not None:
        said = w.t("{name} answered: <i>{answer}</i>", name=await _name(session, row.answered_by_id), answer=row.answer)
        lines += ["", said]
        if row.status == OPEN:
            lines.append(w.t("Not settled yet, says {name}.", name=owner.name))
    return "\n".join(lines)


async def _name(session: Session, employee_id: int | None) -> str:
    person = await session.get(Employee, employee_id) if employee_id is not None else None
    return person.name if person is not None else "–"


def _reviewers_keys(w: Words, row: Obstacle) -> Rows:
    return ((Button(w.plain("💬 Answer"), "answer", str(row.id)), _settle(w, row)),)


def _own_keys(w: Words, row: Obstacle) -> Rows:
    return ((_settle(w, row), *((_reopen(w, row),) if row.status == ANSWERED else ())),)


def _settle(w: Words, row: Obstacle) -> Button:
    return Button(w.plain("✅ Settled"), "settle", str(row.id))


def _reopen(w: Words, row: Obstacle) -> Button:
    return Button(w.plain("Not settled yet"), "reopen", str(row.id))


async def obstacle_answer(session: Session, card: Message, now: datetime) -> Screen:
    """What the owner hears of it: an answer, or that it was closed."""
    row = await session.get_one(Obstacle, card.arguments["obstacle"])
    w = words((await session.get_one(Employee, row.employee_id)).language)
    text = short(row.text, 500)
    if row.status == WITHDRAWN:
        return Screen(w.t("This obstacle was taken back: “{text}”", text=text))
    if row.status == OPEN:
        return Screen(w.t("⚠️ Still open: “{text}”\nYour superior sees it again.", text=text))
    seen = ((row.id, row.revision),)
    if row.status == CLOSED:
        return Screen(await _closed(session, w, row, text), ((_reopen(w, row),),), seen)
    said = w.t(
        "💬 {name} answers your obstacle “{text}”:\n<i>{answer}</i>",
        name=await _name(session, row.answered_by_id),
        text=text,
        answer=row.answer or "",
    )
    return Screen(said, _own_keys(w, row), seen)


async def _closed(session: Session, w: Words, row: Obstacle, text: str) -> Html:
    if row.closed_by_id == row.employee_id:
        return w.t("✅ Settled: “{text}”", text=text)
    name = await _name(session, row.closed_by_id)
    return w.t("✅ {name} marked your obstacle as settled: “{text}”", name=name, text=text)
