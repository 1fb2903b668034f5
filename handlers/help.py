"""Help, the language, and cancelling."""

from datetime import datetime, timedelta

from telegram import Update

from handlers import answers, report
from handlers.context import Context
from handlers.menus import commands
from handlers.screens import Button, Screen
from handlers.start import want_menu
from handlers.taps import Tap
from handlers.texts import LANGUAGES, words
from models import outbox, questions, replies, roles
from models.database import Session
from models.employees import Employee
from models.outbox import Message

CANCEL_WITHIN = timedelta(hours=18)


async def show_help(update: Update, context: Context) -> None:
    w = context.words
    may = await roles.of_one(context.session, context.employee, on=context.today)
    lines = [
        w.t("<b>Just write what you did today</b> – in your own words, as many things as you like, in any order."),
        w.t("• A count or a time is welcome, never needed: <i>checked 15 files 08.00–10.00</i>"),
        w.t("• Another day: <i>yesterday: meeting with the district</i>"),
        w.t("• Away: <i>sick today</i>, <i>on leave 3 days from tomorrow</i>"),
        w.t("• A mistake: edit your message, or tap <b>Change</b> on the card."),
        "",
        *(f"/{name} – {text}" for name, text in commands(w, may)),
    ]
    await context.say("\n".join(lines))


async def choose_language(update: Update, context: Context) -> None:
    await context.show(f"language:{context.employee.id}", outbox.LANGUAGE, anew=True)


async def language_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    buttons = [
        Button(("✓ " if code == person.language else "") + name, "language", code) for code, name in LANGUAGES.items()
    ]
    return Screen(w.t("In which language shall I write to you?"), (tuple(buttons),))


async def set_language(context: Context, tap: Tap) -> None:
    if tap.argument not in LANGUAGES:
        return
    person = context.employee
    person.language = tap.argument
    w = context.act.use_language(tap.argument)
    context.toast(w.plain("From now on in English."))
    await outbox.redraw(context.session, tap.card.key, now=context.now)
    await context.session.flush()
    await want_menu(context)


async def cancel(update: Update, context: Context) -> None:
    """`/batal`: an open question for a sentence first, else the last report of the day."""
    w = context.words
    for question in reversed(await questions.open_for(context.session, context.employee.id, now=context.now)):
        if question.kind in answers.NEEDS_REPLY and not question.arguments.get("answered"):
            await questions.close(context.session, question.card)
            await context.say(w.t("All right, I am not waiting for that any more."))
            return
    reply = await replies.last_reply(context.session, context.employee.id, since=context.now - CANCEL_WITHIN)
    if reply is None:
        await context.say(w.t("There is nothing to cancel today."))
        return
    await report.withdraw(context, reply)
