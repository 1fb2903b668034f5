"""Who did what, when, from which account: an append-only chain of rows, each sealed over the one before it.

Rows hold ids, revisions and figures, never the words of a report: so the chain survives when those are erased.
"""

import hmac
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models.database import LongNumber, Session, UtcDateTime

BEGINNING = "0" * 64
CHUNK = 1_000
KEY, ACCOUNT = "audit_key", "audit_account"
"""In `session.info`: the key of the seals, and from where this transaction acts (`telegram:<id>`, `cli:<user>`)."""
CLOCK = "clock"


class AuditEntry(SQLModel, table=True):
    """`number` counts without gaps within an agency; triggers of the database refuse changes and deletions."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("agency_id", "number"),)

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    number: int
    at: datetime = Field(sa_type=UtcDateTime)
    act: str
    actor_id: int | None = Field(default=None, foreign_key="employee.id")
    account: str
    employee_id: int | None = Field(default=None, foreign_key="employee.id", index=True)
    """In whose story it belongs."""
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    key_id: str
    """Tells with which key it was sealed, without giving it away."""
    previous: str
    seal: str


class AuditHead(SQLModel, table=True):
    """The newest entry of an agency, itself sealed: whoever cuts rows off the end has to forge this too."""

    __tablename__ = "audit_head"

    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
    number: int = 0
    newest: str = BEGINNING
    seal: str = ""


class Fault(StrEnum):
    MISSING = "missing"
    CHANGED = "changed"
    OTHER_KEY = "other_key"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows are sound from the beginning, and the first that is not, with what is wrong with it."""

    sound: int
    number: int | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, and in whose story it belongs."""

    act: str
    employee_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


async def record(
    session: Session,
    act: str,
    *,
    agency_id: int,
    now: datetime,
    actor_id: int | None = None,
    employee_id: int | None = None,
    **details: Any,
) -> None:
    """Append one row to the agency's chain; it stands or falls with the transaction.

    `details` are JSON values (ids, revisions, figures, ISO dates), never a person's words.
    """
    await record_all(session, [Act(act, employee_id, details)], agency_id=agency_id, now=now, actor_id=actor_id)


async def record_all(
    session: Session, acts: Iterable[Act], *, agency_id: int, now: datetime, actor_id: int | None = None
) -> None:
    """As `record`, of many at once."""
    key: bytes = session.info.get(KEY, b"")
    head = await _head(session, agency_id)
    for one in acts:
        entry = AuditEntry(
            agency_id=agency_id,
            number=head.number + 1,
            at=now,
            act=one.act,
            actor_id=actor_id,
            account=session.info.get(ACCOUNT, CLOCK),
            employee_id=one.employee_id,
            details=one.details,
            key_id=key_id(key),
            previous=head.newest,
            seal="",
        )
        entry.seal = _seal_of(entry, key)
        session.add(entry)
        head.number, head.newest = entry.number, entry.seal
    head.seal = _seal_of_head(head, key)
    await session.flush()


async def _head(session: Session, agency_id: int) -> AuditHead:
    """The agency's head, held until the transaction ends: entries of two processes follow one another."""
    query = select(AuditHead).where(AuditHead.agency_id == agency_id).with_for_update()
    head = (await session.exec(query.execution_options(populate_existing=True))).first()
    if head is None:
        head = AuditHead(agency_id=agency_id)
        session.add(head)
        await session.flush()
    return head


def key_id(key: bytes) -> str:
    return hmac.new(key, b"key id", sha256).hexdigest()[:12] if key else "none"


def _seal_of(entry: AuditEntry, key: bytes) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [entry.agency_id, entry.number, at, entry.act, entry.actor_id, entry.account, entry.employee_id]
    packed = orjson.dumps([*content, entry.details, entry.key_id, entry.previous], option=orjson.OPT_SORT_KEYS)
    return hmac.new(key, packed, sha256).hexdigest()


def _seal_of_head(head: AuditHead, key: bytes) -> str:
    return hmac.new(key, orjson.dumps([head.agency_id, head.number, head.newest]), sha256).hexdigest()


async def _entries(session: Session, agency_id: int) -> AsyncIterator[AuditEntry]:
    last = 0
    while True:
        query = select(AuditEntry).where(AuditEntry.agency_id == agency_id, col(AuditEntry.number) > last)
        chunk = (await session.exec(query.order_by(col(AuditEntry.number)).limit(CHUNK))).all()
        for entry in chunk:
            yield entry
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].number


async def verify(session: Session, agency_id: int) -> Verdict:
    """Check the agency's chain from its beginning to its end with the session's key."""
    key: bytes = session.info.get(KEY, b"")
    sound, previous = 0, BEGINNING
    async for entry in _entries(session, agency_id):
        if entry.number != sound + 1:
            return Verdict(sound, sound + 1, Fault.MISSING)
        if entry.key_id != key_id(key):
            return Verdict(sound, entry.number, Fault.OTHER_KEY)
        if entry.previous != previous or not hmac.compare_digest(entry.seal, _seal_of(entry, key)):
            return Verdict(sound, entry.number, Fault.CHANGED)
        sound, previous = entry.number, entry.seal
    head = await session.get(AuditHead, agency_id)
    if head is None:
        return Verdict(sound, sound + 1, Fault.CUT_OFF) if sound else Verdict(0)
    if not hmac.compare_digest(head.seal, _seal_of_head(head, key)) or (head.number, head.newest) != (sound, previous):
        return Verdict(sound, sound + 1, Fault.CUT_OFF)
    return Verdict(sound)


async def story_of(session: Session, employee_id: int) -> Sequence[AuditEntry]:
    """What a person did and what was done with their work, the oldest first."""
    query = select(AuditEntry).where(
        (col(AuditEntry.employee_id) == employee_id) | (col(AuditEntry.actor_id) == employee_id)
    )
    return (await session.exec(query.order_by(col(AuditEntry.number)))).all()
