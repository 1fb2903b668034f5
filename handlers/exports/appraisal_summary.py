"""The appraisals of a unit in one table."""

from collections.abc import Sequence
from datetime import date

from handlers.appraisal_words import category_of, part_of, period_of, predicate_in_words, rating_of, scheme_of
from handlers.exports.appraisal_parts import Cell, Document, Table
from handlers.texts import Words
from models.agencies import Agency
from models.appraisal_dossier import computed, predicate_of
from models.appraisal_periods import Period
from models.appraisal_states import Standing


def of_unit(
    w: Words, agency: Agency, name: str, standings: Sequence[Standing], period: Period, scheme: str, *, day: date
) -> Document:
    """Everybody in a line. It names people, so it is for those who appraise."""
    numbers = scheme == "pp46"
    rows = [_row(w, n, one, numbers) for n, one in enumerate(standings, 1)]
    figures = (
        ("SKP", w.plain("Behaviour"), w.plain("Performance"), w.plain("Category"))
        if numbers
        else (w.plain("Results"), w.plain("Behaviour"), w.plain("Predicate"))
    )
    widths = (14, 14, 14, 20) if numbers else (24, 24, 24)
    head = ("No.", "NIP", w.plain("Name"), w.plain("Position"), *figures, w.plain("State"))
    decided = sum(1 for one in standings if one.decision is not None)
    return Document(
        title=w.plain("Summary of appraisals of {period}", period=period_of(w, period)),
        subtitle=f"{agency.name} · {scheme_of(w, scheme)}",
        fields=[
            (w.plain("Unit"), name),
            (w.plain("Decided"), w.plain("{count} of {total}", count=decided, total=len(standings))),
            (w.plain("Date"), w.day(day)),
        ],
        parts=[Table(w.plain("Employees"), head, rows, (6, 32, 38, 40, *widths, 40))],
        signatures=[],
        page=w.plain("{name} · page", name=name) + " {n}/{total}",
    )


def _row(w: Words, n: int, standing: Standing, numbers: bool) -> tuple[Cell, ...]:
    dossier, employee = standing.dossier, standing.employee
    figures: tuple[Cell, ...]
    complete = not standing.missing
    if numbers:
        result = computed(dossier)
        category = category_of(w, result.whole.category) if complete and result.whole.category else None
        scores = (result.skp.score, result.behaviour.score, result.whole.score)
        figures = (*(score if complete else None for score in scores), category)
    else:
        predicate = predicate_of(dossier)
        ratings = [rating_of(w, one) if one else None for one in (dossier.result_rating, dossier.behaviour_rating)]
        figures = (*ratings, predicate_in_words(w, predicate) if predicate else None)
    return (n, employee.nip, employee.name, employee.position, *figures, _state(w, standing))


def _state(w: Words, standing: Standing) -> str:
    if standing.decision is not None:
        return w.plain("decided; changed since") if standing.is_changed else w.plain("decided")
    gaps = [part_of(w, one) for one in standing.missing]
    return w.plain("missing: {parts}", parts=w.listed(gaps)) if gaps else w.plain("ready to be decided")
