"""`/bantuan`: what is useful next, how to report, and the few commands that matter; by what one is to others."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from telegram import Update

from handlers import quality_round, review, unit_group, unreached
from handlers.context import Context
from handlers.menus import commands
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from models import cards, employees, kinds, messages, next_steps, outbox, pauses, roles, target_cards
from models.database import Session
from models.employees import Employee
from models.next_steps import Kind, Step
from models.outbox import Message
from models.refusals import Refusal

SHOWN = 3
MATTERS = ("tim", "hari_ini", "target", "nilai", "cuti", "plh", "cakupan", "admin", "jeda", "bahasa")


async def show_help(update: Update, context: Context) -> None:
    await context.show(f"help:{context.employee.id}", kinds.HELP, anew=True)


async def help_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    may = await roles.of_one(session, person, on=now.astimezone(await employees.zone_of(session, person)).date())
    steps = (await next_steps.of_person(session, person, may, now=now))[:SHOWN]
    lines: list[str] = [w.t("▶️ {step}", step=_says(w, one)) for one in steps]
    lines += ["", *_how_to(w), ""] if lines else [*_how_to(w), ""]
    known = dict(commands(w, may))
    lines += [f"/{name} – {known[name]}" for name in MATTERS if name in known]
    lines.append(w.t("Everything else is in the menu (/)."))
    rows = tuple((Button(label, "step", one.kind),) for one in steps if (label := _button(w, one)))
    return Screen("\n".join(lines), rows)


def _how_to(w: Words) -> list[Html]:
    return [
        w.t("<b>Just write what you did today</b> – in your own words, as many things as you like, in any order."),
        w.t("• A count or a time is welcome, never needed: <i>checked 15 files 08.00–10.00</i>"),
        w.t("• Another day: <i>yesterday: meeting with the district</i>"),
        w.t("• Away: <i>sick today</i>, <i>on leave 3 days from tomorrow</i>"),
        w.t("• A mistake: edit your message, or tap <b>Change</b> on the card."),
    ]


def _says(w: Words, step: Step) -> Html:
    return {
        Kind.REVIEW: lambda: w.many("One activity waits for you.", "{count} activities wait for you.", step.count),
        Kind.MARK: lambda: w.many(
            "The quality round is open: one result has no mark yet.",
            "The quality round is open: {count} results have no mark yet.",
            step.count,
        ),
        Kind.CORRECT: lambda: w.many(
            "One activity came back to you with a reason.",
            "{count} activities came back to you with a reason.",
            step.count,
        ),
        Kind.REPORT: lambda: w.t("Nothing is reported today yet. One message is enough, here is how:"),
        Kind.AGREE: lambda: w.many(
            "Targets of one person wait for your word.", "Targets of {count} people wait for your word.", step.count
        ),
        Kind.TARGET: lambda: w.t(
            "No target of yours counts today. Propose one, or ask your superior: without targets there is no score."
        ),
        Kind.UNREACHED: lambda: w.many(
            "One of your people is not reached.", "{count} of your people are not reached.", step.count
        ),
        Kind.GROUP: lambda: w.t("Your unit's group is not connected, so nobody sees the unit's week."),
        Kind.PAUSED: lambda: w.t("I am in a pause by your wish, so I ask nothing."),
    }[step.kind]()


def _button(w: Words, step: Step) -> str | None:
    return {
        Kind.REVIEW: w.plain("📋 Open the card"),
        Kind.MARK: w.plain("⭐ Mark results"),
        Kind.CORRECT: w.plain("✏️ See what came back"),
        Kind.REPORT: None,
        Kind.AGREE: w.plain("🎯 Look at the targets"),
        Kind.TARGET: w.plain("➕ Propose a target"),
        Kind.UNREACHED: w.plain("🔗 New links"),
        Kind.GROUP: w.plain("👥 Connect the group"),
        Kind.PAUSED: w.plain("🔔 End the pause"),
    }[step.kind]


async def take_step(context: Context, tap: Tap) -> None:
    """Open what the step is about, if it still is one."""
    may = await roles.of_one(context.session, context.employee, on=context.today)
    steps = await next_steps.of_person(context.session, context.employee, may, now=context.now)
    step = next((one for one in steps if one.kind == tap.argument), None)
    if step is None or step.kind not in ACTS:
        raise Refusal("changed_meanwhile")
    await ACTS[step.kind](context, step)
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def _review(context: Context, step: Step) -> None:
    await review.show_waiting(context)


async def _mark(context: Context, step: Step) -> None:
    key = cards.quality(context.employee.id, step.week or date.min)
    card = await messages.by_key(context.session, key)
    if card is not None:
        await quality_round.stand_below(context, card)
        return
    await context.show(key, kinds.QUALITY_CARD, anew=True, week=(step.week or date.min).isoformat())
    await quality_round.wait_for_number(context, key)


async def _correct(context: Context, step: Step) -> None:
    await context.show(cards.returned(step.about), kinds.RETURNED, anew=True, activity=step.about)


async def _agree(context: Context, step: Step) -> None:
    newest = (await target_cards.newest_waiting(context.session))[step.about]
    key = target_cards.card(context.employee.id, step.about)
    await context.show(key, kinds.TARGET_CARD, anew=True, of=step.about, newest=newest)


async def _target(context: Context, step: Step) -> None:
    await context.show(target_cards.page(context.employee.id), kinds.TARGETS, anew=True, view="list")


async def _unreached(context: Context, step: Step) -> None:
    await context.show(unreached.card(context.employee.id), kinds.UNREACHED, anew=True, page=0)


async def _group(context: Context, step: Step) -> None:
    await unit_group.make_link(context.act.update, context)


async def _unpause(context: Context, step: Step) -> None:
    await pauses.unmute(context.session, context.employee, today=context.today)
    context.toast(context.words.plain("From now on I ask and remind again."))


ACTS: dict[Kind, Callable[[Context, Step], Awaitable[None]]] = {
    Kind.REVIEW: _review,
    Kind.MARK: _mark,
    Kind.CORRECT: _correct,
    Kind.AGREE: _agree,
    Kind.TARGET: _target,
    Kind.UNREACHED: _unreached,
    Kind.GROUP: _group,
    Kind.PAUSED: _unpause,
}
