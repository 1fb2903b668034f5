"""Messages to show, until shown. A row is desired state: what should be on a screen, not a letter to be posted."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, and_, bindparam, case, func, text, true, update
from sqlalchemy.sql import ColumnElement
from sqlmodel import Field, SQLModel, col, select

from models import bots
from models.database import LongNumber, Session, UtcDateTime, dialect_of, insert_in, parts
from models.kinds import ADMIN, BACKGROUND, CARD, CLOSED, QUALITY_CARD, SAY, WAVE

WANTED = "wanted"
"""In `session.info`: keys of what this transaction wants on screens."""
UNSHOWN = text("revision > shown_revision")
TRIED = text("revision > shown_revision AND retry_at IS NOT NULL")
HAS_WORDS, HAS_WORDS_IN_SQLITE = text("has_words"), text("has_words = 1")
WORDED: dict[str, frozenset[str]] = {
    SAY: frozenset({"text", "asks"}),
    ADMIN: frozenset({"find", "text"}),
    QUALITY_CARD: frozenset({"remarks"}),
}
"""Arguments that hold what somebody wrote or what was said to them; those of all other kinds are ids and dates."""


BLANK: dict[str, Any] = {
    "agency_id": None,
    "employee_id": None,
    "arguments": {},
    "priority": WAVE,
    "expires_at": None,
}
"""What a message is unless something else is wanted."""


class Message(SQLModel, table=True):
    """`revision` counts what was wanted, `shown_revision` what was sent; equal means there is nothing to do.

    `screen_revision` and `seen` describe what the screen shows now: the ids and revisions of the things on the card.
    A tap acts on exactly those.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_unshown", "bot_id", "priority", "due_at", "id", sqlite_where=UNSHOWN, postgresql_where=UNSHOWN
        ),
        Index(
            "ix_outbox_tried", "bot_id", "retry_at", "attempts", "chat_id", sqlite_where=TRIED, postgresql_where=TRIED
        ),
        Index("ix_outbox_of_kind", "employee_id", "kind", "due_at"),
        Index("ix_outbox_worded", "due_at", sqlite_where=HAS_WORDS_IN_SQLITE, postgresql_where=HAS_WORDS),
    )

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    key: str = Field(unique=True)
    bot_id: int = Field(default=bots.DEFAULT, sa_type=BigInteger)
    """By which bot it goes (see `bots`)."""
    chat_id: int = Field(sa_type=BigInteger, index=True)
    employee_id: int | None = Field(default=None, foreign_key="employee.id")
    """Who is meant to see it, in a private chat; checked again when it is sent."""
    kind: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    priority: int = CARD
    due_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 1
    shown_revision: int = 0
    screen_revision: int = 0
    seen: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    message_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    former_message_id: int | None = Field(default=None, sa_type=BigInteger)
    """An older copy on the screen whose buttons have to go once the new one stands."""
    new_from: int = 0
    """A message that was sent for a revision before this one is a former copy: `anew` was wanted since."""
    is_picture: bool = False
    content_hash: str | None = None
    """Of what certainly stands on the screen; None while a change is in flight or its end unknown."""
    attempts: int = 0
    """How often this has been sent since it was last known to be shown; more than one may be a repeat."""
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Not to be tried again before; by the machine's own clock."""
    claimed_by: str | None = None
    failure: str | None = None
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    has_words: bool = False
    """Whether `arguments` still hold words (see WORDED), which go a week after they were shown."""


async def show(
    session: Session,
    *,
    key: str,
    chat_id: int,
    kind: str,
    due_at: datetime,
    agency_id: int | None = None,
    employee_id: int | None = None,
    arguments: dict[str, Any] | None = None,
    priority: int = CARD,
    expires_at: datetime | None = None,
    anew: bool = False,
) -> None:
    """Want this on the screen: sent when it is not there yet, else edited in place.

    `anew` sends a new message and strips the old one, for what someone must notice (edits make no sound).
    """
    wanted = {
        "key": key,
        "chat_id": chat_id,
        "kind": kind,
        "arguments": arguments or {},
        "priority": priority,
        "due_at": due_at,
        "expires_at": expires_at,
        "employee_id": employee_id,
        "agency_id": agency_id,
    }
    await show_all(session, [wanted], anew=anew)
    await _refresh(session, key)
    _remember(session, key)


async def show_all(session: Session, rows: Sequence[dict[str, Any]], *, anew: bool = False) -> None:
    """Want many at once, each as `show` takes it; what the session has read of them before is out of date then."""
    if not rows:
        return
    statement = _upsert(dialect_of(session), bots.heard_by(session), anew)
    await session.exec(statement, params=[_new(row) for row in rows])


@cache
def _upsert(dialect: str, heard_by: int, anew: bool) -> Any:
    """Made once: to make it takes longer than to run it."""
    statement = _insert(dialect, heard_by)
    fresh = statement.excluded
    here = (col(Message.chat_id) == fresh.chat_id) & (col(Message.bot_id) == fresh.bot_id)
    changed: dict[str, Any] = {
        **{name: fresh[name] for name in (*BLANK, "bot_id", "chat_id", "kind", "due_at", "has_words")},
        "revision": col(Message.revision) + 1,
        "attempts": case((is_unshown(), col(Message.attempts)), else_=0),
        "retry_at": None,
        "failure": None,
        "message_id": case((here, col(Message.message_id))),
        "content_hash": case((here, col(Message.content_hash))),
    }
    if anew:
        changed |= {
            "new_from": col(Message.revision) + 1,
            "former_message_id": case((here, func.coalesce(col(Message.message_id), col(Message.former_message_id)))),
            "message_id": None,
            "content_hash": None,
            "is_picture": False,
        }
    return statement.on_conflict_do_update(index_elements=["key"], set_=changed)


async def show_once(session: Session, *, key: str, chat_id: int, kind: str, due_at: datetime, **wanted: Any) -> bool:
    """Want this on the screen, unless the key was used before: the database refuses it twice. Whether it was new."""
    row = {"key": key, "chat_id": chat_id, "kind": kind, "due_at": due_at, **wanted}
    is_new = bool(await show_all_once(session, [row]))
    if is_new:
        _remember(session, key)
    return is_new


async def show_all_once(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Of many at once, each as `show_once` takes it: how many keys were new."""
    if not rows:
        return 0
    statement = _insert(dialect_of(session), bots.heard_by(session)).on_conflict_do_nothing()
    return int((await session.exec(statement, params=[_new(row) for row in rows])).rowcount)


async def settle_all(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Use up the keys of messages that turned out to have nothing to say: nobody has to look again."""
    await show_all_once(session, [{**row, "shown_revision": 1} for row in rows])


def _remember(session: Session, key: str) -> None:
    session.info.setdefault(WANTED, []).append(key)


async def wanted_in(session: Session) -> list[int]:
    """Ids of what has been wanted in this transaction, for the log."""
    keys = session.info.get(WANTED, [])
    return list((await session.exec(select(Message.id).where(col(Message.key).in_(keys)))).all()) if keys else []


@cache
def _insert(dialect: str, heard_by: int) -> Any:
    """Of rows as `_new` makes them; each goes by its agency's bot."""
    return insert_in(dialect, Message).values(bot_id=bots.for_each_agency("of_agency", heard_by))


def _new(wanted: dict[str, Any]) -> dict[str, Any]:
    state: dict[str, Any] = {
        "revision": 1,
        "shown_revision": 0,
        "screen_revision": 0,
        "new_from": 0,
        "seen": [],
        "attempts": 0,
    }
    state |= {"is_picture": False, "has_words": wanted["kind"] in WORDED, "of_agency": wanted.get("agency_id")}
    return {**state, **BLANK, **wanted}


def is_unshown() -> ColumnElement[bool]:
    """There is something to do. Written as in the index's condition, so that the index is used."""
    return col(Message.revision) > col(Message.shown_revision)


def has_words() -> ColumnElement[bool]:
    """Written as in the index's condition, so that the index is used."""
    return col(Message.has_words) == true()


async def _refresh(session: Session, key: str) -> None:
    """An upsert goes past what the session remembers of the row."""
    for row in session.sync_session.identity_map.values():
        if isinstance(row, Message) and row.key == key:
            await session.refresh(row)


async def redraw(session: Session, key: str, *, now: datetime, **arguments: Any) -> None:
    """Draw a card again that is already wanted, with changed arguments; nothing when there is no such card."""
    row = (await session.exec(_held(), params={"key": key})).first()
    if row is not None:
        row.arguments = {**row.arguments, **arguments}
        row.attempts = row.attempts if row.revision > row.shown_revision else 0
        row.revision += 1
        row.has_words = row.kind in WORDED
        if row.message_id is not None:
            row.due_at = min(row.due_at, now)
        row.retry_at, row.failure = None, None
        await session.flush()
        _remember(session, key)


@cache
def _held() -> Any:
    query = select(Message).where(Message.key == bindparam("key"))
    return query.with_for_update().execution_options(populate_existing=True)


async def redraw_all(session: Session, keys: Sequence[str], *, now: datetime) -> None:
    """As `redraw`, many at once and as they are; what the session has read of them before is out of date then."""
    was_there = and_(col(Message.message_id).is_not(None), col(Message.due_at) > now)
    again: dict[str, Any] = {
        "revision": col(Message.revision) + 1,
        "attempts": case((is_unshown(), col(Message.attempts)), else_=0),
        "due_at": case((was_there, now), else_=col(Message.due_at)),
        "retry_at": None,
        "failure": None,
    }
    for some in parts(keys):
        statement = update(Message).where(col(Message.key).in_(some)).values(**again)
        await session.exec(statement.execution_options(synchronize_session=False))


async def close_for(session: Session, employee_id: int, *, since: datetime, now: datetime) -> int:
    """Close the cards that a person has had since; how many. Wanted again, a card is what it was."""
    cards = update(Message).where(
        col(Message.employee_id) == employee_id, col(Message.message_id).is_not(None), col(Message.due_at) >= since
    )
    closed: dict[str, Any] = {"kind": CLOSED, "employee_id": None, "revision": col(Message.revision) + 1}
    return (await session.exec(cards.values(**closed, priority=BACKGROUND, due_at=now, expires_at=None))).rowcount


def close(row: Message, *, now: datetime) -> None:
    """What was on this card is gone: it says so, and nothing of it can be tapped."""
    row.kind, row.arguments, row.has_words = CLOSED, {}, False
    row.revision += 1
    row.priority, row.due_at, row.expires_at = BACKGROUND, min(row.due_at, now), None
    if row.message_id is None:
        row.shown_revision = row.revision


async def move_chat(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: its messages stay behind, so cards are sent again when they change."""
    moved = update(Message).where(col(Message.chat_id) == old)
    await session.exec(moved.values(chat_id=new, message_id=None, former_message_id=None, content_hash=None))
