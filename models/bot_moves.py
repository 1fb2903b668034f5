"""An agency gets a bot of its own, or another one."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import col, select

from models.agencies import Agency
from models.database import Session
from models.evidence import Evidence
from models.inbox import Update
from models.outbox import Message
from models.replies import Reply
from models.uploads import Upload

LEFT_BEHIND = 10**12
"""Taken off the numbers of messages that stand at a former bot: no message of the new one is taken for them."""


async def assign(session: Session, bots: Mapping[str, int]) -> int:
    """Say by agency's code which bot it has; how many have another one now.

    People have to press Start once at another bot. What stands on their screens at the former one stays behind.
    """
    query = select(Agency).where(col(Agency.code).in_(list(bots)))
    moved = [agency for agency in (await session.exec(query)).all() if agency.bot_id != bots[agency.code]]
    for agency in moved:
        agency.bot_id = bots[agency.code]
        messages = update(Message).where(col(Message.agency_id) == agency.id)
        await session.exec(
            messages.values(bot_id=agency.bot_id, message_id=None, former_message_id=None, content_hash=None)
        )
        for table in (Reply, Evidence, Upload):
            theirs = update(table).where(col(table.agency_id) == agency.id)
            await session.exec(theirs.values(message_id=col(table.message_id) - LEFT_BEHIND))
    await session.flush()
    return len(moved)


async def adopt(session: Session, bot_id: int) -> None:
    """Updates from before it was kept which bot has heard them are the default bot's."""
    await session.exec(update(Update).where(col(Update.bot_id) == 0).values(bot_id=bot_id))
