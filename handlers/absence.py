"""“Sakit”, “cuti 3 hari mulai besok”: understood as an absence, and noted with one tap."""

from datetime import date, datetime

from handlers import absence_telling, absence_words
from handlers.absence_words import kind_of
from handlers.context import Context
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Words, words
from models import absence_acts, absence_rules, absences, bots, kinds, outbox
from models.absence_spans import Span
from models.absences import Absence
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.reading.types import AbsenceSpan
from models.refusals import Refusal

NOTHING = absences.NOTHING


async def propose(context: Context, span: AbsenceSpan) -> None:
    """Show what was understood; it counts once it is confirmed."""
    update = context.act.update
    await context.show(
        f"absence:{bots.named(context.session, update.update_id)}",
        kinds.ABSENCE_CARD,
        kind=span.kind,
        state="open",
        starts_on=span.starts_on.isoformat(),
        ends_on=span.ends_on.isoformat(),
    )


def _span(card: Message) -> Span:
    return date.fromisoformat(card.arguments["starts_on"]), date.fromisoformat(card.arguments["ends_on"])


async def absence_card(session: Session, card: Message, now: datetime) -> Screen:
    """States: open, clash (something else is noted on these days), noted, dropped."""
    person = await session.get_one(Employee, card.employee_id)
    w, a, span = words(person.language), card.arguments, _span(card)
    absence = await session.get(Absence, a.get("absence") or 0)
    if a["state"] == "noted" and absence is not None and absence.stands:
        return await _noted(session, w, person, absence, is_new=a.get("is_new", True), ask=not a.get("deputy_asked"))
    if a["state"] in ("noted", "dropped"):
        return Screen(w.t("All right, no absence noted. If you did work, just write what you did."))
    if a["state"] == "clash":
        there = await absence_rules.in_the_way(session, person, span)
        text, settle = absence_words.clash(w, a["kind"], span, there)
        rows = ((Button(settle, "absence", "settle"),),) if settle else ()
        return Screen(text, (*rows, (Button(w.plain("Leave it as it is"), "absence", "no"),)))
    what = kind_of(w, a["kind"])
    text = w.t("Shall I note <b>{what}</b>, {span}? I will not ask on these days.", what=what, span=w.span(*span))
    return Screen(text, ((Button(w.plain("Yes, note it"), "absence", "yes"), Button(w.plain("No"), "absence", "no")),))


async def _noted(session: Session, w: Words, person: Employee, absence: Absence, *, is_new: bool, ask: bool) -> Screen:
    text = await absence_words.noted(session, w, absence)
    rows: Rows = ()
    if ask and await absence_telling.asks_deputy(session, person, absence):
        text = type(text)(text + "\n\n" + w.t("Who stands in for you meanwhile (Plh)?"))
        rows = await absence_telling.deputy_rows(session, w, person, absence, "absence")
    if is_new:
        rows = (*rows, (Button(w.plain("Undo"), "absence", "undo"),))
    return Screen(text, rows, ((absence.id, absence.revision),))


async def answer(context: Context, tap: Tap) -> None:
    verb, _, id_ = tap.argument.partition(".")
    state = tap.card.arguments["state"]
    if verb == "no" and state in ("open", "clash"):
        await _redraw(context, tap, state="dropped")
    elif verb == "yes" and state == "open":
        await _note(context, tap)
    elif verb == "settle" and state == "clash":
        await _settle(context, tap)
    elif state == "noted":
        absence = await absence_telling.seen(context, tap, tap.card.arguments.get("absence") or 0)
        if verb == "undo":
            await absence_telling.cancel(context, context.employee, absence, revision=tap.seen[absence.id])
            await _redraw(context, tap, state="dropped")
        elif verb == "deputy" and id_.isdecimal():
            await absence_telling.name_deputy(context, context.employee, absence, int(id_))
            await _redraw(context, tap, deputy_asked=True)


async def _note(context: Context, tap: Tap) -> None:
    kind, span = tap.card.arguments["kind"], _span(tap.card)
    try:
        absence = await absence_acts.note(context.session, context.employee, kind, span, absence_telling.by(context))
    except Refusal as refusal:
        if refusal.key != "absence_there":
            raise
        await _redraw(context, tap, state="clash")
        return
    await absence_telling.tell_noted(context, context.employee, [absence])
    await _redraw(context, tap, state="noted", absence=absence.id)


async def _settle(context: Context, tap: Tap) -> None:
    absence = await absence_telling.settle(context, context.employee, tap.card.arguments["kind"], _span(tap.card))
    await _redraw(context, tap, state="noted", absence=absence.id, is_new=False)


async def _redraw(context: Context, tap: Tap, **arguments: object) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now, **arguments)
