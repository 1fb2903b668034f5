"""Feedback that a supervisor gives a person, kept so that both can find it again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped
from sqlmodel import Field, SQLModel, col, select

from models import audit, duty
from models.database import Session, UtcDateTime
from models.employees import Employee
from models.refusals import Refusal
from models.targets import Target

FEEDBACK_AT_MOST = 1000
"""Characters of one feedback."""


class Feedback(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    author_id: int = Field(foreign_key="employee.id", index=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    text: str
    given_at: datetime = Field(sa_type=UtcDateTime)


async def coached(session: Session, supervisor: Employee, employee_id: int, *, on: date) -> Employee:
    """The person, when `supervisor` reviews their work on a date.

    Raises: Refusal("not_yours").
    """
    person = await session.get(Employee, employee_id)
    if person is None or (person.left_on is not None and person.left_on <= on):
        raise Refusal("not_yours")
    reviewers = await duty.reviewers_of(session, person, on=on)
    if all(reviewer.id != supervisor.id for reviewer in reviewers):
        raise Refusal("not_yours")
    return person


async def about(session: Session, person: Employee, target_id: int) -> Target | None:
    """The person's target of that id; None for any other."""
    target = await session.get(Target, target_id)
    return target if target is not None and target.employee_id == person.id else None


async def give(
    session: Session, author: Employee, person: Employee, text: str, *, target: Target | None, on: date, now: datetime
) -> Feedback:
    """Keep feedback for a person of one's team.

    Raises: Refusal("not_yours"), Refusal("sentence_too_long", limit=…).
    """
    await coached(session, author, person.id, on=on)
    if len(text) > FEEDBACK_AT_MOST:
        raise Refusal("sentence_too_long", limit=FEEDBACK_AT_MOST)
    feedback = Feedback(
        agency_id=author.agency_id,
        employee_id=person.id,
        author_id=author.id,
        target_id=target.id if target is not None else None,
        text=text,
        given_at=now,
    )
    session.add(feedback)
    await session.flush()
    await audit.record(
        session,
        "feedback_given",
        agency_id=author.agency_id,
        now=now,
        actor_id=author.id,
        employee_id=person.id,
        feedback=feedback.id,
    )
    return feedback


async def count(session: Session, person_id: int, *, given: bool) -> int:
    """How many somebody has given, or else had."""
    return (await session.exec(select(func.count()).where(_whose(given) == person_id))).one()


async def page(session: Session, person_id: int, *, given: bool, first: int, most: int) -> Sequence[Feedback]:
    """What somebody has given, or else had; the newest first."""
    query = select(Feedback).where(_whose(given) == person_id)
    query = query.order_by(col(Feedback.given_at).desc(), col(Feedback.id).desc())
    return (await session.exec(query.offset(first).limit(most))).all()


def _whose(given: bool) -> Mapped[int]:
    return col(Feedback.author_id) if given else col(Feedback.employee_id)
