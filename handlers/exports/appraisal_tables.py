"""The tables and lines of an appraisal, one set for each scheme."""

from decimal import Decimal

from handlers.appraisal_lines import facts_of, in_words
from handlers.appraisal_pages import evidence_of, feedback_of
from handlers.appraisal_words import entry_of, part_of, predicate_in_words, rating_of, value_of
from handlers.exports.appraisal_parts import Cell, Lines, Table, plain_of
from handlers.texts import Words
from models.appraisal_dossier import (
    ADDITIONAL,
    CREATIVITY,
    STRUCTURAL,
    Dossier,
    Missing,
    appraised,
    computed,
    missing,
    predicate_of,
)
from models.scoring.permenpanrb6 import CoreValue


def pp46(w: Words, dossier: Dossier) -> list[Table | Lines]:
    result = computed(dossier)
    rows: list[tuple[Cell, ...]] = []
    for n, (goal, score) in enumerate(zip(dossier.goals, result.skp.targets, strict=True), 1):
        facts = appraised(goal, dossier.costs.get(goal.target_id))
        cost = (facts.cost.target, facts.cost.realised) if facts.cost else (None, None)
        aspects = (facts.quantity, facts.quality, facts.time)
        pairs = [value for measure in aspects for value in (measure.target, measure.realised)]
        rows.append((n, f"{goal.code} · {goal.title}", goal.measure, *pairs, *cost, score.score))
    t, r = w.plain("target"), w.plain("realised")
    quantity, quality = w.plain("Quantity"), w.plain("Quality")
    time, cost_name = w.plain("Time (months)"), w.plain("Cost (Rp)")
    head = [f"{name}\n{which}" for name in (quantity, quality, time, cost_name) for which in (t, r)]
    table = Table(
        w.plain("Targets"),
        ("No.", w.plain("Target"), w.plain("Unit of output"), *head, w.plain("Score")),
        rows,
        (6, 40, 18, 14, 14, 13, 13, 12, 12, 20, 20, 12),
    )
    return [table, _entered(w, dossier), *_calculation(w, dossier)]


def _entered(w: Words, dossier: Dossier) -> Table:
    """What the appraiser entered, besides costs."""
    about = [Missing(one) for one in (STRUCTURAL, ADDITIONAL, CREATIVITY)]
    rows: list[tuple[Cell, ...]] = [(part_of(w, one).capitalize(), entry_of(w, dossier, one)) for one in about]
    for line in computed(dossier).behaviour.lines:
        if "mark" in line.values and not line.key.startswith("leadership_"):
            label, mark = plain_of(in_words(w, line)).rsplit(": ", 1)[0], line.values["mark"]
            rows.append((label, mark if isinstance(mark, Decimal | int) else str(mark)))
    return Table(w.plain("Entered by the appraiser"), (w.plain("About"), w.plain("Entry")), rows, (70, 40))


def _calculation(w: Words, dossier: Dossier) -> list[Lines]:
    result = computed(dossier)
    parts = [
        Lines(
            f"{goal.code} · {goal.title}",
            [plain_of(line) for line in (*facts_of(w, goal), *(in_words(w, line) for line in score.lines))],
        )
        for goal, score in zip(dossier.goals, result.skp.targets, strict=True)
    ]
    lines = [*result.skp.lines, *result.behaviour.lines]
    if not missing(dossier):
        lines += result.whole.lines
    return [*parts, Lines(w.plain("How the result comes about"), [plain_of(in_words(w, line)) for line in lines])]


def permenpanrb6(w: Words, dossier: Dossier) -> list[Table | Lines]:
    rows: list[tuple[Cell, ...]] = [
        (
            n,
            f"{goal.code} · {goal.title}",
            goal.indicator or None,
            goal.measure,
            goal.planned,
            goal.realised,
            goal.so_far,
            len([week for week in goal.marks if week.mark is not None]),
            goal.obstacles,
        )
        for n, goal in enumerate(dossier.goals, 1)
    ]
    head = (
        "No.",
        w.plain("Expected result"),
        w.plain("Indicator"),
        w.plain("Unit of output"),
        w.plain("Planned"),
        w.plain("Realised in the period"),
        w.plain("Realised since the start"),
        w.plain("Weeks marked"),
        w.plain("Obstacles"),
    )
    table = Table(w.plain("Results of work"), head, rows, (6, 50, 36, 18, 15, 16, 16, 13, 15))
    values: list[tuple[Cell, ...]] = [(value_of(w, one), dossier.values.get(one) or "–") for one in CoreValue]
    behaviour = Table(
        w.plain("Behaviour"), (w.plain("Core value"), w.plain("Remark of the appraiser")), values, (40, 130)
    )
    evidence = [
        Lines(f"{goal.code} · {goal.title}", [plain_of(line) for line in evidence_of(w, goal, whole=True)[1:]])
        for goal in dossier.goals
    ]
    general = [plain_of(line) for line in feedback_of(w, dossier.feedback, whole=True)]
    return [
        _ratings(w, dossier),
        table,
        behaviour,
        *evidence,
        *([Lines(w.plain("In general"), general)] if general else []),
    ]


def _ratings(w: Words, dossier: Dossier) -> Table:
    predicate = predicate_of(dossier)
    rows: list[tuple[Cell, ...]] = [
        (w.plain("Results"), rating_of(w, dossier.result_rating)),
        (w.plain("Behaviour"), rating_of(w, dossier.behaviour_rating)),
        (w.plain("Predicate, by the grid"), predicate_in_words(w, predicate) if predicate else "–"),
    ]
    return Table(w.plain("Chosen by the appraiser"), (w.plain("About"), w.plain("Rating")), rows, (70, 60))
