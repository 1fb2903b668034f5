"""The supervisor approves, excludes, returns and undoes; on one card a day."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers import quality
from handlers.context import Context, show_to
from handlers.taps import Tap
from handlers.wording import refuse, short, what
from models import activities, cards, kinds, outbox, questions, reviews
from models.activities import Activity
from models.employees import Employee
from models.questions import Question
from models.refusals import Refusal

REASON = "reason"
REASONS_NAMED = 5
"""Activities named when one reason is asked for several."""


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
    await redraw_reports(context, outcome.done)
    await redraw_for_deciders(context, outcome.done)
    await back_to_all(context, tap.card.key)
    await quality.follow_approval(context, outcome.done)


async def back_to_all(context: Context, key: str) -> None:
    """The card shows all that waits again, and asks for no numbers."""
    await questions.close(context.session, key)
    await outbox.redraw(context.session, key, now=context.now, view="all", excluded=[])


async def redraw_reports(context: Context, changed: Iterable[Activity]) -> None:
    """The writers' own cards show the new state, without a sound."""
    for reply_id in {activity.reply_id for activity in changed if activity.reply_id is not None}:
        await outbox.redraw(context.session, f"report:{reply_id}", now=context.now)


async def redraw_for_deciders(context: Context, changed: Iterable[Activity]) -> None:
    """Whoever else might have decided sees that it is done, or waits again."""
    for employee_id in sorted({activity.employee_id for activity in changed}):
        author = await context.session.get_one(Employee, employee_id)
        await cards.redraw_for_deciders(context.session, author, actor_id=context.employee.id, now=context.now)


async def turn_to(context: Context, tap: Tap) -> None:
    """`all`, `person.<page>`, or `return.<page>`: which of the person's activities shall go back?"""
    view, _, page = tap.argument.partition(".")
    if view not in ("all", "person", "return"):
        raise Refusal("changed_meanwhile")
    number = int(page) if page.isdecimal() else 0
    if view == "all":
        await back_to_all(context, tap.card.key)
        return
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
    await redraw_for_deciders(context, approved)
    await back_to_all(context, tap.card.key)
    await quality.follow_approval(context, [])
    w = context.words
    if undone:
        context.toast(str(w.many("One approval undone.", "{count} approvals undone.", undone)))
    else:
        context.toast(w.plain("The ten minutes are over; the approval stands."))


async def ask_reason(context: Context, tap: Tap) -> None:
    await ask_reason_for(context, tap, [tap.number()])


async def ask_reason_for(context: Context, tap: Tap, ids: Sequence[int]) -> None:
    """Ask for the reason in a message of its own, one for all of them; the answer is bound to that message."""
    found = await activities.by_ids(context.session, ids)
    if not found or set(found) - set(tap.seen) or len(found) != len(ids):
        raise Refusal("changed_meanwhile")
    for activity in found.values():
        if not await reviews.may_review(context.session, context.employee, activity, on=context.today):
            raise Refusal("not_yours")
    w = context.words
    named = w.listed(f"“{what(w, found[id_], 120 if len(ids) == 1 else 40)}”" for id_ in ids[:REASONS_NAMED])
    more = w.many("and one more", "and {count} more", len(ids) - REASONS_NAMED) if len(ids) > REASONS_NAMED else ""
    text = w.t("What should be put right in {what}? Reply to this message.", what=f"{named} {more}".strip())
    key = await context.say(text, asks=w.plain("The reason"))
    await context.wait(key, REASON, activities=[[id_, tap.seen[id_]] for id_ in ids], review=tap.card.key)


async def give_reason(context: Context, question: Question, text: str) -> bool:
    """The typed reason: the activities go back, and their owners hear at once."""
    returned: list[Activity] = []
    asked = question.arguments["activities"]
    for id_, revision in asked:
        activity = await context.session.get_one(Activity, id_)
        at = {"revision": revision, "on": context.today, "now": context.now}
        if await reviews.return_with(context.session, context.employee, activity, text, **at):
            returned.append(activity)
    await questions.close(context.session, question.card)
    await outbox.redraw(context.session, question.arguments["review"], now=context.now, view="all", excluded=[])
    w = context.words
    await redraw_for_deciders(context, returned)
    names = {activity.employee_id: "" for activity in returned}
    for activity in returned:
        owner = await context.session.get_one(Employee, activity.employee_id)
        names[owner.id] = owner.name
        await tell_returned(context, owner, activity, now=context.now)
    if returned:
        await context.say(w.t("Returned to {name} with your reason.", name=w.listed(names.values())))
    if len(returned) < len(asked):
        await context.say(refuse(w, Refusal("changed_meanwhile")))
    return True


async def tell_returned(context: Context, owner: Employee, activity: Activity, *, now: datetime) -> None:
    key = cards.returned(activity.id)
    await show_to(
        context.session, owner, key, kinds.RETURNED, now=now, anew=True, priority=kinds.CARD, activity=activity.id
    )
    await redraw_reports(context, [activity])


async def open_returned(context: Context, tap: Tap) -> None:
    """From the notice of a return to the card on which it can be put right."""
    activity = (await activities.by_ids(context.session, [tap.number()])).get(tap.number())
    if activity is None or activity.employee_id != context.employee.id or activity.reply_id is None:
        raise Refusal("changed_meanwhile")
    key = f"report:{activity.reply_id}"
    await context.show(key, kinds.REPORT_CARD, anew=True, reply=activity.reply_id, view="item", item=activity.id)


async def show_waiting(context: Context) -> None:
    """A card for a supervisor who asks for it. It has a key of its own, so that the day's card still comes."""
    key = cards.review_asked_for(context.employee.id, context.today)
    await context.show(key, kinds.REVIEW_CARD, anew=True, view="all", excluded=[])
    await cards.close_former_reviews(context.session, context.employee.id, key, now=context.now)
