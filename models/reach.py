"""Whom Telegram can reach: blocked and back, groups that moved."""

from datetime import datetime

from models import bots, employees, inbox, outbox
from models.agencies import unit_of_chat
from models.database import Session


async def mark_unreachable(session: Session, chat_id: int, *, bot_id: int, now: datetime) -> None:
    """Blocked, deactivated or kicked: keep all data, stop asking. Only their own agency's bot counts."""
    person = await employees.by_telegram_id(session, chat_id)
    if person is not None and await bots.of_agency(session, person.agency_id) == bot_id:
        person.unreachable_at = now
    unit = await unit_of_chat(session, chat_id)
    if unit is not None and await bots.of_agency(session, unit.agency_id) == bot_id:
        unit.chat_id = None
    await session.flush()


async def mark_reachable(session: Session, chat_id: int, *, bot_id: int) -> None:
    person = await employees.by_telegram_id(session, chat_id)
    if person is not None and await bots.of_agency(session, person.agency_id) == bot_id:
        person.unreachable_at = None
        person.menu = None  # whether it has come through is not known
        await session.flush()


async def move_chat(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: everything that names the old chat names the new one."""
    unit = await unit_of_chat(session, old)
    if unit is not None:
        unit.chat_id = new
        await session.flush()
    await outbox.move_chat(session, old, new)
    await inbox.migrate(session, old, new)
