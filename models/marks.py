"""Quality marks: what a superior says of the results of one target in one week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from models import audit
from models.database import Session, UtcDateTime, insert
from models.employees import Employee
from models.refusals import Refusal
from models.scoring.spread import spread

REMARK_AT_MOST = 300
"""Characters of a remark beside a mark."""


class QualityMark(SQLModel, table=True):
    """A superior's mark, 0–100, for the results of one target in one week (scale: `handlers.quality_scale`).

    None says that there was no result worth marking, which is not a mark of 0.
    """

    __table_args__ = (
        UniqueConstraint("target_id", "week_ends_on"),
        Index("ix_qualitymark_of_week", "week_ends_on", "reviewer_id"),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    week_ends_on: date
    mark: int | None
    remark: str = ""
    """The superior's words, which the employee reads with their week."""
    reviewer_id: int = Field(foreign_key="employee.id")
    marked_at: datetime = Field(sa_type=UtcDateTime)


def check_remark(remark: str) -> str:
    """The remark on one line. Raises: Refusal("remark_too_long", limit=…)."""
    line = " ".join(remark.split())
    if len(line) > REMARK_AT_MOST:
        raise Refusal("remark_too_long", limit=REMARK_AT_MOST)
    return line


async def give(
    session: Session,
    reviewer: Employee,
    employee: Employee,
    *,
    target_id: int,
    week: date,
    value: int | None,
    remark: str | None = None,
    now: datetime,
) -> None:
    """Give or change the mark of a target's week; None: no result worth marking. Without `remark` the former stays.

    Raises: Refusal("not_yours"), Refusal("remark_too_long", limit=…); ValueError for a mark outside 0–100.
    """
    if value is not None and not 0 <= value <= 100:
        raise ValueError(f"a mark is 0 to 100, not {value}")
    if employee.id == reviewer.id:
        raise Refusal("not_yours")
    row: dict[str, Any] = {"mark": value, "reviewer_id": reviewer.id, "marked_at": now}
    if remark is not None:
        row["remark"] = check_remark(remark)
    statement = insert(session, QualityMark).values(
        agency_id=employee.agency_id,
        employee_id=employee.id,
        target_id=target_id,
        week_ends_on=week,
        **{"remark": "", **row},
    )
    await session.exec(statement.on_conflict_do_update(index_elements=["target_id", "week_ends_on"], set_=row))
    await audit.record(
        session,
        "marked",
        agency_id=employee.agency_id,
        now=now,
        actor_id=reviewer.id,
        employee_id=employee.id,
        target=target_id,
        week=week.isoformat(),
        mark=value,
    )


async def of_people(session: Session, employee_ids: Iterable[int], *, until: date) -> Sequence[QualityMark]:
    query = select(QualityMark).where(
        col(QualityMark.employee_id).in_(list(employee_ids)), QualityMark.week_ends_on <= until
    )
    return (await session.exec(query.execution_options(populate_existing=True))).all()


async def of_targets(session: Session, target_ids: Iterable[int], *, until: date) -> dict[int, dict[date, int | None]]:
    """By target, then by week."""
    query = select(col(QualityMark.target_id), col(QualityMark.week_ends_on), col(QualityMark.mark)).where(
        col(QualityMark.target_id).in_(list(target_ids)), QualityMark.week_ends_on <= until
    )
    found: dict[int, dict[date, int | None]] = {}
    for target_id, week, mark in (await session.exec(query)).all():
        found.setdefault(target_id, {})[week] = mark
    return found


async def of_week(session: Session, employee_ids: Iterable[int], week: date) -> dict[int, QualityMark]:
    """Target id → its mark of the week ending on the Sunday `week`."""
    query = select(QualityMark).where(
        col(QualityMark.employee_id).in_(list(employee_ids)), QualityMark.week_ends_on == week
    )
    rows = (await session.exec(query.execution_options(populate_existing=True))).all()
    return {row.target_id: row for row in rows}


async def given_by(session: Session, reviewer_id: int, *, since: date, until: date) -> Sequence[QualityMark]:
    """One reviewer's own marks of the weeks ending in a span, both Sundays included, by week."""
    query = select(QualityMark).where(
        QualityMark.reviewer_id == reviewer_id, QualityMark.week_ends_on >= since, QualityMark.week_ends_on <= until
    )
    query = query.order_by(col(QualityMark.week_ends_on), col(QualityMark.id))
    return (await session.exec(query.execution_options(populate_existing=True))).all()


def has_marked(week: date) -> ColumnElement[bool]:
    """Of an employee: they have marked something of a week."""
    return col(Employee.id).in_(select(QualityMark.reviewer_id).where(QualityMark.week_ends_on == week))


async def with_spread(session: Session, reviewer_ids: Iterable[int], week: date) -> set[int]:
    """Those of the reviewers who have given enough marks of a week to look at how they are spread."""
    query = select(QualityMark.reviewer_id, QualityMark.mark).where(
        QualityMark.week_ends_on == week,
        col(QualityMark.reviewer_id).in_(list(reviewer_ids)),
        col(QualityMark.mark).is_not(None),
    )
    given: dict[int, list[int]] = {}
    for reviewer_id, mark in (await session.exec(query)).all():
        given.setdefault(reviewer_id, []).append(mark or 0)
    return {id_ for id_, own in given.items() if spread(own) is not None}
