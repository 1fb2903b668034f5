"""`/saran`: suggestions about the bot or the targets, and what the admins read of them once a month."""

from datetime import date, datetime

from telegram import Update

from handlers.context import Context
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import words
from handlers.wording import refuse, short
from models import outbox, questions, suggestions
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

SUGGESTION = "suggestion"
PAGE = 20
SHOWN = 140
"""Characters of one suggestion; twenty of them have room on a screen."""


async def suggest(update: Update, context: Context) -> None:
    """`/saran`, which asks for a sentence, or `/saran` and the suggestion."""
    w, text = context.words, " ".join(context.args or [])
    if text:
        try:
            await _take(context, text)
        except Refusal as refusal:
            await context.say(refuse(w, refusal))
        return
    asks = w.t(
        "What would you suggest about Harian or the targets? Reply to this message. Admins read it without names."
    )
    key = await context.say(asks, asks=w.plain("Your suggestion"))
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=key,
        kind=SUGGESTION,
        arguments={},
        now=context.now,
    )


async def give_suggestion(context: Context, question: Question, text: str) -> bool:
    await _take(context, text)
    await questions.close(context.session, question.card)
    return True


async def _take(context: Context, text: str) -> None:
    await suggestions.make(context.session, context.employee, text, now=context.now)
    await context.say(
        context.words.t("Thank you! The admins read it at the beginning of next month, without your name.")
    )


async def suggestions_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """A month's suggestions, numbered, for those who may read them."""
    person = await session.get_one(Employee, card.employee_id)
    w, a = words(person.language), card.arguments
    if all(reader.id != person.id for reader in await suggestions.readers(session, person.agency_id)):
        return Screen(w.t("The suggestions are read by the admins.")) if card.message_id is not None else None
    first, last = (datetime.fromisoformat(a[name]) for name in ("first", "last"))
    rows = await suggestions.between(session, person.agency_id, first, last)
    if not rows:
        return None
    pages = (len(rows) + PAGE - 1) // PAGE
    page = a.get("page", 0) % pages
    lines: list[str] = [
        w.t(
            "💡 <b>Suggestions of {month}</b> ({count})", month=w.month(date.fromisoformat(a["month"])), count=len(rows)
        ),
        w.t("Without names, so that everybody speaks freely."),
        "",
    ]
    for number, row in enumerate(rows[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        lines.append(w.t("{n}. {text}", n=number, text=short(row.text, SHOWN)))
    turn: Rows = ()
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        turn = ((Button("‹", "suggestions", str(before)), Button(f"{page + 1}/{pages} ›", "suggestions", str(after))),)
    return Screen("\n".join(lines), turn)


async def turn_to(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, page=tap.number())
