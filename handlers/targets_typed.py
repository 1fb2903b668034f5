"""What is typed about a target: each answer is bound to the message that asked for it."""

from dataclasses import replace
from typing import Any

from handlers.context import Context
from handlers.taps import Tap
from handlers.targets import holder_on, settled, target_of
from handlers.texts import Html
from handlers.wording import refuse
from models import kinds, messages, questions, target_phrases, target_proposals
from models.employees import Employee
from models.outbox import Message
from models.questions import Question
from models.refusals import Refusal
from models.target_revisions import Plan
from models.target_rules import check
from models.targets import Target

TYPED = "target_typed"
TITLE, AMOUNT, ENDS, END, NEW = "title", "amount", "ends", "end", "new"


async def ask_new(context: Context, tap: Tap) -> None:
    await holder_on(context, tap.card)
    w = context.words
    text = w.t(
        "Reply to this message with the plan, how much of it, and until when. For example:\n"
        "<i>Compiling monitoring reports; 12 reports; 31 December</i>"
    )
    await _ask(context, tap, text, w.plain("Plan; amount; end"), NEW, 0)


async def ask_for(context: Context, tap: Tap) -> None:
    """`title.<target>`, `amount.<target>`, `ends.<target>` or `end.<target>`."""
    holder = await holder_on(context, tap.card)
    target = await target_of(context, holder, tap.number(1))
    w, what, code = context.words, tap.argument.split(".")[0], target.code
    texts = {
        TITLE: (w.t("What is {code} called from now on? Reply to this message.", code=code), w.plain("The plan")),
        AMOUNT: (
            w.t("How much is {code} from now on? Reply with a number and its unit, such as “12 reports”.", code=code),
            w.plain("12 reports"),
        ),
        ENDS: (w.t("Until when does {code} run? Reply with a date.", code=code), w.plain("31 December")),
        END: (w.t("What is the last day of {code}? Reply with a date.", code=code), w.plain("30 November")),
    }
    if what not in texts:
        raise Refusal("changed_meanwhile")
    text, placeholder = texts[what]
    await _ask(context, tap, text, placeholder, what, target.id)


async def _ask(context: Context, tap: Tap, text: Html, placeholder: str, what: str, target_id: int) -> None:
    of = tap.card.arguments.get("of", context.employee.id)
    arguments = {"what": what, "target": target_id, "page": tap.card.key, "of": of, "placeholder": placeholder}
    await _wait(context, text, arguments)


async def _wait(context: Context, text: Html, arguments: dict[str, Any]) -> None:
    """Ask in a message of its own, to which the answer is bound."""
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=await context.say(text, asks=arguments["placeholder"]),
        kind=TYPED,
        arguments=arguments,
        now=context.now,
    )


async def type_target(context: Context, question: Question, text: str) -> bool:
    """The answer to any of these. What cannot be taken is asked anew, saying why."""
    await questions.close(context.session, question.card)
    try:
        await _take(context, question.arguments, text)
    except Refusal as refusal:
        if not refusal.key.startswith("target_"):
            raise
        await _wait(context, refuse(context.words, refusal), question.arguments)
    return True


async def _take(context: Context, a: dict[str, Any], text: str) -> None:
    page = await messages.by_key(context.session, a["page"])
    if page is None:
        raise Refusal("changed_meanwhile")
    holder = await context.session.get_one(Employee, a["of"])
    if a["what"] == NEW:
        await _take_draft(context, holder, page, text)
    else:
        target = await target_of(context, holder, a["target"])
        await _change(context, holder, target, page, a["what"], text)


async def _take_draft(context: Context, holder: Employee, page: Message, text: str) -> None:
    """Understood and within the rules: the page asks what it supports."""
    typed = target_phrases.whole(text, context.today)
    plan = Plan(
        title=typed.title,
        indicator="",
        planned=typed.planned,
        measure=typed.measure,
        quality=None,
        cost=None,
        starts_on=context.today,
        ends_on=typed.ends_on,
        weight=None,
        parent_id=None,
    )
    await check(context.session, holder, None, plan)
    draft = {
        "title": plan.title,
        "planned": f"{plan.planned:f}",
        "measure": plan.measure,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
    }
    await context.show(page.key, kinds.TARGETS, anew=True, view="serve", of=holder.id, target=None, page=0, draft=draft)


async def _change(context: Context, holder: Employee, target: Target, page: Message, what: str, text: str) -> None:
    session, who, on, now = context.session, context.employee, context.today, context.now
    if what == END:
        last_day = target_phrases.end(text, on)
        revision = await target_proposals.end(session, who, holder, target, last_day, on=on, now=now)
    else:
        plan = await target_proposals.base_of(session, who, target)
        if what == TITLE:
            plan = replace(plan, title=target_phrases.title(text))
        elif what == AMOUNT:
            planned, measure = target_phrases.amount(text)
            plan = replace(plan, planned=planned, measure=measure)
        else:
            plan = replace(plan, ends_on=target_phrases.end(text, on))
        revision = await target_proposals.change(session, who, holder, target, plan, on=on, now=now)
    await context.say(await settled(context, holder, revision, page.key))
