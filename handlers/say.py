"""A sentence said at one moment; it was worded when it was decided."""

from datetime import datetime

from handlers.screens import Button, Rows, Screen
from models.database import Session
from models.outbox import Message


async def sentence(session: Session, card: Message, now: datetime) -> Screen | None:
    """None a week later, when its words have been forgotten."""
    a = card.arguments
    if "text" not in a:
        return None
    rows: Rows = ((Button(*a["button"]),),) if a.get("button") else ()
    return Screen(a["text"], rows, reply_to=a.get("reply_to"), asks=a.get("asks"))
