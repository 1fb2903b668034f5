"""Taps on the card under a reply: choose, correct, cancel, undo."""

from datetime import date
from decimal import Decimal

from handlers.context import Context
from handlers.taps import Tap
from models import activities, asking, cards, corrections, obstacles, outbox, questions, windows
from models.activities import REMOVED, Activity
from models.refusals import Refusal
from models.replies import Reply

VIEWS = {"main", "edit", "item", "target", "count", "day"}


async def _reply(context: Context, tap: Tap) -> Reply:
    return await context.session.get_one(Reply, tap.card.arguments["reply"])


async def _activity(context: Context, tap: Tap) -> tuple[Activity, int]:
    """The activity a button names, and the revision of it that was on the screen.

    Raises: Refusal("changed_meanwhile") when it was not on this card, Refusal("day_closed").
    """
    id_ = tap.number()
    activity = await context.session.get(Activity, id_)
    if activity is None or id_ not in tap.seen or activity.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    await windows.check_correctable(context.session, context.employee, activity, today=context.today)
    return activity, tap.seen[id_]


async def _back(context: Context, tap: Tap, *, toast: str = "") -> None:
    """Draw the card as it now stands, and the cards of those who see this report."""
    await asking.resume(context.session, await _reply(context, tap), now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="main", item=None)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
    if toast:
        context.toast(toast)


async def turn_to(context: Context, tap: Tap) -> None:
    """Another view of the card; `count` waits for a typed number as well."""
    view, *rest = tap.argument.split(".")
    if view not in VIEWS:
        raise Refusal("changed_meanwhile")
    item = int(rest[0]) if rest and rest[0].isdecimal() else None
    page = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else 0
    if view == "count" and item in tap.seen:
        reply = await _reply(context, tap)
        await questions.ask(
            context.session,
            agency_id=reply.agency_id,
            employee_id=reply.employee_id,
            card=tap.card.key,
            kind=asking.COUNT,
            arguments={"activity": item},
            now=context.now,
        )
    elif view in ("main", "edit"):
        question = await questions.on_card(context.session, tap.card.key)
        if question is not None and question.kind == asking.COUNT:
            await asking.resume(context.session, await _reply(context, tap), now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=view, item=item, page=page)


async def choose_target(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    target_id = tap.number(1) or None
    await corrections.set_target(
        context.session,
        context.employee,
        activity,
        target_id,
        revision=revision,
        on=context.today,
        now=context.now,
    )
    await _back(context, tap, toast=context.words.plain("Noted."))


async def choose_count(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    await corrections.set_count(context.session, activity, Decimal(tap.number(1)), revision=revision, now=context.now)
    await _back(context, tap, toast=context.words.plain("Noted."))


async def choose_day(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    try:
        day = date.fromisoformat(tap.argument.partition(".")[2])
    except ValueError:
        raise Refusal("changed_meanwhile") from None
    await corrections.set_day(
        context.session,
        context.employee,
        activity,
        day,
        revision=revision,
        today=context.today,
        now=context.now,
    )
    await _back(context, tap, toast=context.words.plain("Noted."))


async def keep_as_one(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    await corrections.keep_as_one(context.session, activity, revision=revision, now=context.now)
    await _back(context, tap)


async def make_two(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    await corrections.split(context.session, context.employee, activity, revision=revision, now=context.now)
    await _back(context, tap)


async def join(context: Context, tap: Tap) -> None:
    """Two of one: the second is said together with the first."""
    first, revision = await _activity(context, tap)
    second = await context.session.get(Activity, tap.number(1))
    if second is None or second.id not in tap.seen or second.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    revisions = revision, tap.seen[second.id]
    await corrections.join(context.session, first, second, revisions=revisions, now=context.now)
    await _back(context, tap, toast=context.words.plain("Noted."))


async def remove(context: Context, tap: Tap) -> None:
    activity, revision = await _activity(context, tap)
    await corrections.remove(context.session, activity, revision=revision)
    await asking.resume(context.session, await _reply(context, tap), now=context.now)
    gone = {"removed": activity.id, "taken": [activity.id]}
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="main", item=None, **gone)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
    context.toast(context.words.plain("Removed. It can be put back from the card."))


async def undo_removal(context: Context, tap: Tap) -> None:
    activity = await context.session.get(Activity, tap.card.arguments.get("removed") or 0)
    if activity is None or activity.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    await windows.check_correctable(context.session, context.employee, activity, today=context.today)
    await corrections.put_back(context.session, activity, now=context.now)
    await asking.ask_what_matters_most(context.session, await _reply(context, tap), now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="main", item=None, removed=None)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def cancel(context: Context, tap: Tap) -> None:
    reply = await _reply(context, tap)
    hindered = [obstacle.id for obstacle in await obstacles.of_reply(context.session, reply.id)]
    taken = await corrections.withdraw(context.session, context.employee, reply, today=context.today)
    gone = {"taken": [activity.id for activity in taken], "obstacles": hindered}
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="main", item=None, **gone)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
    context.toast(context.words.plain("Report cancelled."))


async def restore(context: Context, tap: Tap) -> None:
    """Undo a cancelled report: put back what was taken out with it."""
    for activity in (await activities.by_ids(context.session, tap.card.arguments.get("taken") or [])).values():
        if activity.status == REMOVED and activity.employee_id == context.employee.id:
            await windows.check_correctable(context.session, context.employee, activity, today=context.today)
            await corrections.put_back(context.session, activity, now=context.now)
    await obstacles.restore(context.session, tap.card.arguments.get("obstacles") or [])
    await asking.ask_what_matters_most(context.session, await _reply(context, tap), now=context.now)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view="main", item=None, removed=None)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
