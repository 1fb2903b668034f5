"""Lines of an appraisal, in words that an employee can check."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from handlers.appraisal_words import aspect_of
from handlers.texts import Html, Words
from models.appraisal_dossier import FULL_MARKS, Goal
from models.scoring.explanation import Line
from models.scoring.pp46 import Behaviour


def in_words(w: Words, line: Line) -> Html:
    if line.key in set(Behaviour):
        return w.t(
            "{aspect}: {mark}", aspect=aspect_of(w, line.key).capitalize(), mark=_written(w, line.values["mark"])
        )
    return w.t(SENTENCES[line.key], **{name: _written(w, value) for name, value in line.values.items()})


def _written(w: Words, value: Decimal | int | str | date) -> str:
    if isinstance(value, date):
        return w.short_day(value)
    return w.number(value) if isinstance(value, int | Decimal) else value


def facts_of(w: Words, goal: Goal) -> list[Html]:
    """Where the figures of a target come from, and which reading of the rule was used."""
    lines = []
    if goal.spans_more:
        lines.append(w.t("The plan is for the whole span of the target, also outside this period."))
    if not goal.realised:
        lines.append(w.t("Nothing is approved in this period, so quality and time count as not done (0)."))
        return lines
    if not goal.quality_owed:
        lines.append(
            w.t("Quality owed: the target states none, so {mark} was used, the top of the scale.", mark=FULL_MARKS)
        )
    lines += [*_marks(w, goal), *by_clock(w, goal)]
    lines.append(_months(w, goal))
    return lines


def by_clock(w: Words, goal: Goal) -> list[Html]:
    """That nobody looked at some of it."""
    if not goal.by_clock:
        return []
    return [
        w.many(
            "One activity of it was approved automatically; no mark rests on it.",
            "{count} activities of it were approved automatically; no mark rests on them.",
            goal.by_clock,
        )
    ]


def _marks(w: Words, goal: Goal) -> list[Html]:
    marked = [week for week in goal.marks if week.mark is not None]
    if not marked or goal.quality is None:
        return []
    weighted = any(week.output for week in marked)
    values = [f"{week.mark} × {w.number(week.output)}" if weighted else str(week.mark) for week in marked]
    weeks, mean = "; ".join(values), w.number(goal.quality)
    if len(marked) == 1:
        return [w.t("Quality reached: the mark of the only week marked, {mean}.", mean=mean)]
    if weighted:
        return [
            w.t(
                "Quality reached: mean of the weekly marks, weighted by output ({weeks}) = {mean}.",
                weeks=weeks,
                mean=mean,
            )
        ]
    return [w.t("Quality reached: mean of the weekly marks ({weeks}) = {mean}.", weeks=weeks, mean=mean)]


def _months(w: Words, goal: Goal) -> Html:
    months = {"owed": goal.months, "taken": goal.months_taken, "first": w.short_day(goal.starts_on)}
    if goal.reached_on is not None:
        return w.t(
            "Time: {owed} months from {first}; the plan was reached on {day}, in month {taken}.",
            **months,
            day=w.short_day(goal.reached_on),
        )
    return w.t("Time: {owed} months from {first}; the plan was not reached, so all {taken} count as used.", **months)


def N_(message: str) -> str:
    """Marks a sentence for the catalogues; it is looked up when it is said."""
    return message


SENTENCES: Mapping[str, str] = {
    "quantity_aspect": N_("Quantity: {realised} ÷ {target} {unit} × 100 = {score}"),
    "quantity_not_done": N_("Quantity: none of {target} {unit} = 0"),
    "quantity_unstated": N_("Quantity: not stated yet, of {target} {unit}"),
    "quality_aspect": N_("Quality: {realised} ÷ {target} × 100 = {score}"),
    "quality_not_done": N_("Quality: not done, owed {target} = 0"),
    "quality_unstated": N_("Quality: not marked yet, owed {target}"),
    "time_aspect": N_("Time: (1.76 × {target} − {realised}) ÷ {target} × 100 = {score} ({saved} % saved)"),
    "time_beyond_24": N_(
        "Time: {realised} of {target} months, {saved} % saved. More than 24 % saved: "
        "76 − ((1.76 × {target} − {realised}) ÷ {target} × 100 − 100) = {score}"
    ),
    "time_not_done": N_("Time: not done, owed {target} months = 0"),
    "time_unstated": N_("Time: not stated yet, owed {target} months"),
    "cost_aspect": N_("Cost: (1.76 × {target} − {realised}) ÷ {target} × 100 = {score} ({saved} % saved)"),
    "cost_beyond_24": N_(
        "Cost: Rp {realised} of Rp {target}, {saved} % saved. More than 24 % saved: "
        "76 − ((1.76 × {target} − {realised}) ÷ {target} × 100 − 100) = {score}"
    ),
    "cost_not_done": N_("Cost: nothing spent, owed Rp {target} = 0"),
    "cost_unstated": N_("Cost: not entered yet, owed Rp {target}"),
    "cost_dropped": N_("Cost: the target has no cost, so this aspect does not count."),
    "target_score": N_("Score of the target: {sum} ÷ {aspects} = <b>{score}</b>"),
    "target_clamped": N_("Score of the target: {sum} ÷ {aspects} = {computed}, counted as <b>{score}</b>"),
    "target_incomplete": N_("No score yet: something is missing."),
    "target_share": N_("{code}: {score}"),
    "target_missing": N_("{code}: no score yet"),
    "targets_mean": N_("Mean of {targets} targets = {mean}"),
    "additional_tasks": N_("Additional tasks: {count} = {points} points"),
    "creativity_unit": N_("Creativity of use to the unit: {points} points"),
    "creativity_agency": N_("Creativity of use to the agency: {points} points"),
    "creativity_nation": N_("Creativity of use to the nation: {points} points (not confirmed in the statute)"),
    "skp_score": N_("SKP: {mean} + {additional} + {creativity} = <b>{score}</b>"),
    "skp_incomplete": N_("No SKP yet: {missing} of {targets} targets have no score."),
    "leadership_left_out": N_("Leadership ({mark}) is left out: this is not a structural post."),
    "behaviour_score": N_("Behaviour: mean of {aspects} aspects = <b>{score}</b>"),
    "behaviour_incomplete": N_("No figure for behaviour yet: {missing} of {aspects} aspects are not marked."),
    "skp_part": N_("SKP: {percent} % × {score} = {points}"),
    "behaviour_part": N_("Behaviour: {percent} % × {score} = {points}"),
    "appraisal_total": N_("Performance: {skp} + {behaviour} = <b>{total}</b>"),
    "just_below": N_("Not rounded, this lies below {bound}; the lower category counts."),
    "open_no_cap_quantity": N_("The rule sets no upper limit, so quantity counts as {score}."),
    "open_no_cap_quality": N_("The rule sets no upper limit, so quality counts as {score}."),
    "open_clamp": N_("The rule does not say what is below 0 ({computed}); here it counts as 0."),
    "open_months": N_("The rule does not say how time is measured; here it is counted in calendar months."),
    "open_no_cap_skp": N_("The rule sets no upper limit, so the SKP counts as {score}."),
}
