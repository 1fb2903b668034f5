"""A person objects to a decision; the appraiser's superior upholds it or gives it back to the appraiser."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from models import appraisals, audit, duty, employees
from models.appraisal_acts import REMARK_AT_MOST
from models.appraisals import Appraisal, AppraisalDecision
from models.database import Session
from models.duty import Duty
from models.employees import ADMIN, Employee
from models.refusals import Refusal


async def object_to(
    session: Session, employee: Employee, decision: AppraisalDecision, text: str, *, now: datetime
) -> None:
    """Once for each decision, and only to the newest.

    Raises: Refusal("not_yours"), Refusal("changed_meanwhile"), Refusal("objected_already"),
    Refusal("sentence_too_long", limit=…).
    """
    await check_open(session, employee, decision)
    if not text or len(text) > REMARK_AT_MOST:
        raise Refusal("sentence_too_long", limit=REMARK_AT_MOST)
    statement = update(AppraisalDecision).where(
        col(AppraisalDecision.id) == decision.id, col(AppraisalDecision.objection).is_(None)
    )
    if not (await session.exec(statement.values(objection=text, objected_at=now))).rowcount:
        raise Refusal("objected_already")
    await session.refresh(decision)
    await _record(session, "appraisal_objected", employee, decision, now=now)


async def _record(
    session: Session, act: str, actor: Employee, decision: AppraisalDecision, *, now: datetime, **details: Any
) -> None:
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    await audit.record(
        session,
        act,
        agency_id=decision.agency_id,
        now=now,
        actor_id=actor.id,
        employee_id=appraisal.employee_id,
        decision=decision.id,
        **details,
    )


async def check_open(session: Session, employee: Employee, decision: AppraisalDecision) -> None:
    """Raises: Refusal("not_yours"), Refusal("changed_meanwhile"), Refusal("objected_already")."""
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    if appraisal.employee_id != employee.id:
        raise Refusal("not_yours")
    newest = await appraisals.decision_of(session, appraisal.id)
    if newest is None or newest.id != decision.id:
        raise Refusal("changed_meanwhile")
    if decision.objection is not None:
        raise Refusal("objected_already")


async def judges_of(session: Session, decision: AppraisalDecision, *, on: date) -> list[Employee]:
    """Who may answer the objection on a date, the one to be asked first: the appraiser's superior, or a deputy.

    Without anybody above who has joined, the agency's admins. Never the person, never the appraiser.
    """
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    involved = {appraisal.employee_id, decision.appraiser_id}
    post = await _post_of_appraiser(session, appraisal, decision)
    above = [one for one in await duty.reviewers_of(session, post, on=on) if one.id not in involved]
    return above or [one for one in await _admins(session, decision.agency_id) if one.id not in involved]


async def _post_of_appraiser(session: Session, appraisal: Appraisal, decision: AppraisalDecision) -> Employee:
    """The superior who appraised, or for whom a deputy did: whose own superior the objection goes to."""
    employee = await session.get_one(Employee, appraisal.employee_id)
    decided_on = decision.decided_at.astimezone(await employees.zone_of(session, employee)).date()
    for one in await Duty(session, decided_on).deciders(employee):
        if one.person.id == decision.appraiser_id:
            return one.in_place_of or one.person
    return await session.get_one(Employee, decision.appraiser_id)


async def _admins(session: Session, agency_id: int) -> list[Employee]:
    query = select(Employee).where(
        Employee.agency_id == agency_id, Employee.role == ADMIN, col(Employee.telegram_id).is_not(None)
    )
    return list((await session.exec(query.order_by(col(Employee.id)))).all())


async def above_of(session: Session, decision: AppraisalDecision, *, on: date) -> Employee | None:
    """The superior of the appraiser, also one who does not use Harian; None at the top."""
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    post = await _post_of_appraiser(session, appraisal, decision)
    return await Duty(session, on).superior_of(post)


async def answer(
    session: Session,
    judge: Employee,
    decision: AppraisalDecision,
    *,
    upheld: bool,
    text: str | None = None,
    on: date,
    now: datetime,
) -> None:
    """Uphold the decision, or give it back with a sentence.

    Raises: Refusal("not_yours"), Refusal("changed_meanwhile") when it was answered or decided anew,
    Refusal("sentence_too_long", limit=…).
    """
    if not await may_answer(session, judge, decision, on=on):
        raise Refusal("not_yours")
    if not await is_open(session, decision):
        raise Refusal("changed_meanwhile")
    if not upheld and (not text or len(text) > REMARK_AT_MOST):
        raise Refusal("sentence_too_long", limit=REMARK_AT_MOST)
    statement = update(AppraisalDecision).where(
        col(AppraisalDecision.id) == decision.id, col(AppraisalDecision.upheld).is_(None)
    )
    values = {"upheld": upheld, "answer": text, "answered_by_id": judge.id, "answered_at": now}
    if not (await session.exec(statement.values(**values))).rowcount:
        raise Refusal("changed_meanwhile")
    await session.refresh(decision)
    await _record(session, "objection_answered", judge, decision, now=now, upheld=upheld)


async def may_answer(session: Session, judge: Employee, decision: AppraisalDecision, *, on: date) -> bool:
    return any(one.id == judge.id for one in await judges_of(session, decision, on=on))


async def may_see(session: Session, person: Employee, decision: AppraisalDecision, *, on: date) -> bool:
    """Whoever may answer or has answered, and the appraiser."""
    involved = person.id in (decision.appraiser_id, decision.answered_by_id)
    return involved or await may_answer(session, person, decision, on=on)


async def is_open(session: Session, decision: AppraisalDecision) -> bool:
    """Whether the objection waits for an answer: nobody has answered, and nothing was decided anew."""
    newest = await appraisals.decision_of(session, decision.appraisal_id)
    is_newest = newest is not None and newest.id == decision.id
    return is_newest and decision.objection is not None and decision.upheld is None


async def waiting_for(session: Session, judge: Employee, *, on: date) -> list[AppraisalDecision]:
    """Objections that wait for this person's answer."""
    query = select(AppraisalDecision).where(
        AppraisalDecision.agency_id == judge.agency_id,
        col(AppraisalDecision.objection).is_not(None),
        col(AppraisalDecision.upheld).is_(None),
    )
    rows = (await session.exec(query.order_by(col(AppraisalDecision.objected_at)))).all()
    return [row for row in rows if await is_open(session, row) and await may_answer(session, judge, row, on=on)]
