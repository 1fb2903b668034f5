"""Targets (rencana hasil kerja) of people and of units, and the cascade they stand in."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ColumnElement, Index, Numeric, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel, col, or_, select

from models import known
from models.database import Session, UtcDateTime
from models.employees import Employee

AMOUNT = Numeric(18, 4)
WAITING, APPROVED, RETURNED, WITHDRAWN = "waiting", "approved", "returned", "withdrawn"
IS_WAITING = text("status = 'waiting'")
NUMBERED = re.compile(r"(.*?)(\d{1,9})")
FIRST_LETTER = "R"
MILESTONE_UNITS = frozenset({"persen", "%", "percent"})


def is_milestone(measure: str) -> bool:
    """Whether what is owed is reached in percent and cannot be counted."""
    return measure.strip().lower() in MILESTONE_UNITS


class Target(SQLModel, table=True):
    """What a person, or a unit, owes in a period; child of a superior's or the unit's target."""

    __table_args__ = (
        UniqueConstraint("employee_id", "code"),
        UniqueConstraint("unit_id", "code"),
        CheckConstraint("(employee_id IS NULL) <> (unit_id IS NULL)", name="one_holder"),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    code: str
    employee_id: int | None = Field(default=None, foreign_key="employee.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    title: str
    indicator: str = ""
    planned: Decimal = Field(sa_type=AMOUNT)
    """Planned output in `measure`; 100 for a milestone, whose output is the percent reached."""
    measure: str
    quality: Decimal | None = Field(default=None, sa_type=AMOUNT)
    cost: Decimal | None = Field(default=None, sa_type=AMOUNT)
    starts_on: date
    ends_on: date
    weight: Decimal | None = Field(default=None, sa_type=AMOUNT)
    parent_id: int | None = Field(default=None, foreign_key="target.id", index=True)
    status: str = APPROVED
    """Of the target as a whole: it counts when it is `approved`, by the supervisor or by the agency's import."""

    @property
    def is_milestone(self) -> bool:
        return is_milestone(self.measure)


class TargetRevision(SQLModel, table=True):
    """What a target was from a date on; `Target` itself holds the newest approved one. Nothing is overwritten."""

    __tablename__ = "target_revision"
    __table_args__ = (
        UniqueConstraint("target_id", "number"),
        Index("ix_target_revision_waiting", "target_id", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
    )

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    number: int
    kind: str
    """imported, added, changed, ended, or reset (for the time that is left)."""
    effective_on: date
    title: str
    indicator: str = ""
    planned: Decimal = Field(sa_type=AMOUNT)
    measure: str
    quality: Decimal | None = Field(default=None, sa_type=AMOUNT)
    cost: Decimal | None = Field(default=None, sa_type=AMOUNT)
    starts_on: date
    ends_on: date
    weight: Decimal | None = Field(default=None, sa_type=AMOUNT)
    parent_id: int | None = Field(default=None, foreign_key="target.id")
    why: str = ""
    status: str = WAITING
    proposed_by_id: int | None = Field(default=None, foreign_key="employee.id")
    """None when it came with an import."""
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    reviewer_id: int | None = Field(default=None, foreign_key="employee.id")
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remark: str | None = None
    """The supervisor's reason for returning it."""


def is_waiting() -> ColumnElement[bool]:
    """Of a revision: nobody has answered it. Written as in the index's condition, so that the index is used."""
    return col(TargetRevision.status) == literal_column("'waiting'")


class Competency(SQLModel, table=True):
    """A competency that a target asks for."""

    __table_args__ = (UniqueConstraint("target_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    name: str


async def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Target]:
    return await known.by_ids(session, Target, ids)


def in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions of an approved target that runs on a date.

    One that was set anew for the time that is left still takes up work of the days before.
    """
    begun_then = (
        select(TargetRevision.id)
        .where(
            col(TargetRevision.target_id) == col(Target.id),
            TargetRevision.status == APPROVED,
            TargetRevision.starts_on <= on,
        )
        .exists()
    )
    return (col(Target.status) == APPROVED, col(Target.ends_on) >= on, or_(col(Target.starts_on) <= on, begun_then))


async def of_employee(session: Session, employee: Employee, *, on: date) -> Sequence[Target]:
    """The person's approved targets that run on a date, in the order of their codes."""
    query = select(Target).where(Target.employee_id == employee.id, *in_force(on))
    return (await session.exec(query.order_by(col(Target.id)))).all()


async def all_of(session: Session, employee_id: int) -> Sequence[Target]:
    """The person's approved targets of any time."""
    return await all_of_many(session, [employee_id])


async def all_of_many(session: Session, employee_ids: Iterable[int]) -> Sequence[Target]:
    query = select(Target).where(col(Target.employee_id).in_(list(employee_ids)), Target.status == APPROVED)
    return (await session.exec(query.order_by(col(Target.id)))).all()


async def held_by(session: Session, employee_id: int) -> Sequence[Target]:
    """Whatever a person holds or has proposed, of any status and time."""
    query = select(Target).where(Target.employee_id == employee_id)
    return (await session.exec(query.order_by(col(Target.id)))).all()


def next_code(codes: Sequence[str]) -> str:
    """A code nobody has yet, in the manner of those there are: after A1, A2, X9 comes A3."""
    numbered = [found for code in codes if (found := NUMBERED.fullmatch(code))]
    manner = Counter(found[1] for found in numbered)
    prefix = max(manner, key=lambda one: manner[one]) if manner else FIRST_LETTER
    return f"{prefix}{max([int(found[2]) for found in numbered if found[1] == prefix], default=0) + 1}"


async def goals_of(session: Session, *unit_ids: int) -> Sequence[Target]:
    """The units' own goals."""
    query = select(Target).where(col(Target.unit_id).in_(unit_ids), Target.status == APPROVED)
    return (await session.exec(query.order_by(col(Target.id)))).all()


async def serves(session: Session, target: Target) -> Target | None:
    """The organisation's goal a target serves: the nearest unit's goal above it in the cascade."""
    line = [target, *await line_up(session, target)]
    return next((one for one in line if one.unit_id is not None), None)


async def line_up(session: Session, target: Target) -> list[Target]:
    """Everything a target serves, the nearest first, up to the top of the cascade; stops where a ring closes."""
    return await line_from(session, target.parent_id, besides=target.id)


async def line_from(session: Session, parent_id: int | None, *, besides: int | None = None) -> list[Target]:
    """The line that begins with a parent, as `line_up` gives it."""
    seen = {besides}
    line: list[Target] = []
    while parent_id is not None and parent_id not in seen:
        seen.add(parent_id)
        above = await session.get_one(Target, parent_id)
        line.append(above)
        parent_id = above.parent_id
    return line


async def holders_below(session: Session, goal: Target) -> list[tuple[int, str]]:
    """(person, code) of every approved personal target below a goal, at any depth."""
    return (await holders_below_each(session, [goal]))[goal.id]


async def holders_below_each(session: Session, goals: Sequence[Target]) -> dict[int, list[tuple[int, str]]]:
    """As `holders_below`, by the goal's id."""
    found: dict[int, list[tuple[int, str]]] = {goal.id: [] for goal in goals}
    level = {id_: {id_} for id_ in found}  # of each target the goals above it
    seen = {(id_, id_) for id_ in found}
    while level:
        below = select(col(Target.id), col(Target.parent_id), col(Target.employee_id), col(Target.code)).where(
            col(Target.parent_id).in_(level), Target.status == APPROVED
        )
        children = (await session.exec(below.order_by(col(Target.id)))).all()
        above, level = level, {}
        for id_, parent_id, employee_id, code in children:
            for goal_id in above[parent_id or 0]:
                if (goal_id, id_) in seen:
                    continue
                seen.add((goal_id, id_))
                level.setdefault(id_, set()).add(goal_id)
                if employee_id is not None:
                    found[goal_id].append((employee_id, code))
    return found
