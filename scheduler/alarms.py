"""Whoever looks after an agency hears of the bot's own troubles, and of their end; the log hears of them first."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from models import agencies, kinds, outbox, pulses, staff, troubles
from models.agencies import Agency
from models.database import Database, Session
from models.troubles import News

log = structlog.get_logger()


async def tell_of_troubles(session: Session, now: datetime) -> int:
    """What waits too long, stands still or is parked: once when it has begun, and once when it is over."""
    return await _tell(session, await troubles.follow(session, now=now), now)


async def note_life(database: Database, *, now: datetime, real_now: datetime) -> int:
    """Note that the bot runs; to how many admins a long stop before is told. A fault is only logged: sweeps go on."""
    return await _note(database, pulses.SWEEPS, None, now, real_now)


async def note_contact(database: Database, bot_id: int, *, now: datetime, real_now: datetime) -> int:
    """Note that Telegram has said what waits there; to how many of the bot's admins a long silence before is told.

    A process may run while Telegram cannot be reached: what waits there longer than a day is lost all the same.
    """
    return await _note(database, pulses.polled_by(bot_id), bot_id, now, real_now)


async def _note(database: Database, pulse: str, bot_id: int | None, now: datetime, real_now: datetime) -> int:
    try:
        async with database.transaction() as session:
            before = await pulses.beat(session, pulse, now=real_now)
            if before is None:
                return 0
            news = await troubles.note_stop(session, since=before, until=real_now, now=now, bot_id=bot_id)
            return await _tell(session, news, now)
    except Exception as error:
        log.error("that the bot runs could not be noted", pulse=pulse, error=type(error).__name__)
        return 0


async def _tell(session: Session, news: Iterable[News], now: datetime) -> int:
    """A standstill is told when it is over: before, nothing could be."""
    told = 0
    for one in news:
        trouble = one.trouble
        about = {"trouble": trouble.kind, "agency": trouble.agency_id, "messages": trouble.count}
        if not one.aloud:
            log.info("a trouble has grown", **about, since=trouble.since.isoformat())
        elif trouble.over_at is None or trouble.kind == troubles.DOWN:
            log.error("there is trouble", **about, since=trouble.since.isoformat())
        else:
            log.warning("a trouble is over", **about, since=trouble.since.isoformat())
        if trouble.kind == troubles.STANDING and trouble.over_at is None:
            continue
        zone = agencies.zone_of(await session.get_one(Agency, trouble.agency_id))
        for person in await staff.admins_of(session, trouble.agency_id, on=now.astimezone(zone).date()):
            await outbox.show(
                session,
                key=f"alarm:{trouble.id}:{person.id}",
                chat_id=person.telegram_id or 0,
                kind=kinds.ALARM,
                agency_id=person.agency_id,
                employee_id=person.id,
                arguments={"trouble": trouble.id},
                due_at=now,
                anew=one.aloud,
            )
            told += 1
    return told
