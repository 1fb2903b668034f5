"""What nothing else understood: one clear sentence each, and nothing is changed."""

from datetime import datetime

from telegram import Update

from handlers.context import Act, Context
from models import outbox
from models.database import Session


async def unknown_command(update: Update, context: Context) -> None:
    await context.say(context.words.t("I do not know this command. /bantuan shows what I can do."))


async def not_text(update: Update, context: Context) -> None:
    """Stickers, contacts, polls: no words to read."""
    await context.say(context.words.t("I can only read words. Please write in a line what you did."))


async def apologise(session: Session, act: Act, *, update_id: int, now: datetime) -> None:
    """The message is kept, but it could not be handled three times: say so."""
    chat = act.update.effective_chat
    if chat is None or chat.type != chat.PRIVATE:
        return
    text = act.words.t("Something went wrong on my side. Your message is kept; please send it again in a little while.")
    await outbox.show(
        session,
        key=f"sorry:{update_id}",
        chat_id=chat.id,
        kind=outbox.SAY,
        arguments={"text": str(text), "reply_to": None, "asks": None},
        priority=outbox.ANSWER,
        due_at=now,
    )
