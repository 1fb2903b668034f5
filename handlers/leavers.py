"""Whoever has left the agency: the account is told so once, and after that answered no more."""

from datetime import datetime

from handlers.context import Context
from handlers.screens import Screen
from handlers.texts import DEFAULT, words
from models import employees, kinds, outbox
from models.database import Session
from models.outbox import Message


async def say_goodbye(context: Context) -> None:
    person, chat = context.act.leaver, context.act.update.effective_chat
    if person is None or chat is None or chat.type != chat.PRIVATE:
        return
    text = context.words.t(
        "Since {day} you no longer belong to the agency, so I take nothing here any more. What you reported is kept. "
        "Should you come back, your personnel officer opens this again.",
        day=context.words.full_date(person.left_on) if person.left_on else "",
    )
    await outbox.show_once(
        context.session,
        key=f"goodbye:{person.id}:{person.left_on}",
        chat_id=chat.id,
        kind=kinds.SAY,
        agency_id=person.agency_id,
        arguments={"text": str(text), "reply_to": None, "asks": None},
        priority=kinds.ANSWER,
        due_at=context.now,
    )


async def closed_card(session: Session, card: Message, now: datetime) -> Screen:
    """What was on it is not theirs to read any more."""
    person = await employees.by_telegram_id(session, card.chat_id)
    return Screen(words(person.language if person else DEFAULT).t("This card is closed."))
