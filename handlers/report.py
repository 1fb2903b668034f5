"""Somebody writes what they did: the reply is recorded, and one card shows what was understood."""

import re
from datetime import date

from telegram import Message, Update

from handlers import absence, answers, evidence, review_except
from handlers.context import Context
from handlers.wording import refuse, short
from models import activities, cards, corrections, focus, kinds, messages, obstacles, outbox, replies, reports
from models.reading.routine import says_nothing_done
from models.reading.types import AbsenceSpan
from models.refusals import Refusal
from models.replies import Reply
from models.reports import Recorded

SHORT_ANSWER = re.compile(r"[\w.,#()\[\]/%-]{1,12}(?: [\w.%-]{1,8})?|(?:[Rr]p\.? ?)?[\d.,]{1,18}")
"""A number, an amount of rupiah, a code or a button's word, standing alone."""

SEVERAL_NUMBERS = re.compile(
    r"(?:\w+ ){0,2}\d{1,2}(?: ?[,;&] ?\d{1,2}| dan \d{1,2}| and \d{1,2}| \d{1,2})*", re.IGNORECASE
)
"""`3, 7`, `kecuali 3 dan 7`: what a card that asks for numbers may be answered with."""

STANDS_ALONE = re.compile(r"[A-Za-z]{0,3}[-.]?\d[\d.,]*%?")
"""A number or a code and nothing else: an answer to something, never a report."""


async def receive_report(update: Update, context: Context) -> None:
    """A message in a private chat: an answer to a card when it replies to one, else a new report."""
    message = update.effective_message
    text = (message.text or message.caption or "") if message else ""
    if message is not None and text.strip():
        await _take(context, message, text)


async def receive_voice(update: Update, context: Context) -> None:
    """A voice note is evidence in any case; what was understood of it is taken like a caption."""
    message, heard = update.effective_message, context.act.transcript
    if message is None:
        return
    if not heard:
        await evidence.receive_evidence(update, context)
        return
    await evidence.keep(context, message)
    await context.say(context.words.t("🎤 I heard: “{text}”", text=short(heard, 300)))
    await _take(context, message, heard)


async def _take(context: Context, message: Message, text: str) -> None:
    card = await _replied_to(context, message)
    if card is not None and await answers.answer_on(context, card, text):
        return
    if card is None and SHORT_ANSWER.fullmatch(text.strip()) and await answers.answer_the_only(context, text):
        return
    if (
        card is None
        and review_except.NUMBERS.fullmatch(text.strip())
        and await answers.answer_with_numbers(context, text)
    ):
        return
    if STANDS_ALONE.fullmatch(text.strip()) or review_except.NUMBERS.fullmatch(text.strip()):
        if not await evidence.ask(context, message):
            await context.say(context.words.t("I cannot tell which card this answers. Please reply to that card."))
        return
    if await evidence.is_of_reported(context, message, text):
        return
    await _record(context, message, text, on=_day_of(card))


async def _answers_alone(context: Context, text: str) -> bool:
    """A message that replies to nothing, and answers what is asked all the same."""
    if SHORT_ANSWER.fullmatch(text) and await answers.answer_the_only(context, text):
        return True
    return bool(review_except.NUMBERS.fullmatch(text)) and await answers.answer_with_numbers(context, text)


def _day_of(card: outbox.Message | None) -> date | None:
    """The day that the prompt asks about, when it is one."""
    return date.fromisoformat(card.arguments["day"]) if card is not None and "day" in card.arguments else None


async def _replied_to(context: Context, message: Message) -> outbox.Message | None:
    if message.reply_to_message is None:
        return None
    return await messages.on_screen(context.session, message.chat.id, message.reply_to_message.message_id)


async def _record(context: Context, message: Message, text: str, *, on: date | None) -> None:
    try:
        recorded = await reports.record(
            context.session,
            context.employee,
            text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            sent_at=message.date,
            on=on,
        )
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return
    reply = recorded.reply
    if reply is None:
        await _respond_without_activities(context, message, recorded, text)
        return
    await evidence.with_report(context, message, reply)
    await context.show(reply.card, kinds.REPORT_CARD, anew=recorded.intent == "edit", reply=reply.id, view="main")
    for closed in recorded.closed[:1]:
        await context.say(refuse(context.words, closed))
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def _respond_without_activities(context: Context, message: Message, recorded: Recorded, text: str) -> None:
    w = context.words
    if recorded.reading.absence is not None:
        await evidence.keep(context, message)
        await absence.propose(context, recorded.reading.absence)
    elif (message.text is None or recorded.intent == "chat") and await evidence.ask(context, message):
        return
    elif recorded.intent == "chat" and says_nothing_done(text):
        await absence.propose(context, AbsenceSpan(absence.NOTHING, context.today, context.today))
    elif recorded.intent == "plan" or recorded.reading.tomorrow:
        await _keep_plan(context, recorded.reading.tomorrow or text)
    elif recorded.intent == "question":
        await context.say(
            w.t("I only note daily reports; /bantuan shows how. For other questions please ask your superior.")
        )
    else:
        await context.say(w.t("All right. When you have done something today, just write it here."))


async def _keep_plan(context: Context, plan: str) -> None:
    w = context.words
    day = await focus.announce(context.session, context.employee, plan, on=context.today)
    if day is None:
        await context.say(w.t("That sounds like a plan. Tell me once it is done and I will note it."))
    else:
        await context.say(
            w.t(
                "Noted as your plan for {day}: “{plan}”. Tell me once it is done.",
                day=w.day(day),
                plan=short(plan, 200),
            )
        )


async def receive_edit(update: Update, context: Context) -> None:
    """An edited message is read again; its card is drawn again in place."""
    message = update.edited_message
    if message is None:
        return
    text = message.text or message.caption or ""
    reply = await replies.by_message(context.session, message.chat.id, message.message_id)
    if reply is None:
        if text.strip():
            await _take(context, message, text)
        return
    on = _day_of(await _replied_to(context, message))
    before = await _standing(context, reply)
    try:
        recorded = await reports.reread(context.session, context.employee, reply, text, on=on, now=context.now)
    except Refusal as refusal:
        await context.say(refuse(context.words, refusal))
        return
    await outbox.redraw(context.session, reply.card, now=context.now, view="main", item=None, **before)
    if recorded.reading.absence is not None and not recorded.reading.items:
        await absence.propose(context, recorded.reading.absence)
    for closed in recorded.closed[:1]:
        await context.say(refuse(context.words, closed))
    await cards.redraw_for_others(context.session, context.employee, now=context.now)


async def _standing(context: Context, reply: Reply) -> dict[str, list[int]]:
    """What the card's undo would put back."""
    rows = await activities.of_reply(context.session, reply.id)
    hindered = await obstacles.of_reply(context.session, reply.id)
    return {"taken": [row.id for row in rows], "obstacles": [row.id for row in hindered]}


async def withdraw(context: Context, reply: Reply) -> None:
    """Take the whole reply back and show its card anew, which offers to undo that."""
    before = await _standing(context, reply)
    await corrections.withdraw(context.session, context.employee, reply, today=context.today)
    await context.show(reply.card, kinds.REPORT_CARD, anew=True, reply=reply.id, **before)
    await cards.redraw_for_others(context.session, context.employee, now=context.now)
