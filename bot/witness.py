"""That a reviewer has seen what is on their card goes into the audit once the card stands on the screen."""

from collections.abc import Sequence

import structlog

from bot.clock import Clock
from bot.flights import Flight
from bot.logs import where
from models import audit, kinds, sights
from models.database import Database

log = structlog.get_logger()
SEEN_ON = frozenset({kinds.REVIEW_CARD, kinds.AUTOMATIC})
"""Cards on which activities are looked at before somebody decides about them."""


async def witness(database: Database, landed: Sequence[Flight], clock: Clock) -> None:
    """In a transaction of its own: the chain is held by one transaction at a time, and the sender must not wait."""
    for flight in landed:
        row, delivered = flight.job.row, flight.delivered
        if delivered is None or not delivered.done or row.employee_id is None:
            continue
        if row.kind not in SEEN_ON or not flight.job.screen.seen:
            continue
        try:
            async with database.transaction() as session:
                session.info[audit.ACCOUNT] = f"telegram:{row.chat_id}"
                await sights.seen(session, row.employee_id, flight.job.screen.seen, now=clock())
        except Exception as error:
            log.error("what was seen could not be noted", error=type(error).__name__, where=where(error))
