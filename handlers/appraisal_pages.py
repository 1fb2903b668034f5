"""What an appraisal says, page by page: for the appraiser before the decision, for the person after it."""

from handlers.appraisal_lines import by_clock, facts_of, in_words
from handlers.appraisal_words import entry_of, part_of, rating_of, result_of, value_of
from handlers.screens import fitting
from handlers.texts import Html, Words
from handlers.wording import short
from models.appraisal_dossier import (
    ADDITIONAL,
    CREATIVITY,
    STRUCTURAL,
    Dossier,
    Goal,
    MarkedWeek,
    Missing,
    Pp46Result,
    Said,
    computed,
    missing,
)

FEEDBACK_SHOWN, WEEKS_SHOWN = 4, 8
GOALS_ROOM = 2000
"""Units of the list of targets on the first page."""


def named(goal: Goal, *, at_most: int = 60) -> str:
    """`A1 · Pengelolaan surat masuk`, cut to a line."""
    return short(f"{goal.code} · {goal.title}", at_most)


def summary(w: Words, dossier: Dossier) -> list[str]:
    """The first page: every target in a line, what was entered, and the result or what is missing."""
    lines = _pp46(w, dossier) if dossier.scheme == "pp46" else _permenpanrb6(w, dossier)
    gaps = missing(dossier)
    if gaps:
        shown = w.listed(part_of(w, one) for one in gaps)
        return [*lines, "", w.t("<b>No result yet.</b> Missing: {parts}.", parts=shown)]
    return [*lines, "", outcome(w, dossier)]


def outcome(w: Words, dossier: Dossier) -> Html:
    if dossier.scheme == "pp46":
        return w.t("<b>Performance: {result}</b>", result=result_of(w, dossier))
    return w.t("<b>Predicate: {result}</b>", result=result_of(w, dossier))


def _few(w: Words, lines: list[str]) -> list[str]:
    """As many as have room, and how many more there are."""
    shown = fitting(lines, room=GOALS_ROOM)
    more = [w.many("… and one more", "… and {count} more", len(lines) - shown)] if shown < len(lines) else []
    return [*lines[:shown], *more]


def _pp46(w: Words, dossier: Dossier) -> list[str]:
    result = computed(dossier)
    shares = []
    for goal, one in zip(dossier.goals, result.skp.targets, strict=True):
        score = w.plain("no score yet") if one.score is None else w.number(one.score)
        shares.append(str(w.t("• {target}: {score}", target=named(goal), score=score)))
    extras = [
        w.t("{part}: {entry}", part=part_of(w, Missing(about)).capitalize(), entry=entry_of(w, dossier, Missing(about)))
        for about in (ADDITIONAL, CREATIVITY, STRUCTURAL)
    ]
    return [*_few(w, shares), *extras, *_parts(w, dossier, result)]


def _parts(w: Words, dossier: Dossier, result: Pp46Result) -> list[str]:
    """SKP and behaviour, each as soon as it is complete."""
    parts: list[str] = []
    if result.skp.score is not None and None not in (dossier.additional, dossier.creativity):
        parts.append(w.t("SKP: {score}", score=w.number(result.skp.score)))
    if result.behaviour.score is not None and dossier.structural is not None:
        parts.append(w.t("Behaviour: {score}", score=w.number(result.behaviour.score)))
    return parts


def _permenpanrb6(w: Words, dossier: Dossier) -> list[str]:
    goals = [str(w.t("• {target}: {output}", target=named(goal), output=output_of(w, goal))) for goal in dossier.goals]
    noted = sum(1 for remark in dossier.values.values() if remark)
    return [
        *_few(w, goals),
        "",
        w.t("Results: {rating}", rating=rating_of(w, dossier.result_rating)),
        w.t("Behaviour: {rating}", rating=rating_of(w, dossier.behaviour_rating)),
        w.t("Remarks on core values: {count} of 7", count=noted),
    ]


def output_of(w: Words, goal: Goal) -> str:
    """`36 dari 48 laporan`, of the whole plan; `60 %`"""
    if goal.is_milestone:
        return w.plain("{percent} %", percent=w.number(goal.so_far))
    return w.plain(
        "{done} of {planned} {unit}", done=w.number(goal.so_far), planned=w.number(goal.planned), unit=goal.measure
    )


def pages(w: Words, dossier: Dossier) -> list[list[str]]:
    """A page for each target, and a last one on the whole."""
    if dossier.scheme == "pp46":
        result = computed(dossier)
        targets = [
            [
                w.t("<b>{target}</b>", target=named(goal, at_most=150)),
                "",
                *facts_of(w, goal),
                "",
                *(in_words(w, line) for line in one.lines),
            ]
            for goal, one in zip(dossier.goals, result.skp.targets, strict=True)
        ]
        return [*targets, _whole(w, dossier, result)]
    return [*([*evidence_of(w, goal)] for goal in dossier.goals), _in_general(w, dossier)]


def _whole(w: Words, dossier: Dossier, result: Pp46Result) -> list[str]:
    lines = [in_words(w, line) for line in (*result.skp.lines, *result.behaviour.lines)]
    if not missing(dossier):
        lines += [in_words(w, line) for line in result.whole.lines]
    return [w.t("<b>How the result comes about</b>"), *_few(w, [str(line) for line in lines])]


def evidence_of(w: Words, goal: Goal, *, whole: bool = False) -> list[str]:
    """What was gathered about a target; it rates nothing. On a card long lists are cut, on paper they are `whole`."""
    lines: list[str] = [w.t("<b>{target}</b>", target=named(goal, at_most=150))]
    if goal.indicator:
        lines.append(w.t("Indicator: {indicator}", indicator=short(goal.indicator, 150)))
    lines += [_progress(w, goal), *by_clock(w, goal)]
    lines += _marks(w, goal, whole)
    if goal.examples:
        lines += [w.t("Examples of the work:"), *(w.t("• {what}", what=one) for one in goal.examples)]
    lines += feedback_of(w, goal.feedback, whole=whole)
    if goal.obstacles:
        lines.append(w.many("One obstacle was reported.", "{count} obstacles were reported.", goal.obstacles))
    return lines


def _progress(w: Words, goal: Goal) -> Html:
    if goal.is_milestone:
        return w.t("Reached: {percent} % of the milestone", percent=w.number(goal.so_far))
    return w.t(
        "Approved in this period: {realised} {unit}; since the start {so_far} of {planned} {unit} planned",
        realised=w.number(goal.realised),
        so_far=w.number(goal.so_far),
        planned=w.number(goal.planned),
        unit=goal.measure,
    )


def _marks(w: Words, goal: Goal, whole: bool) -> list[Html]:
    if not goal.marks:
        return [w.t("Quality: no week has been marked.")]
    shown = [_mark(w, week, whole) for week in (goal.marks if whole else goal.marks[-WEEKS_SHOWN:])]
    left = len(goal.marks) - len(shown)
    more = [w.many("… and one week before", "… and {count} weeks before", left)] if left else []
    return [w.t("Quality, week by week:"), *more, *shown]


def _mark(w: Words, week: MarkedWeek, whole: bool) -> Html:
    mark = w.plain("no result to mark") if week.mark is None else str(week.mark)
    remark = f" – {week.remark if whole else short(week.remark, 100)}" if week.remark else ""
    return w.t("• until {day}: {mark}{remark}", day=w.short_day(week.ends_on), mark=mark, remark=remark)


def feedback_of(w: Words, feedback: tuple[Said, ...], *, whole: bool = False) -> list[Html]:
    if not feedback:
        return []
    shown = [
        w.t(
            "• {day}, {name}: {text}",
            day=w.short_day(one.on),
            name=one.by,
            text=one.text if whole else short(one.text, 160),
        )
        for one in (feedback if whole else feedback[-FEEDBACK_SHOWN:])
    ]
    left = len(feedback) - len(shown)
    more = [w.many("… and one more before", "… and {count} more before", left)] if left else []
    return [w.t("Feedback:"), *more, *shown]


def _in_general(w: Words, dossier: Dossier) -> list[str]:
    """What is about no target in particular, and the remarks on the core values."""
    lines: list[str] = [w.t("<b>In general</b>"), *feedback_of(w, dossier.feedback)]
    if dossier.obstacles:
        lines.append(
            w.many(
                "One obstacle about no target was reported.",
                "{count} obstacles about no target were reported.",
                dossier.obstacles,
            )
        )
    lines += remarks_of(w, dossier)
    predicate = result_of(w, dossier)
    if predicate is not None:
        results, behaviour = rating_of(w, dossier.result_rating), rating_of(w, dossier.behaviour_rating)
        sentence = w.t(
            "Results {results}, behaviour {behaviour}: by the grid the predicate is <b>{predicate}</b>.",
            results=results,
            behaviour=behaviour,
            predicate=predicate,
        )
        lines += ["", sentence, w.t("The appraiser chose both ratings; the grid follows published guides.")]
    return lines


def remarks_of(w: Words, dossier: Dossier) -> list[Html]:
    noted = [(value, remark) for value, remark in dossier.values.items() if remark]
    if not noted:
        return [w.t("No remarks on core values.")]
    return [
        w.t("Core values:"),
        *(w.t("• {value}: {remark}", value=value_of(w, value), remark=short(remark, 200)) for value, remark in noted),
    ]
