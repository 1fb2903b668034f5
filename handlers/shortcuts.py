"""Buttons under the afternoon's question: the same as the last day, and one's own favourites."""

from datetime import date

from handlers.context import Context
from handlers.screens import Button, Rows
from handlers.taps import Tap
from handlers.texts import Words
from handlers.wording import short, spoken_day
from models import asking, cards, favourites, kinds
from models.activities import Activity
from models.favourites import Lately
from models.refusals import Refusal
from models.replies import Reply

FAVOURITES = 2


def buttons(w: Words, lately: Lately, day: date) -> Rows:
    """Nothing for somebody without history."""
    rows: list[tuple[Button, ...]] = []
    last = lately.last_day(before=day)
    if last is not None:
        rows.append((Button(w.plain("Same as {day}", day=spoken_day(w, last, day)), "same", f"{last:%Y%m%d}"),))
    often = lately.favourites(limit=FAVOURITES)
    rows += [(Button("+ " + short(favourites.without_count(row), 36), "again", str(row.id)),) for row in often]
    return tuple(rows)


async def same_again(context: Context, tap: Tap) -> None:
    """Report the last day's work once more."""
    day = date.fromisoformat(tap.card.arguments["day"])
    await _repeat(context, tap, list(await favourites.last_day(context.session, context.employee, before=day)), day)


async def one_again(context: Context, tap: Tap) -> None:
    """Report one favourite."""
    activity = await context.session.get(Activity, tap.number())
    if activity is None or activity.employee_id != context.employee.id:
        raise Refusal("changed_meanwhile")
    await _repeat(context, tap, [activity], date.fromisoformat(tap.card.arguments["day"]))


async def _repeat(context: Context, tap: Tap, said: list[Activity], day: date) -> None:
    if not said or tap.card.message_id is None:
        raise Refusal("changed_meanwhile")
    reply: Reply = await favourites.repeat(
        context.session,
        context.employee,
        said,
        chat_id=tap.card.chat_id,
        message_id=tap.card.message_id,
        on=day,
        now=context.now,
    )
    await asking.ask_what_matters_most(context.session, reply, now=context.now)
    await context.show(reply.card, kinds.REPORT_CARD, anew=True, reply=reply.id, view="main")
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
    context.toast(context.words.plain("Noted."))
