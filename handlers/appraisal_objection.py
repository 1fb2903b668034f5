"""An objection: asked for on the person's result, answered by the appraiser's superior, told to both."""

from datetime import datetime

from handlers import appraisal_result
from handlers.appraisal_pages import outcome, pages
from handlers.appraisal_questions import turns
from handlers.appraisal_result import objection_in_words
from handlers.appraisal_words import period_of
from handlers.context import Context, show_to
from handlers.screens import Button, Rows, Screen
from handlers.taps import Tap
from handlers.texts import Html, Words, words
from models import appraisal_objections, employees, kinds, outbox, questions
from models.agencies import Agency
from models.appraisal_dossier import load
from models.appraisals import Appraisal, AppraisalDecision
from models.database import Session
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

OBJECTION, ANSWER = "objection", "objection_answer"
JUDGE, TOLD = "judge", "told"


async def ask_objection(context: Context, tap: Tap) -> None:
    """In a message of its own; the answer is bound to that message and to this decision."""
    decision = await _decision(context, tap)
    await appraisal_objections.check_open(context.session, context.employee, decision)
    w = context.words
    text = w.t("What do you object to, and why? Reply to this message. It goes to the appraiser's superior.")
    await _ask(context, OBJECTION, await context.say(text, asks=w.plain("Your objection")), decision, tap.card.key)


async def _decision(context: Context, tap: Tap) -> AppraisalDecision:
    decision = await context.session.get(AppraisalDecision, tap.number())
    if decision is None or decision.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    return decision


async def _ask(context: Context, kind: str, asks: str, decision: AppraisalDecision, card: str) -> None:
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=asks,
        kind=kind,
        arguments={"decision": decision.id, "card": card},
        now=context.now,
    )


async def give_objection(context: Context, question: Question, text: str) -> bool:
    session = context.session
    decision = await session.get_one(AppraisalDecision, question.arguments["decision"])
    await appraisal_objections.object_to(session, context.employee, decision, text, now=context.now)
    await questions.close(session, question.card)
    await outbox.redraw(session, question.arguments["card"], now=context.now)
    judges = await appraisal_objections.judges_of(session, decision, on=context.today)
    for judge in judges[:1]:
        await show_to_judge(session, judge, decision, now=context.now)
    await context.say(await _where_it_goes(context, decision, judges))
    return True


async def _where_it_goes(context: Context, decision: AppraisalDecision, judges: list[Employee]) -> Html:
    w, session = context.words, context.session
    appraiser = await session.get_one(Employee, decision.appraiser_id)
    if judges and judges[0].role != employees.ADMIN:
        return w.t("Your objection has gone to {name} ({position}).", **_who(judges[0]))
    above = await appraisal_objections.above_of(session, decision, on=context.today)
    if judges:
        return w.t(
            "Nobody above {appraiser} uses Harian, so your objection has gone to {name} ({position}), an admin.",
            appraiser=appraiser.name,
            **_who(judges[0]),
        )
    if above is not None and above.id != context.employee.id:
        return w.t(
            "Your objection is kept with the appraisal, but {name} ({position}), who is above {appraiser}, "
            "does not use Harian. Please bring it there in person.",
            appraiser=appraiser.name,
            **_who(above),
        )
    agency = await session.get_one(Agency, decision.agency_id)
    return w.t(
        "Your objection is kept with the appraisal, but there is nobody above {appraiser}. "
        "Please bring it to the personnel officer of {agency}.",
        appraiser=appraiser.name,
        agency=agency.name,
    )


def _who(person: Employee) -> dict[str, str]:
    return {"name": person.name, "position": person.position or "–"}


async def show_to_judge(session: Session, judge: Employee, decision: AppraisalDecision, *, now: datetime) -> None:
    await _show(session, judge, decision, JUDGE, now=now)


async def _show(session: Session, person: Employee, decision: AppraisalDecision, role: str, *, now: datetime) -> None:
    await show_to(
        session,
        person,
        f"objection:{decision.id}:{person.id}",
        kinds.OBJECTION,
        now=now,
        anew=True,
        priority=kinds.CARD,
        decision=decision.id,
        role=role,
        at=None,
    )


async def objection_card(session: Session, card: Message, now: datetime) -> Screen | None:
    """For the judge with buttons while it waits; for the appraiser only what became of it."""
    person = await session.get_one(Employee, card.employee_id)
    w = words(person.language)
    decision = await session.get_one(AppraisalDecision, card.arguments["decision"])
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    today = now.astimezone(await employees.zone_of(session, person)).date()
    if not await appraisal_objections.may_see(session, person, decision, on=today):
        return None if card.message_id is None else Screen(w.t("This objection is no longer yours to look after."))
    dossier, seen = load(decision.dossier), ((decision.id, decision.number),)
    at = card.arguments.get("at")
    if at is not None:
        every = pages(w, dossier)
        back = (Button(w.plain("‹ Back"), "objection_turn", "back"),)
        return Screen(
            "\n".join(every[at % len(every)]), (*turns(at % len(every), len(every), "objection_turn"), back), seen
        )
    employee = await session.get_one(Employee, appraisal.employee_id)
    appraiser = await session.get_one(Employee, decision.appraiser_id)
    period = period_of(w, appraisal.period)
    lines = [
        w.t("<b>Objection to an appraisal</b>"),
        w.t("{name}, {period}, appraised by {appraiser}", name=employee.name, period=period, appraiser=appraiser.name),
        outcome(w, dossier),
        *await objection_in_words(session, w, decision, await employees.zone_of(session, person)),
    ]
    return Screen("\n".join(lines), await _buttons(session, w, card, decision), seen)


async def _buttons(session: Session, w: Words, card: Message, decision: AppraisalDecision) -> Rows:
    details = (Button(w.plain("Details"), "objection_turn", "0"),)
    if card.arguments["role"] == JUDGE and await appraisal_objections.is_open(session, decision):
        uphold = (Button(w.plain("Uphold the appraisal"), "uphold", str(decision.id)),)
        give_back = (Button(w.plain("Give back to the appraiser …"), "give_back", str(decision.id)),)
        return (details, uphold, give_back)
    if card.arguments["role"] == TOLD and decision.upheld is False:
        return (details, (Button(w.plain("Open the appraisal"), "reopen", str(decision.id)),))
    return (details,)


async def turn(context: Context, tap: Tap) -> None:
    at = None if tap.argument == "back" else tap.number()
    await outbox.redraw(context.session, tap.card.key, now=context.now, at=at)


async def uphold(context: Context, tap: Tap) -> None:
    decision = await _decision(context, tap)
    await _answer(context, decision, tap.card.key, upheld=True)
    context.toast(context.words.plain("Upheld. Both are told."))


async def ask_answer(context: Context, tap: Tap) -> None:
    decision = await _decision(context, tap)
    if not await appraisal_objections.may_answer(context.session, context.employee, decision, on=context.today):
        raise Refusal("not_yours")
    w = context.words
    text = w.t("What shall the appraiser look at again? Reply to this message with one sentence.")
    await _ask(context, ANSWER, await context.say(text, asks=w.plain("To the appraiser")), decision, tap.card.key)


async def give_answer(context: Context, question: Question, text: str) -> bool:
    decision = await context.session.get_one(AppraisalDecision, question.arguments["decision"])
    await _answer(context, decision, question.arguments["card"], upheld=False, text=text)
    await questions.close(context.session, question.card)
    await context.say(context.words.t("Given back to the appraiser. Both are told."))
    return True


async def _answer(
    context: Context, decision: AppraisalDecision, card: str, *, upheld: bool, text: str | None = None
) -> None:
    session, now = context.session, context.now
    await appraisal_objections.answer(
        session, context.employee, decision, upheld=upheld, text=text, on=context.today, now=now
    )
    await outbox.redraw(session, card, now=now)
    appraisal = await session.get_one(Appraisal, decision.appraisal_id)
    employee = await session.get_one(Employee, appraisal.employee_id)
    await appraisal_result.show_result(session, employee, appraisal, now=now)
    appraiser = await session.get_one(Employee, decision.appraiser_id)
    await _show(session, appraiser, decision, TOLD, now=now)
