"""Evidence (bukti dukung): photos, files, links, places and voice notes under an activity, or under a day."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint, bindparam, func
from sqlmodel import Field, SQLModel, col, select

from models import work_done
from models.activities import WORK, Activity
from models.database import LongNumber, Session, UtcDateTime, insert
from models.employees import Employee
from models.reading.lexicon import grammar
from models.reading.memory import normalised

PHOTO, FILE, LINK, PLACE, VOICE = "photo", "file", "link", "place", "voice"
NUMBER = re.compile(r"\d+")


class Evidence(SQLModel, table=True):
    """`reference` is Telegram's file id (of this bot), an address, or `latitude,longitude`.

    `activity_id` is empty while it belongs to the day alone.
    """

    __table_args__ = (UniqueConstraint("chat_id", "message_id", "reference"),)

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True, sa_type=LongNumber)
    day: date
    kind: str
    reference: str
    unique_reference: str = Field(default="", index=True)
    """Telegram's file_unique_id: the same file sent twice has the same."""
    name: str = ""
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    album: str = ""
    """Telegram's media_group_id: what was sent together."""
    received_at: datetime = Field(sa_type=UtcDateTime)


@cache
def _about_pictures() -> frozenset[str]:
    """Roots of words that are about the picture, not about what was done."""
    words = "foto fotonya dokumentasi bukti dukung lampiran gambar tangkapan layar screenshot kegiatan"
    return frozenset(normalised(words).split())


async def keep(session: Session, evidence: Evidence) -> None:
    """Store a piece of evidence; the same message handled again changes nothing."""
    values = evidence.model_dump(exclude={"id"})
    await session.exec(insert(session, Evidence).values(**values).on_conflict_do_nothing())


async def loose(session: Session, employee_id: int, *, chat_id: int, group: str) -> Sequence[Evidence]:
    """What was sent together (an album, or one message as `m<id>`) and hangs under no activity yet."""
    query = select(Evidence).where(
        Evidence.employee_id == employee_id, Evidence.chat_id == chat_id, col(Evidence.activity_id).is_(None)
    )
    if group.startswith("m") and group[1:].isdecimal():
        query = query.where(Evidence.message_id == int(group[1:]))
    else:
        query = query.where(Evidence.album == group)
    return (await session.exec(query.order_by(col(Evidence.id)))).all()


async def attach(session: Session, pieces: Sequence[Evidence], activity: Activity) -> None:
    for piece in pieces:
        piece.activity_id = activity.id
        piece.day = activity.worked_on
    await session.flush()


async def of_album(session: Session, chat_id: int, album: str) -> Evidence | None:
    """An earlier piece of the same album that hangs under an activity."""
    query = select(Evidence).where(
        Evidence.chat_id == chat_id, Evidence.album == album, col(Evidence.activity_id).is_not(None)
    )
    return (await session.exec(query.limit(1))).first()


async def count_by_activity(session: Session, activity_ids: Sequence[int]) -> dict[int, int]:
    return dict((await session.exec(_counts(), params={"ids": list(activity_ids)})).all())


@cache
def _counts() -> Any:
    column = col(Evidence.activity_id)
    return select(column, func.count()).where(column.in_(bindparam("ids", expanding=True))).group_by(column)


async def named_by(session: Session, employee: Employee, caption: str, day: date) -> list[Activity]:
    """The activities of a day that a caption names and says nothing beyond; more than one when it is unclear which."""
    said = _words_and_numbers(caption) - _about_pictures()
    if not said:
        return []
    reported = await work_done.of_day(session, employee.id, day)
    return [one for one in reported if one.kind == WORK and said <= _words_and_numbers(one.description)]


def _words_and_numbers(text: str) -> set[str]:
    ahead = grammar("ahead").intersection(text.lower().split())
    return {*normalised(text).split(), *NUMBER.findall(text), *ahead}
