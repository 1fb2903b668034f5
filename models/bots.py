"""Which bot a message goes by or has come by: an agency may have one of its own, all others share the default one."""

from typing import Any

from sqlalchemy import Integer, bindparam, func
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


def for_each_agency(name: str, heard_by: int) -> Any:
    """By which bot new messages go, as a value for a statement about many: that of the agency whose id is the
    parameter `name`; a stranger's answer, which has none, goes as it came.
    """
    of_agency = select(Agency.bot_id).where(col(Agency.id) == bindparam(name, type_=Integer)).scalar_subquery()
    return func.coalesce(of_agency, heard_by)


async def of_agency(session: Session, agency_id: int) -> int:
    return (await session.get_one(Agency, agency_id)).bot_id


async def is_heard(session: Session, agency_id: int) -> bool:
    """Whether what is being handled has come by this agency's bot."""
    return await of_agency(session, agency_id) == heard_by(session)


def named(session: Session, update_id: int) -> str:
    """An update's number for a key; two bots may have the same numbers."""
    bot = heard_by(session)
    return str(update_id) if bot == DEFAULT else f"{bot}.{update_id}"
