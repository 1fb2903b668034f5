"""Which bot a message goes by or has come by: an agency may have one of its own, all others share the default one."""

from typing import Any

from sqlmodel import col, select

from models.agencies import Agency
from models.database import Session

DEFAULT = 0
"""The bot of all agencies that have none of their own; for any other bot its number at Telegram stands."""
HEARD_BY = "bot"
"""Where a session keeps which bot has heard what is being handled."""


def heard_by(session: Session) -> int:
    """The bot that has heard what is being handled; the default one when the clock or an operator acts."""
    return int(session.info.get(HEARD_BY, DEFAULT))


def for_agency(session: Session, agency_id: int | None) -> Any:
    """By which bot a new message goes, as a value for a statement: the agency's; a stranger's answer as it came."""
    if agency_id is None:
        return heard_by(session)
    return select(Agency.bot_id).where(col(Agency.id) == agency_id).scalar_subquery()


async def of_agency(session: Session, agency_id: int) -> int:
    return (await session.get_one(Agency, agency_id)).bot_id


async def is_heard(session: Session, agency_id: int) -> bool:
    """Whether what is being handled has come by this agency's bot."""
    return await of_agency(session, agency_id) == heard_by(session)


def named(session: Session, update_id: int) -> str:
    """An update's number for a key; two bots may have the same numbers."""
    bot = heard_by(session)
    return str(update_id) if bot == DEFAULT else f"{bot}.{update_id}"
