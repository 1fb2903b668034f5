"""Where the appraisal of a person stands: decided, ready, or with something missing."""

from dataclasses import dataclass
from datetime import date

from models import appraisal_facts, appraisals, duty
from models.agencies import Agency, Unit
from models.appraisal_dossier import Dossier, Missing, load, missing
from models.appraisal_periods import Period
from models.appraisals import AppraisalDecision
from models.database import Session
from models.employees import Employee


@dataclass(frozen=True, slots=True)
class Standing:
    """`dossier` is what was decided, else what is so now."""

    employee: Employee
    unit: Unit
    dossier: Dossier
    decision: AppraisalDecision | None
    is_changed: bool
    """Whether something has changed since the decision."""
    appraiser: Employee | None
    """Who decided; before that, who would be asked first on the day."""

    @property
    def missing(self) -> list[Missing]:
        return missing(self.dossier)


async def of_person(session: Session, employee: Employee, period: Period, *, on: date) -> Standing:
    """Also of an appraisal that nobody has opened."""
    unit = await session.get_one(Unit, employee.unit_id)
    appraisal = await appraisals.of_period(session, employee.id, period)
    if appraisal is None:
        scheme = (await session.get_one(Agency, employee.agency_id)).scheme
        dossier = await appraisal_facts.gather(session, employee, period, scheme)
        return Standing(employee, unit, dossier, None, False, await _first(session, employee, on))
    now = await appraisal_facts.dossier_of(session, appraisal)
    decision = await appraisals.decision_of(session, appraisal.id)
    if decision is None:
        return Standing(employee, unit, now, None, False, await _first(session, employee, on))
    decided = load(decision.dossier)
    decider = await session.get_one(Employee, decision.appraiser_id)
    return Standing(employee, unit, decided, decision, decided != now, decider)


async def _first(session: Session, employee: Employee, on: date) -> Employee | None:
    reviewers = await duty.reviewers_of(session, employee, on=on)
    return reviewers[0] if reviewers else None
