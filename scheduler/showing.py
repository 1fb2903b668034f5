"""Show a message to a person because it is time, once, and not when it is too late."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from models import kinds, outbox
from models.database import Session
from scheduler.office import LATEST, Desk, Place

COMES_ALL_THE_SAME = frozenset({kinds.APPROVED, kinds.MONTH_CLOSES})
"""For whoever has muted the bot too: what became of their reports, and a deadline that costs."""


async def show_to_group(session: Session, place: Desk, key: str, kind: str, now: datetime, **arguments: object) -> bool:
    """Whether the key was new; in the group of the unit."""
    return await outbox.show_once(
        session,
        key=key,
        chat_id=place.unit.chat_id or 0,
        kind=kind,
        agency_id=place.unit.agency_id,
        arguments=arguments,
        due_at=now,
        expires_at=place.at(LATEST),
    )


async def show_by_clock(
    session: Session,
    place: Place,
    key: str,
    kind: str,
    now: datetime,
    *,
    until: time = LATEST,
    priority: int = kinds.WAVE,
    **arguments: object,
) -> bool:
    """Whether the key was new. After `until` (local time) of today it is not sent any more; the sender holds back
    what falls in quiet hours. Whoever has muted the bot is left alone.
    """
    wanted = row(place, key, kind, now, until=until, priority=priority, **arguments)
    return wanted is not None and await outbox.show_once(session, **wanted)


async def show_all(session: Session, wanted: Iterable[dict[str, Any] | None]) -> int:
    """Many at once, each made by `row`: how many keys were new."""
    return await outbox.show_all_once(session, [one for one in wanted if one is not None])


def row(
    place: Place,
    key: str,
    kind: str,
    now: datetime,
    *,
    until: time = LATEST,
    priority: int = kinds.WAVE,
    **arguments: object,
) -> dict[str, Any] | None:
    """What `show_by_clock` shows; None for whoever has muted the bot."""
    if place.is_muted and kind not in COMES_ALL_THE_SAME:
        return None
    person = place.person
    return {
        "key": key,
        "chat_id": person.telegram_id or 0,
        "kind": kind,
        "agency_id": person.agency_id,
        "employee_id": person.id,
        "arguments": arguments,
        "priority": priority,
        "due_at": now,
        "expires_at": place.at(until),
    }
