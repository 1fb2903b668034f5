"""Typed answers to the questions of a report's card."""

import re
from collections.abc import Sequence
from decimal import Decimal

from handlers.context import Context
from models import activities, asking, cards, corrections, outbox, replies, targets, windows
from models.activities import Activity
from models.questions import Question
from models.reading import codes
from models.targets import Target

ONE = {"satu", "1", "one", "gabung", "gabungkan", "satu saja"}
TWO = {"dua", "2", "two", "pisah", "pisahkan"}
NONE = {"bukan", "bukan target", "tidak ada", "tanpa target", "none", "not a target"}
NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?:\s+[a-z]+)?", re.IGNORECASE)


def number_in(text: str) -> Decimal | None:
    """A count as people type it: `12`, `1.250`, `2,5`, `3 laporan`; None for anything else."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return Decimal(found[1].replace(".", "") + (f".{found[2]}" if found[2] else ""))


async def _activity(context: Context, question: Question) -> Activity | None:
    found = await activities.by_ids(context.session, [question.arguments["activity"]])
    activity = next(iter(found.values()), None)
    if activity is not None:
        await windows.check_correctable(context.session, context.employee, activity, today=context.today)
    return activity


async def _done(context: Context, question: Question, activity: Activity) -> bool:
    reply = await context.session.get_one(replies.Reply, activity.reply_id)
    await asking.resume(context.session, reply, now=context.now)
    await outbox.redraw(context.session, question.card, now=context.now, view="main", item=None)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
    return True


async def name_target(context: Context, question: Question, text: str) -> bool:
    """A code, a number that names one, the words of a title, or `bukan target`."""
    activity = await _activity(context, question)
    if activity is None:
        return False
    own = await targets.of_employee(context.session, context.employee, on=activity.worked_on)
    if text.lower() in NONE:
        chosen = None
    else:
        chosen = _named(text, own)
        if chosen is None:
            return False
    await corrections.set_target(
        context.session,
        context.employee,
        activity,
        chosen.id if chosen else None,
        revision=activity.revision,
        on=context.today,
        now=context.now,
    )
    return await _done(context, question, activity)


def _named(text: str, own: Sequence[Target]) -> Target | None:

    by_code = {target.code.lower(): target for target in own}
    if text.lower() in by_code:
        return by_code[text.lower()]
    code = codes.find_code(f"target {text}", [target.code for target in own])
    if code is not None and code.code is not None:
        return next(target for target in own if target.code == code.code)
    alike = [target for target in own if len(text) >= 4 and text.lower() in target.title.lower()]
    return alike[0] if len(alike) == 1 else None


async def say_one_or_two(context: Context, question: Question, text: str) -> bool:
    activity = await _activity(context, question)
    if activity is None or text.lower() not in ONE | TWO:
        return False
    if text.lower() in ONE:
        await corrections.keep_as_one(context.session, activity, revision=activity.revision, now=context.now)
    else:
        await corrections.split(
            context.session, context.employee, activity, revision=activity.revision, now=context.now
        )
    return await _done(context, question, activity)


async def type_count(context: Context, question: Question, text: str) -> bool:
    activity, count = await _activity(context, question), number_in(text)
    if activity is None or count is None:
        return False
    await corrections.set_count(context.session, activity, count, revision=activity.revision, now=context.now)
    return await _done(context, question, activity)
