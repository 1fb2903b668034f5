"""Agencies (tenants) and the tree of their units."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models import known
from models.database import Session


class Agency(SQLModel, table=True):
    """A tenant. Its data never meets another's: every table carries `agency_id`."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    zone: str = "Asia/Jakarta"
    backfill_days: int = 3
    """Workdays back for which a report may still be sent."""
    month_close_day: int = 5
    """Day of the next month on which a month closes."""
    escalate_days: int = 2
    """Workdays after which what waits is shown one level higher too."""
    scheme: str = "permenpanrb6"
    confirms_absences: bool = False
    """Whether an absence waits for the supervisor's word; nobody is asked on such a day all the same."""
    mute_days: int = 5
    """How many workdays a person may silence the bot at a time; 0: not at all."""
    asks_focus: bool = True
    """Whether the morning card asks for the day's targets."""
    targets_wait: bool = False
    """Whether imported targets wait for the supervisor too, or count as agreed (they come from a signed SKP)."""
    bot_id: int = Field(default=0, sa_type=BigInteger)
    """Its own bot's number at Telegram; 0: the default bot (see `bots`)."""
    keep_words_months: int | None = None
    keep_files_months: int | None = None
    """After how many full months the words of reports, and the files under them, go (`retention`); None: never."""
    forgot_on: date | None = None
    """The night (local date) in which all that is old was last looked through to its end."""


class Unit(SQLModel, table=True):
    """A node of the agency's tree, with its own times of day (local) and perhaps a Telegram group."""

    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    code: str
    name: str
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    zone: str | None = None
    week_days: int = 5
    """Working days in a week, counted from Monday: 5 or 6."""
    focus_at: time = time(7, 30)
    report_at: time = time(15, 30)
    remind_at: time = time(17, 0)
    nudge_at: time = time(16, 30)
    summary_at: time = time(13, 0)
    auto_approve_days: int | None = None
    """Workdays after which what waits is approved by itself, labelled as automatic; None: never."""
    chat_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)


async def by_code(session: Session, code: str | None) -> Agency | None:
    """The agency of that code; without a code, the only one there is."""
    query = select(Agency).limit(2)
    if code is not None:
        query = query.where(Agency.code == code)
    found = (await session.exec(query)).all()
    return found[0] if len(found) == 1 else None


async def ids(session: Session, *, bot_id: int | None = None) -> Sequence[int]:
    """Of all agencies, or of those that a bot works for."""
    query = select(Agency.id).order_by(col(Agency.id))
    return (await session.exec(query if bot_id is None else query.where(Agency.bot_id == bot_id))).all()


async def those(session: Session, ids: Iterable[int]) -> dict[int, Agency]:
    return await known.by_ids(session, Agency, ids)


async def units(session: Session, ids: Iterable[int]) -> dict[int, Unit]:
    return await known.by_ids(session, Unit, ids)


async def units_of(session: Session, agency_id: int) -> Sequence[Unit]:
    return (await session.exec(select(Unit).where(Unit.agency_id == agency_id).order_by(col(Unit.code)))).all()


async def unit_of_chat(session: Session, chat_id: int) -> Unit | None:
    return (await session.exec(select(Unit).where(Unit.chat_id == chat_id))).first()


def zone_of(agency: Agency) -> ZoneInfo:
    return ZoneInfo(agency.zone)


async def zone_of_unit(session: Session, unit: Unit) -> ZoneInfo:
    agency = await session.get_one(Agency, unit.agency_id)
    return ZoneInfo(unit.zone or agency.zone)
