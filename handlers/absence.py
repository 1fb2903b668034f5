"""“Sakit”, “cuti 3 hari mulai besok”: understood as an absence, and noted with one tap."""

from datetime import date, datetime

from handlers.context import Context
from handlers.screens import Button, Screen
from handlers.taps import Tap
from handlers.texts import Words, words
from models import cards, outbox
from models.absences import Absence
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.reading.types import AbsenceSpan
from models.refusals import Refusal

NOTHING = "nothing"
"""Kind of a day at work without anything to report; it is no leave."""
LONGEST_DAYS = 366


def kind_of(w: Words, kind: str) -> str:
    names = {
        "sick": w.plain("sick"),
        "maternity": w.plain("maternity leave"),
        "important": w.plain("leave for important reasons"),
        "duty_travel": w.plain("official travel"),
        "training": w.plain("training"),
        NOTHING: w.plain("no activities"),
    }
    return names.get(kind, w.plain("on leave"))


async def propose(context: Context, span: AbsenceSpan) -> None:
    """Show what was understood; it counts once it is confirmed."""
    update = context.act.update
    await context.show(
        f"absence:{update.update_id}",
        outbox.ABSENCE_CARD,
        kind=span.kind,
        state="open",
        starts_on=span.starts_on.isoformat(),
        ends_on=span.ends_on.isoformat(),
    )


async def absence_card(session: Session, card: Message, now: datetime) -> Screen:
    person = await session.get_one(Employee, card.employee_id)
    w, a = words(person.language), card.arguments
    span = w.span(date.fromisoformat(a["starts_on"]), date.fromisoformat(a["ends_on"]))
    what = kind_of(w, a["kind"])
    if a["state"] == "noted":
        undo = ((Button(w.plain("Undo"), "absence", "undo"),),)
        return Screen(w.t("🗓 Noted: {what}, {span}. I will not ask on these days.", what=what, span=span), undo)
    if a["state"] == "dropped":
        return Screen(w.t("All right, no absence noted. If you did work, just write what you did."))
    text = w.t("Shall I note <b>{what}</b>, {span}? I will not ask on these days.", what=what, span=span)
    return Screen(text, ((Button(w.plain("Yes, note it"), "absence", "yes"), Button(w.plain("No"), "absence", "no")),))


async def answer(context: Context, tap: Tap) -> None:
    a, person = tap.card.arguments, context.employee
    starts_on, ends_on = date.fromisoformat(a["starts_on"]), date.fromisoformat(a["ends_on"])
    state, noted_as = a["state"], a.get("absence", 0)
    if tap.argument == "yes" and state == "open" and (ends_on - starts_on).days < LONGEST_DAYS:
        absence = Absence(
            agency_id=person.agency_id,
            employee_id=person.id,
            kind=a["kind"],
            starts_on=starts_on,
            ends_on=ends_on,
            noted_at=context.now,
        )
        context.session.add(absence)
        await context.session.flush()
        state, noted_as = "noted", absence.id
    elif tap.argument == "undo" and state == "noted":
        noted = await context.session.get(Absence, noted_as)
        if noted is None:
            raise Refusal("changed_meanwhile")
        await context.session.delete(noted)
        state = "dropped"
    elif tap.argument == "no" and state == "open":
        state = "dropped"
    await outbox.redraw(context.session, tap.card.key, now=context.now, state=state, absence=noted_as)
    await cards.redraw_for_others(context.session, person, now=context.now)
