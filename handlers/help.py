"""The language, and cancelling."""

from datetime import datetime, timedelta

from telegram import Update

from handlers import answers, report
from handlers.context import Context
from handlers.screens import Button, Screen
from handlers.start import want_menu
from handlers.taps import Tap
from handlers.texts import LANGUAGES, words
from models import kinds, outbox, questions, replies
from models.database import Session
from models.employees import Employee
from models.outbox import Message

CANCEL_WITHIN = timedelta(hours=18)


async def choose_language(update: Update, context: Context) -> None:
    await context.show(f"language:{context.employee.id}", kinds.LANGUAGE, anew=True)


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
