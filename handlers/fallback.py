"""What nothing else understood: one clear sentence each, and nothing is changed."""

from datetime import datetime

from telegram import Update

from handlers.context import Context
from handlers.texts import DEFAULT, Html, words
from models import bots, employees, inbox, kinds, outbox
from models.database import Session


async def unknown_command(update: Update, context: Context) -> None:
    await context.say(context.words.t("I do not know this command. /bantuan shows what I can do."))


async def not_text(update: Update, context: Context) -> None:
    """Stickers, contacts, polls: no words to read."""
    await context.say(context.words.t("I can only read words. Please write in a line what you did."))


async def apologise(session: Session, chat_id: int, *, update_id: int, tapped: bool, now: datetime) -> None:
    """In a private chat: the message is kept, but it, or the tap, could not be handled three times."""
    person = await employees.by_telegram_id(session, chat_id)
    w = words(person.language if person else DEFAULT)
    reference = inbox.reference_of(update_id)
    text = w.t(
        "Something went wrong on my side. Your message is kept; please send it again in a little while. "
        "For your admin: code <code>{reference}</code>.",
        reference=reference,
    )
    if tapped:
        text = w.t(
            "Something went wrong on my side. Nothing was changed; please tap once more in a little while. "
            "For your admin: code <code>{reference}</code>.",
            reference=reference,
        )
    await _tell(session, f"sorry:{bots.named(session, update_id)}", chat_id, text, now)


async def ask_for_patience(session: Session, chat_id: int, *, update_id: int, now: datetime) -> None:
    """In a private chat, once when a flood begins; then there is silence until it has calmed down."""
    if chat_id < 0:
        return
    person = await employees.by_telegram_id(session, chat_id)
    w = words(person.language if person else DEFAULT)
    text = w.t(
        "You write faster than I can read. All of it is kept; I go on as soon as nothing more has come for a minute."
    )
    await _tell(session, f"patience:{bots.named(session, update_id)}:{chat_id}", chat_id, text, now)


async def _tell(session: Session, key: str, chat_id: int, text: Html, now: datetime) -> None:
    arguments = {"text": str(text), "reply_to": None, "asks": None}
    await outbox.show(
        session,
        key=key,
        chat_id=chat_id,
        kind=kinds.SAY,
        arguments=arguments,
        priority=kinds.ANSWER,
        due_at=now,
    )
