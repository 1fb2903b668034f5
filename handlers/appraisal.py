"""`/penilaian`: people to appraise, objections to answer, one's own result; and the taps on the appraiser's card."""

from datetime import date, datetime

from telegram import Update

from handlers import appraisal_list, appraisal_objection, appraisal_result
from handlers.appraisal_card import LINES, RATE
from handlers.appraisal_entry import current, redraw
from handlers.appraisal_questions import ENTRIES, MAIN
from handlers.context import Context, show_to
from handlers.taps import Tap
from models import (
    appraisal_acts,
    appraisal_objections,
    appraisal_periods,
    appraisals,
    duty,
    kinds,
    messages,
    questions,
    sights,
)
from models.appraisal_periods import Period
from models.appraisals import Appraisal, AppraisalDecision
from models.database import Session
from models.employees import Employee
from models.refusals import Refusal
from models.scoring.permenpanrb6 import Rating


def key_of(appraiser_id: int) -> str:
    return f"appraisals:{appraiser_id}"


async def show_appraisals(update: Update, context: Context) -> None:
    session, person = context.session, context.employee
    team = await duty.team_of(session, person, on=context.today)
    objections = await appraisal_objections.waiting_for(session, person, on=context.today)
    if team:
        former = await messages.by_key(session, key_of(person.id))
        period = former.arguments["period"] if former else appraisal_list.usual_period(context.today).code
        await show_card(session, person, period, now=context.now)
    for decision in objections:
        await appraisal_objection.show_to_judge(session, person, decision, now=context.now)
    if not await appraisal_result.show_newest(context) and not team and not objections:
        await context.say(await _nothing(context))


async def _nothing(context: Context) -> str:
    w = context.words
    above = await duty.reviewers_of(context.session, context.employee, on=context.today)
    if not above:
        return w.t("No appraisal of yours has been decided yet, and nobody is named who appraises you.")
    return w.t("No appraisal of yours has been decided yet. You are appraised by {name}.", name=above[0].name)


async def show_card(
    session: Session, appraiser: Employee, period: str, *, now: datetime, at: int | None = None
) -> None:
    key = key_of(appraiser.id)
    await questions.close(session, key)
    await show_to(
        session, appraiser, key, kinds.APPRAISAL_CARD, now=now, anew=True, period=period, page=0, at=at, view=MAIN
    )


async def open_for(session: Session, people: list[Employee], period: Period, *, on: date, now: datetime) -> int:
    """Open the appraisals of a period and show the card to those who appraise; to how many.

    Raises: Refusal("only_years").
    """
    for person in people:
        await appraisals.open_for(session, person, period, now=now)
    appraisers = await appraisal_list.appraisers_of(session, people, on=on)
    for appraiser in appraisers.values():
        await show_card(session, appraiser, period.code, now=now)
    return len(appraisers)


async def turn_page(context: Context, tap: Tap) -> None:
    await redraw(context, tap.card, at=None, view=MAIN, page=tap.number())


async def turn_period(context: Context, tap: Tap) -> None:
    try:
        period = appraisal_periods.from_code(tap.argument)
    except ValueError:
        raise Refusal("changed_meanwhile") from None
    await redraw(context, tap.card, at=None, view=MAIN, page=0, period=period.code)


async def open_person(context: Context, tap: Tap) -> None:
    person = await context.session.get(Employee, tap.number())
    if person is None or not await appraisals.may_appraise(context.session, context.employee, person, on=context.today):
        raise Refusal("not_yours_to_appraise")
    period = appraisal_periods.from_code(tap.card.arguments["period"])
    appraisal = await appraisals.open_for(
        context.session, person, period, now=context.now, actor_id=context.employee.id
    )
    await sights.opened(context.session, context.employee, person, sights.APPRAISAL, now=context.now)
    await redraw(context, tap.card, at=appraisal.id, view=MAIN)


async def turn_to(context: Context, tap: Tap) -> None:
    """`main`, `entries.<page>`, `lines.<page>` or `rate.<which>`"""
    if tap.argument.partition(".")[0] not in (MAIN, ENTRIES, LINES, RATE):
        raise Refusal("changed_meanwhile")
    await current(context, tap)
    await redraw(context, tap.card, view=tap.argument)


async def rate(context: Context, tap: Tap) -> None:
    appraisal, revision = await current(context, tap)
    which, _, rating = tap.argument.partition(".")
    if rating not in set(Rating):
        raise Refusal("changed_meanwhile")
    await appraisal_acts.rate(
        context.session,
        context.employee,
        appraisal,
        which,
        Rating(rating),
        revision=revision,
        on=context.today,
        now=context.now,
    )
    await redraw(context, tap.card, view=MAIN)


async def decide(context: Context, tap: Tap) -> None:
    """The person hears at once, with every line of the result."""
    appraisal, revision = await current(context, tap)
    await appraisal_acts.decide(
        context.session,
        context.employee,
        appraisal,
        digest=tap.argument,
        revision=revision,
        on=context.today,
        now=context.now,
    )
    employee = await context.session.get_one(Employee, appraisal.employee_id)
    await appraisal_result.show_result(context.session, employee, appraisal, now=context.now)
    await redraw(context, tap.card, view=MAIN)
    w = context.words
    if employee.telegram_id is None:
        told = w.plain("Decided. {name} has not joined and will read it after joining.", name=employee.name)
    else:
        told = w.plain("Decided. {name} is told.", name=employee.name)
    context.toast(told)


async def reopen(context: Context, tap: Tap) -> None:
    """From the news that an objection was given back to the person's appraisal."""
    decision = await context.session.get(AppraisalDecision, tap.number())
    if decision is None or decision.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    appraisal = await context.session.get_one(Appraisal, decision.appraisal_id)
    await appraisal_acts.check_appraiser(context.session, context.employee, appraisal, on=context.today)
    await show_card(context.session, context.employee, appraisal.period.code, now=context.now, at=appraisal.id)
