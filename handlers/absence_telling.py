"""What follows when an absence is noted, changed or cancelled: who is asked, who is told, whose cards change."""

from collections.abc import Iterable

from handlers import absence_words
from handlers.context import Context, show_to
from handlers.screens import Button, Rows
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from handlers.wording import short
from models import absence_acts, absence_rules, cards, deputies, duty, employees, kinds, outbox
from models.absence_acts import By
from models.absence_spans import Span
from models.absences import NOTHING, WAITING, Absence
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal

OFFERED = 8
"""Colleagues offered as deputy; /plh finds anybody."""


def by(context: Context) -> By:
    return By(context.employee, context.today, context.now)


async def seen(context: Context, tap: Tap, id_: int) -> Absence:
    """The absence that stands on the card. Raises: Refusal("changed_meanwhile")."""
    absence = await context.session.get(Absence, id_)
    if absence is None or absence.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    return absence


async def check_decider(context: Context, absence: Absence) -> None:
    """Raises: Refusal("not_yours")."""
    if not await absence_acts.may_decide(context.session, absence, context.employee, on=context.today):
        raise Refusal("not_yours")


async def settle(context: Context, person: Employee, kind: str, span: Span) -> Absence:
    """Extend what stands in the way when it is of this kind, else put this in its place."""
    there = await absence_rules.in_the_way(context.session, person, span)
    if there and all(absence_rules.is_same(kind, one.kind) for one in there):
        absence, waiting = await absence_acts.join(context.session, person, kind, span, by(context))
        await tell_noted(context, person, [absence, *waiting])
        return absence
    absence = await absence_acts.replace(context.session, person, kind, span, by(context))
    await tell_noted(context, person, [absence])
    return absence


async def cancel(context: Context, person: Employee, absence: Absence, *, revision: int) -> None:
    await absence_acts.cancel(context.session, person, absence, by(context), revision=revision)
    await show_reviews(context, person, absence, anew=False)
    await _tell(context, person, absence, "cancelled")
    await cards.redraw_absences(context.session, person.id, absence.id, now=context.now)
    await cards.redraw_for_others(context.session, person, now=context.now)


async def tell_noted(context: Context, person: Employee, noted: Iterable[Absence]) -> None:
    """The supervisor is asked where it waits; the person hears of what somebody else has noted for them."""
    for absence in {one.id: one for one in noted}.values():
        if absence.status == WAITING:
            await show_reviews(context, person, absence, anew=True)
        await _tell(context, person, absence, "noted")
        await cards.redraw_absences(context.session, person.id, absence.id, now=context.now)
    await cards.redraw_for_others(context.session, person, now=context.now)


async def show_reviews(context: Context, person: Employee, absence: Absence, *, anew: bool) -> None:
    """Ask those who decide first, or draw again every card on which it stands."""
    rules = duty.Duty(context.session, context.today)
    deciders = await rules.deciders(person)
    if not anew:
        leader = await rules.superior_of(person)
        for one in [*deciders, *(await rules.deciders(leader) if leader is not None else [])]:
            for key in (cards.absence_review(absence.id, one.person.id), cards.escalated(one.person.id)):
                await outbox.redraw(context.session, key, now=context.now)
        return
    for reviewer in (one.person for one in deciders):
        await show_to(
            context.session,
            reviewer,
            cards.absence_review(absence.id, reviewer.id),
            kinds.ABSENCE_REVIEW,
            now=context.now,
            anew=True,
            priority=kinds.CARD,
            absence=absence.id,
        )


async def _tell(context: Context, person: Employee, absence: Absence, act: str) -> None:
    if person.id == context.employee.id:
        return
    w, name = words(person.language), context.employee.name
    what = absence_words.line(w, absence)
    text = {
        "noted": w.t("🗓 {name} noted for you: {what}. I will not ask on these days.", name=name, what=what),
        "cancelled": w.t("🗓 {name} cancelled what was noted for you: {what}.", name=name, what=what),
    }[act]
    await tell(context, person, f"absence:{absence.id}:{absence.revision}:{act}", text)


async def tell(context: Context, person: Employee, key: str, text: Html) -> None:
    await show_to(context.session, person, key, kinds.SAY, now=context.now, priority=kinds.CARD, text=str(text))


async def asks_deputy(session: Session, person: Employee, absence: Absence) -> bool:
    """Whether somebody should stand in, and nobody has said who."""
    if absence.deputy_id is not None or absence.kind == NOTHING or not absence.stands:
        return False
    there = await deputies.of_superior(session, person.id, first=absence.starts_on, last=absence.ends_on)
    return not there and bool(await employees.direct_reports(session, [person.id]))


async def deputy_rows(session: Session, w: Words, person: Employee, absence: Absence, verb: str) -> Rows:
    offered = (await deputies.candidates(session, person))[:OFFERED]
    rows = [(Button(short(one.name, 38), verb, f"deputy.{one.id}"),) for one in offered]
    return (*rows, (Button(w.plain("Nobody"), verb, "deputy.0"),))


async def name_deputy(context: Context, person: Employee, absence: Absence, deputy_id: int) -> None:
    deputy = await context.session.get(Employee, deputy_id) if deputy_id else None
    await absence_acts.name_deputy(context.session, person, absence, deputy, by(context))
    await show_reviews(context, person, absence, anew=False)
    if deputy is not None and deputy.id != context.employee.id:
        w = words(deputy.language)
        what = w.span(absence.starts_on, absence.ends_on)
        text = w.t("You stand in for {name} as Plh, {span}.", name=person.name, span=what)
        if absence.status == WAITING:
            text = Html(text + " " + w.t("It counts once the absence is approved."))
        await tell(context, deputy, f"absence:{absence.id}:{absence.revision}:plh", text)
