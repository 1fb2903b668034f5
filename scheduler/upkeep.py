"""Housekeeping."""

from datetime import datetime

from models import inbox
from models.database import Session


async def forget_handled_updates(session: Session, now: datetime) -> int:
    """Updates handled days ago go; Telegram delivers none of them again."""
    return await inbox.prune(session, now=now)
