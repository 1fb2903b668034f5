"""What nothing else understood: one clear sentence each, and nothing is changed."""

from datetime import datetime

from telegram import Update

from handlers.context import Context
from handlers.texts import DEFAULT, words
from models import employees, inbox, outbox
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
    await outbox.show(
        session,
        key=f"sorry:{update_id}",
        chat_id=chat_id,
        kind=outbox.SAY,
        arguments={"text": str(text), "reply_to": None, "asks": None},
        priority=outbox.ANSWER,
        due_at=now,
    )
