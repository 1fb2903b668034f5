"""What the appraiser does: enter what only they know, choose ratings, decide."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from models import appraisal_facts, appraisals, audit
from models.appraisal_dossier import (
    ADDITIONAL,
    BEHAVIOUR,
    BEHAVIOUR_RATING,
    COST,
    CREATIVITY,
    NO_CREATION,
    RESULT_RATING,
    STRUCTURAL,
    VALUE,
    Missing,
    asked_of_appraiser,
    missing,
)
from models.appraisals import Appraisal, AppraisalDecision, AppraisalEntry
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.scoring.permenpanrb6 import Rating
from models.scoring.pp46 import Creativity

REMARK_AT_MOST = 500
"""Characters of a remark on a core value, an objection or its answer."""
MOST = {ADDITIONAL: Decimal(99), COST: Decimal(10) ** 13, STRUCTURAL: Decimal(1), BEHAVIOUR: Decimal(100)}
"""By what it is about; rupiah for a cost."""
DECIMALS = 2


async def check_appraiser(session: Session, appraiser: Employee, appraisal: Appraisal, *, on: date) -> Employee:
    """The person appraised. Raises: Refusal("not_yours_to_appraise")."""
    employee = await session.get_one(Employee, appraisal.employee_id)
    if not await appraisals.may_appraise(session, appraiser, employee, on=on):
        raise Refusal("not_yours_to_appraise")
    return employee


async def enter(
    session: Session,
    appraiser: Employee,
    appraisal: Appraisal,
    one: Missing,
    *,
    value: Decimal | None = None,
    remark: str = "",
    revision: int,
    on: date,
    now: datetime,
) -> None:
    """Enter a figure, or a remark on a core value, in place of the former.

    Raises: Refusal("not_yours_to_appraise"), Refusal("changed_meanwhile"), Refusal("count_out_of_range", limit=…),
    Refusal("sentence_too_long", limit=…).
    """
    await check_appraiser(session, appraiser, appraisal, on=on)
    dossier = await appraisal_facts.dossier_of(session, appraisal)
    if (one.about, one.target_id) not in {(asked.about, asked.target_id) for asked in asked_of_appraiser(dossier)}:
        raise Refusal("changed_meanwhile")
    _check(one.about, value, remark)
    await appraisals.advance(session, appraisal, revision=revision)
    entries = await appraisals.entries_of(session, appraisal.id)
    entry = next((e for e in entries if (e.about, e.target_id) == (one.about, one.target_id)), None)
    if entry is None:
        entry = AppraisalEntry(
            agency_id=appraisal.agency_id,
            appraisal_id=appraisal.id,
            about=one.about,
            target_id=one.target_id,
            entered_by_id=appraiser.id,
            entered_at=now,
        )
    entry.value, entry.remark, entry.entered_by_id, entry.entered_at = value, remark, appraiser.id, now
    session.add(entry)
    await _record(session, "appraisal_entered", appraiser, appraisal, now=now, about=one.about, target=one.target_id)


def _check(about: str, value: Decimal | None, remark: str) -> None:
    if about == CREATIVITY:
        if remark not in (NO_CREATION, *Creativity):
            raise Refusal("changed_meanwhile")
        return
    if about.startswith(VALUE):
        if not remark or len(remark) > REMARK_AT_MOST:
            raise Refusal("sentence_too_long", limit=REMARK_AT_MOST)
        return
    most = MOST[BEHAVIOUR if about.startswith(BEHAVIOUR) else about]
    whole = about in (ADDITIONAL, STRUCTURAL)
    if value is None or not 0 <= value <= most or value != round(value, 0 if whole else DECIMALS):
        raise Refusal("whole_number_up_to" if whole else "count_out_of_range", limit=most)


async def rate(
    session: Session,
    appraiser: Employee,
    appraisal: Appraisal,
    which: str,
    rating: Rating,
    *,
    revision: int,
    on: date,
    now: datetime,
) -> None:
    """Choose the rating of results or of behaviour (PermenPANRB 6).

    Raises: Refusal("not_yours_to_appraise"), Refusal("changed_meanwhile").
    """
    await check_appraiser(session, appraiser, appraisal, on=on)
    if which not in (RESULT_RATING, BEHAVIOUR_RATING) or appraisal.scheme != appraisals.PERMENPANRB6:
        raise Refusal("changed_meanwhile")
    await appraisals.advance(session, appraisal, revision=revision, **{which: rating.value})
    await _record(session, "appraisal_rated", appraiser, appraisal, now=now, about=which)


async def decide(
    session: Session, appraiser: Employee, appraisal: Appraisal, *, digest: str, revision: int, on: date, now: datetime
) -> AppraisalDecision:
    """Decide exactly what was seen, which `digest` names.

    Raises: Refusal("not_yours_to_appraise"), Refusal("changed_meanwhile"), Refusal("appraisal_incomplete").
    """
    await check_appraiser(session, appraiser, appraisal, on=on)
    dossier = await appraisal_facts.dossier_of(session, appraisal)
    if dossier.digest() != digest:
        raise Refusal("changed_meanwhile")
    if missing(dossier):
        raise Refusal("appraisal_incomplete")
    former = await appraisals.decision_of(session, appraisal.id)
    await appraisals.advance(session, appraisal, revision=revision)
    decision = AppraisalDecision(
        agency_id=appraisal.agency_id,
        appraisal_id=appraisal.id,
        number=former.number + 1 if former else 1,
        appraiser_id=appraiser.id,
        decided_at=now,
        dossier=dossier.dump(),
    )
    session.add(decision)
    await session.flush()
    await _record(session, "appraisal_decided", appraiser, appraisal, now=now, decision=decision.id, digest=digest)
    return decision


async def _record(
    session: Session, act: str, appraiser: Employee, appraisal: Appraisal, *, now: datetime, **details: Any
) -> None:
    await audit.record(
        session,
        act,
        agency_id=appraisal.agency_id,
        now=now,
        actor_id=appraiser.id,
        employee_id=appraisal.employee_id,
        appraisal=appraisal.id,
        revision=appraisal.revision,
        **details,
    )


async def decisions_of(session: Session, appraisal_id: int) -> list[AppraisalDecision]:
    """All of them, the oldest first."""
    query = select(AppraisalDecision).where(AppraisalDecision.appraisal_id == appraisal_id)
    return list((await session.exec(query.order_by(col(AppraisalDecision.number)))).all())
