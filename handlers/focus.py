"""The focus of the day: a silent card in the morning, `/fokus` at any time; a tap takes a target in or out."""

from collections.abc import Sequence
from datetime import date, datetime

from telegram import Update

from handlers.context import Context
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short, titled
from models import cards, focus, kinds, likely, outbox, rosters
from models import targets as cascade
from models.database import Session
from models.employees import Employee
from models.likely import Likely
from models.outbox import Message
from models.refusals import Refusal
from models.targets import Target

PAGE = 5
ASK, CHOSEN, SKIPPED = "ask", "chosen", "skipped"
PLAN_AT_MOST = 160


async def show_focus(update: Update, context: Context) -> None:
    """`/fokus`: today's focus, to see or to change."""
    person, today = context.employee, context.today
    if not await cascade.of_employee(context.session, person, on=today):
        await context.say(
            context.words.t("You have no approved target that runs today, so there is no focus to choose.")
        )
        return
    late = not await focus.is_open(context.session, person, today, now=context.now)
    view = CHOSEN if await focus.chosen(context.session, person.id, today) else ASK
    key = cards.focus(person.id, today)
    await context.show(key, kinds.FOCUS_CARD, anew=True, day=today.isoformat(), view=view, late=late, asked_for=True)


async def focus_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """The question, or what was chosen; without buttons once the day's report is asked for."""
    person = await session.get_one(Employee, card.employee_id)
    w, day = words(person.language), _day(card)
    is_new = card.message_id is None and not card.arguments.get("asked_for")
    if is_new and not await rosters.is_asked_on(session, person, day):
        return None
    found = await likely.targets_of(session, person, day)
    if is_new and not found:
        return None
    picked = await focus.chosen(session, person.id, day)
    row = await focus.of_day(session, person.id, day)
    plan = row.plan if row is not None else None
    if not await _is_open(session, person, card, now):
        return Screen(_chosen(w, w.t("<b>Focus of {day}</b>", day=w.day(day)), None, picked), silent=True)
    if card.arguments.get("view") == ASK and found:
        return _question(w, day, plan, found, {target.id for target in picked}, card.arguments.get("page", 0))
    change = Button(w.plain("Change") if picked else w.plain("Choose"), "open")
    return Screen(_chosen(w, w.t("☀️ <b>Focus of today</b>"), plan, picked), ((change,),), silent=True)


def _day(card: Message) -> date:
    return date.fromisoformat(card.arguments["day"])


async def _is_open(session: Session, person: Employee, card: Message, now: datetime) -> bool:
    return await focus.is_open(session, person, _day(card), now=now, late=card.arguments.get("late", False))


def _chosen(w: Words, head: Html, plan: str | None, picked: Sequence[Target]) -> str:
    lines: list[str] = [head]
    if plan and picked:
        lines.append(w.t("From what you announced: “{plan}”", plan=short(plan, PLAN_AT_MOST)))
    lines += [w.t("• {target}", target=titled(target, at_most=100)) for target in picked]
    if not picked:
        lines.append(w.t("No target was chosen."))
    return "\n".join(lines)


def _question(w: Words, day: date, plan: str | None, found: Sequence[Likely], picked: set[int], page: int) -> Screen:
    pages = (len(found) + PAGE - 1) // PAGE
    page %= pages
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines: list[str] = [w.t("☀️ <b>Focus of today</b>, {day}", day=w.day(day))]
    if plan:
        lines.append(w.t("You announced: “{plan}”", plan=short(plan, PLAN_AT_MOST)))
    lines += [w.t("Which targets do you work on today? Tap one or more."), ""]
    lines.append(w.t("Approved, of what is due by today:"))
    lines += [_line(w, one) for one in shown]
    elsewhere = [one.target.code for one in found if one.target.id in picked and one not in shown]
    if elsewhere:
        lines += ["", w.t("Also chosen: {codes}", codes=w.listed(elsewhere))]
    rows: list[tuple[Button, ...]] = [
        (Button(f"{'☑' if one.target.id in picked else '☐'} {titled(one.target)}", "pick", str(one.target.id)),)
        for one in shown
    ]
    foot = [Button(w.plain("Done"), "done", CHOSEN) if picked else Button(w.plain("Skip"), "done", SKIPPED)]
    if pages > 1:
        foot.append(Button(f"{page + 1}/{pages} ›", "page", str((page + 1) % pages)))
    seen = tuple((one.target.id, 1) for one in shown)
    return Screen("\n".join(lines), (*rows, tuple(foot)), seen, silent=True)


def _line(w: Words, one: Likely) -> Html:
    target = titled(one.target, at_most=80)
    if not one.expected:
        return w.t("• {target}: nothing due yet", target=target)
    unit = "%" if one.target.is_milestone else one.target.measure
    figures = {"realised": w.number(one.realised), "expected": w.number(one.expected), "unit": unit}
    return w.t("• {target}: {realised} of {expected} {unit}", target=target, **figures)


async def _check_open(context: Context, card: Message) -> None:
    """Raises: Refusal("focus_closed")."""
    if not await _is_open(context.session, context.employee, card, context.now):
        raise Refusal("focus_closed")


async def pick(context: Context, tap: Tap) -> None:
    """Take a target in, or out again. It stands at once."""
    await _check_open(context, tap.card)
    if tap.number() not in tap.seen:
        raise Refusal("changed_meanwhile")
    await focus.toggle(context.session, context.employee, _day(tap.card), tap.number(), now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def turn_page(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, page=tap.number())


async def finish(context: Context, tap: Tap) -> None:
    view = SKIPPED if tap.argument == SKIPPED else CHOSEN
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=view)


async def reopen(context: Context, tap: Tap) -> None:
    await _check_open(context, tap.card)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=ASK, page=0)


def named(w: Words, picked: Sequence[Target]) -> Html | None:
    """For the afternoon's question: what was chosen in the morning."""
    if not picked:
        return None
    return w.t("Your focus today: {targets}", targets=w.listed(titled(target) for target in picked))
