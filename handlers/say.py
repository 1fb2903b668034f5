"""A sentence said at one moment; it was worded when it was decided."""

from datetime import datetime

from handlers.screens import Screen
from models.database import Session
from models.outbox import Message


async def sentence(session: Session, card: Message, now: datetime) -> Screen:
    a = card.arguments
    return Screen(a["text"], reply_to=a.get("reply_to"), asks=a.get("asks"))
