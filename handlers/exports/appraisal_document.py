"""What stands in a person's printed appraisal."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers.appraisal_pages import outcome
from handlers.appraisal_words import part_of, period_of, scheme_of
from handlers.exports import appraisal_tables
from handlers.exports.appraisal_parts import Document, Lines, plain_of
from handlers.texts import Words
from models.agencies import Agency
from models.appraisal_dossier import missing
from models.appraisal_periods import Period
from models.appraisal_states import Standing
from models.employees import Employee


def of_person(w: Words, agency: Agency, standing: Standing, period: Period, *, day: date) -> Document:
    """`day` is printed as the day of the file; a decision has its own."""
    dossier, employee = standing.dossier, standing.employee
    parts = appraisal_tables.pp46(w, dossier) if dossier.scheme == "pp46" else appraisal_tables.permenpanrb6(w, dossier)
    appraiser = standing.appraiser
    return Document(
        title=w.plain("Performance appraisal of {period}", period=period_of(w, period)),
        subtitle=f"{agency.name} · {scheme_of(w, dossier.scheme)}",
        fields=[
            (w.plain("Name"), employee.name),
            ("NIP", employee.nip),
            (w.plain("Position"), employee.position or "–"),
            (w.plain("Unit"), standing.unit.name),
            (w.plain("Appraiser"), _named(appraiser)),
            (w.plain("Period"), f"{w.day(period.starts_on)} – {w.day(period.ends_on)}"),
            (w.plain("State"), plain_of(_state(w, standing, day, ZoneInfo(agency.zone)))),
        ],
        parts=[_result(w, standing), *parts],
        signatures=[
            (w.plain("Appraiser"), appraiser.name if appraiser else "", appraiser.nip if appraiser else ""),
            (w.plain("Employee appraised"), employee.name, employee.nip),
        ],
        page=w.plain("{name} · NIP {nip} · page", name=employee.name, nip=employee.nip) + " {n}/{total}",
    )


def _named(person: Employee | None) -> str:
    return f"{person.name} · NIP {person.nip}" if person else "–"


def _state(w: Words, standing: Standing, day: date, zone: ZoneInfo) -> str:
    decision = standing.decision
    if decision is None:
        return w.t("not decided on {day}", day=w.day(day))
    state = w.t(
        "decided on {day} by {name} (decision number {number})",
        day=w.day(decision.decided_at.astimezone(zone).date()),
        name=standing.appraiser.name if standing.appraiser else "–",
        number=decision.number,
    )
    if standing.is_changed:
        return f"{state}; {w.t('something has changed since and is not in this file')}"
    return state


def _result(w: Words, standing: Standing) -> Lines:
    gaps = missing(standing.dossier)
    if gaps:
        shown = w.listed(part_of(w, one) for one in gaps)
        return Lines(w.plain("Result"), [plain_of(w.t("<b>No result yet.</b> Missing: {parts}.", parts=shown))])
    lines = [plain_of(outcome(w, standing.dossier))]
    decision = standing.decision
    if decision is not None and decision.objection is not None:
        lines.append(plain_of(w.t("Objection: {text}", text=decision.objection)))
        answers = {True: w.plain("upheld"), False: decision.answer or "–", None: w.plain("not answered yet")}
        lines.append(plain_of(w.t("Answer: {text}", text=answers[decision.upheld])))
    return Lines(w.plain("Result"), lines)
