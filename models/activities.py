"""Activities: one piece of work done on one date. The status changes that are allowed stand here as one table."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Index, literal_column, text, update
from sqlmodel import Field, SQLModel, col, select

from models import audit
from models.database import LongNumber, Session, UtcDateTime
from models.reading import unit_names
from models.targets import AMOUNT, Target

DRAFT = "draft"
"""Waits for an answer of the person; submitted as it stands when the day closes."""
WAITING = "waiting"
"""Submitted; waits for the supervisor."""
APPROVED = "approved"
RETURNED = "returned"
"""Given back by the supervisor with a reason."""
REMOVED = "removed"
"""Taken out by the person; kept, so that it can be undone."""

ALLOWED: dict[str, frozenset[str]] = {
    DRAFT: frozenset({DRAFT, WAITING, REMOVED}),
    WAITING: frozenset({DRAFT, WAITING, APPROVED, RETURNED, REMOVED}),
    APPROVED: frozenset({WAITING, RETURNED, REMOVED}),
    RETURNED: frozenset({WAITING, REMOVED}),
    REMOVED: frozenset({WAITING, DRAFT}),
}

STANDING = (DRAFT, WAITING, APPROVED, RETURNED)
"""What a person sees as reported."""
WORK, OUTPUT = "work", "output"

OPEN = text("status IN ('draft', 'waiting')")
FINAL = ("status", "reviewed_at", "employee_id")
UNTOLD = text("status = 'approved' AND told_at IS NULL")
BY_CLOCK, BY_CLOCK_IN_SQLITE = text("is_automatic"), text("is_automatic = 1")
COUNTED = text("status = 'approved' AND output IS NOT NULL")


class Activity(SQLModel, table=True):
    """`quantity` and `unit` as said; `output` in the target's measure, None while unknown (None is not 1)."""

    __table_args__ = (
        Index("ix_activity_of_day", "employee_id", "worked_on"),
        Index("ix_activity_open", "employee_id", "status", "worked_on", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_activity_untold", *FINAL, sqlite_where=UNTOLD, postgresql_where=UNTOLD),
        Index(
            "ix_activity_by_clock",
            *FINAL,
            sqlite_where=BY_CLOCK_IN_SQLITE,
            postgresql_where=BY_CLOCK,
        ),
        Index(
            "ix_activity_output",
            "target_id",
            "worked_on",
            "output",
            "is_automatic",
            "status",
            sqlite_where=COUNTED,
            postgresql_where=COUNTED,
        ),
    )

    id: int = Field(default=None, primary_key=True, sa_type=LongNumber)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id")
    reply_id: int | None = Field(default=None, foreign_key="reply.id", index=True, sa_type=LongNumber)
    position: int = 0
    kind: str = WORK
    """`work`, or `output`: the week's output of a target, said once on the output card."""
    worked_on: date = Field(index=True)
    description: str
    starts_at: time | None = None
    ends_at: time | None = None
    minutes: int | None = None
    quantity: Decimal | None = Field(default=None, sa_type=AMOUNT)
    unit: str | None = None
    target_id: int | None = Field(default=None, foreign_key="target.id", index=True)
    linked_by: str = ""
    """What made the link: code, words, unit, memory, or person; `none` when the person said it serves no target."""
    matched: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    candidates: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Ids of targets, the likeliest first."""
    parts: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The two pieces it would fall into, when it is unsure whether it is one activity or two."""
    output: Decimal | None = Field(default=None, sa_type=AMOUNT)
    status: str = DRAFT
    revision: int = 1
    is_late: bool = False
    is_flagged: bool = False
    """Submitted by the day's close while a question was still open."""
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When what it says now came before the reviewer: the days of waiting count from here."""
    reviewer_id: int | None = Field(default=None, foreign_key="employee.id")
    """Who approved or returned it, stored because deputies change."""
    on_behalf_of_id: int | None = Field(default=None, foreign_key="employee.id")
    """The superior for whom the reviewer stood in."""
    is_automatic: bool = False
    """Approved by the clock, because nobody had decided; outside every average of quality."""
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    """The person's unit on the day of the work: a transfer does not move what was done before."""
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was last given back; kept, with the reason, until an approval is final: the reviewer sees that it did."""
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was decided about; of what waits again, when that was undone."""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the person was told of the approval."""
    reason: str | None = None


def is_still(status: str) -> tuple[ColumnElement[bool], ...]:
    """A draft, or waiting. Written with the index's condition, so that the index is used."""
    either: list[ColumnElement[str]] = [literal_column("'draft'"), literal_column("'waiting'")]
    return col(Activity.status).in_(either), col(Activity.status) == status


def is_counted() -> tuple[ColumnElement[bool], ...]:
    """Approved, with an output. Written as in the index's condition, so that the index is used."""
    return col(Activity.status) == literal_column("'approved'"), col(Activity.output).is_not(None)


def is_untold() -> tuple[ColumnElement[bool], ...]:
    """Approved, and the person has not heard. Written as in the index's condition, so that the index is used."""
    return col(Activity.status) == literal_column("'approved'"), col(Activity.told_at).is_(None)


def waits_again(activity: Activity, *, now: datetime) -> dict[str, Any]:
    """What changes when it waits (again): nobody has decided about these words, and their days of waiting begin.

    What it was returned for stays, so that the reviewer sees why it comes back; after an approval that is over.
    """
    over = {"returned_at": None, "reason": None} if activity.status == APPROVED else {}
    return {
        "status": WAITING,
        "submitted_at": now,
        "reviewer_id": None,
        "on_behalf_of_id": None,
        "is_automatic": False,
        "reviewed_at": None,
        "told_at": None,
        **over,
    }


def output_for(target: Target | None, quantity: Decimal | None, unit: str | None) -> Decimal | None:
    """The output in the target's measure: the quantity said, when its unit means the same; else unknown."""
    if target is None or quantity is None or unit is None or not unit_names.same_unit(unit, target.measure):
        return None
    return quantity


async def change(session: Session, activity: Activity, *, revision: int, **values: Any) -> bool:
    """Change exactly the revision that was seen. False when somebody was faster, or the status may not change so."""
    to = values.get("status", activity.status)
    if to not in ALLOWED[activity.status] and to != activity.status:
        return False
    was_approved = activity.status == APPROVED and "submitted_at" in values  # the update changes the object, too
    statement = update(Activity).where(col(Activity.id) == activity.id, col(Activity.revision) == revision)
    changed = await session.exec(statement.values(revision=revision + 1, **values))
    if changed.rowcount:
        await session.refresh(activity)
        if was_approved:
            await _record_change(session, activity, now=values["submitted_at"])
    return bool(changed.rowcount)


async def hold(session: Session, rows: Iterable[Activity]) -> None:
    """Read rows anew and hold them until the transaction ends: what their owner says now holds, whoever decides about
    them at the same moment. (SQLite has one writer at a time anyway.)
    """
    for row in sorted(rows, key=lambda row: row.id):
        await session.refresh(row, with_for_update=True)


async def _record_change(session: Session, activity: Activity, *, now: datetime) -> None:
    """Its owner has changed what was approved: it waits again."""
    await audit.record(
        session,
        "changed_after_approval",
        agency_id=activity.agency_id,
        now=now,
        actor_id=activity.employee_id,
        employee_id=activity.employee_id,
        activities=[[activity.id, activity.revision]],
    )


async def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Activity]:
    query = select(Activity).where(col(Activity.id).in_(list(ids))).order_by(col(Activity.id))
    rows = (await session.exec(query)).all()
    return {row.id: row for row in rows}


async def of_reply(session: Session, reply_id: int) -> Sequence[Activity]:
    query = select(Activity).where(Activity.reply_id == reply_id, col(Activity.status) != REMOVED)
    return (await session.exec(query.order_by(col(Activity.position), col(Activity.id)))).all()
