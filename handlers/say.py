"""A sentence said at one moment; it was worded when it was decided."""

from datetime import datetime

from handlers.screens import Button, Rows, Screen
from models.database import Session
from models.outbox import Message


async def sentence(session: Session, card: Message, now: datetime) -> Screen:
    a = card.arguments
    rows: Rows = ((Button(*a["button"]),),) if a.get("button") else ()
    return Screen(a["text"], rows, reply_to=a.get("reply_to"), asks=a.get("asks"))
