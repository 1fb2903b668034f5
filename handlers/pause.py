"""`/jeda`: a person silences the bot for some days, or sets hours in which nothing comes by itself."""

from datetime import timedelta

from telegram import Update

from handlers.context import Context
from handlers.taps import Tap
from handlers.wording import refuse, short
from models import absence_acts, kinds, outbox, pauses
from models.questions import Question
from models.reading.pauses import hours_in, pause_in
from models.reading.spans import days_in
from models.refusals import Refusal

DATES, HOURS = "pause_dates", "quiet_hours"
MAIN, QUIET = "main", "quiet"
ENDS = frozenset({"akhiri", "selesai", "stop", "berhenti", "end", "off"})


def card(employee_id: int) -> str:
    return f"pause:{employee_id}"


async def show_pause(update: Update, context: Context) -> None:
    """`/jeda`; or straight with the dates or hours: `/jeda 3 hari`, `/jeda 12.00–13.00`, `/jeda akhiri`."""
    typed = " ".join(context.args or [])
    try:
        if typed.lower() in ENDS:
            await pauses.unmute(context.session, context.employee, today=context.today)
        elif typed and not await _keep_dates(context, typed):
            await _keep_hours(context, typed)
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return
    key = card(context.employee.id)
    await context.show(key, kinds.PAUSE, anew=True, view=MAIN)
    await context.wait(key, DATES)


async def choose(context: Context, tap: Tap) -> None:
    """So many days of work, or `0`: until Monday."""
    session, person, today = context.session, context.employee, context.today
    if tap.number():
        await pauses.mute_for(session, person, tap.number(), today=today)
    else:
        sunday = today + timedelta(days=6 - today.weekday())
        await pauses.mute(session, person, today, sunday, today=today)
    await _redraw(context, tap)


async def end(context: Context, tap: Tap) -> None:
    await pauses.unmute(context.session, context.employee, today=context.today)
    await _redraw(context, tap)


async def turn_to(context: Context, tap: Tap) -> None:
    if tap.argument not in (MAIN, QUIET):
        raise Refusal("changed_meanwhile")
    await context.wait(tap.card.key, DATES if tap.argument == MAIN else HOURS)
    await outbox.redraw(context.session, tap.card.key, now=context.now, view=tap.argument)


async def choose_hours(context: Context, tap: Tap) -> None:
    """`1200.1300`, or `off`."""
    if tap.argument == "off":
        await pauses.end_quiet(context.session, context.employee)
    else:
        await _keep_hours(context, tap.argument)
    await _redraw(context, tap)


async def _redraw(context: Context, tap: Tap) -> None:
    await outbox.redraw(context.session, tap.card.key, now=context.now)


async def type_dates(context: Context, question: Question, text: str) -> bool:
    if not await _keep_dates(context, text):
        raise Refusal("no_span", text=short(text, 60))
    await outbox.redraw(context.session, question.card, now=context.now)
    return True


async def type_hours(context: Context, question: Question, text: str) -> bool:
    await _keep_hours(context, text)
    await outbox.redraw(context.session, question.card, now=context.now)
    return True


async def _keep_dates(context: Context, text: str) -> bool:
    """Whether the text names days."""
    span = pause_in(text, context.today)
    if span is None:
        return False
    first, last = span
    count = days_in(text)
    if count is not None:  # “3 hari” are days of work
        last = await absence_acts.last_day(context.session, context.employee, first, count)
    await pauses.mute(context.session, context.employee, first, last, today=context.today)
    return True


async def _keep_hours(context: Context, text: str) -> None:
    hours = hours_in(text)
    if hours is None:
        raise Refusal("no_hours", text=short(text, 60))
    await pauses.set_quiet(context.session, context.employee, *hours)
