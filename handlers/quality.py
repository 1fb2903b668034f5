"""The quality round: marks given by a tap or typed, and the look at one's own marks afterwards."""

from collections.abc import Sequence
from datetime import date

from handlers import quality_round
from handlers.context import Context
from handlers.quality_scale import no_result, scale
from handlers.taps import Tap
from models import cards, kinds, marks, messages, outbox, questions
from models.activities import Activity
from models.milestones import MilestoneStep
from models.outbox import Message
from models.questions import Question
from models.reading.mark_text import mark_in
from models.refusals import Refusal


async def turn_to(context: Context, tap: Tap) -> None:
    await quality_round.wait_for_number(context, tap.card.key)
    await outbox.redraw(context.session, tap.card.key, now=context.now, at=tap.number(), last=None)


async def follow_approval(context: Context, approved: Sequence[Activity | MilestoneStep]) -> None:
    """New results came up while the week is being marked: the card stands below again, at the first without a mark."""
    session, person = context.session, context.employee
    for card in await messages.of_kind(session, person.id, kinds.QUALITY_CARD, since=context.now - cards.MARKING_LASTS):
        unmarked = {item.target.id for item in (await quality_round.round_of(context, card)).unmarked}
        if not unmarked & {activity.target_id for activity in approved}:
            await outbox.redraw(session, card.key, now=context.now)
        elif await quality_round.is_open(context, card):
            await quality_round.stand_below(context, card)


async def give_mark(context: Context, tap: Tap) -> None:
    if tap.number() not in tap.seen or tap.number(1) > 100:
        raise Refusal("changed_meanwhile")
    await _mark(context, tap.card, tap.number(), tap.number(1))
    context.toast(context.words.plain("Noted."))


async def give_none(context: Context, tap: Tap) -> None:
    """There was no result worth marking, which is not a mark of 0."""
    if tap.number() not in tap.seen:
        raise Refusal("changed_meanwhile")
    await _mark(context, tap.card, tap.number(), None)
    context.toast(context.words.plain("Noted: left out, not 0."))


async def type_mark(context: Context, question: Question, text: str) -> bool:
    """A number or a button's words; with a remark only in reply to the card, for `12 surat` alone is a report."""
    card, typed, replies = await messages.by_key(context.session, question.card), mark_in(text), _replies(context)
    values = {label.lower(): value for value, label in scale(context.words)} | {no_result(context.words).lower(): None}
    if card is None:
        return False
    if text.lower() in values:
        await _mark_shown(context, card, values[text.lower()])
    elif typed is None:
        if not replies or not await quality_round.is_open(context, card):
            return False
        raise Refusal("mark_unclear")
    elif typed.remark and not replies:
        return False
    else:
        await quality_round.check_open(context, card)
        if typed.number > 100 or typed.number != int(typed.number):
            raise Refusal("count_out_of_range", limit=100)
        await _mark_shown(context, card, int(typed.number), typed.remark or None)
    return True


async def _mark_shown(context: Context, card: Message, value: int | None, remark: str | None = None) -> None:
    """Mark the target in turn on the screen."""
    await quality_round.check_open(context, card)
    if not card.seen:
        raise Refusal("changed_meanwhile")
    await _mark(context, card, int(card.seen[0][0]), value, remark)


def _replies(context: Context) -> bool:
    message = context.act.update.effective_message
    return message is not None and message.reply_to_message is not None


async def _mark(context: Context, card: Message, target_id: int, value: int | None, remark: str | None = None) -> None:
    """Mark, and turn to the next without a mark; after the last one, show the reviewer how their marks are spread."""
    await quality_round.check_open(context, card)
    item = (await quality_round.round_of(context, card)).of_target(target_id)
    if item is None:
        raise Refusal("not_yours")
    remarks = quality_round.remarks_on(card)
    kept = remarks.pop(str(target_id), None)
    await marks.give(
        context.session,
        context.employee,
        item.employee,
        target_id=target_id,
        week=quality_round.week_of(card),
        value=value,
        remark=kept if remark is None else remark,
        now=context.now,
    )
    following = (await quality_round.round_of(context, card)).after(target_id)
    at = None if following is None else following.target.id
    await outbox.redraw(context.session, card.key, now=context.now, at=at, last=target_id, remarks=remarks)
    if following is None:
        await questions.close(context.session, card.key)
        await _show_spread(context, quality_round.week_of(card))


async def _show_spread(context: Context, week: date) -> None:
    if await marks.with_spread(context.session, [context.employee.id], week):
        await context.show(cards.marks_spread(context.employee.id, week), kinds.MARKS_SPREAD, week=week.isoformat())


async def open_again(context: Context, tap: Tap) -> None:
    """From the look at one's own marks back to the first page of the round."""
    card = await messages.by_key(context.session, cards.quality(context.employee.id, quality_round.week_of(tap.card)))
    if card is None:
        raise Refusal("changed_meanwhile")
    await quality_round.check_open(context, card)
    round_ = await quality_round.round_of(context, card)
    if not round_.items:
        raise Refusal("changed_meanwhile")
    await quality_round.stand_below(context, card, at=round_.items[0].target.id)
