"""Lines of a calculation, in words an employee can check."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from handlers.texts import Html, Words
from models.scoring.explanation import Line, Value
from models.scoring.weekly import NoScore


def why_no_score(w: Words, reason: NoScore | None) -> Html:
    return {
        NoScore.UNMARKED: w.t("No score this week: the quality of your results has not been marked yet."),
        NoScore.NONE_WORTHY: w.t("No score this week: your superior found no result worth marking."),
        NoScore.NOT_DUE: w.t("No score this week: nothing was due yet."),
    }.get(reason or NoScore.NO_TARGET, w.t("No score this week: you have no target that counts."))


def in_words(w: Words, line: Line) -> Html:
    """The sentence for a line; values as the language writes them."""
    return w.t(SENTENCES[line.key], **{name: _written(w, value) for name, value in line.values.items()})


def _written(w: Words, value: Value) -> str:
    if isinstance(value, date):
        return w.short_day(value)
    return w.number(value) if isinstance(value, int | Decimal) else value


def N_(message: str) -> str:
    return message


SENTENCES: Mapping[str, str] = {
    "expected": N_("Expected by {through}: {planned} {unit} × {present} of {calendar} workdays = {expected}"),
    "expected_rounded_down": N_(
        "Expected by {through}: {planned} {unit} × {present} of {calendar} workdays = {expected} (rounded down)"
    ),
    "realised": N_("Approved since {since}: {realised} {unit}"),
    "reached": N_("Reached by {through}: {realised} %"),
    "by_clock": N_("Of this {output} {unit} approved automatically: without any part in the quality."),
    "reached_by_clock": N_("Some of it was approved automatically: without any part in the quality."),
    "quantity": N_("Quantity: {realised} of {expected} = {quantity}"),
    "quantity_capped": N_("Quantity: {realised} of {expected} – more than expected counts as {quantity}"),
    "unworthy": N_("Week until {week_ending}: no result worth marking, so it is left out."),
    "mark": N_("Mark of the week until {week_ending}: {mark}"),
    "quality": N_("Quality: mean of the marks, weighted by output = {quality}"),
    "quality_equal_weights": N_("Quality: mean of the marks = {quality}"),
    "result": N_("Result: ({quantity} + {quality}) ÷ 2 = {result}"),
    "not_due": N_("Nothing was due yet, so this target is left out."),
    "untouched": N_("Something was due and nothing is approved yet, so this target counts as 0."),
    "unmarked": N_("Quality has not been marked yet, so this target is left out."),
    "none_worthy": N_("No week has a mark that counts, so this target is left out."),
    "not_started": N_("Starts on {starts_on}."),
    "ended": N_("Ended on {ends_on}."),
    "share": N_("{code}: {result} × weight {weight}"),
    "score": N_("Sum ÷ weights ({weight}) = <b>{score}</b>"),
}
