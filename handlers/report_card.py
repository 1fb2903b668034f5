"""The card under a reply: what was understood, in short lines, and at most one question."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import obstacle_card, report_item
from handlers.report_item import LINES_AT_MOST
from handlers.screens import Button, Rows, Screen, fitting
from handlers.texts import Html, Words, html, words
from handlers.wording import said, short, status, titled
from models import employees, reported, targets
from models.activities import APPROVED, DRAFT, RETURNED, Activity
from models.asking import ONE_OR_TWO, TARGET
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.reported import Reported
from models.targets import Target

TOP = 3


async def report_card(session: Session, card: Message, now: datetime) -> Screen | None:
    return (await report_cards(session, [card], now))[card.id]


async def report_cards(session: Session, cards: Sequence[Message], now: datetime) -> dict[int, Screen | None]:
    """The views: main, edit (choose an activity), item, target, count, day, gone (withdrawn)."""
    found = await reported.of_replies(session, {card.arguments["reply"] for card in cards})
    screens: dict[int, Screen | None] = {}
    for card in cards:
        of_reply = found.get(card.arguments["reply"])
        screens[card.id] = await _screen(session, card, of_reply, now) if of_reply is not None else None
    return screens


async def _screen(session: Session, card: Message, found: Reported, now: datetime) -> Screen:
    person = await session.get_one(Employee, found.reply.employee_id)
    w, standing = words(person.language), found.standing
    if not standing and found.hindered:
        return Screen(obstacle_card.alone(w, found.hindered), (_actions(w)[1:],))
    if not standing:
        return Screen(w.t("🗑 Report cancelled."), ((Button(w.plain("Put it back"), "restore"),),))
    seen = tuple((activity.id, activity.revision) for activity in standing)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    view, chosen = _view(card, standing)
    if view == "item" and chosen is not None:
        back = "edit" if len(standing) > 1 else "main"
        detail = await report_item.detail(session, w, chosen, today)
        before = _above(standing, chosen)
        return Screen(detail, report_item.actions(w, chosen, back=back, before=before), seen)
    if chosen is not None:
        rows, hint = await _rows(session, w, person, chosen, card, found.question, today=today)
        return Screen(report_item.heading(w, chosen) + f"\n{hint}", rows, seen)
    text = _text(w, found)
    if view == "edit":
        hint = w.t("Which one shall we change?")
        return Screen(f"{text}\n\n{hint}", report_item.choice(w, standing), seen)
    asking, rows = _asking(w, found)
    return Screen(f"{text}{asking}", (*rows, *_foot(w, card)), seen)


def _above(standing: Sequence[Activity], chosen: Activity) -> Activity | None:
    """The activity above it on the card, when both are of one day."""
    place = standing.index(chosen)
    above = standing[place - 1] if place else None
    return above if above is not None and above.worked_on == chosen.worked_on else None


def _view(card: Message, standing: Sequence[Activity]) -> tuple[str, Activity | None]:
    """The view, and the activity it is about; with only one activity there is nothing to choose."""
    view = card.arguments.get("view", "main")
    if view == "edit" and len(standing) == 1:
        return "item", standing[0]
    chosen = next((a for a in standing if a.id == card.arguments.get("item")), None)
    if view in ("main", "edit") or chosen is None:
        return ("edit" if view == "edit" else "main"), None
    return view, chosen


async def _rows(
    session: Session,
    w: Words,
    person: Employee,
    chosen: Activity,
    card: Message,
    question: Question | None,
    *,
    today: date,
) -> tuple[Rows, str]:
    """The buttons for one thing about one activity, and what to do with them."""
    view, page = card.arguments.get("view"), card.arguments.get("page") or 0
    if view == "target":
        own = await targets.of_employee(session, person, on=chosen.worked_on)
        asked = question is not None and question.kind == TARGET and question.arguments.get("activity") == chosen.id
        return report_item.targets(w, chosen, own, page, asked=asked), w.t("Which target does it serve?")
    if view == "count":
        target = await session.get(Target, chosen.target_id) if chosen.target_id else None
        unit = target.measure if target else chosen.unit
        hint = w.t("How many {unit}? Tap, or type a number.", unit=unit) if unit else w.t("Tap a number, or type it.")
        return report_item.counts(w, chosen), hint
    return await report_item.days(session, w, person, chosen, today), w.t("On which day was it?")


def _text(w: Words, found: Reported) -> str:
    """Heading and one paragraph an activity: description, then target and what was said of output and time."""
    standing, reply = found.standing, found.reply
    days = sorted({activity.worked_on for activity in standing})
    heading = w.t("<b>Report {day}</b>", day=w.day(days[0])) if len(days) == 1 else w.t("<b>Report</b>")
    if all(activity.is_late for activity in standing):
        heading = Html(heading + " " + w.t("(late)"))
    paragraphs = []
    for number, activity in enumerate(standing[:LINES_AT_MOST], 1):
        what = w.t("{n}. {what}", n=number, what=short(activity.description, 200))
        paragraphs.append(f"\n{what}\n" + _below(w, activity, found, dated=len(days) > 1))
    shown = fitting(paragraphs)
    lines = [str(heading), *paragraphs[:shown]]
    if shown < len(standing):
        lines.append("\n" + w.many("… and one more", "… and {count} more", len(standing) - shown))
    if reply.tomorrow:
        lines.append("\n" + w.t("Next: {plan}", plan=short(reply.tomorrow, 120)))
    hindered = obstacle_card.on_report(w, found.hindered)
    if hindered:
        lines += ["", *hindered]
    return "\n".join(lines)


def _below(w: Words, activity: Activity, found: Reported, *, dated: bool) -> str:
    target = found.targets.get(activity.target_id or 0)
    pieces = [w.t("🎯 {target}", target=titled(target, at_most=48)) if target else w.t("no target")]
    pieces += [html(piece) for piece in said(w, activity)]
    if activity.id in found.evidence:
        pieces.append(html(f"📎 {found.evidence[activity.id]}"))
    if dated:
        pieces.append(html(w.short_day(activity.worked_on)))
    if activity.status in (APPROVED, RETURNED, DRAFT):
        pieces.append(html(status(w, activity)))
    if activity.status == RETURNED and activity.reason:
        pieces.append(w.t("“{reason}”", reason=short(activity.reason, 80)))
    return " · ".join(pieces)


def _asking(w: Words, found: Reported) -> tuple[str, Rows]:
    question = found.question
    about = question.arguments.get("activity") if question else None
    number, activity = next(((n, a) for n, a in enumerate(found.standing, 1) if a.id == about), (0, None))
    if question is None or activity is None:
        return "", ()
    what = short(activity.description, 60)
    if question.kind == ONE_OR_TWO:
        two = w.listed(f"“{short(part, 40)}”" for part in activity.parts)
        text = w.t("❓ No. {n}: one activity, or two – {two}?", n=number, two=two)
        row = (Button(w.plain("Two"), "two", str(about)), Button(w.plain("One"), "one", str(about)))
        return f"\n\n{text}", (row,)
    if question.kind != TARGET:
        return "", ()
    text = w.t("❓ Which target does no. {n}, “{what}”, serve?", n=number, what=what)
    top = [found.targets[id_] for id_ in activity.candidates[:TOP]]
    rows = tuple((Button(titled(target, at_most=40), "target", f"{about}.{target.id}"),) for target in top)
    last = [Button(w.plain("Not a target"), "target", f"{about}.0")]
    if len(activity.candidates) > TOP:
        last.insert(0, Button(w.plain("Others …"), "view", f"target.{about}"))
    return f"\n\n{text}", (*rows, tuple(last))


def _actions(w: Words) -> tuple[Button, ...]:
    hindered = Button(w.plain("⚠️ Obstacle"), "obstacle")
    return Button(w.plain("Change"), "view", "edit"), hindered, Button(w.plain("Cancel report"), "cancel")


def _foot(w: Words, card: Message) -> Rows:
    row = _actions(w)
    return (row, (Button(w.plain("Put back what I removed"), "undo"),)) if card.arguments.get("removed") else (row,)
