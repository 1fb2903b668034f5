"""The history of targets: what each was from a date on, and the plan in force on a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from models import audit
from models.database import Session
from models.targets import APPROVED, WAITING, WITHDRAWN, Target, TargetRevision, is_milestone

IMPORTED, ADDED, CHANGED, ENDED, RESET = "imported", "added", "changed", "ended", "reset"


@dataclass(frozen=True, slots=True)
class Plan:
    """The values of a target that may change, as they hold from some date on."""

    title: str
    indicator: str
    planned: Decimal
    measure: str
    quality: Decimal | None
    cost: Decimal | None
    starts_on: date
    ends_on: date
    weight: Decimal | None
    parent_id: int | None

    @classmethod
    def of(cls, row: Target | TargetRevision) -> "Plan":
        return cls(**{name: getattr(row, name) for name in VALUES})

    @property
    def is_milestone(self) -> bool:
        return is_milestone(self.measure)

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in VALUES}

    def put_into(self, target: Target) -> None:
        for name, value in self.values().items():
            setattr(target, name, value)


VALUES = tuple(field.name for field in fields(Plan))


async def plans_on(session: Session, targets: Iterable[Target], *, on: date) -> dict[int, Plan]:
    """What held on a date, by target id: the newest approved revision that had begun. One query for all.

    A target that was not agreed yet by then is left out; one without any agreed revision is what it is now.
    """
    by_id = {target.id: target for target in targets}
    columns = [getattr(TargetRevision, name) for name in ("target_id", "effective_on", *VALUES)]
    query: Any = sql_select(*columns).where(
        col(TargetRevision.target_id).in_(by_id), col(TargetRevision.status) == APPROVED
    )
    found: dict[int, Plan] = {}
    known: set[int] = set()
    for target_id, effective_on, *values in (await session.exec(query.order_by(col(TargetRevision.number)))).all():
        known.add(target_id)
        if effective_on <= on:
            found[target_id] = Plan(*values)
    unknown = {id_: Plan.of(target) for id_, target in by_id.items() if id_ not in known and target.status == APPROVED}
    return found | unknown


def is_planned(*, on: date) -> ColumnElement[bool]:
    """Of a target: `plans_on` has it on a date."""
    agreed = select(TargetRevision.id).where(
        TargetRevision.target_id == Target.id, col(TargetRevision.status) == APPROVED
    )
    begun = agreed.where(TargetRevision.effective_on <= on)
    return and_(col(Target.status) == APPROVED, or_(begun.exists(), ~agreed.exists()))


async def in_force(session: Session, target: Target, *, on: date) -> Plan | None:
    """What a target was on a date; None while it was not agreed."""
    return (await plans_on(session, [target], on=on)).get(target.id)


async def of_target(session: Session, target_id: int) -> Sequence[TargetRevision]:
    """The whole history, the oldest first."""
    query = select(TargetRevision).where(TargetRevision.target_id == target_id)
    return (await session.exec(query.order_by(col(TargetRevision.number)))).all()


async def waiting_of(session: Session, employee_id: int) -> Sequence[TargetRevision]:
    """What is proposed for a person's targets and not answered yet, the oldest first."""
    query = (
        select(TargetRevision)
        .join(Target, col(TargetRevision.target_id) == col(Target.id))
        .where(Target.employee_id == employee_id, TargetRevision.status == WAITING)
        .order_by(col(TargetRevision.id))
    )
    return (await session.exec(query)).all()


async def by_ids(session: Session, ids: Iterable[int]) -> dict[int, TargetRevision]:
    query = select(TargetRevision).where(col(TargetRevision.id).in_(list(ids)))
    rows = (await session.exec(query.execution_options(populate_existing=True))).all()
    return {row.id: row for row in rows}


async def add(
    session: Session, target: Target, plan: Plan, *, kind: str, effective_on: date, now: datetime, **values: Any
) -> TargetRevision:
    """The next revision of a target. A target without history gets the one it begins with first."""
    last = (
        await session.exec(select(func.max(TargetRevision.number)).where(TargetRevision.target_id == target.id))
    ).one()
    if last is None and kind not in (IMPORTED, ADDED):
        first = _revision(target, Plan.of(target), 1, IMPORTED, target.starts_on, now, status=APPROVED)
        session.add(first)
        last = 1
    revision = _revision(target, plan, (last or 0) + 1, kind, effective_on, now, **values)
    session.add(revision)
    await session.flush()
    if kind != IMPORTED:
        await record(session, "target_set" if revision.status == APPROVED else "target_proposed", target, revision)
    return revision


async def record(
    session: Session,
    act: str,
    target: Target,
    revision: TargetRevision,
    *,
    actor_id: int | None = None,
    now: datetime | None = None,
) -> None:
    """In the audit: what was proposed, set or decided of a target; `actor_id` and `now` else are the proposal's."""
    await audit.record(
        session,
        act,
        agency_id=target.agency_id,
        now=now or revision.proposed_at,
        actor_id=actor_id if now is not None else revision.proposed_by_id,
        employee_id=target.employee_id,
        target=target.id,
        revision=revision.id,
        kind=revision.kind,
    )


def _revision(
    target: Target, plan: Plan, number: int, kind: str, effective_on: date, now: datetime, **values: Any
) -> TargetRevision:
    return TargetRevision(
        agency_id=target.agency_id,
        target_id=target.id,
        number=number,
        kind=kind,
        effective_on=effective_on,
        proposed_at=now,
        **plan.values(),
        **values,
    )


async def withdraw_open(session: Session, target_id: int) -> None:
    """What waits for an answer about a target does no longer: it was proposed for a plan that is past."""
    query = select(TargetRevision).where(TargetRevision.target_id == target_id, TargetRevision.status == WAITING)
    for row in (await session.exec(query)).all():
        row.status = WITHDRAWN
    await session.flush()
