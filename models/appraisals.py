"""The appraisal of a person over a period: what the appraiser entered, each decision, and the objection to it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, update
from sqlmodel import Field, SQLModel, col, select

from models import audit, duty
from models.agencies import Agency
from models.appraisal_periods import Period
from models.database import Session, UtcDateTime, insert
from models.employees import Employee
from models.refusals import Refusal
from models.targets import AMOUNT

PP46, PERMENPANRB6 = "pp46", "permenpanrb6"


class Appraisal(SQLModel, table=True):
    """`scheme` is the agency's when it was opened: `pp46` computes, `permenpanrb6` keeps what the appraiser chose."""

    __table_args__ = (UniqueConstraint("employee_id", "starts_on", "ends_on"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    scheme: str
    starts_on: date
    ends_on: date
    result_rating: str | None = None
    behaviour_rating: str | None = None
    revision: int = 1
    """Counts what the appraiser entered, chose and decided."""

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)


class AppraisalEntry(SQLModel, table=True):
    """A figure or remark that only the appraiser knows; `about` names it (an aspect of behaviour, a target's cost)."""

    __tablename__ = "appraisal_entry"
    __table_args__ = (UniqueConstraint("appraisal_id", "about", "target_id"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    appraisal_id: int = Field(foreign_key="appraisal.id", index=True)
    about: str
    target_id: int | None = Field(default=None, foreign_key="target.id")
    value: Decimal | None = Field(default=None, sa_type=AMOUNT)
    remark: str = ""
    entered_by_id: int = Field(foreign_key="employee.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)


class AppraisalDecision(SQLModel, table=True):
    """What was decided, with all it rests on, and what the person objected. Decisions are added, never overwritten."""

    __tablename__ = "appraisal_decision"
    __table_args__ = (UniqueConstraint("appraisal_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    appraisal_id: int = Field(foreign_key="appraisal.id", index=True)
    number: int
    appraiser_id: int = Field(foreign_key="employee.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)
    dossier: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """`models.appraisal_dossier.Dossier`, as it was then: later marks and approvals do not change what was decided."""
    objection: str | None = None
    objected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    upheld: bool | None = None
    """Whether the appraisal stands, or was given back to the appraiser; None while nobody has answered."""
    answer: str | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="employee.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


async def open_for(
    session: Session, employee: Employee, period: Period, *, now: datetime, actor_id: int | None = None
) -> Appraisal:
    """The appraisal of a person and period, opened when there is none.

    Raises: Refusal("only_years") for a part of a year under PP 46.
    """
    agency = await session.get_one(Agency, employee.agency_id)
    found = await of_period(session, employee.id, period)
    if found is not None:
        return found
    if agency.scheme == PP46 and not period.is_year:
        raise Refusal("only_years")
    row = {"employee_id": employee.id, "starts_on": period.starts_on, "ends_on": period.ends_on, "revision": 1}
    statement = insert(session, Appraisal).values(agency_id=agency.id, scheme=agency.scheme, **row)
    await session.exec(statement.on_conflict_do_nothing())
    opened = await of_period(session, employee.id, period)
    assert opened is not None
    await audit.record(
        session,
        "appraisal_opened",
        agency_id=agency.id,
        now=now,
        actor_id=actor_id,
        employee_id=employee.id,
        appraisal=opened.id,
    )
    return opened


async def of_period(session: Session, employee_id: int, period: Period) -> Appraisal | None:
    query = select(Appraisal).where(
        Appraisal.employee_id == employee_id,
        Appraisal.starts_on == period.starts_on,
        Appraisal.ends_on == period.ends_on,
    )
    return (await session.exec(query)).first()


async def of_people(session: Session, employee_ids: Iterable[int]) -> Sequence[Appraisal]:
    """Every appraisal of these people, the newest period first."""
    query = select(Appraisal).where(col(Appraisal.employee_id).in_(list(employee_ids)))
    return (await session.exec(query.order_by(col(Appraisal.ends_on).desc(), col(Appraisal.starts_on).desc()))).all()


async def entries_of(session: Session, appraisal_id: int) -> Sequence[AppraisalEntry]:
    query = select(AppraisalEntry).where(AppraisalEntry.appraisal_id == appraisal_id)
    return (await session.exec(query.order_by(col(AppraisalEntry.id)))).all()


async def decision_of(session: Session, appraisal_id: int) -> AppraisalDecision | None:
    """The newest decision."""
    query = select(AppraisalDecision).where(AppraisalDecision.appraisal_id == appraisal_id)
    return (await session.exec(query.order_by(col(AppraisalDecision.number).desc()).limit(1))).first()


async def may_appraise(session: Session, appraiser: Employee, employee: Employee, *, on: date) -> bool:
    """The superior of the date, or a deputy; never oneself."""
    if appraiser.id == employee.id or appraiser.agency_id != employee.agency_id:
        return False
    return any(person.id == appraiser.id for person in await duty.reviewers_of(session, employee, on=on))


async def advance(session: Session, appraisal: Appraisal, *, revision: int, **values: Any) -> None:
    """Change exactly the revision that was seen. Raises: Refusal("changed_meanwhile")."""
    statement = update(Appraisal).where(col(Appraisal.id) == appraisal.id, col(Appraisal.revision) == revision)
    changed = await session.exec(statement.values(revision=revision + 1, **values))
    if not changed.rowcount:
        raise Refusal("changed_meanwhile")
    await session.refresh(appraisal)
