"""Absences in words: their kinds, one line for each, and what stands in the way of another."""

from collections.abc import Sequence

from handlers.texts import Html, Words
from models import absence_rules
from models.absence_spans import Span
from models.absences import NOTHING, WAITING, Absence
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal

KINDS = (
    "annual",
    "sick",
    "important",
    "maternity",
    "long",
    "unpaid",
    "duty_travel",
    "training",
    "study",
    "retirement_preparation",
)
"""In the order in which they are offered."""


def kind_of(w: Words, kind: str) -> str:
    names = {
        "annual": w.plain("annual leave"),
        "sick": w.plain("sick"),
        "important": w.plain("leave for important reasons"),
        "maternity": w.plain("maternity leave"),
        "long": w.plain("long leave"),
        "unpaid": w.plain("unpaid leave"),
        "duty_travel": w.plain("official travel"),
        "training": w.plain("training"),
        "study": w.plain("study assignment"),
        "retirement_preparation": w.plain("preparing for retirement"),
        NOTHING: w.plain("no activities"),
    }
    return names.get(kind, w.plain("on leave"))


def said(w: Words, kind: str, span: Span) -> str:
    """`cuti tahunan, Rab 25 Nov – Jum 27 Nov`"""
    return f"{kind_of(w, kind)}, {w.span(*span)}"


def line(w: Words, absence: Absence) -> str:
    """The same, and whether it waits. Plain text, to be escaped as a value."""
    text = said(w, absence.kind, (absence.starts_on, absence.ends_on))
    return w.plain("{what} (waiting for approval)", what=text) if absence.status == WAITING else text


async def noted(session: Session, w: Words, absence: Absence, *, of: Employee | None = None) -> Html:
    """What is noted now, in full; `of` somebody else, when a supervisor reads it."""
    what, span = kind_of(w, absence.kind), w.span(absence.starts_on, absence.ends_on)
    if not absence.stands:
        return w.t("This is no longer noted: {what}, {span}.", what=what, span=span)
    if of is not None:
        text = w.t("🗓 <b>{name}</b>: {what}, {span}.", name=of.name, what=what, span=span)
    else:
        text = w.t("🗓 Noted: {what}, {span}. I will not ask on these days.", what=what, span=span)
    lines = [text]
    if absence.status == WAITING:
        lines.append(w.t("It waits for the supervisor's approval."))
    if absence.deputy_id is not None:
        deputy = await session.get_one(Employee, absence.deputy_id)
        lines.append(w.t("Plh: {name}", name=deputy.name))
    return Html("\n".join(lines))


def clash(w: Words, kind: str, span: Span, there: Sequence[Absence]) -> tuple[Html, str | None]:
    """What stands in the way, and the words of the button that would settle it; None: it is noted already."""
    standing = w.listed(line(w, one) for one in there)
    mine = [one for one in there if absence_rules.is_same(kind, one.kind)]
    if any(one.starts_on <= span[0] and span[1] <= one.ends_on for one in mine):
        return w.t("That is noted already: {standing}.", standing=standing), None
    text = w.t("On these days something is noted already: {standing}.", standing=standing)
    if len(mine) == len(there):
        first, last = min(span[0], *(one.starts_on for one in there)), max(span[1], *(one.ends_on for one in there))
        return text, w.plain("Extend to {span}", span=w.span(first, last))
    return text, w.plain("Put {what} in its place", what=kind_of(w, kind))


def refused_there(w: Words, refusal: Refusal) -> Html:
    """For where there are no buttons to settle it."""
    return clash(w, refusal.values["kind"], refusal.values["span"], refusal.values["there"])[0]


def refused_past(w: Words, refusal: Refusal) -> Html:
    day, first = w.day(refusal.values["day"]), w.day(refusal.values["first"])
    if refusal.values["own"]:
        return w.t(
            "{day} is too far back; you can note it from {first} on. Your superior can go further back (/cuti).",
            day=day,
            first=first,
        )
    return w.t("{day} lies in a closed month; it can be noted from {first} on.", day=day, first=first)
