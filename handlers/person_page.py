"""One person's page of evidence, for whoever reviews them: a target week by week, and the latest work."""

from collections.abc import Sequence
from datetime import date

from handlers.screens import Button, Rows, Screen
from handlers.texts import Html, Words
from handlers.wording import short, status, titled, what
from models import coaching_evidence
from models.coaching_evidence import Evidence
from models.database import Session
from models.employees import Employee
from models.scoring.weekly import State, TargetScore


async def draw(
    session: Session,
    w: Words,
    person: Employee,
    target_id: int | None,
    week: date,
    *,
    above: Sequence[Html] = (),
    links: Rows = (),
) -> Screen:
    """`above` are lines below the name, `links` rows of buttons before the way back."""
    shown = await coaching_evidence.of_person(session, person, target_id, week)
    lines: list[str] = [w.t("<b>{name}</b> – {position}", name=person.name, position=person.position or "–"), *above]
    if shown.target is not None:
        lines.append(w.t("🎯 {target}", target=titled(shown.target, at_most=120)))
        if shown.goal is not None:
            lines.append(w.t("→ {goal}", goal=short(shown.goal.title, 120)))
        unit = "%" if shown.target.is_milestone else shown.target.measure
        lines += ["", w.t("<b>Week by week</b>"), *(_week(w, ending, one, unit) for ending, one in shown.weeks)]
    elif not shown.held:
        lines.append(w.t("No approved target in that week."))
    if shown.obstacles:
        lines += ["", w.t("<b>Open obstacles</b>")]
        lines += [
            w.t("• {what} · {day}", what=short(one.text, 200), day=w.short_day(one.raised_on))
            for one in shown.obstacles[: coaching_evidence.WORK_SHOWN]
        ]
    lines += ["", w.t("<b>Latest work</b>")]
    lines += [
        w.t("• {what} · {day}", what=what(w, one, 120), day=f"{w.short_day(one.worked_on)} · {status(w, one)}")
        for one in shown.work
    ] or [w.t("Nothing reported yet.")]
    *rows, back = _buttons(w, person, shown)
    return Screen("\n".join(lines), (*rows, *links, back))


def _week(w: Words, ending: date, score: TargetScore, unit: str) -> Html:
    """E, R, K and Q of one week."""
    day = w.short_day(ending)
    if score.expected is None or score.realised is None:
        return w.t("{day}: the target had ended", day=day)
    if score.state is State.NOT_DUE:
        return w.t("{day}: nothing due yet", day=day)
    return w.t(
        "{day}: {realised} of {expected} {unit} · quantity {quantity} · quality {quality}",
        day=day,
        realised=w.number(score.realised),
        expected=w.number(score.expected),
        unit=unit,
        quantity="–" if score.quantity is None else w.number(round(score.quantity)),
        quality="–" if score.quality is None else w.number(round(score.quality)),
    )


def _buttons(w: Words, person: Employee, shown: Evidence) -> Rows:
    """Feedback; the person as a whole and each of their targets in turn; back."""
    at = shown.target.id if shown.target is not None else 0
    rows: list[tuple[Button, ...]] = [(Button(w.plain("✍️ Give feedback"), "feedback", f"{person.id}.{at}"),)]
    pages = [0, *shown.held]
    if len(pages) > 1:
        place = pages.index(at)
        before, after = pages[place - 1], pages[(place + 1) % len(pages)]
        turn = f"{place + 1}/{len(pages)} ›"
        rows.append(
            (
                Button("‹", "evidence", f"{person.id}.{before}"),
                Button(turn, "evidence", f"{person.id}.{after}"),
            )
        )
    return (*rows, (Button(w.plain("‹ Back"), "note"),))
