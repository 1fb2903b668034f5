"""One activity on the card: its lines, why it is linked so, and the buttons to change it."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.screens import Button, Rows, in_rows
from handlers.target_words import upwards
from handlers.texts import Html, Words
from handlers.wording import said, short, spoken_day, status, titled
from models import rosters, windows
from models import targets as cascade
from models.activities import RETURNED, Activity
from models.database import Session
from models.drafts import NO_TARGET
from models.employees import Employee
from models.targets import Target

PAGE = 6
LINES_AT_MOST = 25


def choice(w: Words, standing: Sequence[Activity]) -> Rows:
    rows = [
        (Button(f"{n}. {short(a.description, 34)}", "view", f"item.{a.id}"),)
        for n, a in enumerate(standing[:LINES_AT_MOST], 1)
    ]
    return (*rows, (Button(w.plain("‹ Done"), "view", "main"),))


def heading(w: Words, activity: Activity) -> Html:
    return w.t("<b>{what}</b>", what=short(activity.description, 300))


async def detail(session: Session, w: Words, activity: Activity, today: date) -> str:
    target = await session.get(Target, activity.target_id) if activity.target_id else None
    line = await cascade.line_up(session, target) if target else []
    lines = [
        heading(w, activity),
        w.t("Target: {target}", target=titled(target, at_most=100)) if target else w.t("Target: none"),
        w.t("Serves: {goal}", goal=upwards(line, at_most=80)) if line else None,
        w.t("Output and time: {said}", said=", ".join(said(w, activity)) or "–"),
        w.t("Date: {day}", day=spoken_day(w, activity.worked_on, today)),
        w.t("Status: {status}", status=status(w, activity)),
        w.t("Reason: {reason}", reason=activity.reason) if activity.status == RETURNED and activity.reason else None,
        _why(w, activity),
    ]
    return "\n".join(line for line in lines if line)


def _why(w: Words, activity: Activity) -> Html | None:
    """Why this target: the code, the words that matched, the unit, or the person's own choice."""
    if activity.linked_by == "code":
        return w.t("Why this target: you wrote its code.")
    if activity.linked_by in ("memory", NO_TARGET) and activity.matched:
        when = w.short_day(date.fromisoformat(activity.matched[0]))
        if activity.linked_by == NO_TARGET:
            return w.t("Why no target: as on {day}.", day=when)
        if activity.matched[1:] == ["colleague"]:
            return w.t("Why this target: a colleague chose it for the same wording on {day}.", day=when)
        return w.t("Why this target: as on {day}.", day=when)
    if activity.linked_by in ("words", "unit") and activity.matched:
        matched = list(dict.fromkeys(activity.matched))[:5]
        return w.t("Why this target: {words}.", words=w.listed(f"“{word}”" for word in matched))
    return w.t("Why this target: you chose it.") if activity.linked_by == "person" else None


def actions(w: Words, activity: Activity, *, back: str, before: Activity | None) -> Rows:
    """`before`: the activity above it on the card, with which it may be joined."""
    id_ = activity.id
    join = (Button(w.plain("🔗 Join with the one before"), "join", f"{before.id}.{id_}"),) if before else None
    return (
        (Button(w.plain("🎯 Target"), "view", f"target.{id_}"), Button(w.plain("🔢 Count"), "view", f"count.{id_}")),
        (Button(w.plain("📅 Date"), "view", f"day.{id_}"), Button(w.plain("🗑 Remove"), "remove", str(id_))),
        *((join,) if join else ()),
        (Button(w.plain("‹ Back"), "view", back),),
    )


def targets(w: Words, activity: Activity, own: Sequence[Target], page: int, *, asked: bool) -> Rows:
    """All of the person's targets, the likeliest first, six to a page. `asked`: Back leads to the question."""
    order = {id_: place for place, id_ in enumerate(activity.candidates)}
    sorted_ = sorted(own, key=lambda target: (order.get(target.id, len(order)), target.id))
    pages = max((len(sorted_) + PAGE - 1) // PAGE, 1)
    page %= pages
    shown = sorted_[page * PAGE : (page + 1) * PAGE]
    rows = [(Button(titled(target, at_most=40), "target", f"{activity.id}.{target.id}"),) for target in shown]
    rows.append((Button(w.plain("Not a target"), "target", f"{activity.id}.0"),))
    turn = Button(
        w.plain("More … ({page}/{pages})", page=page + 1, pages=pages), "view", f"target.{activity.id}.{page + 1}"
    )
    back = Button(w.plain("‹ Back"), "view", "main" if asked else f"item.{activity.id}")
    return (*rows, (back, turn) if pages > 1 else (back,))


def counts(w: Words, activity: Activity) -> Rows:
    numbers = [Button(str(n), "count", f"{activity.id}.{n}") for n in range(1, 11)]
    return (*in_rows(numbers, each=5), (Button(w.plain("‹ Back"), "view", f"item.{activity.id}"),))


async def days(session: Session, w: Words, person: Employee, activity: Activity, today: date) -> Rows:
    """The days that may still be reported: the person's workdays, and today."""
    first = await windows.first_open_day(session, person, today=today)
    roster = await rosters.of_one(session, person, first, today)
    days = [*roster.between(first, today - timedelta(days=1)), today]
    buttons = [Button(spoken_day(w, d, today), "day", f"{activity.id}.{d:%Y%m%d}") for d in reversed(days)]
    return (*in_rows(buttons, each=2), (Button(w.plain("‹ Back"), "view", f"item.{activity.id}"),))
