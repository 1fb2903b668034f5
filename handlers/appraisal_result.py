"""The person's own appraisal, once decided: the result, every line of it, and the way to object."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.appraisal_pages import pages, summary
from handlers.appraisal_questions import turns
from handlers.appraisal_words import period_of, scheme_of
from handlers.context import Context, show_to
from handlers.screens import Button, Rows, Screen, in_rows
from handlers.taps import Tap
from handlers.texts import Words, words
from models import appraisals, employees, kinds, outbox
from models.appraisal_dossier import load
from models.appraisals import Appraisal, AppraisalDecision
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.refusals import Refusal

OTHERS_OFFERED = 4


def key_of(appraisal_id: int) -> str:
    return f"appraisal_result:{appraisal_id}"


async def show_result(session: Session, employee: Employee, appraisal: Appraisal, *, now: datetime) -> None:
    await show_to(
        session,
        employee,
        key_of(appraisal.id),
        kinds.APPRAISAL_RESULT,
        now=now,
        anew=True,
        priority=kinds.CARD,
        appraisal=appraisal.id,
        at=None,
    )


async def show_newest(context: Context) -> bool:
    """The newest result of the person who asks; False when there is none."""
    for appraisal in await _decided(context.session, context.employee):
        await show_result(context.session, context.employee, appraisal, now=context.now)
        return True
    return False


async def _decided(session: Session, employee: Employee) -> list[Appraisal]:
    own = await appraisals.of_people(session, [employee.id])
    return [one for one in own if await appraisals.decision_of(session, one.id) is not None]


async def result_card(session: Session, card: Message, now: datetime) -> Screen | None:
    person = await session.get_one(Employee, card.employee_id)
    appraisal = await session.get_one(Appraisal, card.arguments["appraisal"])
    decision = await appraisals.decision_of(session, appraisal.id)
    if decision is None or appraisal.employee_id != person.id:
        return None
    w, dossier = words(person.language), load(decision.dossier)
    seen = ((decision.id, decision.number),)
    at = card.arguments.get("at")
    if at is not None:
        every = pages(w, dossier)
        rows = (
            *turns(at % len(every), len(every), "appraisal_why"),
            (Button(w.plain("‹ Back"), "appraisal_why", "back"),),
        )
        return Screen("\n".join(every[at % len(every)]), rows, seen)
    zone = await employees.zone_of(session, person)
    lines = [*await _heading(session, w, decision, zone), *summary(w, dossier)]
    lines += await objection_in_words(session, w, decision, zone)
    keys = [Button(w.plain("Why?"), "appraisal_why", "0")]
    if decision.objection is None:
        keys.append(Button(w.plain("Object …"), "object", str(decision.id)))
    return Screen("\n".join(lines), (tuple(keys), *await _others(session, w, person, appraisal)), seen)


async def _heading(session: Session, w: Words, decision: AppraisalDecision, zone: ZoneInfo) -> list[str]:
    appraiser = await session.get_one(Employee, decision.appraiser_id)
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    lines: list[str] = [
        w.t("<b>Your appraisal of {period}</b>", period=period_of(w, appraisal.period)),
        w.t(
            "Decided on {day} by {name} · {scheme}",
            day=w.short_day(decision.decided_at.astimezone(zone).date()),
            name=appraiser.name,
            scheme=scheme_of(w, appraisal.scheme),
        ),
    ]
    if decision.number > 1:
        lines.append(w.t("This is decision number {number}; it takes the place of the former.", number=decision.number))
    return [*lines, ""]


async def objection_in_words(session: Session, w: Words, decision: AppraisalDecision, zone: ZoneInfo) -> list[str]:
    """The objection and what became of it."""
    if decision.objection is None or decision.objected_at is None:
        return []
    day = w.short_day(decision.objected_at.astimezone(zone).date())
    lines: list[str] = ["", w.t("Objection of {day}: <i>{text}</i>", day=day, text=decision.objection)]
    if decision.upheld is None or decision.answered_by_id is None:
        return [*lines, w.t("It waits for an answer.")]
    judge = await session.get_one(Employee, decision.answered_by_id)
    if decision.upheld:
        return [*lines, w.t("{name} has upheld the appraisal.", name=judge.name)]
    answer = decision.answer or "–"
    return [*lines, w.t("{name} has given it back to the appraiser: <i>{answer}</i>", name=judge.name, answer=answer)]


async def _others(session: Session, w: Words, person: Employee, shown: Appraisal) -> Rows:
    others = [one for one in await _decided(session, person) if one.id != shown.id]
    keys = [
        Button(period_of(w, one.period).capitalize(), "appraisal_of", str(one.id)) for one in others[:OTHERS_OFFERED]
    ]
    return in_rows(keys, each=2)


async def explain(context: Context, tap: Tap) -> None:
    at = None if tap.argument == "back" else tap.number()
    await outbox.redraw(context.session, tap.card.key, now=context.now, at=at)


async def show_other(context: Context, tap: Tap) -> None:
    """Another period of one's own."""
    appraisal = await context.session.get(Appraisal, tap.number())
    if appraisal is None or appraisal.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    await show_result(context.session, context.employee, appraisal, now=context.now)
