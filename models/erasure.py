"""Everything of one person goes, but for the figures of their unit (UU 27/2022, articles 8 and 43).

The row of the employee stays as a number without a name, for the audit and the figures point to it. So do approved
activities, targets, marks, absences and days of focus, with their dates and amounts and without a word. What the
person wrote as a reviewer about others belongs to those, and stays without a name.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, update
from sqlmodel import SQLModel, col, select

from models import absences, audit, cards, erasure_post, obstacles
from models.absences import ELSEWHERE, LEAVE, Absence
from models.activities import APPROVED, Activity
from models.appraisals import Appraisal, AppraisalDecision, AppraisalEntry
from models.coaching import Feedback
from models.database import Session
from models.employees import Deputy, Employee
from models.evidence import Evidence
from models.focus import FocusDay
from models.invitations import Invitation
from models.marks import QualityMark
from models.milestones import MilestoneStep
from models.obstacles import Obstacle
from models.openings import MonthOpening
from models.questions import Question
from models.remembered import RememberedLink
from models.replies import Reply
from models.suggestions import Suggestion
from models.targets import Competency, Target, TargetRevision
from models.uploads import Upload

NOBODY = "–"
"""Stands where the name was."""
OWN: tuple[type[SQLModel], ...] = (
    Evidence,
    Feedback,
    RememberedLink,
    Suggestion,
    Invitation,
    Question,
    MonthOpening,
    Upload,
)
"""Tables of which nothing of the person stays."""
COUNTED: tuple[type[SQLModel], ...] = (Reply, Activity, Evidence, Feedback, Obstacle, Suggestion, RememberedLink)


async def counts(session: Session, person: Employee) -> dict[str, int]:
    """How many rows of the person there are, by table: to be shown before anything is done."""
    found: dict[str, int] = {}
    for table in COUNTED:
        query = select(func.count()).select_from(table).where(_of(table) == person.id)
        found[str(table.__tablename__)] = (await session.exec(query)).one()
    return found


async def led_by(session: Session, person: Employee, *, on: date) -> Sequence[Employee]:
    """Whose work only this person decides about: they need somebody else first."""
    under = (col(Employee.superior_id) == person.id) | (col(Employee.approver_id) == person.id)
    stays = or_(col(Employee.left_on).is_(None), col(Employee.left_on) > on)
    return (await session.exec(select(Employee).where(under, stays, Employee.id != person.id))).all()


async def erase(session: Session, person: Employee, *, today: date, now: datetime) -> None:
    """Erase; whoever is led by the person has to have another superior by then (see `led_by`)."""
    await _anonymise_targets(session, person)
    await _anonymise_work(session, person, today=today)
    gone = {
        erasure_post.ABSENCE: await _anonymise_absences(session, person, today=today),
        **await _delete_appraisals(session, person),
    }
    for table in OWN:
        await session.exec(delete(table).where(_of(table) == person.id))
    await _end_deputies(session, person, today=today)
    await erasure_post.erase(session, person, gone, now=now)
    await _without_author(session, person)
    await cards.redraw_for_others(session, person, now=now)
    _anonymise(person, today)
    await session.flush()
    await audit.record(session, "erased", agency_id=person.agency_id, now=now, employee_id=person.id)


def _of(table: type[SQLModel]) -> Any:
    return table.metadata.tables[str(table.__tablename__)].c.employee_id


def _anonymise(person: Employee, today: date) -> None:
    """Number, unit, superior, and when they joined and left stay: figures of past weeks rest on these."""
    person.nip, person.name, person.position = f"#{person.id}", NOBODY, ""
    person.left_on = today if person.left_on is None else min(person.left_on, today)
    person.telegram_id, person.role, person.zone, person.menu = None, "", None, None
    person.report_at = person.nudge_at = person.quiet_from = person.quiet_to = None
    person.muted_from = person.muted_until = person.unreachable_at = None


async def _anonymise_targets(session: Session, person: Employee) -> None:
    own = select(Target.id).where(Target.employee_id == person.id)
    revisions = update(TargetRevision).where(col(TargetRevision.target_id).in_(own))
    await session.exec(revisions.values(title=NOBODY, indicator="", why="", remark=None))
    await session.exec(update(MilestoneStep).where(col(MilestoneStep.target_id).in_(own)).values(evidence=""))
    await session.exec(delete(Competency).where(col(Competency.target_id).in_(own)))
    await session.exec(update(Target).where(col(Target.employee_id) == person.id).values(title=NOBODY, indicator=""))


async def _anonymise_work(session: Session, person: Employee, *, today: date) -> None:
    """What nobody has approved goes altogether."""
    mine = col(Activity.employee_id) == person.id
    await session.exec(update(Evidence).where(col(Evidence.employee_id) == person.id).values(activity_id=None))
    await session.exec(delete(Activity).where(mine, col(Activity.status) != APPROVED))
    nothing: dict[str, Any] = {"reply_id": None, "description": "", "matched": [], "candidates": [], "parts": []}
    said: dict[str, Any] = {"starts_at": None, "ends_at": None, "minutes": None, "quantity": None, "unit": None}
    await session.exec(update(Activity).where(mine).values(**nothing, **said, reason=None))
    own = col(Obstacle.employee_id) == person.id
    await session.exec(update(Obstacle).where(own).values(reply_id=None, text="", answer=None))
    open_ = update(Obstacle).where(own, col(Obstacle.status).in_((obstacles.OPEN, obstacles.ANSWERED)))
    await session.exec(open_.values(status=obstacles.CLOSED, closed_on=today))
    await session.exec(delete(Reply).where(col(Reply.employee_id) == person.id))
    await session.exec(update(FocusDay).where(col(FocusDay.employee_id) == person.id).values(plan=None))
    await session.exec(update(QualityMark).where(col(QualityMark.employee_id) == person.id).values(remark=""))


async def _anonymise_absences(session: Session, person: Employee, *, today: date) -> frozenset[int]:
    """Which days count stays, and not why; those that do not count, and those to come, go."""
    mine = col(Absence.employee_id) == person.id
    unused = mine & (~absences.counts() | (col(Absence.starts_on) > today))
    gone = (await session.exec(select(Absence.id).where(unused))).all()
    await session.exec(delete(Absence).where(unused))
    for kinds, plain in ((LEAVE, "leave"), (ELSEWHERE, "duty_travel")):
        await session.exec(update(Absence).where(mine, col(Absence.kind).in_(kinds)).values(kind=plain))
    await session.exec(update(Absence).where(mine).values(reason=None))
    return frozenset(gone)


async def _delete_appraisals(session: Session, person: Employee) -> dict[str, frozenset[int]]:
    """The ids of what is gone."""
    appraisals = (await session.exec(select(Appraisal.id).where(Appraisal.employee_id == person.id))).all()
    which = col(AppraisalDecision.appraisal_id).in_(appraisals)
    decisions = (await session.exec(select(AppraisalDecision.id).where(which))).all()
    await session.exec(delete(AppraisalDecision).where(which))
    await session.exec(delete(AppraisalEntry).where(col(AppraisalEntry.appraisal_id).in_(appraisals)))
    await session.exec(delete(Appraisal).where(col(Appraisal.id).in_(appraisals)))
    return {erasure_post.DECISION: frozenset(decisions), erasure_post.APPRAISAL: frozenset(appraisals)}


async def _without_author(session: Session, person: Employee) -> None:
    """Kept appraisals of others say who gave feedback."""
    query = select(AppraisalDecision).where(AppraisalDecision.agency_id == person.agency_id)
    for decision in (await session.exec(query)).all():
        dossier = _renamed(decision.dossier, person.name)
        if dossier != decision.dossier:
            decision.dossier = dossier
    await session.flush()


def _renamed(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: NOBODY if key == "by" and one == name else _renamed(one, name) for key, one in value.items()}
    return [_renamed(one, name) for one in value] if isinstance(value, list) else value


async def _end_deputies(session: Session, person: Employee, *, today: date) -> None:
    takes_part = (col(Deputy.superior_id) == person.id) | (col(Deputy.deputy_id) == person.id)
    await session.exec(delete(Deputy).where(takes_part, col(Deputy.starts_on) >= today))
    over = update(Deputy).where(takes_part, col(Deputy.ends_on) >= today)
    await session.exec(over.values(ends_on=today - timedelta(days=1)))
