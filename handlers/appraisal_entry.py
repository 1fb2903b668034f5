"""The appraiser enters what only they know: figures by tap or number, remarks by a reply."""

from decimal import Decimal

from handlers.appraisal_card import ASK, asked
from handlers.appraisal_questions import MAIN, is_typed
from handlers.appraisal_words import part_of
from handlers.context import Context
from handlers.report_answers import number_in
from handlers.taps import Tap
from models import appraisal_acts, appraisal_facts, appraisals, messages, outbox, questions
from models.appraisal_dossier import CREATIVITY, VALUE, Missing, asked_of_appraiser, is_entered
from models.appraisals import Appraisal
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal

FIGURE, REMARK = "appraisal_figure", "appraisal_remark"


async def redraw(context: Context, card: Message, **arguments: object) -> None:
    await questions.close(context.session, card.key)
    await outbox.redraw(context.session, card.key, now=context.now, **arguments)


async def current(context: Context, tap: Tap) -> tuple[Appraisal, int]:
    """The appraisal on the card, and the revision that was seen.

    Raises: Refusal("changed_meanwhile"), Refusal("not_yours_to_appraise").
    """
    at = tap.card.arguments.get("at")
    appraisal = await context.session.get(Appraisal, at) if at is not None else None
    if appraisal is None or appraisal.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    await appraisal_acts.check_appraiser(context.session, context.employee, appraisal, on=context.today)
    return appraisal, tap.seen[appraisal.id]


async def ask_next(context: Context, tap: Tap) -> None:
    """*Enter what is missing*: the first thing that is not entered."""
    appraisal, _ = await current(context, tap)
    await _go_on(context, tap.card, appraisal)


async def ask_about(context: Context, tap: Tap) -> None:
    appraisal, revision = await current(context, tap)
    every = asked_of_appraiser(await appraisal_facts.dossier_of(context.session, appraisal))
    if tap.number() >= len(every):
        raise Refusal("changed_meanwhile")
    one = every[tap.number()]
    if one.about.startswith(VALUE):
        await _ask_for_remark(context, tap.card, appraisal, one, revision)
    else:
        await _ask(context, tap.card, appraisal, one)


async def _go_on(context: Context, card: Message, appraisal: Appraisal) -> None:
    dossier = await appraisal_facts.dossier_of(context.session, appraisal)
    open_ = [one for one in asked_of_appraiser(dossier) if not is_entered(dossier, one)]
    if open_ and dossier.scheme == appraisals.PP46:
        await _ask(context, card, appraisal, open_[0])
    else:
        await redraw(context, card, view=MAIN)


async def _ask(context: Context, card: Message, appraisal: Appraisal, one: Missing) -> None:
    await redraw(context, card, view=ASK, asked=[one.about, one.code, one.target_id])
    if is_typed(one):
        await _wait(context, card.key, FIGURE, card, appraisal, one, appraisal.revision)


async def _wait(
    context: Context, asks: str, kind: str, card: Message, appraisal: Appraisal, one: Missing, revision: int
) -> None:
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=asks,
        kind=kind,
        arguments={
            "appraisal": appraisal.id,
            "revision": revision,
            "asked": [one.about, one.code, one.target_id],
            "card": card.key,
        },
        now=context.now,
    )


async def _ask_for_remark(context: Context, card: Message, appraisal: Appraisal, one: Missing, revision: int) -> None:
    """In a message of its own, to which whole sentences reply."""
    w = context.words
    employee = await context.session.get_one(Employee, appraisal.employee_id)
    text = w.t(
        "<b>{value}</b>: what did you see of it in the work of {name}? Reply to this message.",
        value=part_of(w, one),
        name=employee.name,
    )
    key = await context.say(text, asks=w.plain("Your remark"))
    await _wait(context, key, REMARK, card, appraisal, one, revision)


async def enter(context: Context, tap: Tap) -> None:
    """A button under a question of the card."""
    appraisal, revision = await current(context, tap)
    one = asked(tap.card)
    if one is None:
        raise Refusal("changed_meanwhile")
    is_word = one.about == CREATIVITY
    await appraisal_acts.enter(
        context.session,
        context.employee,
        appraisal,
        one,
        value=None if is_word else Decimal(tap.number()),
        remark=tap.argument if is_word else "",
        revision=revision,
        on=context.today,
        now=context.now,
    )
    context.toast(context.words.plain("Noted."))
    await _go_on(context, tap.card, appraisal)


async def type_figure(context: Context, question: Question, text: str) -> bool:
    """A number for what the card asks about; rupiah may be written with Rp."""
    number = number_in(text.lower().removeprefix("rp").lstrip(". "))
    if number is None:
        return False
    await _enter_typed(context, question, value=number)
    return True


async def type_remark(context: Context, question: Question, text: str) -> bool:
    one = Missing(*question.arguments["asked"])
    await _enter_typed(context, question, remark=" ".join(text.split()))
    await questions.close(context.session, question.card)
    await context.say(context.words.t("Noted under “{value}”.", value=part_of(context.words, one)))
    return True


async def _enter_typed(context: Context, question: Question, value: Decimal | None = None, remark: str = "") -> None:
    given = question.arguments
    appraisal = await context.session.get_one(Appraisal, given["appraisal"])
    await appraisal_acts.enter(
        context.session,
        context.employee,
        appraisal,
        Missing(*given["asked"]),
        value=value,
        remark=remark,
        revision=given["revision"],
        on=context.today,
        now=context.now,
    )
    card = await messages.by_key(context.session, given["card"])
    if card is None:
        return
    if remark:
        await outbox.redraw(context.session, card.key, now=context.now)
    else:
        await _go_on(context, card, appraisal)
