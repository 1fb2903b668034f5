"""Troubles of which whoever looks after an agency should hear: once when one has begun, and once when it is over."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, delete, func, text
from sqlalchemy.sql import ColumnElement
from sqlmodel import Field, SQLModel, col, select

from models import agencies, inbox, vitals
from models.agencies import Unit
from models.database import Session, UtcDateTime, insert
from models.employees import Employee
from models.inbox import Update
from models.outbox import Message

WAITING, STANDING, PARKED, DOWN = "waiting", "standing", "parked", "down"
"""Updates have waited too long; messages are due and none arrives; updates could not be handled three times; the bot
was not running."""
SEEN_FOR = timedelta(minutes=5)
"""So long has a trouble to be seen before anybody is told: after a start, work that had to wait is soon done."""
TOLD_AGAIN_AFTER = timedelta(hours=1)
"""More of the same makes itself heard no sooner; until then it only changes the card."""
DOWN_FOR = timedelta(hours=12)
"""Of a shorter stop nobody is told: Telegram keeps what comes meanwhile."""
KEPT_FOR = timedelta(days=90)
OPEN = text("over_at IS NULL")


class Trouble(SQLModel, table=True):
    """`since` is when it began, `count` how many messages were concerned: at its worst, or (parked) now."""

    __table_args__ = (
        Index("uq_trouble_open", "agency_id", "kind", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    kind: str
    since: datetime = Field(sa_type=UtcDateTime)
    count: int = 0
    seen_at: datetime = Field(sa_type=UtcDateTime)
    """When it was first seen."""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class News:
    """What has changed about a trouble, and whether it should make itself heard."""

    trouble: Trouble
    aloud: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    count: int
    since: datetime


async def follow(session: Session, *, now: datetime) -> list[News]:
    """Compare what is with what was told; what people are to hear of now."""
    facts = {key: fact async for key, fact in _facts(session, now)}
    news = []
    query = select(Trouble).where(col(Trouble.over_at).is_(None)).order_by(col(Trouble.id)).with_for_update()
    for trouble in (await session.exec(query.execution_options(populate_existing=True))).all():
        fact = facts.pop((trouble.agency_id, trouble.kind), None)
        if fact is not None:
            news += _goes_on(trouble, fact, now)
        elif trouble.told_at is None:
            await session.delete(trouble)
        else:
            trouble.over_at = now
            news.append(News(trouble))
    for (agency_id, kind), fact in facts.items():
        trouble = Trouble(agency_id=agency_id, kind=kind, since=fact.since, count=fact.count, seen_at=now)
        if await _begin(session, trouble) and kind == PARKED:
            row = (await session.exec(query.where(Trouble.agency_id == agency_id, Trouble.kind == kind))).one()
            row.told_at = now
            news.append(News(row))
    await session.exec(delete(Trouble).where(col(Trouble.over_at) < now - KEPT_FOR))
    await session.flush()
    return news


async def note_stop(
    session: Session, *, since: datetime, until: datetime, now: datetime, bot_id: int | None = None
) -> list[News]:
    """The bot was not running, or without Telegram, between two moments: of this agencies hear, unless it was short.

    Those of one bot, or all. What is known already of the same time is told once, as one span.
    """
    if until - since < DOWN_FOR:
        return []
    news = []
    for agency_id in await agencies.ids(session, bot_id=bot_id):
        query = select(Trouble).where(
            Trouble.agency_id == agency_id, Trouble.kind == DOWN, col(Trouble.over_at) > since
        )
        known = (await session.exec(query.with_for_update())).first()
        if known is None:
            known = Trouble(agency_id=agency_id, kind=DOWN, since=since, seen_at=now, told_at=now, over_at=until)
            session.add(known)
            news.append(News(known))
        else:
            known.since, known.over_at = min(known.since, since), max(known.over_at or until, until)
            news.append(News(known, aloud=False))
    await session.flush()
    return news


def lost_before(trouble: Trouble) -> datetime | None:
    """Until when messages of a stop are lost, because Telegram keeps them no longer; None: none is."""
    end = trouble.over_at - inbox.CONFIRMABLE_FOR if trouble.over_at is not None else trouble.since
    return end if trouble.kind == DOWN and end > trouble.since else None


def _goes_on(trouble: Trouble, fact: Fact, now: datetime) -> list[News]:
    more = fact.count > trouble.count
    trouble.count = fact.count if trouble.kind == PARKED else max(trouble.count, fact.count)
    if trouble.told_at is None:
        if now - trouble.seen_at < SEEN_FOR:
            return []
        trouble.told_at = now
        return [News(trouble)]
    if trouble.kind != PARKED or not more:
        return []
    aloud = now - trouble.told_at >= TOLD_AGAIN_AFTER
    trouble.told_at = now if aloud else trouble.told_at
    return [News(trouble, aloud)]


async def _begin(session: Session, trouble: Trouble) -> bool:
    """False when another process has seen it in the same moment."""
    values = trouble.model_dump(exclude={"id"})
    return bool((await session.exec(insert(session, Trouble).values(**values).on_conflict_do_nothing())).rowcount)


async def _facts(session: Session, now: datetime) -> AsyncIterator[tuple[tuple[int, str], Fact]]:
    """By agency and kind of trouble. Whom no agency knows concerns none."""
    late = col(Update.handled_at).is_(None) & (col(Update.received_at) <= now - vitals.LATE_AFTER)
    for kind, which in ((WAITING, late), (PARKED, inbox.is_parked())):
        for agency_id, fact in (await _of_updates(session, which)).items():
            yield (agency_id, kind), fact
    bots = await vitals.standing(session, now=now)
    if bots:
        query = select(Message.agency_id, func.count(), func.min(Message.due_at)).where(
            vitals.is_due(now), col(Message.agency_id).is_not(None), col(Message.bot_id).in_(bots)
        )
        for of_agency, count, since in (await session.exec(query.group_by(col(Message.agency_id)))).all():
            if of_agency is not None:
                yield (of_agency, STANDING), Fact(count, since)


async def _of_updates(session: Session, which: ColumnElement[bool]) -> dict[int, Fact]:
    found: dict[int, Fact] = {}
    if (await session.exec(select(Update.update_id).where(which).limit(1))).first() is None:
        return found
    for table, chat in ((Employee, col(Employee.telegram_id)), (Unit, col(Unit.chat_id))):
        query = select(table.agency_id, func.count(), func.min(Update.received_at)).join_from(
            Update, table, chat == col(Update.chat_id)
        )
        for agency_id, count, since in (await session.exec(query.where(which).group_by(col(table.agency_id)))).all():
            known = found.get(agency_id, Fact(0, since))
            found[agency_id] = Fact(known.count + count, min(known.since, since))
    return found


async def references(session: Session, agency_id: int, *, most: int) -> list[str]:
    """Of the parked updates of an agency's people and groups, the oldest first."""
    people = select(Employee.telegram_id).where(Employee.agency_id == agency_id)
    groups = select(Unit.chat_id).where(Unit.agency_id == agency_id)
    theirs = col(Update.chat_id).in_(people) | col(Update.chat_id).in_(groups)
    query = select(Update.update_id).where(inbox.is_parked(), theirs).order_by(col(Update.update_id)).limit(most)
    return [inbox.reference_of(id_) for id_ in (await session.exec(query)).all()]
