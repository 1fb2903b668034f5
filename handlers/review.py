"""The supervisor approves, excludes, returns and undoes; on one card a day."""

from datetime import datetime

from handlers import quality
from handlers.context import Context, show_to
from handlers.taps import Tap
from handlers.wording import refuse, short, what
from models import activities, cards, outbox, questions, reviews
from models.activities import Activity
from models.employees import Employee
from models.questions import Question
from models.refusals import Refusal

REASON = "reason"


async def _shown(context: Context, tap: Tap) -> dict[int, int]:
    """What is on the screen and not excluded: id → revision."""
    excluded = set(tap.card.arguments.get("excluded") or [])
    return {id_: revision for id_, revision in tap.seen.items() if id_ not in excluded}


async def approve(context: Context, tap: Tap) -> None:
    """Approve exactly what the card shows; name what has changed since."""
    outcome = await reviews.approve(
        context.session, context.employee, (await _shown(context, tap)).items(), on=context.today, now=context.now
    )
    w = context.words
    text = w.many("One activity approved.", "{count} activities approved.", len(outcome.done))
    if outcome.skipped:
        what = w.listed(f"“{short(activity.description, 40)}”" for activity in outcome.skipped[:2])
        text = type(text)(text + " " + w.plain("Changed meanwhile, so left alone: {what}.", what=what))
    context.toast(str(text), alert=bool(outcome.skipped))
    for employee_id in {activity.employee_id for activity in outcome.done}:
        await redraw_reports(context, [a for a in outcome.done if a.employee_id == employee_id])
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="all", excluded=[])
    await quality.follow_approval(context, outcome.done)


async def redraw_reports(context: Context, changed: list[Activity]) -> None:
    """The writers' own cards show the new state, without a sound."""
    for reply_id in {activity.reply_id for activity in changed if activity.reply_id is not None}:
        await outbox.redraw(context.session, f"report:{reply_id}", now=context.now)


async def turn_to(context: Context, tap: Tap) -> None:
    """`all`, `person.<page>`, or `return.<page>`: which of the person's activities shall go back?"""
    view, _, page = tap.argument.partition(".")
    if view not in ("all", "person", "return"):
        raise Refusal("changed_meanwhile")
    number = int(page) if page.isdecimal() else 0
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=view, page=number)


async def exclude(context: Context, tap: Tap) -> None:
    """Leave one out of the approval, or take it in again."""
    excluded = set(tap.card.arguments.get("excluded") or [])
    excluded ^= {tap.number()}
    await outbox.redraw(context.session, tap.card.key, now=context.now, excluded=sorted(excluded & set(tap.seen)))


async def undo(context: Context, tap: Tap) -> None:
    approved = list(await reviews.undoable(context.session, context.employee, now=context.now))
    undone = await reviews.undo(context.session, context.employee, now=context.now)
    await redraw_reports(context, approved)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="all", excluded=[])
    await quality.follow_approval(context, [])
    w = context.words
    if undone:
        context.toast(str(w.many("One approval undone.", "{count} approvals undone.", undone)))
    else:
        context.toast(w.plain("The ten minutes are over; the approval stands."))


async def ask_reason(context: Context, tap: Tap) -> None:
    """Ask for the reason in a message of its own; the answer is bound to that message."""
    activity = await context.session.get(Activity, tap.number())
    if activity is None or activity.id not in tap.seen:
        raise Refusal("changed_meanwhile")
    if not await reviews.may_review(context.session, context.employee, activity, on=context.today):
        raise Refusal("not_yours")
    w = context.words
    text = w.t("What should be put right in “{what}”? Reply to this message.", what=what(w, activity, 120))
    key = await context.say(text, asks=w.plain("The reason"))
    await questions.ask(
        context.session,
        agency_id=context.employee.agency_id,
        employee_id=context.employee.id,
        card=key,
        kind=REASON,
        arguments={"activity": activity.id, "revision": tap.seen[activity.id], "review": tap.card.key},
        now=context.now,
    )


async def give_reason(context: Context, question: Question, text: str) -> bool:
    """The typed reason: the activity goes back, and its owner hears at once."""
    activity = await context.session.get_one(Activity, question.arguments["activity"])
    w = context.words
    returned = await reviews.return_with(
        context.session,
        context.employee,
        activity,
        text,
        revision=question.arguments["revision"],
        on=context.today,
        now=context.now,
    )
    await questions.close(context.session, question.card)
    await outbox.redraw(context.session, question.arguments["review"], now=context.now, view="all", excluded=[])
    if not returned:
        await context.say(refuse(w, Refusal("changed_meanwhile")))
        return True
    owner = await context.session.get_one(Employee, activity.employee_id)
    await tell_returned(context, owner, activity, now=context.now)
    await context.say(w.t("Returned to {name} with your reason.", name=owner.name))
    return True


async def tell_returned(context: Context, owner: Employee, activity: Activity, *, now: datetime) -> None:
    key = cards.returned(activity.id)
    await show_to(
        context.session, owner, key, outbox.RETURNED, now=now, anew=True, priority=outbox.CARD, activity=activity.id
    )
    await redraw_reports(context, [activity])


async def open_returned(context: Context, tap: Tap) -> None:
    """From the notice of a return to the card on which it can be put right."""
    activity = (await activities.by_ids(context.session, [tap.number()])).get(tap.number())
    if activity is None or activity.employee_id != context.employee.id or activity.reply_id is None:
        raise Refusal("changed_meanwhile")
    key = f"report:{activity.reply_id}"
    await context.show(key, outbox.REPORT_CARD, anew=True, reply=activity.reply_id, view="item", item=activity.id)


async def show_waiting(context: Context) -> None:
    """A card for a supervisor who asks for it. It has a key of its own, so that the day's card still comes."""
    key = cards.review_asked_for(context.employee.id, context.today)
    await context.show(key, outbox.REVIEW_CARD, anew=True, view="all", excluded=[])
    await cards.close_former_reviews(context.session, context.employee.id, key, now=context.now)
