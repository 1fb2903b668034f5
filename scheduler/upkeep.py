"""Housekeeping."""

from collections.abc import Sequence
from datetime import datetime

from models import clearing, forgetting, inbox, retention, uploads
from models.database import Session
from scheduler.waves import Wave


async def forget_handled_updates(session: Session, now: datetime) -> int:
    """Updates handled days ago go; Telegram delivers none of them again."""
    return await inbox.prune(session, now=now)


async def forget_words(session: Session, now: datetime) -> int:
    """What was said in messages shown a week ago; what stands on the screens stays there."""
    return await forgetting.forget_words(session, now=now)


async def _settled(session: Session, now: datetime) -> Sequence[int]:
    return await clearing.ready(session, now=now)


async def _clear(session: Session, now: datetime, ids: Sequence[int]) -> int:
    return await clearing.clear(session, ids, now=now)


clear_outbox = Wave(_settled, _clear)
"""At night: everyday messages that were settled half a year ago."""


async def forget_uploads(session: Session, now: datetime) -> int:
    """Files sent for an import that nobody has applied, with all they hold."""
    return await uploads.prune(session, now=now)


async def forget_what_is_old(session: Session, now: datetime) -> int:
    """At night: what people wrote longer ago than their agency keeps it."""
    return await retention.forget(session, now=now)
