"""What waits, one short line an activity, as the supervisor's card and its page of exceptions list it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from handlers.texts import Html, Words, html
from handlers.wording import also_said, short, what
from models.activities import Activity
from models.employees import Employee

AT_ONCE = (40, 30, 20, 12)
"""Activities on one screen, fewer when their words are many; the rest follows when these are done."""
Waiting: TypeAlias = list[tuple[Employee, list[Activity]]]


def first(waiting: Waiting, most: int) -> Waiting:
    kept: Waiting = []
    for person, rows in waiting:
        room = most - sum(len(kept_rows) for _, kept_rows in kept)
        if room > 0:
            kept.append((person, rows[:room]))
    return kept


def seen(rows: Sequence[Activity]) -> tuple[tuple[int, int], ...]:
    return tuple((activity.id, activity.revision) for activity in rows)


def and_more(w: Words, waiting: Waiting, shown: Waiting) -> str:
    left = sum(len(rows) for _, rows in waiting) - sum(len(rows) for _, rows in shown)
    return "\n\n" + w.many("… and one more", "… and {count} more", left) if left else ""


def names_and_work(w: Words, waiting: Waiting, today: date, first: Mapping[int, Employee]) -> str:
    """`first` has, for people one level further down, for whom their work waits first."""
    people = w.many("one person", "{count} people", len(waiting))
    total = sum(len(rows) for _, rows in waiting)
    count = w.many("one activity", "{count} activities", total)
    lines: list[str] = [w.t("<b>Waiting for you</b>: {people}, {count}", people=people, count=count)]
    for person, rows in waiting:
        lines += ["", heading(w, person, first.get(person.id)), *(line(w, activity, today) for activity in rows)]
    return "\n".join(lines)


def heading(w: Words, person: Employee, first: Employee | None) -> Html:
    if first is None:
        return w.t("<b>{name}</b>", name=person.name)
    return w.t("<b>{name}</b> – has waited long for {superior}", name=person.name, superior=first.name)


def line(w: Words, activity: Activity, today: date, *, sign: str = "•", at_most: int = 70) -> str:
    pieces = [f"{sign} {html(what(w, activity, at_most))}"]
    pieces += [html(piece) for piece in also_said(w, activity)]
    if activity.worked_on != today:
        pieces.append(html(w.short_day(activity.worked_on)))
    if activity.is_flagged:
        pieces.append(w.t("unclear"))
    back = comes_back(w, activity, 40)
    return " · ".join([*pieces, back] if back else pieces)


def comes_back(w: Words, activity: Activity, at_most: int) -> str:
    """For what its author has put right: that it was returned, and for which reason."""
    if activity.returned_at is None or not activity.reason:
        return ""
    return w.t("↩️ back after return: “{reason}”", reason=short(activity.reason, at_most))
